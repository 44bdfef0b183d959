"""The lines with which a document begins, cells included: enough to see a mark of secrecy on its first page."""

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from cchc_tasks.adapters.documents.cleaning import cleaned_text
from cchc_tasks.adapters.documents.packages import ZIP, page_headers
from cchc_tasks.adapters.documents.parsing import IMAGES, is_pdf, is_plain, parsed
from cchc_tasks.adapters.documents.plain.decoding import UTF_16
from cchc_tasks.adapters.documents.replies import Refusal
from cchc_tasks.domain.errors import FileDamaged, ScanReaderNeeded
from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument

MOST_LINES = 200
LONGEST_LINE = 2_000  # letters; a mark of secrecy stands on a line of its own
BEGINNING = 64 * 1024  # bytes of a long text


def first_lines(content: bytes) -> list[str]:
    """At most MOST_LINES lines, in reading order, none longer than LONGEST_LINE.

    Of a long text and of a PDF no more than the beginning is read; pictures and scans are not read here, since that
    takes seconds a page. Raises Refusal.
    """
    return [line[:LONGEST_LINE] for line in islice(_first_lines(content), MOST_LINES)]


def _first_lines(content: bytes) -> Iterable[str]:
    if content.startswith(IMAGES):
        raise Refusal(ScanReaderNeeded)
    if is_pdf(content):
        return _lines_of_pdf(content)
    if is_plain(content) and len(content) > BEGINNING:
        with suppress(Refusal):  # a cell in quotes may go on where the beginning ends
            return _lines(parsed(_cut(content)))
    above = page_headers(content) if content.startswith(ZIP) else []
    return [*above, *_lines(parsed(content))]


def _cut(content: bytes) -> bytes:
    """The whole lines of a long text's beginning; of one endless line, whatever whole letters there are."""
    start = content[:BEGINNING]
    line_end = start.rfind(b"\n") + 1
    if not line_end:
        return start[: _end_of_letters(start)]
    return start[: line_end // 2 * 2] if start.startswith(UTF_16) else start[:line_end]


def _end_of_letters(start: bytes) -> int:
    """Where the last letter that is not cut begins, in UTF-8 and in UTF-16."""
    if start.startswith(UTF_16):
        return len(start) // 4 * 4 - 2
    end = len(start)
    while end > 1 and start[end - 1] & 0xC0 == 0x80:
        end -= 1
    return end - 1


def _lines_of_pdf(content: bytes) -> list[str]:
    """The lines of the first page; no table matters here, so the page is not laid out."""
    from pdfminer.high_level import extract_text

    try:
        text = extract_text(io.BytesIO(content), maxpages=1)
    except Exception as error:  # the parser raises whatever a broken object leads it to
        raise Refusal(FileDamaged, format=".pdf") from error
    lines = [line for line in cleaned_text(text).split("\n") if line.strip()]
    if not lines:
        raise Refusal(ScanReaderNeeded)
    return lines


def _lines(document: SourceDocument) -> list[str]:
    texts = (text for block in document.blocks for text in _texts(block))
    lines = (line for text in texts for line in text.split("\n") if line.strip())
    return list(islice(lines, MOST_LINES))


def _texts(block: Paragraph | Grid) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    else:
        yield from (cell.text for row in block.rows for cell in row.cells)
