"""Tables drawn with bars: Markdown's, and those of plain text with ruled lines between their rows."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Paragraph

LEAST_CELLS = 3  # where nothing but bars says that lines are a table; an address has two: "Điện thoại: … | Fax: …"

_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_STRESSED = re.compile(r"(\*{1,3}|_{1,3})(?!\s)([^*_]+)(?<!\s)\1")

Line = tuple[str, bool]  # as printed, and whether a page ended before it


def has_bars(line: str) -> bool:
    """Whether a line may belong to a table drawn with bars; a border of +---+ does."""
    return bool(_BAR.search(line)) or (_is_rule(line) and line.strip().startswith("+"))


def read_piped(lines: Sequence[Line]) -> Iterator[Paragraph | Grid]:
    """A grid for each table of lines that have bars; lines that are no table stay paragraphs."""
    table: list[Line] = []
    for line, page_ended in lines:
        if _is_rule(line) and len(table) > 1 and table[-1][1] and not _is_rule(table[0][0]):
            # A ruled line below the first line after a blank one: that line names the columns of the next table.
            yield from _table(table[:-1])
            table = [(table[-1][0], False)]
        table.append((line, page_ended))
    yield from _table(table)


def _table(lines: Sequence[Line]) -> Iterator[Paragraph | Grid]:
    rows = list(_rows(lines))
    widths = [len(cells) for cells, _ in rows]
    ruled = any(_is_rule(line) for line, _ in lines)
    alike = len(set(widths)) == 1 and widths[0] >= LEAST_CELLS
    outer = all(line.strip().startswith("|") for line, _ in lines)
    if rows and len(lines) > 1 and max(widths) > 1 and (ruled or alike or outer):
        padded = (([*map(Cell, cells)] + [Cell()] * (max(widths) - len(cells)), ended) for cells, ended in rows)
        yield Grid(tuple(GridRow(tuple(cells), ended) for cells, ended in padded))
    else:
        yield from (Paragraph(line.strip()) for line, _ in lines)


def _rows(lines: Sequence[Line]) -> Iterator[tuple[list[str], bool]]:
    """The cells of each row. Between borders of +---+ several lines are one row, as their author drew it."""
    bordered = bool(lines) and lines[0][0].strip().startswith("+")
    drawn: list[list[str]] = []
    page_ended = False
    for line, ended in (*lines, ("+--+", False)):
        page_ended = page_ended or ended
        ruled = _is_rule(line)
        if not ruled:
            drawn.append(_cells(line))
        if drawn and (ruled or not bordered):
            yield ["\n".join(filter(None, texts)) for texts in zip_longest(*drawn, fillvalue="")], page_ended
            drawn, page_ended = [], False


def _cells(line: str) -> list[str]:
    """The texts between bars, those at the ends of the line left away."""
    cells = [cell.strip() for cell in _BAR.split(line.strip())]
    first = 1 if len(cells) > 1 and not cells[0] else 0
    last = -1 if len(cells) > first + 1 and not cells[-1] else None
    return [_plain(cell) for cell in cells[first:last]]


def _plain(cell: str) -> str:
    """A cell without Markdown's signs: escaped bars, breaks, and stress on all of it."""
    stressed = _STRESSED.fullmatch(cell)
    return _BREAK.sub("\n", (stressed[2] if stressed else cell).replace("\\|", "|"))


def _is_rule(line: str) -> bool:
    return set(line.strip()) <= set("|+-=: ") and ("--" in line or "==" in line)
