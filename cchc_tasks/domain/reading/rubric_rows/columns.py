"""The columns of a rubric, known by their usual titles in whatever order they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cchc_tasks.domain.reading.columns import find_header
from cchc_tasks.domain.reading.document import Grid, GridRow, Merge
from cchc_tasks.domain.reading.rubric_rows.rules import points_in
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.reading.unit_cells.words import words_for
from cchc_tasks.domain.reading.units import read_units


class RubricColumn(StrEnum):
    """What a column of a rubric holds."""

    CODE = "code"
    TITLE = "title"
    RULES = "rules"
    UNIT = "unit"
    MAXIMUM = "maximum"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RubricHeader:
    """The rows that name the columns: how many, where each one stands, and the printed titles of the others."""

    height: int
    places: Mapping[RubricColumn, int]
    others: Mapping[int, str]


def rubric_header(grid: Grid) -> tuple[int, RubricHeader] | None:
    """The first row that names a rubric's columns, with the header; None where the table is none.

    An appendix that assigns tasks is none, even where it has criteria; neither is a table without a column for codes
    or points.
    """
    if find_header(grid) is not None:
        return None
    for index in range(len(grid.rows)):
        header = header_at(grid, index)
        if header is not None:
            return index, _with_untitled(grid, index, header)
    return None


def header_at(grid: Grid, index: int) -> RubricHeader | None:
    """What the row at `index` names, with the row below it where a header takes two; None where it is no header."""
    top = _titles(grid.rows[index])
    below = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
    single = _header(1, top)
    if single and below and _refines(below, single):
        joined = [f"{title} {cell.text}".strip() for title, cell in zip(top, below.cells, strict=True)]
        return _header(2, joined)
    return single


_LONGEST_TITLE = 90
_POINTS = r"(diem|danh gia|ket qua|cham)"
# Matched in this order against titles without diacritics.
_NAMES: tuple[tuple[RubricColumn, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (RubricColumn.OTHER, r".*\b(ghi chu|kiem chung|minh chung|giai trinh)\b"),
        (RubricColumn.OTHER, rf".*\b{_POINTS}\b.*\b(tu danh gia|tu cham|tham dinh|hoi dong|xhh|xa hoi hoc|dieu tra)\b"),
        (RubricColumn.OTHER, r".*\b(tu danh gia|tu cham|tham dinh|xa hoi hoc|dat duoc)\b"),
        (RubricColumn.CODE, r"(stt|tt|so tt|so thu tu|ma|ma so|ma tieu chi|muc)\W*$"),
        (RubricColumn.RULES, r"(cach|phuong phap|huong dan|co cau) (tinh|cham|danh gia)\b|muc (danh gia|cham)\b"),
        (RubricColumn.MAXIMUM, r"(so |muc |thang )?diem\b.*|thang diem\b"),
        (RubricColumn.TITLE, r".*\btieu chi\b|linh vuc\b|noi dung\b|ten chi so\b|chi so thanh phan\b"),
        (RubricColumn.UNIT, r"(don vi|co quan|phong|bo phan|ca nhan|phan cong|trach nhiem|chu tri|phu trach)\b"),
    )
)


def _column(title: str) -> RubricColumn | None:
    key = search_key(title)
    if not key or len(key) > _LONGEST_TITLE:
        return None
    return next((column for column, pattern in _NAMES if pattern.match(key)), None)


def _header(height: int, titles: Sequence[str]) -> RubricHeader | None:
    """The columns of a header; None where it names no criteria beside codes or points."""
    places: dict[RubricColumn, int] = {}
    others: dict[int, str] = {}
    for place, title in enumerate(titles):
        column = _column(title)
        if column is RubricColumn.OTHER or (
            column in places and search_key(titles[places[column]]) != search_key(title)
        ):
            others[place] = " ".join(title.split())
        elif column is not None:
            places.setdefault(column, place)
        elif title.strip():
            others[place] = " ".join(title.split())
    if RubricColumn.TITLE not in places or not {RubricColumn.CODE, RubricColumn.MAXIMUM} & set(places):
        return None
    return RubricHeader(height, places, others)


def _titles(row: GridRow) -> list[str]:
    """The title over each place; one that spans several places stands over all of them."""
    titles: list[str] = []
    for cell in row.cells:
        titles.append(titles[-1] if cell.merge is Merge.FROM_LEFT and titles else cell.text)
    return titles


def _refines(row: GridRow, header: RubricHeader) -> bool:
    """Whether a row only splits titles above it: "Tối đa" and "Tự đánh giá" below "Điểm"."""
    title = row.cells[header.places[RubricColumn.TITLE]]
    texts = [search_key(cell.text) for cell in row.cells if cell.text]
    return not title.text and bool(texts) and all(_REFINING.match(text) for text in texts)


_REFINING = re.compile(r"(diem )?(toi da|chuan|tu (danh gia|cham)|(hoi dong )?tham dinh|dieu tra|xhh|dat duoc|chu tri)")


def _with_untitled(grid: Grid, index: int, header: RubricHeader) -> RubricHeader:
    """The header with the columns found that have no title: units by their names, points by their numbers."""
    places = dict(header.places)
    known = {*places.values(), *header.others}
    for place in range(len(grid.rows[0].cells)):
        texts = [row.cells[place].text for row in grid.rows[index + 1 :] if row.cells[place].text.strip()]
        if place in known or not texts:
            continue
        if all(points_in(text) is not None for text in texts):
            places.setdefault(RubricColumn.MAXIMUM, place)
        elif all(_names_units(text) for text in texts if not _column(text)):
            places.setdefault(RubricColumn.UNIT, place)
    return RubricHeader(header.height, places, header.others)


def _names_units(text: str) -> bool:
    first = next(iter(read_units(text).units), None)
    return (
        first is not None and len(first.text) < _LONGEST_TITLE and words_for(text).begins_unit(first.text) is not None
    )
