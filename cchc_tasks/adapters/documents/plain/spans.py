"""Forms the grid of a table whose cells say over how many columns and rows they reach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge

MOST_COLUMNS = 1_000  # the limit of the HTML standard
MOST_PLACES = 2_000_000  # rows times columns of one table

_BLANK, _ABOVE, _LEFT = Cell(), Cell(merge=Merge.FROM_ABOVE), Cell(merge=Merge.FROM_LEFT)


@dataclass(frozen=True, slots=True)
class SpannedCell:
    """A cell's text, and how many columns and rows it takes; what reaches beyond the table's last row is cut."""

    text: str
    columns: int = 1
    rows: int = 1


SpannedRow = tuple[Sequence[SpannedCell], bool]  # the cells that begin in it, and whether a page ended before it


def formed_grid(rows: Sequence[SpannedRow]) -> Grid | None:
    """The grid with its merged places, as wide as its cells begin; None where there are none.

    Raises ValueError where it would be wider or larger than a plan needs.
    """
    lines = list(_lines(rows))
    width = max((place + 1 for line in lines for place, cell in line.items() if cell.merge is Merge.NONE), default=0)
    if width > MOST_COLUMNS or width * len(lines) > MOST_PLACES:
        raise ValueError("cells too far apart")
    if not width:
        return None
    grid_rows = (tuple(line.get(place, _BLANK) for place in range(width)) for line in lines)
    return Grid(tuple(GridRow(cells, ended) for cells, (_, ended) in zip(grid_rows, rows, strict=True)))


def _lines(rows: Iterable[SpannedRow]) -> Iterable[dict[int, Cell]]:
    """The filled places of each row."""
    reaching: dict[int, tuple[int, Cell]] = {}  # by place: for how many more rows, and as what
    filled = 0
    for cells, _ in rows:
        line = {place: cell for place, (_, cell) in reaching.items()}
        reaching = {place: (left - 1, cell) for place, (left, cell) in reaching.items() if left > 1}
        place = 0
        for cell in cells:
            while place in line:
                place += 1
            end = place + cell.columns
            for spanned in range(place, min(end, MOST_COLUMNS + 1)):
                if spanned in line:  # two cells claim one place: the upper one keeps it
                    continue
                line[spanned] = _LEFT if spanned > place else Cell(cell.text)
                if cell.rows > 1:
                    reaching[spanned] = (cell.rows - 1, _LEFT if spanned > place else _ABOVE)
            if place > MOST_COLUMNS:
                raise ValueError("cells too far apart")
            place = end
        filled += len(line)
        if filled > MOST_PLACES:
            raise ValueError("merged cells of too many places")
        yield line
