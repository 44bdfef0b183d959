"""Zip archives that are Word or Excel files: weighed before a parser sees them, so that no bomb is ever unpacked."""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import TypeVar

from cchc_tasks.adapters.documents.replies import Refusal
from cchc_tasks.domain.errors import FileDamaged, FileUnpacksTooLarge, FormatUnknown
from cchc_tasks.domain.reading.document import SourceDocument

MEGABYTE = 1024 * 1024
MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * MEGABYTE
MOST_IN_A_PART = 60 * MEGABYTE  # of markup; in memory it takes about ten times as much
MOST_RATIO = 200  # a table of equal rows packs to 1:100; a bomb of zeros to 1:1000
RATIO_COUNTS_FROM = MEGABYTE

ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # what an archive begins with

_Found = TypeVar("_Found")
# What zipfile raises over a spoilt archive; NotImplementedError for a way of packing that it does not know.
_TROUBLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def read_package(content: bytes) -> SourceDocument:
    """A Word or Excel file, macros and pictures left unread; raises Refusal."""
    return _opened(content, lambda archive: _read_parts(archive, content))


def page_headers(content: bytes) -> list[str]:
    """The lines at the top of a Word file's pages; none of any other package. Raises Refusal."""
    from cchc_tasks.adapters.documents.word.docx import page_header_lines

    return _opened(content, page_header_lines)


def _opened(content: bytes, read: Callable[[zipfile.ZipFile], _Found]) -> _Found:
    kind = ".docx" if b"word/" in content else ".xlsx" if b"xl/" in content else ".zip"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_unpacked_size(archive)
            # Every entry is unpacked once: sizes that lie and damaged parts are found before a parser sees them.
            # Of two parts with one name each parser may read another one.
            names = archive.namelist()
            if len(set(names)) < len(names) or archive.testzip() is not None:
                raise Refusal(FileDamaged, format=kind)
            return read(archive)
    except _TROUBLE as error:
        raise Refusal(FileDamaged, format=kind) from error


def _read_parts(archive: zipfile.ZipFile, content: bytes) -> SourceDocument:
    folders = {name.partition("/")[0] for name in archive.namelist()}
    if "word" in folders:
        from cchc_tasks.adapters.documents.word.docx import read_docx

        return read_docx(archive)
    if "xl" in folders:
        from cchc_tasks.adapters.documents.sheets.xlsx import read_xlsx

        return read_xlsx(content, archive)
    raise Refusal(FormatUnknown)


def _check_unpacked_size(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    markup = max((entry.file_size for entry in entries if entry.filename.endswith(".xml")), default=0)
    bulging = unpacked > RATIO_COUNTS_FROM and unpacked > packed * MOST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or markup > MOST_IN_A_PART or bulging:
        raise Refusal(FileUnpacksTooLarge)
