"""Workbooks of Excel 97 to 2003."""

import re
from collections.abc import Iterator
from dataclasses import replace

from cchc_tasks.adapters.documents.sheets.xlsx import read_sheets
from cchc_tasks.adapters.documents.sheets.xlsx_formats import shows_month_first
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Paragraph, SourceDocument, Stored


def is_xls(content: bytes) -> bool:
    """Whether the directory of a compound file (MS-CFB) names a workbook."""
    return any(name.ljust(32, "\0").encode("utf-16-le") in content for name in ("Workbook", "Book"))


def read_xls(content: bytes) -> SourceDocument:
    """The visible sheets that hold something, merged cells included; raises ValueError where they cannot be read.

    The parser may end its whole process at a damaged workbook, so this is no call for a process that matters. It does
    not say which cell has which format: where the workbook has one that prints the month first, any day may be so.
    """
    document = read_sheets(content)
    if not any(map(shows_month_first, _formats(content))):
        return document
    return replace(document, blocks=tuple(map(_month_first, document.blocks)))


_FORMAT = re.compile(rb"\x1e\x04(?P<size>..)..(?P<length>..)(?P<wide>[\x00\x01])", re.DOTALL)  # MS-XLS, 2.4.126
_BEFORE_TEXT = 5  # bytes of the record


def _formats(content: bytes) -> Iterator[str]:
    """The codes of the workbook's formats; bytes that only look like one's record disagree on its length."""
    for found in _FORMAT.finditer(content):
        wide = found["wide"] == b"\x01"
        length = int.from_bytes(found["length"], "little") * (1 + wide)
        if int.from_bytes(found["size"], "little") == length + _BEFORE_TEXT:
            text = content[found.end() : found.end() + length]
            yield text.decode("utf-16-le" if wide else "latin-1", errors="replace")


def _month_first(block: Paragraph | Grid) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return block
    return Grid(tuple(GridRow(tuple(map(_day_month_first, row.cells)), row.after_break) for row in block.rows))


def _day_month_first(cell: Cell) -> Cell:
    return replace(cell, stored=Stored.DAY_SHOWN_MONTH_FIRST) if cell.stored is Stored.DAY else cell
