"""Old Word files, written and read by LibreOffice."""

from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.old_word import LibreOfficeMissing, is_old_word, read_old_word
from tests.making.files import word_file
from tests.making.print_outs import NEEDS_OFFICE, as_old_word
from tests.making.sample_plan import whole_plan


@NEEDS_OFFICE
class TestOldWordFile:
    def test_has_the_paragraphs_and_cells_of_the_truth(self, tmp_path: Path) -> None:
        content = as_old_word(word_file(whole_plan(), tmp_path / "ke-hoach.docx")).read_bytes()

        assert is_old_word(content)
        assert read_old_word(content) == whole_plan()

    def test_is_nothing_where_its_content_is_damaged(self) -> None:
        with pytest.raises(ValueError, match="LibreOffice"):
            read_old_word(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(4096))


class TestWithoutLibreOffice:
    def test_says_what_is_missing(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))

        with pytest.raises(LibreOfficeMissing):
            read_old_word(b"")


class TestOtherContent:
    @pytest.mark.parametrize("content", [b"", b"WordDocument", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)])
    def test_is_no_old_word_file(self, content: bytes) -> None:
        assert not is_old_word(content)
