"""HTML pages, XHTML and Word's filtered ones included: text and tables as a browser shows them.

Elements are those of the HTML standard; its section 4.9 says how cells that span columns and rows form a table.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import lxml.html
from lxml import etree

from cchc_tasks.adapters.documents.plain.spans import SpannedCell, SpannedRow, formed_grid
from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument

PAGE_END = "\f"  # stands in the text of a cell until its row knows whether it begins a page
MOST_ROWS = 65_534  # that a cell may span; the limit of the standard

_BEGINNING = re.compile(
    r"\s*(?:(?:<\?xml\b[^>]*>|<!--.*?-->)\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|style|table|div|p|span|center|font|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_OWN_TYPE = re.compile(r"<!doctype[^>]*\[", re.IGNORECASE)
_CLOSED_AT_ONCE = re.compile(r"<(script|style|title|textarea|iframe)\b([^<>]*)/>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n]+")
_BREAKS_PAGE = re.compile(r"break-before\s*:\s*(?:always|page)", re.IGNORECASE)
_HIDES = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment", re.IGNORECASE)

# What a browser does not show as text, what it lets the reader fill in, and what a tracked change has deleted.
_UNREAD = {"head", "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "xml", "del"}
_UNREAD |= {"select", "textarea", "button", "audio", "video", "canvas"}
_OWN_LINES = {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl"}
_OWN_LINES |= {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
_OWN_LINES |= {"header", "hr", "legend", "li", "main", "nav", "ol", "p", "section", "summary", "td", "th", "tr", "ul"}
_CELLS = frozenset({"td", "th"})
_NOTHING: frozenset[str] = frozenset()


def is_page(text: str) -> bool:
    """Whether a text begins with the markup of a page."""
    return _BEGINNING.match(text) is not None


def read_page(text: str) -> SourceDocument:
    """The paragraphs and tables of a page, whatever stands outside tables included.

    Raises ValueError where elements lie too deep in each other, a table takes more room than a plan needs, or the page
    brings a document type of its own, which is where entities are declared.
    """
    start = _BEGINNING.match(text)
    if _OWN_TYPE.search(text, 0, (start.end() if start else 0) + 1_000):
        raise ValueError("a document type of its own")
    if text.lstrip().startswith("<?xml"):
        text = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", text)  # read as HTML they would swallow what follows
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = lxml.html.document_fromstring(text.replace("\0", "").encode(), parser=parser)
    except etree.ParserError:  # nothing but comments
        return SourceDocument(())
    # The parser goes on after an error; beyond its limits it leaves out what it cannot hold.
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ValueError("nested too deeply or too long")
    return SourceDocument(tuple(_blocks(root)))


def _blocks(parent: etree._Element, without: frozenset[str] = _NOTHING) -> Iterator[Paragraph | Grid]:
    text = ""
    for piece in _pieces(parent, without):
        if isinstance(piece, str):
            text += piece
        else:
            yield from map(Paragraph, _lines(text))
            yield from _table(piece)
            text = ""
    yield from map(Paragraph, _lines(text))


def _pieces(parent: etree._Element, without: frozenset[str] = _NOTHING) -> Iterator[str | etree._Element]:
    """The text in order with its line breaks and page ends, and the tables that stand in it."""
    yield _BLANKS.sub(" ", parent.text or "")
    for child in parent:
        name = _name(child)
        if name not in without and not _is_unread(child):
            own_line = "\n" if name in _OWN_LINES else ""
            yield own_line + PAGE_END * _breaks_page(child)
            if name == "table":
                yield child
            elif name == "pre":
                yield "\n" + "".join(map(str, child.itertext())) + "\n"
            elif name == "br":
                yield "\n"
            else:
                yield from _pieces(child, without)
            yield own_line
        yield _BLANKS.sub(" ", child.tail or "")


def _table(table: etree._Element) -> Iterator[Paragraph | Grid]:
    """A table's caption, and its grid; one column or row around other tables only places them and is no grid."""
    yield from _blocks(table, without=_CELLS)
    rows = [list(_within(row, _CELLS)) for row in _within(table, {"tr"})]
    only_places = len(rows) == 1 or all(len(cells) == 1 for cells in rows)
    if only_places and any(cell.find(".//table") is not None for cells in rows for cell in cells):
        for cells in rows:
            for cell in cells:
                yield from _blocks(cell)
        return
    grid = formed_grid(list(_rows(table)))
    if grid:
        yield grid


def _rows(table: etree._Element) -> Iterator[SpannedRow]:
    """The rows of head, body and foot, the foot last; no cell reaches out of its part."""
    parts = [list(part) for _, part in groupby(_within(table, {"tr"}), lambda row: row.getparent())]
    parts.sort(key=lambda part: _name(part[0].getparent()) == "tfoot")
    page_ended = False
    for part in parts:
        for index, row in enumerate(part):
            cells = [(cell, _cell_text(cell)) for cell in _within(row, _CELLS)]
            texts = [text.strip(" \n\xa0") for _, text in cells]
            starts_page = page_ended or _breaks_page(row) or any(text.startswith(PAGE_END) for text in texts)
            page_ended = any(text.endswith(PAGE_END) and len(text) > 1 for text in texts)
            yield [_spanned(cell, text, len(part) - index) for cell, text in cells], starts_page


def _spanned(cell: etree._Element, text: str, rows_left: int) -> SpannedCell:
    rows = _count(cell, "rowspan")
    return SpannedCell(
        "\n".join(_lines(text)), columns=max(_count(cell, "colspan"), 1), rows=min(rows or rows_left, rows_left)
    )


def _cell_text(cell: etree._Element) -> str:
    """The lines of a cell; of a table inside it, a line for each row."""
    text = PAGE_END * _breaks_page(cell)
    for piece in _pieces(cell):
        if isinstance(piece, str):
            text += piece
        else:
            rows = (" ".join(_joined(inner) for inner in _within(row, _CELLS)) for row in _within(piece, {"tr"}))
            text += "\n".join(["", *rows, ""])
    return text


def _joined(cell: etree._Element) -> str:
    return " ".join(_lines(_cell_text(cell)))


def _within(parent: etree._Element, names: Iterable[str]) -> Iterator[etree._Element]:
    """The nearest descendants of these names that are shown and belong to no other table."""
    for child in parent:
        name = _name(child)
        if name in names and not _is_unread(child):
            yield child
        elif name != "table" and not _is_unread(child):
            yield from _within(child, names)


def _lines(text: str) -> list[str]:
    """The lines that hold something, with single blanks but for those that were typed not to break."""
    lines = (_BLANKS.sub(" ", line).replace("\xa0", " ").strip() for line in text.replace(PAGE_END, "\n").split("\n"))
    return [line for line in lines if line]


def _is_unread(element: etree._Element) -> bool:
    hidden = element.get("hidden") is not None or _HIDES.search(element.get("style") or "") is not None
    return hidden or _name(element) in _UNREAD


def _breaks_page(element: etree._Element) -> bool:
    return _BREAKS_PAGE.search(element.get("style") or "") is not None


def _count(cell: etree._Element, name: str) -> int:
    """The number of places a cell spans in a direction; 1 where it is not said, or not as a number."""
    value = (cell.get(name) or "").strip()
    return min(int(value[:9]), MOST_ROWS) if value.isascii() and value.isdecimal() else 1


def _name(element: etree._Element | None) -> str:
    return element.tag if element is not None and isinstance(element.tag, str) else ""
