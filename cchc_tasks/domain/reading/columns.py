"""The columns of an appendix's table: at which place each stands, from its header or as somebody named them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cchc_tasks.domain.errors import ColumnsUnreadable
from cchc_tasks.domain.reading.column_names import Column, Named, mistyped_column, named_column, named_period
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge
from cchc_tasks.domain.reading.text import search_key

# Without these a table assigns nothing to anybody by any date.
NEEDED = {Column.TITLE: "Nhiệm vụ", Column.TIME: "Thời gian thực hiện", Column.LEAD: "Đơn vị chủ trì"}


@dataclass(frozen=True, slots=True)
class Header:
    """The rows that name the columns: how many there are, and at which place each column stands.

    `periods` are the places of columns that stand for a month or a quarter and are marked where it is meant. `printed`
    are the words of the first row, by which it is known again.
    """

    height: int
    columns: Mapping[Column, int]
    periods: Mapping[int, str] = field(default_factory=dict)
    printed: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The Vietnamese names of needed columns that are not there."""
        return tuple(
            name
            for column, name in NEEDED.items()
            if column not in self.columns and not (column is Column.TIME and self.periods)
        )


def header_at(grid: Grid, index: int) -> Header:
    """What the row at `index` names, read as a header; with the rows below it where its titles go on there."""
    titles = _titles(grid.rows[index])
    alone = [named_column(title) for title in titles]
    if sum(one is not None for one in alone) < _LEAST_NAMED:  # nearly every row of a table: no more is looked at
        return Header(1, _places(alone))
    printed = tuple(search_key(cell.text) for cell in grid.rows[index].cells)
    whole, own = titles, titles
    header = _header(1, whole, own, printed)
    for height, row in enumerate(grid.rows[index + 1 : index + _MOST_ROWS], 2):
        if not _goes_on(row, grid.rows[index + height - 2]):
            break
        under = _titles(row)
        whole = [f"{title} {lower}".strip() for title, lower in zip(whole, under, strict=True)]
        own = [lower or title for title, lower in zip(own, under, strict=True)]
        header = _header(height, whole, own, printed)
    return header


def find_header(grid: Grid) -> int | None:
    """The index of the first row that names all needed columns."""
    return next((index for index in range(len(grid.rows)) if not header_at(grid, index).missing), None)


def named_header(grid: Grid, named: Mapping[Column, int]) -> tuple[int, Header] | None:
    """Where the header begins, and the columns with those that somebody named by hand, counted from 1.

    What the header says itself counts beside them. None where the table has too few columns or needed ones are still
    missing.
    """
    if max(named.values()) > len(grid.rows[0].cells):
        return None
    by_hand = {column: place - 1 for column, place in named.items()}
    within = range(min(len(grid.rows), _HEADER_WITHIN))
    start = max(within, key=lambda index: (len(header_at(grid, index).columns), -index))
    printed = header_at(grid, start)
    if len(printed.columns) < _LEAST_NAMED:
        start, printed = 0, Header(_unnamed_height(grid, by_hand), {})
    own = {column: place for column, place in printed.columns.items() if place not in by_hand.values()}
    periods = {} if Column.TIME in by_hand else printed.periods
    header = Header(printed.height, {**own, **by_hand}, periods, printed.printed)
    return None if header.missing else (start, header)


def parse_columns(text: str) -> dict[Column, int]:
    """The places, counted from 1, of columns as somebody names them: "nhiem-vu=2,thoi-han=4,chủ trì=E".

    Raises ColumnsUnreadable.
    """
    places: dict[Column, int] = {}
    for pair in filter(None, (piece.strip() for piece in re.split("[,;]", text))):
        name, _, value = pair.partition("=")
        column = _BY_HAND.get(" ".join(re.split(r"[\W_]+", search_key(name).strip())))
        place = _place(value.strip())
        if column is None or place is None or column in places or place in places.values():
            raise ColumnsUnreadable(text=pair)
        places[column] = place
    if not places:
        raise ColumnsUnreadable(text=text)
    return places


def is_numbering_of_columns(row: GridRow) -> bool:
    """The row of "(1) (2) (3) …" that some tables have below their header."""
    texts = [cell.text for cell in row.cells if cell.text]
    return len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(text) for text in texts)


_LEAST_NAMED = 2  # columns that a row names before it may be a header
_MOST_ROWS = 3  # of one header
_HEADER_WITHIN = 15  # rows of a table; above it may stand the letterhead and the title
_MOST_COLUMNS = 1_000
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z])\s*\)?")
_HALVES = re.compile(r"(bat dau|ket thuc|hoan thanh)")
_BY_HAND = {
    **dict.fromkeys(("so", "stt", "tt"), Column.NUMBER),
    **dict.fromkeys(("nhom", "linh vuc"), Column.GROUP),
    **dict.fromkeys(("nhiem vu", "noi dung", "cong viec"), Column.TITLE),
    **dict.fromkeys(("san pham", "ket qua"), Column.PRODUCT),
    "chi tieu": Column.TARGET,
    **dict.fromkeys(("thoi han", "thoi gian"), Column.TIME),
    **dict.fromkeys(("chu tri", "thuc hien"), Column.LEAD),
    "phoi hop": Column.COOPERATING,
    "ghi chu": Column.NOTE,
}


