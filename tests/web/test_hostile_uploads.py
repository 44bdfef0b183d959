"""What is sent to hurt the web's own process: refused before it is opened, or before it is searched."""

import io
import struct
import zipfile
from pathlib import Path
from random import Random

import pytest

from cchc_tasks.domain.errors import FileTypeRefused, ReferenceUnreadable
from cchc_tasks.services.submit_evidence import LONGEST_REFERENCE, reference_in
from cchc_tasks.web.uploads import MOST_ENTRIES, check_type
from tests.making.files import package


def archive_of(entries: int) -> bytes:
    """An archive whose directory names one packed part so many times: forty bytes each here, many times that there."""
    whole = package({"a": b""})
    start, end = whole.index(b"PK\x01\x02"), whole.rindex(b"PK\x05\x06")
    directory = whole[start:end] * entries
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(directory), start, 0)
    return whole[:start] + directory + tail


def archive_with_broken_part(method: int) -> bytes:
    """An archive whose list of types does not unpack."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("[Content_Types].xml", Random(1).randbytes(4_000))
    content = bytearray(made.getvalue())
    start = content.index(b"[Content_Types].xml") + len("[Content_Types].xml")
    content[start : start + 24] = b"\xff" * 24
    return bytes(content)


class TestArchive:
    def test_of_more_parts_than_anybody_sends_is_not_opened(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        path.write_bytes(archive_of(MOST_ENTRIES + 1))

        with pytest.raises(FileTypeRefused, match="quá nhiều tệp"):
            check_type(path)

    def test_of_many_parts_is_taken(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        path.write_bytes(archive_of(2_000))

        check_type(path)

    @pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_that_does_not_unpack_is_refused_in_words(self, method: int, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        path.write_bytes(archive_with_broken_part(method))

        with pytest.raises(FileTypeRefused):
            check_type(path)


class TestReference:
    def test_longer_than_anybody_writes_is_not_searched(self) -> None:
        """Searched, it would hold up every other request for half an hour."""
        with pytest.raises(ReferenceUnreadable) as refusal:
            reference_in("1/KH-" * 50_000)

        assert len(str(refusal.value)) < 2 * LONGEST_REFERENCE

    def test_with_a_long_name_before_it_is_read(self) -> None:
        name = "Báo cáo kết quả thực hiện công tác cải cách hành chính của Trường THPT Trần Văn Ơn trong quý vừa qua"

        assert reference_in(f"{name} số 12/BC-THPT ngày 03/3/2026").number == "12/BC-THPT"
