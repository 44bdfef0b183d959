"""Tables printed without ruled lines: their columns stand below the titles that plans usually have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from cchc_tasks.adapters.documents.prints.printed_lines import PrintedLine, typed_texts
from cchc_tasks.domain.reading.column_names import Column
from cchc_tasks.domain.reading.columns import Header, header_at
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as far as one page shows it; `edges` are those of its columns."""

    top: float
    edges: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table without ruled lines: where they meet, where their text is wrapped, what they hold."""

    edges: tuple[float, ...]
    limits: tuple["Extent", ...]
    header: Header

    def hold(self, line: PrintedLine) -> bool:
        """Whether no word of a line stands across two of them."""
        inner = self.edges[1:-1]
        inside = self.edges[0] <= line.x0 + _ON_RULE and line.x1 <= self.edges[-1] + _ON_RULE
        return inside and not any(word.x0 < edge < word.x1 for word in line.words for edge in inner)


def unruled_tables(
    lines: Sequence[PrintedLine], ruled: Sequence[float], carried: Columns | None
) -> tuple[list[PrintedTable | Sequence[PrintedLine]], Columns | None]:
    """Lines outside tables and tables, in order, and the columns of a table that ends with the page.

    A table begins with the titles of its columns, or goes on in the columns of the page before; its rows begin where
    there is a number in its column, a ruled line above, or a wider space.
    """
    start = next((index for index in range(len(lines)) if _header(lines, index)), None)
    found = _header(lines, start) if start is not None else None
    if start is None or found is None:
        return _carried_on(lines, ruled, carried)
    before: list[PrintedTable | Sequence[PrintedLine]] = [lines[:start]] if start else []
    height, titles, header = found
    top, rest = lines[start : start + height], lines[start + height :]
    length = _length(rest, top[-1])
    edges = _edges(titles, rest[:length])
    columns = Columns(edges, _limits(lines[start : start + height + length], edges), header)
    table = _table(top[0].top, [top, *_rows(rest[:length], columns, ruled)], columns)
    below = rest[length:]
    return [*before, table, *([below] if below else [])], None if below else columns


def _carried_on(
    lines: Sequence[PrintedLine], ruled: Sequence[float], columns: Columns | None
) -> tuple[list[PrintedTable | Sequence[PrintedLine]], Columns | None]:
    if columns is None or not lines:
        return [lines] if lines else [], columns
    misfit = next((count for count, line in enumerate(lines) if not columns.hold(line)), len(lines))
    length = min(misfit, _length(lines[1:], lines[0]) + 1)
    if not any(len(line.parts(_GAP * line.size)) > 1 for line in lines[:length]):
        return [lines], None
    table = _table(lines[0].top, list(_rows(lines[:length], columns, ruled)), columns)
    below = lines[length:]
    return [table, *([below] if below else [])], None if below else columns


def _table(top: float, rows: Sequence[Sequence[PrintedLine]], columns: Columns) -> PrintedTable:
    return PrintedTable(top, columns.edges, tuple(_cells(row, columns.edges, columns.limits) for row in rows))


Extent = tuple[float, float]
Found = tuple[int, list[Extent], Header]

_MOST_HEADER_LINES = 4
_GAP = 0.6  # of the letters' size: the least space between two titles
_WIDER = 0.2  # of the letters' size: what a space between rows has more than one between lines
_CLOSE = 0.8  # of the letters' size: the most space between lines of titles
_END = 2.5  # of the letters' size: a space that no table has between its lines
_ON_RULE = 3.0  # points that letters may stand above the line below which they begin


def _header(lines: Sequence[PrintedLine], start: int) -> Found | None:
    """How many lines the titles take that begin here, where each title stands, and what they name."""
    for height in range(1, _MOST_HEADER_LINES + 1):
        top = lines[start : start + height]
        if any(line.top - before.bottom > _CLOSE * line.size for before, line in pairwise(top)):
            return None
        columns = _stacked([part for line in top for part in line.parts(_GAP * line.size)])
        if len(columns) < 3:
            continue
        texts = (" ".join(part.text for part in column) for column in columns)
        header = header_at(Grid((GridRow(tuple(map(Cell, texts))),)), 0)
        following = lines[start + height : start + height + 1]
        goes_on = following and _refines(following[0], lines[start + height - 1])
        if not header.missing and not goes_on:
            extents = [(min(part.x0 for part in column), max(part.x1 for part in column)) for column in columns]
            return height, extents, header
    return None


def _refines(line: PrintedLine, above: PrintedLine) -> bool:
    """Whether a line is a further line of titles: close to the one above, in the same letters, and in small ones."""
    return line.font == above.font and not any(
        part.text[0].isupper() or part.text[0].isdigit() for part in line.parts(_GAP * line.size)
    )


def _stacked(parts: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Pieces of titles in columns: those that stand above one another, from left to right."""
    columns: list[list[PrintedLine]] = []
    for part in sorted(parts, key=lambda one: one.x0):
        if columns and part.x0 < max(one.x1 for one in columns[-1]):
            columns[-1].append(part)
        else:
            columns.append([part])
    return [sorted(column, key=lambda one: one.top) for column in columns]


