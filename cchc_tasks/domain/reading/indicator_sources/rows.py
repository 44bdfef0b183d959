"""The rows of tables of indicators: merged cells filled, rows torn by a page whole, repeated headers left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc_tasks.domain.reading.columns import is_numbering_of_columns
from cchc_tasks.domain.reading.document import Grid, GridRow, Merge, Paragraph, SourceDocument
from cchc_tasks.domain.reading.indicator_sources.layouts import Layout, layout_at


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's texts under the columns of its table; a merged cell has the text of the one it is part of."""

    layout: Layout
    texts: tuple[str, ...]

    def at(self, place: int | None) -> str:
        """The text at a place; empty where there is no such column."""
        return self.texts[place].strip() if place is not None else ""


def table_rows(document: SourceDocument) -> Iterator[tuple[TableRow, ...]]:
    """The rows of each table of indicators in the document; a table that carries one on is part of it."""
    rows: list[TableRow] = []
    layout: Layout | None = None
    apart = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            apart = apart or not block.text.strip().isdecimal()  # a page's number parts no table
            continue
        start = next((at for at in range(len(block.rows)) if layout_at(block, at)), None)
        carries_on = start != 0 and not apart and bool(rows) and len(block.rows[0].cells) == len(rows[-1].texts)
        if start is not None and not carries_on:
            if rows:
                yield tuple(rows)
            rows, layout = [], None
        elif not carries_on:
            layout = None
            continue
        _take(block, start or 0 if layout is None else 0, layout, rows)
        layout, apart = rows[-1].layout if rows else None, False
    if rows:
        yield tuple(rows)


def _take(grid: Grid, start: int, layout: Layout | None, rows: list[TableRow]) -> None:
    """Add the rows of a grid from `start` on, under the layout of the table that it carries on or under its own."""
    index, after_break, above = start, layout is not None, tuple[str, ...]()
    while index < len(grid.rows):
        row = grid.rows[index]
        after_break = after_break or row.after_break
        here = layout_at(grid, index)
        if here:
            layout, index = here, index + here.height
            continue
        index += 1
        above = _texts(row, above)
        if layout is None or not any(above) or is_numbering_of_columns(row):
            continue
        found = TableRow(layout, above)
        if rows and after_break and _goes_on(rows[-1], found):
            rows[-1] = TableRow(layout, tuple(map(_joined, rows[-1].texts, above)))
        else:
            rows.append(found)
        after_break = False


def _texts(row: GridRow, above: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        above[place] if cell.merge is Merge.FROM_ABOVE and place < len(above) else cell.text
        for place, cell in enumerate(row.cells)
    )


def _goes_on(before: TableRow, row: TableRow) -> bool:
    """Whether a row behind the end of a page is the rest of the one before it: neither number, name nor lead."""
    layout = row.layout
    naming = [place for place in (layout.number, layout.area, layout.name) if place is not None]
    if not naming or any(row.at(place) for place in naming):
        return False
    lead = row.at(layout.lead)
    return not (before.at(layout.lead) and lead[:1].isupper())


def _joined(first: str, rest: str) -> str:
    return "\n".join(filter(None, (first, rest)))
