"""Files are named safely and typed by their content, whatever their names say."""

import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document

from cchc_tasks.domain.errors import FileTypeRefused
from cchc_tasks.web.uploads import Incoming, check_type, safe_name

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40)
CONTENT_TYPES = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


def archive(path: Path, **members: str) -> None:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)


def docx(path: Path) -> None:
    Document().save(str(path))


def xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet()


def macro(path: Path) -> None:
    docx(path)
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("word/vbaProject.bin", b"x")


def macro_by_type(path: Path) -> None:
    archive(path, **{"[Content_Types]_dot_xml": CONTENT_TYPES, "word__document_dot_xml": "<w/>"})


def written(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


class TestName:
    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("Báo cáo quý I.pdf", "Báo cáo quý I.pdf"),
            ("C:\\Documents\\12_BC-THPT.docx", "12_BC-THPT.docx"),
            ("../../etc/passwd", "passwd"),
            ("..", "tep"),
            ("a\r\nb\u202e<x>.pdf", "abx.pdf"),
            (unicodedata.normalize("NFD", "Kế hoạch.pdf"), "Kế hoạch.pdf"),
        ],
    )
    def test_is_a_base_name_without_anything_odd(self, sent: str, kept: str) -> None:
        assert safe_name(sent) == kept

    def test_is_cut_where_it_is_too_long_and_keeps_its_ending(self, tmp_path: Path) -> None:
        assert len(safe_name("a" * 300 + ".docx")) == 150
        long = safe_name("Ễ" * 300 + ".docx")
        assert long.endswith("Ễ.docx")
        (tmp_path / long).touch()


class TestIncoming:
    def test_leaves_nothing_behind(self, tmp_path: Path) -> None:
        with Incoming(tmp_path / "incoming") as incoming:
            same = {incoming.place("a.pdf"), incoming.place("a.pdf")}
            for path in same:
                path.touch()
            assert len(same) == 2
        assert list((tmp_path / "incoming").iterdir()) == []


class TestType:
    @pytest.mark.parametrize(
        ("name", "make"),
        [
            ("a.pdf", written(b"%PDF-1.7\n1 0 obj\n")),
            ("a.docx", docx),
            ("a.XLSX", xlsx),
            ("a.doc", written(OLE)),
            ("a.xls", written(OLE)),
            ("a.png", written(PNG)),
            ("a.jpeg", written(b"\xff\xd8\xff\xe0\0\x10JFIF\0\1" + bytes(40))),
            ("a.txt", written("Báo cáo: a < b".encode())),
            ("a.csv", written("Đơn vị;Số\r\nVăn phòng;3\r\n".encode("utf-16"))),
            ("a.zip", lambda path: archive(path, a_dot_txt="x")),
            ("a.odt", lambda path: archive(path, mimetype="application/vnd.oasis.opendocument.text")),
            ("a.ods", lambda path: archive(path, mimetype="application/vnd.oasis.opendocument.spreadsheet")),
            ("rong.txt", written(b"")),
        ],
    )
    def test_is_taken(self, tmp_path: Path, name: str, make: Callable[[Path], object]) -> None:
        make(tmp_path / name)
        check_type(tmp_path / name)

    @pytest.mark.parametrize(
        ("name", "make", "reason"),
        [
            ("a.docx", macro, "macro"),
            ("a.docx", macro_by_type, "macro"),
            ("a.zip", macro, "macro"),
            ("a.doc", written(OLE + "_VBA_PROJECT".encode("utf-16-le")), "macro"),
            ("a.odt", lambda p: archive(p, mimetype="application/vnd.oasis.opendocument.text", Basic__x="x"), "macro"),
            ("a.pdf", written(b"MZ\x90\0" + bytes(200)), "loại tệp"),
            ("a.txt", written(b"MZ\x90 all text"), "loại tệp"),
            ("a.exe", written(b"MZ\x90\0" + bytes(200)), "loại tệp"),
            ("a.txt", written(b"\xef\xbb\xbf \n<!DOCTYPE html><script>"), "loại tệp"),
            ("a.svg", written(b'<svg xmlns="http://www.w3.org/2000/svg"/>'), "loại tệp"),
            ("a.csv", written(b'<?xml version="1.0"?><svg/>'), "loại tệp"),
            ("anh.heic", written(b"\0\0\0\x18ftypheic" + bytes(40)), "loại tệp"),
            ("a.pdf", docx, "đuôi"),
            ("a.docx", xlsx, "đuôi"),
            ("a.html", written("chữ thường".encode()), "đuôi"),
            ("a", written(b"%PDF-1.7\n"), "đuôi"),
            ("a.docx", written(b"PK\x03\x04 nothing of a zip"), "hỏng"),
        ],
    )
    def test_is_refused_with_the_reason_and_what_is_taken(
        self, tmp_path: Path, name: str, make: Callable[[Path], object], reason: str
    ) -> None:
        make(tmp_path / name)
        with pytest.raises(FileTypeRefused) as refused:
            check_type(tmp_path / name)
        assert reason in str(refused.value)
        assert "“" + name + "”" in str(refused.value)
        assert "PDF, Word" in str(refused.value)
