"""Opens a file handed in from outside, chooses its reader by content, and refuses what is hostile or unknown."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cchc_tasks.adapters.documents.decoding import UTF_16, decoded
from cchc_tasks.adapters.documents.docx import read_docx
from cchc_tasks.adapters.documents.separated import read_separated, separator_of
from cchc_tasks.adapters.documents.text import read_text
from cchc_tasks.adapters.documents.web_page import is_page, read_page
from cchc_tasks.adapters.documents.xls import is_xls, read_xls
from cchc_tasks.adapters.documents.xlsx import read_xlsx
from cchc_tasks.domain.errors import (
    FileDamaged,
    FileEmpty,
    FileMissing,
    FileNotText,
    FileTooLarge,
    FileUnpacksTooLarge,
    FileUnreadable,
    FormatUnknown,
)
from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument

MEGABYTE = 1024 * 1024
MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * MEGABYTE
MOST_IN_A_PART = 60 * MEGABYTE  # of markup; in memory it takes about ten times as much
MOST_RATIO = 200  # a table of equal rows packs to 1:100; a bomb of zeros to 1:1000
RATIO_COUNTS_FROM = MEGABYTE

_BEGINNING = 64 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old Excel, but also the old Word and any encrypted file
_OTHER_FORMATS = (b"%PDF-", b"{\\rtf")  # recognised only to be named
_MOST_CONTROL_CHARACTERS = 0.1  # a share of the text; more than this is no text
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class FileReader:
    """Fulfils ports.DocumentReader for .docx, .xlsx, .xls, .html, .csv and text.

    `limit` is the largest size in bytes.
    """

    def __init__(self, limit: int = 50 * MEGABYTE) -> None:
        self._limit = limit

    def read(self, path: Path) -> SourceDocument:
        """Paragraphs and grids of a file; raises an InputError with the file's name in it.

        Control characters are dropped, letters typed with their marks apart are composed. The extension plays no part:
        the content decides.
        """
        content = self._content(path)
        if content.startswith(_ZIP):
            document = _read_package(path, content)
        elif content.startswith(_OLE):
            document = _read_old_workbook(path, content)
        elif content.startswith(_OTHER_FORMATS):
            raise FormatUnknown(path=path)
        else:
            document = _read_plain(path, content)
        if not document.blocks:
            raise FileEmpty(path=path)
        return document

    def beginning(self, path: Path) -> list[str]:
        """The paragraphs a file begins with, enough for its first page; of a long text no more than that is read."""
        with path.open("rb") as file:
            start = file.read(_BEGINNING)
        whole_lines = start.rpartition(b"\n")[0]
        if start.startswith(UTF_16):
            whole_lines = whole_lines[: len(whole_lines) // 2 * 2]
        if not start.startswith((*_ZIP, _OLE, *_OTHER_FORMATS)) and len(start) == _BEGINNING and whole_lines:
            with suppress(FileDamaged):  # a cell in quotes may go on where the beginning ends
                return [paragraph.text for paragraph in _read_plain(path, whole_lines).paragraphs]
        return [paragraph.text for paragraph in self.read(path).paragraphs]

    def _content(self, path: Path) -> bytes:
        try:
            if not path.exists():
                raise FileMissing(path=path)
            if not path.is_file():
                raise FileUnreadable(path=path)
            with path.open("rb") as file:
                content = file.read(self._limit + 1)
        except (OSError, ValueError) as error:  # no right to it, or a name that no file can have
            raise FileUnreadable(path=path) from error
        if len(content) > self._limit:
            raise FileTooLarge(path=path, limit_mb=self._limit // MEGABYTE)
        if not content.strip():
            raise FileEmpty(path=path)
        return content


def _read_plain(path: Path, content: bytes) -> SourceDocument:
    text = decoded(content)
    if text is None:
        raise FileNotText(path=path)
    controls = sum(unicodedata.category(letter) == "Cc" and letter not in "\t\n\r\f" for letter in text)
    if controls > len(text) * _MOST_CONTROL_CHARACTERS:
        raise FileNotText(path=path)
    return _cleaned(_read_decoded(path, text))


def _read_decoded(path: Path, text: str) -> SourceDocument:
    """A page, rows parted by a sign, or plain text, as its beginning shows."""
    if is_page(text):
        return _read_or_refuse(path, "html", lambda: read_page(text))
    if text.lstrip().startswith("<?xml"):
        raise FormatUnknown(path=path)
    separator = separator_of(text)
    if separator:
        return _read_or_refuse(path, "csv", lambda: read_separated(text, separator))
    return read_text(text)


def _read_old_workbook(path: Path, content: bytes) -> SourceDocument:
    if not is_xls(content):
        raise FormatUnknown(path=path)
    return _cleaned(_read_or_refuse(path, "xls", lambda: read_xls(content)))


def _read_or_refuse(path: Path, kind: str, read: Callable[[], SourceDocument]) -> SourceDocument:
    try:
        return read()
    except ValueError as error:
        raise FileDamaged(path=path, format=kind) from error


def _read_package(path: Path, content: bytes) -> SourceDocument:
    """A Word or Excel file: a zip archive whose folders say which."""
    kind = path.suffix.lower() or "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_unpacked_size(path, archive)
            # Every entry is unpacked once: sizes that lie and damaged parts are found before a parser sees them.
            if archive.testzip() is not None:
                raise FileDamaged(path=path, format=kind)
            return _cleaned(_read_parts(path, archive, content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FileDamaged(path=path, format=kind) from error


def _read_parts(path: Path, archive: zipfile.ZipFile, content: bytes) -> SourceDocument:
    folders = {name.partition("/")[0] for name in archive.namelist()}
    if "word" in folders:
        return read_docx(archive)
    if "xl" in folders:
        return read_xlsx(content, archive)
    raise FormatUnknown(path=path)


def _check_unpacked_size(path: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    markup = max((entry.file_size for entry in entries if entry.filename.endswith(".xml")), default=0)
    bulging = unpacked > RATIO_COUNTS_FROM and unpacked > packed * MOST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or markup > MOST_IN_A_PART or bulging:
        raise FileUnpacksTooLarge(path=path)


def _cleaned(document: SourceDocument) -> SourceDocument:
    """The document in composed letters, without control characters and marks that turn the reading direction."""
    return SourceDocument(tuple(_cleaned_block(block) for block in document.blocks))


def _cleaned_block(block: Paragraph | Grid) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return Paragraph(_cleaned_text(block.text))
    return Grid(
        tuple(
            replace(row, cells=tuple(replace(cell, text=_cleaned_text(cell.text)) for cell in row.cells))
            for row in block.rows
        )
    )


def _cleaned_text(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return "".join(
        letter
        for letter in text
        if letter in "\n\t" or (unicodedata.category(letter) != "Cc" and letter not in _DIRECTION_MARKS)
    )
