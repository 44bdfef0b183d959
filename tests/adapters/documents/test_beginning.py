"""The beginning of a file is enough to see a mark of secrecy; a long text is not read to its end for it."""

from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.errors import FormatUnknown


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

    def test_of_a_short_text_is_all_of_it(self, tmp_path: Path) -> None:
        file = tmp_path / "ngan.txt"
        file.write_text("Một\nHai\n", encoding="utf-8")
        assert FileReader().beginning(file) == ["Một", "Hai"]

    def test_of_a_long_pdf_is_refused_like_all_of_it(self, tmp_path: Path) -> None:
        file = tmp_path / "x.pdf"
        file.write_bytes(b"%PDF-1.7\n" + b"0" * 100_000)
        with pytest.raises(FormatUnknown):
            FileReader().beginning(file)
