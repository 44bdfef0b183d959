"""Old Word files, written and read by LibreOffice."""

import io
import socket
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from PIL import Image  # pdfplumber brings it

from cchc_tasks.adapters.documents.word.old_word import LibreOfficeMissing, is_old_word, read_old_word
from cchc_tasks.domain.reading.document import Paragraph
from tests.making.files import word_file
from tests.making.print_outs import NEEDS_OFFICE, as_old_word, by_office
from tests.making.sample_plan import whole_plan


def word_with_linked_picture(port: int, path: Path) -> Path:
    """A Word file whose picture lies at an address of this machine."""
    picture = io.BytesIO()
    Image.new("L", (9, 9)).save(picture, "PNG")
    made = docx.Document()
    made.add_paragraph("Kế hoạch")
    made.add_picture(picture)
    shown = made.element.body.xpath(".//a:blip")[0]
    del shown.attrib[qn("r:embed")]
    shown.set(
        qn("r:link"), made.part.relate_to(f"http://127.0.0.1:{port}/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    )
    made.save(str(path))
    return path


@NEEDS_OFFICE
class TestOldWordFile:
    def test_has_the_paragraphs_and_cells_of_the_truth(self, tmp_path: Path) -> None:
        content = as_old_word(word_file(whole_plan(), tmp_path / "ke-hoach.docx")).read_bytes()

        assert is_old_word(content)
        assert read_old_word(content) == whole_plan()

    def test_calls_nobody_whom_its_pictures_name(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as found:
            port = found.getsockname()[1]
        content = by_office(word_with_linked_picture(port, tmp_path / "a.docx"), "doc").read_bytes()
        assert f":{port}/a.png".encode() in content.replace(b"\0", b"")
        with socket.create_server(("127.0.0.1", port)) as listener:  # only now: writing the file calls too
            listener.setblocking(False)

            assert read_old_word(content).paragraphs[0] == Paragraph("Kế hoạch")

            with pytest.raises(BlockingIOError):
                listener.accept()

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
