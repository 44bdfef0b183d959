"""Text whose columns only blanks set apart."""

from cchc_tasks.adapters.documents.plain.text import read_text
from tests.making.grids import document, grid

TABLE = """
TT   NỘI DUNG CÔNG VIỆC             THỜI GIAN       ĐƠN VỊ CHỦ TRÌ

I.   Cải cách thể chế

1    Rà soát văn bản đã ban hành    30/6/2026       Phòng Văn hóa - Xã hội
     trong năm trước của địa bàn

2    Công khai thủ tục              Thường xuyên    Bộ phận Một cửa
3    Số hóa
"""


class TestTableSetApartByBlanks:
    def test_has_the_rows_below_its_titles(self) -> None:
        found = read_text(f"UBND XÃ TÂN LẬP      CỘNG HÒA\nKẾ HOẠCH\n{TABLE}\nNơi nhận:           CHỦ TỊCH\n- Lưu.")

        assert found == document(
            "UBND XÃ TÂN LẬP      CỘNG HÒA\nKẾ HOẠCH",
            grid("""
TT | NỘI DUNG CÔNG VIỆC | THỜI GIAN | ĐƠN VỊ CHỦ TRÌ
I. | Cải cách thể chế | |
1 | Rà soát văn bản đã ban hành trong năm trước của địa bàn | 30/6/2026 | Phòng Văn hóa - Xã hội
2 | Công khai thủ tục | Thường xuyên | Bộ phận Một cửa
3 | Số hóa | | """),
            "Nơi nhận:           CHỦ TỊCH\n- Lưu.",
        )

    def test_is_not_made_of_lines_without_the_titles(self) -> None:
        letterhead = "SỞ GIÁO DỤC   VÀ ĐÀO TẠO   CỘNG HÒA\nSố: 12/KH   Độc lập   Tự do"

        assert read_text(letterhead) == document(letterhead)