def _length(lines: Sequence[PrintedLine], above: PrintedLine) -> int:
    """How many lines belong to the table: those up to a space that no table has."""
    for count, (before, line) in enumerate(pairwise([above, *lines])):
        if line.top - before.bottom > _END * line.size:
            return count
    return len(lines)


def _edges(titles: Sequence[Extent], body: Sequence[PrintedLine]) -> tuple[float, ...]:
    """Where columns meet: in the middle of the widest space between two titles that all rows leave free."""
    words = sorted([*titles, *((word.x0, word.x1) for line in body for word in line.words)])
    inner = [_free_between(sum(one) / 2, sum(other) / 2, words) for one, other in pairwise(titles)]
    return (words[0][0] - 1, *inner, max(end for _, end in words) + 1)


def _free_between(left: float, right: float, words: Sequence[Extent]) -> float:
    free = (0.0, (left + right) / 2)
    reached = left
    for start, end in (*words, (right, right)):
        if left <= start <= right and start - reached > free[0]:
            free = (start - reached, (start + reached) / 2)
        if start < right:
            reached = max(reached, end)
    return free[1]


def _rows(body: Sequence[PrintedLine], columns: Columns, ruled: Sequence[float]) -> Iterator[Sequence[PrintedLine]]:
    """The lines of each row: between ruled lines, or wider spaces, or from one number to the next."""
    lying = [height for height in ruled if body and body[0].top < height < body[-1].bottom]
    if lying:
        yield from _cut(
            body, [any(one.top < y <= other.top + _ON_RULE for y in lying) for one, other in pairwise(body)]
        )
        return
    spaced = list(_cut(body, _wider_spaces(body)))
    place = columns.header.columns.get(Column.NUMBER)
    if place is None:
        yield from spaced
        return
    left, right = columns.edges[place : place + 2]
    numbered = [any(left <= word.x0 < right for word in line.words) for line in body]
    by_line = dict(zip(map(id, body), numbered, strict=True))
    each_has_one = len(spaced) > 1 and all(sum(by_line[id(line)] for line in row) == 1 for row in spaced)
    yield from spaced if each_has_one else _cut(body, numbered[1:])


def _cut(body: Sequence[PrintedLine], begins: Sequence[bool]) -> Iterator[Sequence[PrintedLine]]:
    """The lines in rows; `begins` says of each but the first whether a row begins with it."""
    cuts = [0, *(at for at, one in enumerate(begins, 1) if one), len(body)]
    return (body[start:end] for start, end in pairwise(cuts) if end > start)


def _wider_spaces(body: Sequence[PrintedLine]) -> list[bool]:
    """Of each line but the first whether the space above it is wider than usual."""
    lowest = list(accumulate((line.bottom for line in body), max))
    spaces = [line.top - above for line, above in zip(body[1:], lowest, strict=False)]
    usual = sorted(spaces)[len(spaces) // 4] if spaces else 0.0
    return [space > max(usual, 0) + _WIDER * line.size for space, line in zip(spaces, body[1:], strict=True)]


def _cells(lines: Sequence[PrintedLine], edges: Sequence[float], limits: Sequence[Extent]) -> tuple[Cell, ...]:
    """The texts of a row's lines under each column."""
    cells = []
    for place, (left, right) in enumerate(limits):
        here = [part for line in lines for part in _between(line, edges[place], edges[place + 1])]
        cells.append(Cell("\n".join(typed_texts(here, left, right))))
    return tuple(cells)


def _limits(lines: Sequence[PrintedLine], edges: Sequence[float]) -> tuple[Extent, ...]:
    """Between which edges each column's text is wrapped."""
    found = []
    for left, right in pairwise(edges):
        parts = [part for line in lines for part in _between(line, left, right)]
        found.append((min((part.x0 for part in parts), default=left), max((part.x1 for part in parts), default=right)))
    return tuple(found)


def _between(line: PrintedLine, left: float, right: float) -> Iterator[PrintedLine]:
    words = tuple(word for word in line.words if left <= (word.x0 + word.x1) / 2 < right)
    if words:
        yield PrintedLine(words, line.top, line.bottom, line.size, line.font)
