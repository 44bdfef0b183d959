"""The reader of files: content decides, and whatever is hostile or unknown is refused with its code."""

import os
import zipfile
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.errors import (
    FileDamaged,
    FileEmpty,
    FileLocked,
    FileMissing,
    FileNotText,
    FileTooLarge,
    FileUnpacksTooLarge,
    FileUnreadable,
    FormatUnknown,
    InputError,
    TextTooLong,
)
from tests.making.files import package, text_file, word_file, word_package, workbook_file
from tests.making.grids import document, grid
from tests.making.sample_plan import torn_plan, whole_plan

ENTITIES = (
    '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY file SYSTEM "file:///etc/hostname">]>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = b"TT;N;V\n" * 40_000  # longer than the beginning that shows what they are
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def truncated_word_file() -> bytes:
    content = word_package(PARAGRAPH.format("Kế hoạch " * 1000))
    return content[: len(content) // 2]


def spoilt_word_file() -> bytes:
    content = bytearray(word_package(PARAGRAPH.format("Kế hoạch " * 1000)))
    content[80] ^= 0xFF
    return bytes(content)


HOSTILE = {
    "nothing": (b"", FileEmpty),
    "only blanks": (b" \n\t\r\n", FileEmpty),
    "a Word file without text": (word_package(""), FileEmpty),
    "noise": (bytes(range(256)) * 8, FileNotText),
    "many NUL bytes": (b"K\x00\x00\x00" * 100, FileNotText),
    "UTF-16 without a mark": ("Kế hoạch năm 2026".encode("utf-16-le"), FileNotText),
    "TCVN3": (b"K\xd5 ho\xb9ch n\xa8m 2026", FileNotText),
    "a PDF without its parts": (b"%PDF-1.7\n1 0 obj", FileDamaged),
    "a compound file of something else": (OLE + bytes(600), FormatUnknown),
    "a Word file with a password": (OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), FileLocked),
    "a damaged old workbook": (OLE + bytes(600) + "Workbook".ljust(32, "\0").encode("utf-16-le"), FileDamaged),
    "a page without text": (b"<html><body><!-- x --><script>x</script></body></html>", FileEmpty),
    "a page nested too deeply": (b"<div>" * 100_000 + b"x", FileDamaged),
    "a page of tables in tables": (b"<table><tr><td>" * 100_000 + b"x", FileDamaged),
    "a page with entities": (b'<!DOCTYPE html [<!ENTITY a "b">]><p>&a;</p>', FileDamaged),
    "a page in an unknown encoding": (b"<meta charset=gb2312><p>K\xbe", FileNotText),
    "markup that is no page": (b'<?xml version="1.0"?><Workbook/>', FormatUnknown),
    "rows with a quote that never ends": (ROWS + b'x;"y;z\n' + ROWS, FileDamaged),
    "rows with a cell of a megabyte": (ROWS + b"x;" + b"y" * 1_000_000 + b";z\n", FileDamaged),
    "a paragraph that never ends": (b"KH " * 7_000, TextTooLong),
    "a page with a cell that never ends": (b"<table><tr><td>1<td>" + b"KH " * 7_000, TextTooLong),
    "RTF": (b"{\\rtf1 K}", FormatUnknown),
    "a zip of something else": (package({"doc.kml": b"<kml/>"}), FormatUnknown),
    "a truncated Word file": (truncated_word_file(), FileDamaged),
    "a Word file with a wrong checksum": (spoilt_word_file(), FileDamaged),
    "a Word file without its main part": (package({"word/styles.xml": b"<a/>"}), FileDamaged),
    "a Word file that is no XML": (package({"word/document.xml": b"<w:document"}), FileDamaged),
    "a Word file with entities": (word_package(PARAGRAPH.format("&b;&file;"), ENTITIES), FileDamaged),
    "a Word file nested too deeply": (word_package("<w:p>" * 5000 + "</w:p>" * 5000), FileDamaged),
    "a workbook without its parts": (package({"xl/workbook.xml": b"<workbook/>"}), FileDamaged),
    "a bomb of zeros": (package({"word/document.xml": bytes(5_000_000)}), FileUnpacksTooLarge),
    "a bomb of entries": (package({f"word/{number}.xml": b"" for number in range(6000)}), FileUnpacksTooLarge),
}


class TestFile:
    @pytest.mark.parametrize("name", ["ke-hoach.txt", "ke-hoach.docx", "khong-duoi"])
    def test_is_read_by_its_content_whatever_its_name(self, name: str, tmp_path: Path) -> None:
        for write in (text_file, word_file):
            assert FileReader().read(write(torn_plan(), tmp_path / name)) == torn_plan()

    def test_may_be_a_workbook(self, tmp_path: Path) -> None:
        table = document(*whole_plan().grids)

        assert FileReader().read(workbook_file(table, tmp_path / "phu-luc")) == table

    def test_loses_its_control_characters_and_nothing_else(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes("Kế\x00 ho\x07ạch năm\u202e 2026\nTT\tViệc\x1b\n1\tHọp giao ban".encode())

        assert FileReader().read(path) == document("Kế hoạch năm 2026", grid("TT | Việc\n1 | Họp giao ban"))

    def test_with_tabs_may_hold_a_quote_for_as_above(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text('TT\tViệc\tAi\n1\tHọp\t"A, B"\n2\tHọp lại\t"\n', encoding="utf-8")

        assert FileReader().read(path) == document(grid('TT | Việc | Ai\n1 | Họp | "A, B"\n2 | Họp lại | "'))

    @pytest.mark.parametrize("kind", HOSTILE)
    def test_is_refused_with_its_name_when_it_holds(self, kind: str, tmp_path: Path) -> None:
        content, error = HOSTILE[kind]
        path = tmp_path / "nộp lên.docx"
        path.write_bytes(content)

        with pytest.raises(InputError, match=r"nộp lên\.docx") as refusal:
            FileReader().read(path)

        assert type(refusal.value) is error

    def test_is_refused_when_its_sizes_lie(self, tmp_path: Path) -> None:
        """The directory of the archive says one byte where the part unpacks to many."""
        content = word_package(PARAGRAPH.format("a" * 1000))
        with zipfile.ZipFile(_written(tmp_path / "thật.docx", content)) as archive:
            size = archive.infolist()[0].file_size
        forged = content.replace(size.to_bytes(4, "little"), (1).to_bytes(4, "little"))

        with pytest.raises(FileDamaged):
            FileReader().read(_written(tmp_path / "giả.docx", forged))

    def test_is_refused_when_larger_than_allowed(self, tmp_path: Path) -> None:
        path = _written(tmp_path / "lớn.txt", b"a" * (1024 * 1024 + 1))

        with pytest.raises(FileTooLarge, match="1 MB"):
            FileReader(limit=1024 * 1024).read(path)

    def test_is_refused_when_it_does_not_exist(self, tmp_path: Path) -> None:
        with pytest.raises(FileMissing):
            FileReader().read(tmp_path / "không có.docx")

    def test_is_refused_when_it_is_a_folder_or_a_device(self, tmp_path: Path) -> None:
        for path in (tmp_path, Path("/dev/zero")):
            with pytest.raises(FileUnreadable):
                FileReader().read(path)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
    def test_is_refused_when_there_is_no_right_to_read_it(self, tmp_path: Path) -> None:
        path = _written(tmp_path / "khóa.txt", b"a")
        path.chmod(0)

        with pytest.raises(FileUnreadable):
            FileReader().read(path)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
