"""The columns of an appendix, known by their usual titles in whatever order they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cchc_tasks.domain.reading.document import Grid, GridRow, Merge
from cchc_tasks.domain.reading.text import search_key


class Column(StrEnum):
    """What a column holds; the values of those that stay verbatim are the keys of `Row.cells`."""

    NUMBER = "number"
    GROUP = "group"
    TITLE = "title"
    PRODUCT = "product"
    TIME = "time"
    LEAD = "lead"
    COOPERATING = "cooperating"
    NOTE = "note"


# Without these a table assigns nothing to anybody by any date.
NEEDED = {Column.TITLE: "Nhiệm vụ", Column.TIME: "Thời gian thực hiện", Column.LEAD: "Đơn vị chủ trì"}


@dataclass(frozen=True, slots=True)
class Header:
    """The rows that name the columns: how many there are, and at which place each column stands."""

    height: int
    columns: Mapping[Column, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """The Vietnamese names of needed columns that are not there."""
        return tuple(name for column, name in NEEDED.items() if column not in self.columns)


def header_at(grid: Grid, index: int) -> Header:
    """What the row at `index` names, read as a header; with the row below it where a header takes two rows."""
    top, below = grid.rows[index], grid.rows[index + 1 : index + 2]
    alone = Header(1, _places(_titles(top)))
    if len(alone.columns) < 2 or not below or not _is_lower_half(below[0]):
        return alone
    lower = [cell.text for cell in below[0].cells]
    return Header(2, _places([f"{title} {under}" for title, under in zip(_titles(top), lower, strict=True)]))


def find_header(grid: Grid) -> int | None:
    """The index of the first row that names all needed columns."""
    return next((index for index in range(len(grid.rows)) if not header_at(grid, index).missing), None)


def is_numbering_of_columns(row: GridRow) -> bool:
    """The row of "(1) (2) (3) …" that some tables have below their header."""
    texts = [cell.text for cell in row.cells if cell.text]
    return len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(text) for text in texts)


_LONGEST_TITLE = 80
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?")
_HALVES = re.compile(r"(bat dau|ket thuc|hoan thanh)")

# Matched in this order against titles without diacritics.
_NAMES = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.NUMBER, r"(stt|tt|so tt|so thu tu)\W*$"),
        (Column.NOTE, r"ghi chu"),
        (Column.LEAD, r".*\b(chu tri|dau moi)\b"),
        (Column.COOPERATING, r".*\bphoi hop\b"),
        (
            Column.LEAD,
            r"(co quan|don vi|phong|bo phan|ca nhan|nguoi|to chuc)\b.*\b(thuc hien|phu trach|tham muu|nhiem)\b",
        ),
        (Column.LEAD, r"(phan cong|trach nhiem)\b"),
        (Column.TIME, r"(thoi gian|thoi han|thoi diem|tien do|ky han|moc thoi gian|han (hoan|thuc|cuoi|bao))\b"),
        (Column.PRODUCT, r"(du kien )?(san pham|ket qua|dau ra)\b|.*\bsan pham\b"),
        (Column.GROUP, r"(nhiem vu|noi dung) chung\b|nhom\b|linh vuc\b"),
        (Column.TITLE, r"(ten |cac )?(nhiem vu|noi dung|cong viec|hoat dong|dau viec)\b"),
    )
)


def _column(title: str) -> Column | None:
    key = search_key(title)
    if not key or len(key) > _LONGEST_TITLE:
        return None
    return next((column for column, pattern in _NAMES if pattern.match(key)), None)


def _places(titles: Sequence[str]) -> dict[Column, int]:
    places: dict[Column, int] = {}
    for index, title in enumerate(titles):
        column = _column(title)
        if column is Column.TITLE and Column.TITLE in places and Column.GROUP not in places:
            # Of two columns of tasks the left one groups what stands in the right one.
            places[Column.GROUP], places[Column.TITLE] = places[Column.TITLE], index
        elif column is Column.TIME and re.search("ket thuc|hoan thanh", search_key(title)):
            places[Column.TIME] = index
        elif column is not None:
            places.setdefault(column, index)
    if Column.TITLE not in places and Column.GROUP in places:
        places[Column.TITLE] = places.pop(Column.GROUP)
    return places


def _titles(row: GridRow) -> list[str]:
    """The title over each place; one that spans several places stands over all of them."""
    titles: list[str] = []
    for cell in row.cells:
        titles.append(titles[-1] if cell.merge is Merge.FROM_LEFT and titles else cell.text)
    return titles


def _is_lower_half(row: GridRow) -> bool:
    """Whether a row only refines titles: "chủ trì" and "phối hợp" below "đơn vị thực hiện"."""
    texts = [cell.text for cell in row.cells if cell.text]
    refining = all(_column(text) or _HALVES.fullmatch(search_key(text)) for text in texts)
    return bool(texts) and refining and bool(Header(1, _places([cell.text for cell in row.cells])).missing)
