"""Plain text read as paragraphs and grids."""

from pathlib import Path

from cchc_tasks.adapters.documents.plain.text import read_text
from tests.making.files import text_file
from tests.making.grids import document, grid
from tests.making.sample_plan import torn_plan


class TestTableInAText:
    def test_goes_on_over_a_blank_line_which_is_the_end_of_a_page(self) -> None:
        found = read_text("Phụ lục\n\nTT\tViệc\n1\tHọp\n\n2\tBáo cáo\n\nNơi nhận")

        assert found == document("Phụ lục", grid("TT | Việc\n1 | Họp\n\n2 | Báo cáo"), "Nơi nhận")

    def test_pads_short_rows_to_the_widest(self) -> None:
        assert read_text("a\tb\tc\nd\te") == document(grid("a | b | c\nd | e | "))

    def test_is_parted_by_a_line_of_text(self) -> None:
        assert read_text("a\tb\nBiểu 2\nc\td") == document(grid("a | b"), "Biểu 2", grid("c | d"))

    def test_takes_a_form_feed_for_the_end_of_a_page(self) -> None:
        assert read_text("a\tb\r\n\fc\td\r\n") == document(grid("a | b\n\nc | d"))

    def test_is_not_made_of_lines_that_only_begin_with_a_tab(self) -> None:
        assert read_text("\tCăn cứ Nghị định;\n\tTheo đề nghị.") == document("Căn cứ Nghị định;\nTheo đề nghị.")

    def test_comes_back_from_a_file_as_it_was_written(self, tmp_path: Path) -> None:
        path = text_file(torn_plan(), tmp_path / "ke-hoach.txt")

        assert read_text(path.read_text(encoding="utf-8")) == torn_plan()


class TestTableDrawnWithBars:
    def test_is_read_without_the_signs_of_markdown(self) -> None:
        found = read_text("# Phụ lục\n\n| TT | **Việc** |\n|:--|--:|\n| 1 | Họp \\| báo cáo<br>quý I |\n| 2 |\nHết")

        assert found.paragraphs == document("# Phụ lục\nHết").paragraphs
        assert [[cell.text for cell in row.cells] for row in found.grids[0].rows] == [
            ["TT", "Việc"],
            ["1", "Họp | báo cáo\nquý I"],
            ["2", ""],
        ]

    def test_goes_on_over_a_blank_line_until_a_ruled_line_names_new_columns(self) -> None:
        found = read_text("|a|b|\n|---|---|\n|1|2|\n\n|3|4|\n\n|c|d|\n|---|---|\n|5|6|")

        assert found == document(grid("a | b\n1 | 2\n\n3 | 4"), grid("c | d\n5 | 6"))

    def test_has_a_row_of_several_lines_between_borders(self) -> None:
        found = read_text("+---+------+\n| a | b    |\n+===+======+\n| 1 | Họp  |\n|   | giao |\n+---+------+")

        assert found == document(grid("a | b\n1 | Họp⏎giao"))

    def test_needs_no_outer_bars_where_its_lines_are_alike(self) -> None:
        assert read_text("TT | Việc | Ai\n1 | Họp | Văn phòng") == document(grid("TT | Việc | Ai\n1 | Họp | Văn phòng"))

    def test_is_not_made_of_an_address(self) -> None:
        address = "Điện thoại: 123 | Fax: 456\nThư: a@b.vn | Trang: b.vn"

        assert read_text(address) == document(address)
