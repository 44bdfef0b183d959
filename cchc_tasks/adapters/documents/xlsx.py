"""Excel workbooks: each visible sheet is a grid, merged cells included, values as an office would type them."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, SourceDocument

MOST_PLACES = 2_000_000  # rows times columns of one sheet

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_xlsx(content: bytes, archive: zipfile.ZipFile) -> SourceDocument:
    """The visible sheets that hold something; raises ValueError where the workbook is damaged.

    `archive` is the same content, already checked for entries that unpack to too much.
    """
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_extent(archive.read(name))
    return read_sheets(content)


def read_sheets(content: bytes) -> SourceDocument:
    """The visible sheets that hold something, of a workbook of any age that calamine reads; raises ValueError."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            workbook.get_sheet_by_name(about.name)
            for about in workbook.sheets_metadata
            if about.visible is SheetVisibleEnum.Visible and about.typ is SheetTypeEnum.WorkSheet
        ]
    except CalamineError as error:
        raise ValueError(str(error)) from error
    if any(sheet.total_height * sheet.total_width > MOST_PLACES for sheet in sheets):
        raise ValueError("cells too far apart")
    return SourceDocument(tuple(_grid(sheet) for sheet in sheets if sheet.end))


def _check_extent(sheet: bytes) -> None:
    """Refuse a sheet whose cells lie far apart: calamine makes room for every place between them."""
    rows = columns = 0
    try:
        cells = etree.iterparse(
            io.BytesIO(sheet), tag="{*}c", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for _, cell in cells:
            place = _REFERENCE.fullmatch(cell.get("r") or "")
            if place:
                rows, columns = max(rows, int(place[2])), max(columns, _column(place[1]))
            cell.clear()
    except etree.XMLSyntaxError as error:
        raise ValueError("not XML") from error
    if rows * columns > MOST_PLACES:
        raise ValueError("cells too far apart")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _grid(sheet: CalamineSheet) -> Grid:
    rows = [[Cell(_text(value)) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for row, column, merge in _merged_places(sheet, len(rows), len(rows[0])):
        rows[row][column] = Cell(merge=merge)
    return Grid(tuple(GridRow(tuple(row)) for row in rows))


def _merged_places(sheet: CalamineSheet, height: int, width: int) -> Iterator[tuple[int, int, Merge]]:
    """Every place of a merged range but its first, within the sheet's filled part."""
    left = height * width
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
        rows, columns = range(top, min(bottom + 1, height)), range(first, min(last + 1, width))
        left -= len(rows) * len(columns)
        if left < 0:
            raise ValueError("merged ranges lie upon each other")
        for row in rows:
            for column in columns:
                if column > first:
                    yield row, column, Merge.FROM_LEFT
                elif row > top:
                    yield row, column, Merge.FROM_ABOVE


def _text(value: object) -> str:
    """A value as an office types it: days as dd/mm/yyyy, whole numbers without a fraction."""
    match value:
        case datetime():
            return value.strftime("%d/%m/%Y %H:%M" if value.hour or value.minute else "%d/%m/%Y")
        case date():
            return value.strftime("%d/%m/%Y")
        case float():
            return f"{value:.15g}"
        case _:
            return str(value).strip()
