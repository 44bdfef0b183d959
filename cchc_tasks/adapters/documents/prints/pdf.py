"""PDF files with text: tables by their ruled lines or the titles of their columns, and the text around them."""

import io
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cchc_tasks.adapters.documents.prints.printed_lines import Glyph
from cchc_tasks.adapters.documents.prints.printed_pages import PrintedPage, read_pages
from cchc_tasks.adapters.documents.prints.ruled_tables import Rule
from cchc_tasks.domain.reading.document import SourceDocument

if TYPE_CHECKING:
    from pdfplumber.page import Page

MOST_PAGES = 2_000


class NoTextLayer(ValueError):
    """No page holds text that can be read, but pictures: a scan."""


def read_pdf(content: bytes) -> SourceDocument:
    """Paragraphs and grids in reading order.

    Raises NoTextLayer for a scan, and ValueError where the file is damaged, locked or has more than 2,000 pages.
    """
    try:
        pages, pictures = _printed(content)
    except ValueError:
        raise
    except Exception as error:  # the parser raises whatever a broken object leads it to
        raise ValueError("not a PDF that can be read") from error
    letters = [glyph for page in pages for glyph in page.glyphs if glyph.text.strip()]
    unknown = sum(glyph.text.startswith(_UNKNOWN) for glyph in letters)
    if (pictures and not letters) or unknown > len(letters) * _MOST_UNKNOWN:
        raise NoTextLayer("pictures of pages")
    return read_pages(pages)


_UNKNOWN = "(cid:"  # stands for a letter that the file draws without saying which it is
_MOST_UNKNOWN = 0.2
_THIN = 3.0  # points: a box as narrow as this is a line
_SHORTEST = 0.2
MOST_OBJECTS = 500_000  # of all pages


def _printed(content: bytes) -> tuple[list[PrintedPage], bool]:
    """The pages, and whether any holds a picture."""
    import pdfplumber

    pages: list[PrintedPage] = []
    pictures = False
    objects = 0
    with pdfplumber.open(io.BytesIO(content)) as file:
        if len(file.pages) > MOST_PAGES:
            raise ValueError("more pages than any plan has")
        for page in file.pages:
            pictures = pictures or bool(page.images)
            pages.append(_page(page))
            objects += len(pages[-1].glyphs) + len(pages[-1].lying)
            if objects > MOST_OBJECTS:
                raise ValueError("more letters than any plan has")
            page.close()
    return pages, pictures


def _page(page: "Page") -> PrintedPage:
    glyphs = [_glyph(char) for char in page.chars]
    lying: list[Rule] = []
    standing: list[Rule] = []
    for left, top, right, bottom in _strokes(page):
        if right - left >= bottom - top:
            lying.append(Rule((top + bottom) / 2, left, right))
        else:
            standing.append(Rule((left + right) / 2, top, bottom))
    return PrintedPage(float(page.width), float(page.height), glyphs, lying, standing)


def _glyph(char: dict[str, Any]) -> Glyph:
    _, up, _, _, _, _ = char["matrix"]
    turn = 0 if char["upright"] else (1 if up > 0 else -1)
    box = char["x0"], char["top"], char["x1"], char["bottom"]
    size = box[3] - box[1] if turn == 0 else box[2] - box[0]
    return Glyph(char["text"], *box, size, char["fontname"], turn)


Box = tuple[float, float, float, float]


def _strokes(page: "Page") -> Iterator[Box]:
    """The straight lines a page shows: drawn ones, narrow boxes, and the sides of boxes."""
    for line in page.lines:
        if line["x1"] - line["x0"] < _SHORTEST or line["bottom"] - line["top"] < _SHORTEST:
            yield line["x0"], line["top"], line["x1"], line["bottom"]
    for box in page.rects:
        left, top, right, bottom = box["x0"], box["top"], box["x1"], box["bottom"]
        if min(right - left, bottom - top) < _THIN:
            yield left, top, right, bottom
        elif box["stroke"]:
            yield from _sides(left, top, right, bottom)
    for curve in page.curves:
        points = curve["pts"]
        yield from _straight(points)


def _sides(left: float, top: float, right: float, bottom: float) -> Iterator[Box]:
    yield left, top, right, top
    yield left, bottom, right, bottom
    yield left, top, left, bottom
    yield right, top, right, bottom


def _straight(points: list[tuple[float, float]]) -> Iterator[Box]:
    """The lying and standing pieces of a drawn path."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if math.isclose(x0, x1, abs_tol=_SHORTEST) or math.isclose(y0, y1, abs_tol=_SHORTEST):
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
