"""Word documents: paragraphs and tables as a reader of the last revision sees them, merged cells included.

Element names are those of WordprocessingML (ECMA-376, part 1, chapter 17), matched without their namespace so that
the strict and the transitional spelling are read alike.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator

from lxml import etree

from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, Paragraph, SourceDocument

MOST_COLUMNS = 63  # Word's own limit

PAGE_END = "\f"  # stands in the text of a cell until its row knows whether it begins a page

# Deleted and moved-away text, field codes, formatting; pictures and text boxes are no part of the running text.
_UNREAD = {"del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "tblPr", "tcPr", "trPr", "sectPr"}
_UNREAD |= {"drawing", "pict", "object", "Fallback"}
_MARKS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": PAGE_END}
_MAIN_PART = re.compile(r"word/document\d*\.xml")


def read_docx(archive: zipfile.ZipFile) -> SourceDocument:
    """The body of a Word document; raises ValueError where it is not one."""
    part = next((name for name in archive.namelist() if _MAIN_PART.fullmatch(name)), None)
    if part is None:
        raise ValueError("no main part")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(archive.read(part), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a package's parts have no document type (ECMA-376, part 2)")
    return SourceDocument(tuple(_blocks(root)))


def _blocks(parent: etree._Element) -> Iterator[Paragraph | Grid]:
    for child in _within(parent, {"p", "tbl"}):
        if _name(child) == "tbl":
            rows = _rows(child)
            if rows:
                yield Grid(rows)
        else:
            lines = _text(child).replace(PAGE_END, "\n").split("\n")
            yield from (Paragraph(line.strip()) for line in lines if line.strip())


def _within(parent: etree._Element, names: set[str]) -> Iterator[etree._Element]:
    """The nearest descendants of these names, through content controls and tracked insertions."""
    for child in parent:
        name = _name(child)
        if name in names:
            yield child
        elif name not in _UNREAD:
            yield from _within(child, names)


def _text(paragraph: etree._Element) -> str:
    """A paragraph's text with its tabs, line breaks and page ends."""
    properties = _child(paragraph, "pPr")
    begins_page = properties is not None and _child(properties, "pageBreakBefore") is not None
    return (PAGE_END if begins_page else "") + "".join(_pieces(paragraph))


def _pieces(parent: etree._Element) -> Iterator[str]:
    for child in parent:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name == "br":
            yield PAGE_END if _attribute(child, "type") == "page" else "\n"
        elif name in _MARKS:
            yield _MARKS[name]
        elif name not in _UNREAD:
            yield from _pieces(child)


def _rows(table: etree._Element) -> tuple[GridRow, ...]:
    """The rows of a table, padded to one length; rows deleted in a tracked change are left out."""
    rows: list[tuple[list[Cell], bool]] = []
    page_ended = False
    for row in _within(table, {"tr"}):
        properties = _child(row, "trPr")
        if properties is not None and _child(properties, "del") is not None:
            continue
        texts = [_cell_text(cell) for cell in _within(row, {"tc"})]
        starts_page = page_ended or any(_begins_with_page_end(text) for text in texts)
        page_ended = any(text.rstrip(" \t\n").endswith(PAGE_END) and text.strip() for text in texts)
        rows.append((_cells(row, texts), starts_page))
    width = max((len(cells) for cells, _ in rows), default=0)
    return tuple(GridRow((*cells, *[Cell()] * (width - len(cells))), starts) for cells, starts in rows)


def _cells(row: etree._Element, texts: Iterable[str]) -> list[Cell]:
    """The places a row fills: skipped ones at its start, and one for each column a cell spans."""
    properties = _child(row, "trPr")
    cells = [Cell()] * _count(properties, "gridBefore", 0)
    for cell, text in zip(_within(row, {"tc"}), texts, strict=True):
        about = _child(cell, "tcPr")
        merge = _child(about, "vMerge") if about is not None else None
        goes_on = merge is not None and _attribute(merge, "val") != "restart"
        clean = "\n".join(line.strip() for line in text.replace(PAGE_END, "").split("\n")).strip()
        cells.append(Cell(merge=Merge.FROM_ABOVE) if goes_on else Cell(clean))
        cells += [Cell(merge=Merge.FROM_LEFT)] * (_count(about, "gridSpan", 1) - 1)
    return cells[:MOST_COLUMNS]


def _cell_text(cell: etree._Element) -> str:
    """The paragraphs of a cell, a line each; of a table inside it, a line for each row."""
    lines = []
    for block in _within(cell, {"p", "tbl"}):
        if _name(block) == "p":
            lines.append(_text(block))
        else:
            lines += [" ".join(_cell_text(inner) for inner in _within(row, {"tc"})) for row in _within(block, {"tr"})]
    return "\n".join(lines)


def _begins_with_page_end(text: str) -> bool:
    return PAGE_END in text[: len(text) - len(text.lstrip())]


def _count(properties: etree._Element | None, name: str, otherwise: int) -> int:
    element = _child(properties, name) if properties is not None else None
    value = _attribute(element, "val") if element is not None else None
    return min(int(value), MOST_COLUMNS) if value and value.isdecimal() else otherwise


def _child(parent: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in parent if _name(child) == name), None)


def _name(element: etree._Element) -> str:
    """The name without its namespace; comments and processing instructions have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str | None:
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)
