"""The beginning of a file is enough to see a mark of secrecy; a long text is not read to its end for it."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from cchc_tasks.adapters.documents.first_page import LONGEST_LINE
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.errors import ScanReaderNeeded
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.secrecy import mark_of_secrecy
from tests.making.files import page_file, text_file, word_file, workbook_file
from tests.making.grids import document, grid
from tests.making.hostile import pdf


class TestBeginning:
    def test_of_a_long_text_ends_with_a_whole_line(self, tmp_path: Path) -> None:
        file = tmp_path / "dai.txt"
        file.write_text("TỐI MẬT\n" + "Dòng thứ bao nhiêu cũng đủ chữ.\n" * 40_000, encoding="utf-8")
        lines = FileReader().beginning(file)
        assert lines[0] == "TỐI MẬT"
        assert 60 < len(lines) < 4_000
        assert set(lines[1:]) == {"Dòng thứ bao nhiêu cũng đủ chữ."}

    def test_of_one_endless_line_cuts_no_letter_in_two(self, tmp_path: Path) -> None:
        for shift in range(4):
            file = tmp_path / f"{shift}.txt"
            file.write_text("x" * shift + "ế" * 60_000, encoding="utf-8")
            (line,) = FileReader().beginning(file)
            assert set(line) <= {"x", "ế"}

    def test_of_one_endless_line_is_not_endless(self, tmp_path: Path) -> None:
        for write in (text_file, word_file, page_file):
            (line,) = FileReader().beginning(write(document("ế" * 40_000), tmp_path / "a"))
            assert line == "ế" * LONGEST_LINE

    def test_of_a_short_text_is_all_of_it(self, tmp_path: Path) -> None:
        file = tmp_path / "ngan.txt"
        file.write_text("Một\nHai\n", encoding="utf-8")
        assert FileReader().beginning(file) == ["Một", "Hai"]

    def test_of_a_pdf_is_its_first_page(self, tmp_path: Path) -> None:
        file = tmp_path / "x.pdf"
        file.write_bytes(pdf(300))
        assert FileReader().beginning(file) == ["Ke hoach"]

    @pytest.mark.parametrize("content", [pdf(1, b""), b"\x89PNG\r\n\x1a\n" + bytes(90), b"\xff\xd8\xff" + bytes(90)])
    def test_of_a_scan_or_picture_is_refused_so_that_somebody_can_be_asked(
        self, content: bytes, tmp_path: Path
    ) -> None:
        file = tmp_path / "x"
        file.write_bytes(content)
        with pytest.raises(ScanReaderNeeded):
            FileReader().beginning(file)

    @pytest.mark.parametrize("write", [text_file, word_file, page_file, workbook_file])
    def test_shows_a_mark_in_the_table_of_the_letterhead(
        self, write: Callable[[SourceDocument, Path], Path], tmp_path: Path
    ) -> None:
        plan = document(grid("UBND TỈNH AN BÌNH | CỘNG HÒA XÃ HỘI⏎Độc lập\nSố: 1/KH | An Bình\nTỐI MẬT | "), "Kế hoạch")
        assert mark_of_secrecy(FileReader().beginning(write(plan, tmp_path / "a"))) == "TỐI MẬT"

    def test_shows_a_mark_printed_at_the_top_of_a_word_page(self, tmp_path: Path) -> None:
        made = docx.Document()
        made.add_paragraph("Kế hoạch năm 2026")
        made.sections[0].header.paragraphs[0].text = "TUYỆT MẬT"
        made.save(str(tmp_path / "a.docx"))
        assert mark_of_secrecy(FileReader().beginning(tmp_path / "a.docx")) == "TUYỆT MẬT"

    def test_of_a_long_text_of_two_bytes_a_letter_cuts_none_in_two(self, tmp_path: Path) -> None:
        for encoding in ("utf-16-le", "utf-16-be"):
            file = tmp_path / "dai.txt"
            file.write_bytes(("\ufeffTỐI MẬT\n" + "Dòng ế.\n" * 40_000).encode(encoding))
            assert set(FileReader().beginning(file)) == {"TỐI MẬT", "Dòng ế."}

    def test_of_rows_may_end_within_a_cell_in_quotes(self, tmp_path: Path) -> None:
        file = tmp_path / "dai.csv"
        file.write_text("TỐI MẬT\nTT;Việc;Ai\n" + '1;"Họp\nmột\nhai\nba";Văn phòng\n' * 10_000, encoding="utf-8")
        assert FileReader().beginning(file)[:5] == ["TỐI MẬT", "TT", "Việc", "Ai", "1"]
