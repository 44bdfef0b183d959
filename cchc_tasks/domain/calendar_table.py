"""A calendar kept as a table: rows of ngày, loại (nghỉ, làm bù), tên, văn bản become the days that differ."""

from collections.abc import Iterator, Mapping, Sequence

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import CalendarUnreadable, DateInvalid
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.reading.document import GridRow, SourceDocument
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import DayKind

MOST_DAYS = 2_000  # more than a century of days off; each one may move the reminders of everything that is open
DAY, KIND, NAME, DOCUMENT = "ngay", "loai", "ten", "van ban"
KINDS = {"nghi": DayKind.OFF, "lam bu": DayKind.WORKED, "lam viec": DayKind.WORKED}


def read_calendar(document: SourceDocument, path: str) -> tuple[Holiday, ...]:
    """The days of a document's first table, in print order; `path` is what the file is called.

    Raises CalendarUnreadable with the row, counted from 1, that cannot be read, repeats a day or is one too many.
    """
    rows = [row for grid in document.grids for row in grid.rows]
    columns = _columns(rows[0]) if rows else {}
    if set(columns) != {DAY, KIND, NAME, DOCUMENT}:
        raise CalendarUnreadable(path=path, row=1, reason="thiếu dòng tiêu đề")
    if len(rows) > MOST_DAYS + 1:
        raise CalendarUnreadable(path=path, row=MOST_DAYS + 2, reason=f"bảng dài quá {MOST_DAYS} dòng")
    days = tuple(_days(rows[1:], columns, path))
    if not days:
        raise CalendarUnreadable(path=path, row=2, reason="không có ngày nào")
    return days


def _columns(header: GridRow) -> dict[str, int]:
    keys = {search_key(cell.text): place for place, cell in enumerate(header.cells)}
    return {name: keys[name] for name in (DAY, KIND, NAME, DOCUMENT) if name in keys}


def _days(rows: Sequence[GridRow], columns: Mapping[str, int], path: str) -> Iterator[Holiday]:
    seen = set()
    for number, row in enumerate(rows, start=2):
        cells = {name: " ".join(row.cells[place].text.split()) for name, place in columns.items()}
        if not any(cells.values()):
            continue
        try:
            one = _day(cells)
            if one.day in seen:
                raise ValueError(f"ngày {cells[DAY]} ghi hai lần")
        except ValueError as error:
            raise CalendarUnreadable(path=path, row=number, reason=error) from None
        seen.add(one.day)
        yield one


def _day(cells: Mapping[str, str]) -> Holiday:
    """One row; raises ValueError with the reason."""
    try:
        day = read_day(cells[DAY])
    except DateInvalid:
        raise ValueError(f"“{cells[DAY]}” không phải là ngày") from None
    kind = KINDS.get(search_key(cells[KIND]))
    if kind is None:
        raise ValueError(f"loại “{cells[KIND]}” không phải là nghỉ hoặc làm bù")
    if not cells[NAME] or not cells[DOCUMENT]:
        raise ValueError("thiếu tên hoặc văn bản")
    return Holiday(day, kind, cells[NAME], cells[DOCUMENT])
