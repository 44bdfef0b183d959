"""Excel workbooks: each visible sheet is a grid, merged cells included, values as an office would type them."""

import io
import zipfile
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from cchc_tasks.adapters.documents.sheets.xlsx_formats import Place, cells_of, month_first_places, place_of
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, SourceDocument, Stored

MOST_PLACES = 2_000_000  # rows times columns of one sheet


def read_xlsx(content: bytes, archive: zipfile.ZipFile) -> SourceDocument:
    """The visible sheets that hold something; raises ValueError where the workbook is damaged.

    `archive` is the same content, already checked for entries that unpack to too much.
    """
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_extent(archive.read(name))
    return read_sheets(content, month_first_places(archive))


def read_sheets(content: bytes, month_first: Mapping[str, Collection[Place]] | None = None) -> SourceDocument:
    """The visible sheets that hold something, of a workbook of any age that calamine reads; raises ValueError.

    `month_first` are the places of each sheet whose day is shown with the month first.
    """
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
    places = month_first or {}
    return SourceDocument(tuple(_grid(sheet, places.get(sheet.name, ())) for sheet in sheets if sheet.end))


def _check_extent(sheet: bytes) -> None:
    """Refuse a sheet whose cells lie far apart: calamine makes room for every place between them."""
    rows = columns = 0
    for cell in cells_of(sheet):
        place = place_of(cell.get("r"))
        if place:
            rows, columns = max(rows, place[0] + 1), max(columns, place[1] + 1)
    if rows * columns > MOST_PLACES:
        raise ValueError("cells too far apart")


def _grid(sheet: CalamineSheet, month_first: Collection[Place]) -> Grid:
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for row, column in month_first:
        if row < len(rows) and column < len(rows[0]) and rows[row][column].stored is Stored.DAY:
            rows[row][column] = Cell(rows[row][column].text, stored=Stored.DAY_SHOWN_MONTH_FIRST)
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


def _cell(value: object) -> Cell:
    return Cell(_text(value), stored=Stored.DAY if isinstance(value, date) else Stored.TEXT)


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
