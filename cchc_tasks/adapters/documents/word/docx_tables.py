"""Tables of a Word document as grids, with skipped, spanned and merged places and without deleted rows."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from lxml import etree

from cchc_tasks.adapters.documents.office_markup import attribute_of, child_of, name_of, number_of, value_of
from cchc_tasks.adapters.documents.word.docx_markup import within
from cchc_tasks.adapters.documents.word.docx_text import PAGE_END, Words, is_deleted_row
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge

MOST_COLUMNS = 63  # Word's own limit


def grid_of(table: etree._Element, words: Words) -> Grid | None:
    """The rows of a table, padded to one length; None where nothing is left of it."""
    places = _places_of(table)
    rows: list[tuple[list[Cell], bool]] = []
    page_ended = False
    for row in _rows(table):
        texts = [words.of_cell(cell) for cell in _cells(row)]
        starts_page = page_ended or any(_begins_with_page_end(text) for text in texts)
        page_ended = any(text.rstrip(" \t\n").endswith(PAGE_END) and text.strip() for text in texts)
        rows.append((_filled(row, texts, places), starts_page))
    width = max((len(cells) for cells, _ in rows), default=0)
    if not width:
        return None
    return Grid(tuple(GridRow((*cells, *[Cell()] * (width - len(cells))), starts) for cells, starts in rows))


def placed_cells(table: etree._Element) -> list[etree._Element]:
    """The cells of a table that only places what stands in it: one row or column around other tables; else none."""
    rows = [list(_cells(row)) for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    only_places = len(rows) == 1 or all(len(row) == 1 for row in rows)
    holds_tables = any(name_of(block) == "tbl" for cell in cells for block in within(cell, frozenset({"p", "tbl"})))
    return cells if only_places and holds_tables else []


_NARROWEST = 140  # a quarter of a centimetre, in twentieths of a point: no column, but an edge drawn twice


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in within(table, frozenset({"tr"})) if not is_deleted_row(row))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row but those that a tracked change deleted."""
    cells = within(row, frozenset({"tc"}))
    return (cell for cell in cells if child_of(cell, "tcPr", "cellDel") is None)


def _places_of(table: etree._Element) -> Sequence[int]:
    """By the number of a column of the table's grid, the place at which it truly begins.

    Where rows were drawn one by one their edges differ by a hair, and the grid has a column for each such difference.
    """
    grid = child_of(table, "tblGrid")
    widths = [number_of(attribute_of(column, "w"), 0) for column in (() if grid is None else grid)]
    if not all(widths):
        return range(MOST_COLUMNS + 1)
    edges = [0, *accumulate(widths[:MOST_COLUMNS])]
    true = [0]
    for edge in edges[1:]:
        if edge - true[-1] >= _NARROWEST:
            true.append(edge)
    places = [_nearest(edge, true) for edge in edges]
    return [*places, *range(places[-1] + 1, MOST_COLUMNS + 1)]


def _nearest(edge: int, true: Sequence[int]) -> int:
    return min(range(len(true)), key=lambda place: abs(true[place] - edge))


def _filled(row: etree._Element, texts: Sequence[str], places: Sequence[int]) -> list[Cell]:
    """The places a row fills: skipped ones at its start, and one for each column a cell spans."""
    at = min(number_of(value_of(row, "trPr", "gridBefore"), 0), MOST_COLUMNS)
    cells = [Cell()] * _place(at, places)
    for cell, text in zip(_cells(row), texts, strict=True):
        about = child_of(cell, "tcPr")
        first = _place(at, places)
        at += max(number_of(value_of(about, "gridSpan"), 1), 1)
        clean = "\n".join(line.strip() for line in text.replace(PAGE_END, "").split("\n")).strip()
        goes_on = Merge.FROM_LEFT if _goes_on(about, "hMerge") else Merge.FROM_ABOVE
        merged = goes_on is Merge.FROM_LEFT or _goes_on(about, "vMerge")
        spanned = _place(at, places) - first
        if spanned or clean:
            cells.append(Cell(merge=goes_on) if merged else Cell(clean))
            cells += [Cell(merge=Merge.FROM_LEFT)] * (spanned - 1)
    return cells[:MOST_COLUMNS]


def _place(number: int, places: Sequence[int]) -> int:
    return places[min(number, len(places) - 1)]


def _goes_on(about: etree._Element | None, kind: str) -> bool:
    """Whether a cell is a further part of a merged one; not so the first, which says "restart"."""
    merge = child_of(about, kind)
    return merge is not None and attribute_of(merge, "val") != "restart"


def _begins_with_page_end(text: str) -> bool:
    return PAGE_END in text[: len(text) - len(text.lstrip())]
