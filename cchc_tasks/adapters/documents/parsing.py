"""Chooses the reader of a content by the content alone, and refuses what is unknown.

Each reader is imported where it is needed, because the process that reads starts anew for every file.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from cchc_tasks.adapters.documents.cleaning import cleaned
from cchc_tasks.adapters.documents.legacy_fonts import in_unicode
from cchc_tasks.adapters.documents.limits import MOST_ANSWERED, make_room_for_an_office
from cchc_tasks.adapters.documents.packages import ZIP, read_package
from cchc_tasks.adapters.documents.plain.decoding import decoded
from cchc_tasks.adapters.documents.replies import Refusal
from cchc_tasks.domain.errors import (
    FileDamaged,
    FileEmpty,
    FileLocked,
    FileNotText,
    FileUnpacksTooLarge,
    FormatUnknown,
    LibreOfficeNeeded,
    ScanReaderNeeded,
)
from cchc_tasks.domain.reading.document import SourceDocument

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel, old Word, and any encrypted file
PDF = b"%PDF-"
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")  # PNG, JPEG, TIFF

_PDF_BEGINS_WITHIN = 1024  # bytes; what stands before is what a mail server or a copier put there
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO, 2.3.4.4
_RTF = b"{\\rtf"  # recognised only to be named
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_MOST_CONTROL_CHARACTERS = 0.1  # a share of the text; more than this is no text


def parsed(content: bytes) -> SourceDocument:
    """The paragraphs and grids of a content, cleaned; raises Refusal."""
    if not content.strip():
        raise Refusal(FileEmpty)
    document = cleaned(_read(content))
    document = replace(in_unicode(document), scanned=document.scanned)
    if not document.blocks:
        raise Refusal(FileEmpty)
    return document


def is_pdf(content: bytes) -> bool:
    """Whether a content says that it is a PDF."""
    return content[:_PDF_BEGINS_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(PDF)


def is_plain(content: bytes) -> bool:
    """Whether a content is of no format with a beginning of its own: text, rows, a page."""
    return not (is_pdf(content) or content.startswith((*ZIP, OLE, *IMAGES, _RTF)))


def _read(content: bytes) -> SourceDocument:
    if is_plain(content):
        return _read_plain(content)
    if content.startswith(ZIP):
        return read_package(content)
    if content.startswith(OLE):
        return _read_compound(content)
    if is_pdf(content):
        return _read_pdf(content)
    if content.startswith(IMAGES):
        return _read_scan(content)
    raise Refusal(FormatUnknown)


def _read_plain(content: bytes) -> SourceDocument:
    if len(content) > MOST_ANSWERED:
        raise Refusal(FileUnpacksTooLarge)
    text = decoded(content)
    if text is None:
        raise Refusal(FileNotText)
    if sum(1 for _ in _CONTROL_CHARACTER.finditer(text)) > len(text) * _MOST_CONTROL_CHARACTERS:
        raise Refusal(FileNotText)
    return _read_decoded(text)


def _read_decoded(text: str) -> SourceDocument:
    """A page, rows parted by a sign, or plain text, as its beginning shows."""
    if text.lstrip().startswith("<"):
        from cchc_tasks.adapters.documents.plain.web_page import is_page, read_page

        if is_page(text):
            return _read_or_refuse(".html", lambda: read_page(text))
    if text.lstrip().startswith("<?xml"):
        raise Refusal(FormatUnknown)
    from cchc_tasks.adapters.documents.plain.separated import read_separated, separator_of

    separator = separator_of(text)
    if separator == "\t":
        with suppress(ValueError):  # a quote may stand for "as above" in a text with tabs
            return read_separated(text, separator)
    elif separator:
        return _read_or_refuse(".csv", lambda: read_separated(text, separator))
    from cchc_tasks.adapters.documents.plain.text import read_text

    return read_text(text)


def _read_compound(content: bytes) -> SourceDocument:
    """A compound file (MS-CFB): the names in its directory say what it holds."""
    from cchc_tasks.adapters.documents.sheets.xls import is_xls, read_xls

    if _ENCRYPTED in content:
        raise Refusal(FileLocked)
    if is_xls(content):
        return _read_or_refuse(".xls", lambda: read_xls(content))
    from cchc_tasks.adapters.documents.word.old_word import LibreOfficeMissing, is_old_word, read_old_word

    if not is_old_word(content):
        raise Refusal(FormatUnknown)
    make_room_for_an_office()
    try:
        return _read_or_refuse(".doc", lambda: read_old_word(content), but=LibreOfficeMissing)
    except LibreOfficeMissing as error:
        raise Refusal(LibreOfficeNeeded) from error


def _read_pdf(content: bytes) -> SourceDocument:
    from cchc_tasks.adapters.documents.prints.pdf import NoTextLayer, read_pdf

    try:
        return _read_or_refuse(".pdf", lambda: read_pdf(content), but=NoTextLayer)
    except NoTextLayer:
        return _read_scan(content)


def _read_scan(content: bytes) -> SourceDocument:
    from cchc_tasks.adapters.documents.prints.scan import ScanReaderMissing, read_scan

    kind = ".pdf" if is_pdf(content) else "ảnh"
    try:
        found = _read_or_refuse(kind, lambda: read_scan(content), but=ScanReaderMissing)
    except ScanReaderMissing as error:
        raise Refusal(ScanReaderNeeded) from error
    return SourceDocument(found.blocks, scanned=True)


def _read_or_refuse(
    kind: str, read: Callable[[], SourceDocument], but: type[ValueError] | None = None
) -> SourceDocument:
    """What a reader finds; its ValueError is a damaged file, `but` one kind of it, which passes."""
    try:
        return read()
    except ValueError as error:
        if but is not None and isinstance(error, but):
            raise
        raise Refusal(FileDamaged, format=kind) from error
