"""What stands in which column, from titles however they are worded, and as somebody names it."""

import pytest

from cchc_tasks.domain.errors import ColumnsUnreadable, TableWithoutColumns
from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.column_names import Column, named_column, named_period
from cchc_tasks.domain.reading.columns import parse_columns
from tests.making.grids import document, grid

TITLES = {
    Column.LEAD: "Đơn vị chủ trì; ĐƠN VỊ CHỦ TRÌ THỰC HIỆN; Cơ quan chủ trì tham mưu; Phòng/đơn vị thực hiện;"
    " Bộ phận phụ trách; Người phụ trách; Cá nhân, đơn vị chịu trách nhiệm; Phân công thực hiện; Trách nhiệm;"
    " Đầu mối thực hiện; Cơ quan được giao nhiệm vụ; Đơn vị; Đơn vị chủ trì, phối hợp; Tổ/Bộ phận thực hiện",
    Column.COOPERATING: "Phối hợp; Đơn vị phối hợp thực hiện; Lực lượng phối hợp; Đơn vị liên quan;"
    " Thành phần tham gia; Phối hợp với đơn vị chủ trì",
    Column.TIME: "Thời gian; Thời hạn thực hiện/hoàn thành; Tiến độ; Hạn nộp; Ngày hoàn thành; Mốc thời gian;"
    " Dự kiến thời gian hoàn thành; Dự kiến hoàn thành; Lộ trình thực hiện; Kỳ hạn; Tháng/Quý; Thời gian trình",
    Column.TITLE: "Nhiệm vụ; Các nhiệm vụ, giải pháp; Nội dung công việc; Việc cần làm; Hạng mục công việc;"
    " Mục tiêu, nhiệm vụ; Chủ đề/Nội dung; Danh mục nhiệm vụ; Tên đề án, kế hoạch; Hoạt động chính",
    Column.PRODUCT: "Sản phẩm; Kết quả/Sản phẩm; Dự kiến kết quả; Kết quả đầu ra; Hình thức sản phẩm; Kết quả cần đạt",
    Column.TARGET: "Chỉ tiêu; Chỉ tiêu cần đạt; Yêu cầu cần đạt; Mục tiêu",
    Column.NUMBER: "STT; TT; Số TT; Số thứ tự",
    Column.NOTE: "Ghi chú; GHI CHÚ (nếu có)",
    Column.GROUP: "Lĩnh vực; Nhóm nhiệm vụ; Nội dung chung",
}
OF_NONE = "Đơn vị tính; Kinh phí; Căn cứ; Địa điểm; Số lượng; Đơn vị theo dõi; Nơi nhận báo cáo; Tên thủ tục hành chính"


class TestTitle:
    @pytest.mark.parametrize(
        ("column", "title"), [(column, title.strip()) for column, all_ in TITLES.items() for title in all_.split(";")]
    )
    def test_names_its_column(self, column: Column, title: str) -> None:
        named = named_column(title)

        assert named is not None
        assert named.column is column

    @pytest.mark.parametrize("title", OF_NONE.split("; "))
    def test_names_none_of_a_duty(self, title: str) -> None:
        assert named_column(title) is None

    @pytest.mark.parametrize(
        ("title", "period"),
        [("Tháng 01", "tháng 1"), ("T12", "tháng 12"), ("Quý\n2", "quý II"), ("QUÝ IV/2026", "quý IV/2026")],
    )
    def test_names_a_period(self, title: str, period: str) -> None:
        assert named_period(title) == period

    @pytest.mark.parametrize("title", ["Tháng", "Tháng 13", "Năm 2026", "Báo cáo quý", "Kết thúc"])
    def test_names_no_period(self, title: str) -> None:
        assert named_period(title) is None


class TestColumnsNamedByHand:
    TABLE = (
        "A | Việc phải làm xong | Ai | Bao giờ\n1 | Họp giao ban | Văn phòng | Quý I\n2 | Báo cáo | Thanh tra | 30/6"
    )

    @pytest.mark.parametrize("text", ["nhiem-vu=2,thoi-han=4,chu-tri=3", " Nhiệm vụ = B ; thời hạn=d; chủ-trì=3 "])
    def test_read_a_table_whose_header_nobody_knows(self, text: str) -> None:
        rows, questions = read_rows(document(grid(self.TABLE)), parse_columns(text))

        assert questions == ()
        assert [(row.title, row.cells["time"], row.cells["lead"]) for row in rows] == [
            ("Họp giao ban", "Quý I", "Văn phòng"),
            ("Báo cáo", "30/6", "Thanh tra"),
        ]

    def test_stand_beside_those_that_the_header_names(self) -> None:
        table = grid("TT | Nhiệm vụ | Ai làm gì | Thời gian\n1 | Họp | Văn phòng | Quý I\n2 | Thi | Sở | Quý II")

        rows, _ = read_rows(document(table), parse_columns("chu-tri=3"))

        assert [(row.number, row.cells["lead"], row.cells["time"]) for row in rows] == [
            ("1", "Văn phòng", "Quý I"),
            ("2", "Sở", "Quý II"),
        ]

    def test_leave_tables_alone_that_are_too_narrow(self) -> None:
        with pytest.raises(TableWithoutColumns, match="--columns"):
            read_rows(document(grid(self.TABLE)), parse_columns("nhiem-vu=2,thoi-han=4,chu-tri=5"))

    @pytest.mark.parametrize(
        "text",
        ["", "nhiem-vu", "viec=2", "nhiem-vu=0", "nhiem-vu=hai", "nhiem-vu=2,chu-tri=2", "so=1,stt=2", "so=99999"],
    )
    def test_are_refused_where_they_say_nothing(self, text: str) -> None:
        with pytest.raises(ColumnsUnreadable, match=r"nhiem-vu=2,thoi-han=4,chu-tri=5"):
            parse_columns(text)

    def test_lose_no_row_of_a_table_that_has_no_header_at_all(self) -> None:
        table = grid("1 | Họp giao ban | Quý I | Văn phòng\n2 | Báo cáo | 30/6 | Thanh tra")

        rows, _ = read_rows(document(table), parse_columns("nhiem-vu=2,thoi-han=3,chu-tri=4"))

        assert [row.title for row in rows] == ["Họp giao ban", "Báo cáo"]


class TestLowerHalf:
    def test_is_no_task_that_begins_like_a_title(self) -> None:
        table = "STT | Nội dung nhiệm vụ | Chủ trì | Tiến độ\n | Công việc giao ban | | Tháng 12\n2 | Họp | VP | Quý I"

        rows, _ = read_rows(document(grid(table)))

        assert [row.title for row in rows] == ["Công việc giao ban", "Họp"]

    def test_may_name_the_months_of_the_year(self) -> None:
        table = "TT | Nhiệm vụ | Chủ trì | Thời gian | <\n ^ | ^ | ^ | Tháng 1 | Tháng 2\n1 | Họp | VP | x |\n"

        rows, _ = read_rows(document(grid(table)))

        assert [row.title for row in rows] == ["Họp"]
