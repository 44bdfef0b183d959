"""Rows parted by a sign, told from prose and read as a spreadsheet wrote them."""

import pytest

from cchc_tasks.adapters.documents.plain.separated import read_separated, separator_of
from tests.making.grids import document, grid


class TestSeparator:
    @pytest.mark.parametrize("sign", ";,\t|")
    def test_is_the_one_that_the_first_line_names(self, sign: str) -> None:
        text = f"sep={sign}\r\nTT{sign}Việc\r\n1{sign}Họp\r\n"

        assert separator_of(text) == sign
        assert read_separated(text, sign) == document(grid("TT | Việc\n1 | Họp"))

    @pytest.mark.parametrize("sign", ";,")
    def test_is_the_one_that_parts_the_lines_alike(self, sign: str) -> None:
        rows = [["KẾ HOẠCH"], ["TT", "Việc", "Ai"], ["1", '"Họp, báo cáo; tin, bài"', "Văn phòng"], ["2", "Thi"]]

        assert separator_of("\n".join(sign.join(row) for row in rows)) == sign

    def test_is_a_tab_only_where_quotes_show_a_spreadsheet(self) -> None:
        assert separator_of('TT\tViệc\tAi\n1\t"Họp\nbáo cáo"\tVăn phòng\n') == "\t"
        assert separator_of("TT\tViệc\tAi\n1\tHọp\tVăn phòng\n") is None

    @pytest.mark.parametrize(
        "text",
        [
            "Căn cứ Nghị định;\nCăn cứ Thông tư;\nTheo đề nghị;\n",
            "Văn phòng, Thanh tra, các phòng;\nTổ CNTT, Kế toán, các trường;\n",
            "Đạt 93,81%, tăng 1,5%, giảm 0,2%\nĐạt 90,11%, tăng 2,5%, giảm 0,3%\n",
            "Một dòng",
        ],
    )
    def test_is_none_in_prose(self, text: str) -> None:
        assert separator_of(text) is None


class TestRows:
    def test_keep_line_breaks_signs_and_quotes_within_quotes(self) -> None:
        found = read_separated('TT;Việc;Ai\r\n1;"Họp; ghi\r\n""biên bản""";Văn phòng\r\n', ";")

        assert found == document(grid('TT | Việc | Ai\n1 | Họp; ghi⏎"biên bản" | Văn phòng'))

    def test_are_filled_to_one_length_and_begin_below_the_titles(self) -> None:
        found = read_separated("KẾ HOẠCH;;\nNăm 2026\n\nTT;Việc;Ai\n1;Họp\n;;\n2;Thi;Sở\n\n3;Dạy;Trường\n;;\n\n", ";")

        assert found == document(
            "KẾ HOẠCH\nNăm 2026", grid("TT | Việc | Ai\n1 | Họp | \n | | \n2 | Thi | Sở\n\n3 | Dạy | Trường")
        )

    @pytest.mark.parametrize("damaged", ['a;"b;c\nd;e;f\n', 'a;"b"c;d\n', f"a;{'b' * 200_000};c\n"])
    def test_are_refused_where_no_program_wrote_them_so(self, damaged: str) -> None:
        with pytest.raises(ValueError, match=r"expected|unexpected|limit"):
            read_separated(damaged, ";")