def _unnamed_height(grid: Grid, columns: Mapping[Column, int]) -> int:
    """How many rows stand above the first that is numbered or says when; none where no row shows it."""
    number, time = columns.get(Column.NUMBER, columns.get(Column.TITLE, 0)), columns.get(Column.TIME)
    for index, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        when = row.cells[time].text if time is not None else ""
        if row.cells[number].text[:1].isdecimal() or _says_when(when):
            return index
    return 0


def _says_when(text: str) -> bool:
    return any(part.words for part in read_deadline(text, None).parts)


def _place(value: str) -> int | None:
    """The number of a column from its number or its letters in a sheet."""
    if re.fullmatch("[A-Za-z]{1,2}", value):
        first, last = (ord(letter) - ord("@") for letter in value.upper().rjust(2, "@"))
        place = first * 26 + last
    else:
        place = int(value) if re.fullmatch("[0-9]{1,4}", value) else 0
    return place if 0 < place <= _MOST_COLUMNS else None


def _header(height: int, whole: Sequence[str], own: Sequence[str], printed: tuple[str, ...]) -> Header:
    """The header of these titles; `own` are the lowest alone, which say more than those that span several."""
    named = [_nearest(title, lowest) for title, lowest in zip(whole, own, strict=True)]
    periods = {place: period for place, title in enumerate(whole) if (period := named_period(title))}
    if len(periods) < _LEAST_NAMED or len(set(periods.values())) < len(periods):
        periods = {}
    named = [None if place in periods else one for place, one in enumerate(named)]
    columns = _places(named)
    lacking = [column for column in NEEDED if column not in columns]
    if lacking and len(columns) >= _LEAST_NAMED:
        mended = [one or mistyped_column(title) for one, title in zip(named, own, strict=True)]
        columns = _places([None if place in periods else one for place, one in enumerate(mended)])
    return Header(height, columns, {} if Column.TIME in columns else periods, printed)


def _nearest(title: str, lowest: str) -> Named | None:
    of_lowest, of_whole = named_column(lowest), named_column(title)
    return of_whole if of_lowest is None or (of_whole and of_whole.column is of_lowest.column) else of_lowest


def _places(named: Sequence[Named | None]) -> dict[Column, int]:
    places: dict[Column, int] = {}
    ranks: dict[Column, int] = {}
    for index, one in enumerate(named):
        if one is None:
            continue
        column, rank = one.column, one.rank
        if column is Column.TITLE and ranks.get(column) == rank == 0 and Column.GROUP not in places:
            # Of two columns of tasks the left one groups what stands in the right one.
            places[Column.GROUP], places[Column.TITLE] = places[Column.TITLE], index
        elif column not in places or rank < ranks[column]:
            places[column], ranks[column] = index, rank
    if Column.TITLE not in places and Column.GROUP in places:
        places[Column.TITLE] = places.pop(Column.GROUP)
    return places


def _titles(row: GridRow) -> list[str]:
    """The title over each place; one that spans several places stands over all of them."""
    titles: list[str] = []
    for cell in row.cells:
        titles.append(titles[-1] if cell.merge is Merge.FROM_LEFT and titles else cell.text)
    return titles


def _goes_on(row: GridRow, above: GridRow) -> bool:
    """Whether a row only refines the titles above it: "chủ trì" and "phối hợp" below "đơn vị thực hiện".

    Cells that began above say so, where what stands between them is below titles of several columns; else its words.
    """
    if any(cell.merge is Merge.FROM_ABOVE for cell in row.cells):
        spanned = [cell.merge is Merge.FROM_LEFT for cell in (*above.cells, Cell())]
        return all(
            spanned[place] or (bool(cell.text) and spanned[place + 1])
            for place, cell in enumerate(row.cells)
            if cell.text or cell.merge is Merge.FROM_LEFT
        )
    texts = [cell.text for cell in row.cells if cell.text]
    periods = [text for text in texts if named_period(text)]
    if len(periods) == 1 or _begins_the_tasks(row, above):  # a task and its month, not titles of several months
        return False
    refining = all(named_column(text) or named_period(text) or _HALVES.fullmatch(search_key(text)) for text in texts)
    own = _places([named_column(cell.text) for cell in row.cells])
    return bool(texts) and refining and bool(Header(1, own).missing)


def _begins_the_tasks(row: GridRow, above: GridRow) -> bool:
    """Whether the first task or group stands here, though it begins like a title: "Công việc …", "Lĩnh vực …".

    A task stands below "Nhiệm vụ"; a group is the only text of its row and stands there, to its left, or across.
    """
    named = [named_column(cell.text) for cell in row.cells]
    titles = [named_column(cell.text) for cell in above.cells]
    places = [place for place, cell in enumerate(row.cells) if cell.text]
    if any(one and two and one.column is two.column is Column.TITLE for one, two in zip(named, titles, strict=True)):
        return True
    if len(places) != 1:
        return False
    across = row.cells[places[0] + 1 : places[0] + 2]
    over = titles[places[0]]
    beside_tasks = over is not None and over.column in (Column.NUMBER, Column.GROUP, Column.TITLE)
    return beside_tasks or any(cell.merge is Merge.FROM_LEFT for cell in across)
