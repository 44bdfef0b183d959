"""The columns of a table of indicators: which hold the targets, for which phase, and who answers for them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cchc_tasks.domain.reading.column_names import Column, named_column
from cchc_tasks.domain.reading.document import Grid, GridRow, Merge
from cchc_tasks.domain.reading.indicator_sources.phases import Phase, phase_of, phase_within
from cchc_tasks.domain.reading.text import tidy


@dataclass(frozen=True, slots=True)
class Values:
    """A column of targets, with the phase and the unit of measure that its title names: "Năm 2026 (%)"."""

    place: int
    phase: Phase | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of the columns; `values` are those that hold targets.

    Where the targets are figures alone, `name` holds what they measure; `area` is what a row stands under.
    """

    height: int
    values: tuple[Values, ...]
    number: int | None = None
    area: int | None = None
    name: int | None = None
    unit: int | None = None
    lead: int | None = None
    cooperating: int | None = None


def layout_at(grid: Grid, index: int) -> Layout | None:
    """The columns that the row at `index` names, with the row below where it refines them.

    None unless the table sets targets: it has a column of them, and one of leads, units of measure or phases. One
    with tasks and their dates belongs to the reader of duties.
    """
    titles = _titles(grid.rows[index])
    two = grid.rows[index + 1 : index + 2]
    if two and _refines(two[0]):
        lower = [cell.text for cell in two[0].cells]
        whole = [f"{title} {under}".strip() for title, under in zip(_spread(titles, lower), lower, strict=True)]
        if layout := _layout(2, whole):
            return layout
    return _layout(1, titles)


_TARGETS = re.compile(r"chỉ tiêu|mục tiêu|tiêu chí cần đạt|mức (?:cần |phấn đấu )?đạt|yêu cầu cần đạt", re.IGNORECASE)
_NAMES = re.compile(r"(?:tên|nội dung|các)\s+(?:các\s+)?(?:chỉ tiêu|mục tiêu)", re.IGNORECASE)
_AMOUNTS = re.compile(r"(?:kế hoạch|giá trị|mức phấn đấu|số lượng|tỷ lệ|tỉ lệ|phấn đấu|giao)(?!\w)", re.IGNORECASE)
_PAST = re.compile(r"(?:thực hiện|kết quả|hiện trạng|ước|so sánh|đạt được|cơ sở|thực trạng)(?!\w)", re.IGNORECASE)
_UNIT = re.compile(r"đơn vị\s*(?:tính|đo)\b|đvt\b|đơn vị$|đơn vị\s*\(", re.IGNORECASE)
_AREA = re.compile(r"tiêu chí|lĩnh vực|nội dung|nhóm|nhiệm vụ|mục\b|hạng mục|tiêu đề|công tác", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:s?tt|số tt|số thứ tự|mã(?: số)?)\W*$", re.IGNORECASE)
_UNIT_BESIDE = re.compile(r"\(\s*(?:đvt:?\s*|đơn vị(?: tính)?:?\s*)?(%|[^\W\d_]{2,12})\s*\)", re.IGNORECASE)
_LAST_YEAR = re.compile(r"20\d\d(?=\s*$)")
_ANSWERING = re.compile(r"(?:đơn vị|cơ quan|phòng|bộ phận)\s.*(?:theo dõi|đánh giá)", re.IGNORECASE)
_LONGEST_TITLE = 90


def _titles(row: GridRow) -> list[str]:
    titles: list[str] = []
    for cell in row.cells:
        titles.append(titles[-1] if cell.merge is Merge.FROM_LEFT and titles else " ".join(tidy(cell.text).split()))
    return titles


def _spread(titles: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The titles over each place: a blank place with words below it is spanned by the title to its left."""
    spread: list[str] = []
    for title, under in zip(titles, lower, strict=True):
        spread.append(spread[-1] if not title and under and spread else title)
    return spread


def _refines(row: GridRow) -> bool:
    texts = [cell.text for cell in row.cells if cell.text.strip()]
    helping = (Column.LEAD, Column.COOPERATING)
    named = (phase_within(text) or phase_of(text) or _column_in(text, helping) for text in texts)
    return bool(texts) and all(named)


def _column_in(title: str, columns: Sequence[Column]) -> bool:
    found = named_column(title)
    return found is not None and found.column in columns


def _layout(height: int, titles: Sequence[str]) -> Layout | None:
    if any(len(title) > _LONGEST_TITLE for title in titles) or not any(map(_TARGETS.search, titles)):
        return None
    values: list[Values] = []
    places: dict[str, int] = {}
    dated = tasks = False
    for place, title in enumerate(titles):
        if _PAST.match(title) and not _column_in(title, (Column.LEAD,)):
            continue
        key = _kind(title)
        if key == "value":
            values.append(_values(place, title))
        elif key:
            places.setdefault(key, place)
        dated = dated or _column_in(title, (Column.TIME,))
        tasks = tasks or _column_in(title, (Column.TITLE,))
    return None if dated and tasks else _with_names(Layout(height, tuple(values), **places), titles)


def _values(place: int, title: str) -> Values:
    unit = _UNIT_BESIDE.search(title)
    words = title.partition("(")[0]
    year = _LAST_YEAR.search(words)
    phase = phase_within(title) or phase_of(words) or (phase_of(year[0]) if year else None)
    return Values(place, phase, unit[1] if unit else None)


def _kind(title: str) -> str | None:
    """The field of the layout that a title's column fills; "value" is one of several."""
    return next((kind for kind, says in _KINDS if says(title)), None)


_KINDS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("number", _NUMBERED.match),
    ("unit", _UNIT.match),
    ("cooperating", lambda title: _column_in(title, (Column.COOPERATING,))),
    ("lead", lambda title: _column_in(title, (Column.LEAD,)) or _ANSWERING.match(title)),
    ("name", _NAMES.match),
    ("value", lambda title: _TARGETS.search(title) or _AMOUNTS.match(title) or phase_of(title)),
    ("area", _AREA.match),
)


def _with_names(layout: Layout, titles: Sequence[str]) -> Layout | None:
    """The first of several columns of targets names them where it has no phase: "Chỉ tiêu | ĐVT | Năm 2026"."""
    values = layout.values
    names = values and values[0].phase is None and _TARGETS.search(titles[values[0].place])
    if layout.name is None and len(values) > 1 and names:
        layout, values = replace(layout, name=values[0].place), values[1:]
    elif layout.name is not None and not values:
        values, layout = (Values(layout.name, None, None),), replace(layout, name=None)
    phased = any(one.phase for one in values)
    if not values or (layout.lead is None and layout.unit is None and not phased):
        return None
    return replace(layout, values=values)
