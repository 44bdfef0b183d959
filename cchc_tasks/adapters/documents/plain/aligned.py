"""Tables of plain text whose columns are set apart by blanks alone, each below its title."""

import re
from collections.abc import Iterator, Sequence

from cchc_tasks.adapters.documents.prints.printed_lines import PrintedLine, Word
from cchc_tasks.adapters.documents.prints.unruled_tables import PrintedTable, unruled_tables
from cchc_tasks.domain.reading.document import Grid, GridRow, Paragraph

Line = tuple[str, bool]  # as typed, and whether a blank line stands before it


def read_aligned(lines: Sequence[Line]) -> Iterator[Paragraph | Grid]:
    """A grid of the rows below titles that name a task, who does it and when; other lines stay paragraphs."""
    end = _end_of_rows(lines)
    table = _first_table(lines[:end]) if end else None
    if table is None:
        yield from _paragraphs(lines)
        return
    above, grid = table
    yield from _paragraphs(lines[:above])
    yield grid
    yield from _paragraphs(lines[end:])


# A letter is one wide; a space of two parts columns, and a blank line parts rows.
_SIZE = 2.5
_HEIGHT = 3.0
_WORD = re.compile(r"\S+")
_ROW = re.compile(r"\S {2,}\S.*? {2,}\S|^ *\d{1,3}[.)]? {2,}\S")  # at least three cells, or a number and one


def _end_of_rows(lines: Sequence[Line]) -> int:
    """Behind the last line of several cells and those that go on right below it; 0 where there is none."""
    last = max((at for at, (line, _) in enumerate(lines) if _ROW.search(line)), default=-1)
    if last < 0:
        return 0
    return next((at for at in range(last + 1, len(lines)) if lines[at][1]), len(lines))


def _first_table(lines: Sequence[Line]) -> tuple[int, Grid] | None:
    """How many lines stand above the table, and its grid."""
    parts, _ = unruled_tables(_printed(lines), (), None)
    above = 0
    for part in parts:
        if isinstance(part, PrintedTable):
            return above, Grid(tuple(GridRow(cells) for cells in part.rows))
        above += len(part)
    return None


def _printed(lines: Sequence[Line]) -> list[PrintedLine]:
    """The lines as if they were printed in letters of one width."""
    printed: list[PrintedLine] = []
    top = 0.0
    for line, after_blank in lines:
        top += _HEIGHT * (1 + after_blank)
        words = tuple(Word(found[0], *map(float, found.span())) for found in _WORD.finditer(line))
        printed.append(PrintedLine(words, top, top + _SIZE, _SIZE))
    return printed


def _paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    return (Paragraph(line.strip()) for line, _ in lines)
