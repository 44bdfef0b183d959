"""Plain text read as paragraphs and grids."""

from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.text import decoded, read_text
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


class TestBytesOfAText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_are_read_in_each_marked_encoding(self, encoding: str) -> None:
        assert decoded("Quý I năm 2026".encode(encoding)) == "Quý I năm 2026"

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"K\xd5 ho\xb9ch", b"\x89PNG\r\n\x1a\n\x00\xff"])
    def test_are_refused_where_they_are_no_unicode(self, content: bytes) -> None:
        assert decoded(content) is None
