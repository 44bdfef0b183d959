"""What became of each row from one plan to the next: the same, changed, added or gone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cchc_tasks.domain.reading.findings import CELLS
from cchc_tasks.domain.reading.text import search_key

_WEIGHTS = {"title": 6, "product": 2, "time": 1, "lead": 1}
_ALIKE = 0.6  # of one; titles that share less than this are of different tasks


class Change(StrEnum):
    """What became of a row."""

    SAME = "SAME"
    CHANGED = "CHANGED"
    ADDED = "ADDED"
    GONE = "GONE"


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as it is compared: where it is kept, its code, its group, and the printed words of its title and cells."""

    row_id: int
    code: str
    group: str | None
    title: str
    cells: Mapping[str, str]

    def words(self, name: str) -> str:
        """The words of "group", "title" or a cell, with single spaces."""
        text = {"group": self.group or "", "title": self.title}.get(name)
        return " ".join((self.cells.get(name, "") if text is None else text).split())


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of the old plan and the one it became; `differing` names what reads otherwise."""

    change: Change
    before: PrintedRow | None
    after: PrintedRow | None
    differing: tuple[str, ...] = ()

    @property
    def row(self) -> PrintedRow:
        """The row as the new plan has it, else as it was."""
        row = self.after or self.before
        if row is None:
            raise ValueError("a change is of some row")
        return row


def compare_rows(before: Sequence[PrintedRow], after: Sequence[PrintedRow]) -> tuple[RowChange, ...]:
    """Each row once: those of the new plan in its order, then those that are gone, in theirs.

    Rows belong together by their words, not by their numbers: a row put in at the top renumbers all below it. Of
    several candidates the most alike is taken, then the one with the same number.
    """
    partners = _partners(before, after)
    changes = [_change(before[partners[place]] if place in partners else None, row) for place, row in enumerate(after)]
    kept = set(partners.values())
    return (*changes, *(_change(row, None) for place, row in enumerate(before) if place not in kept))


def _change(before: PrintedRow | None, after: PrintedRow | None) -> RowChange:
    if before is None or after is None:
        return RowChange(Change.ADDED if before is None else Change.GONE, before, after)
    differing = tuple(name for name in ("group", "title", *CELLS) if before.words(name) != after.words(name))
    return RowChange(Change.CHANGED if differing else Change.SAME, before, after, differing)


def _partners(before: Sequence[PrintedRow], after: Sequence[PrintedRow]) -> dict[int, int]:
    """By places: which old row each new row was."""
    partners = dict(_word_for_word(before, after))
    taken = set(partners.values())
    old = {place: _bags(row) for place, row in enumerate(before) if place not in taken}
    new = {place: _bags(row) for place, row in enumerate(after) if place not in partners}
    pairs = sorted(_pairs(old, new), key=lambda pair: (-pair[0], before[pair[1]].code != after[pair[2]].code, pair))
    for _, one, other in pairs:
        if other not in partners and one not in taken:
            partners[other] = one
            taken.add(one)
    return partners


def _word_for_word(before: Sequence[PrintedRow], after: Sequence[PrintedRow]) -> Iterator[tuple[int, int]]:
    """The new rows that read like an old one, each with its place; mostly nearly all."""
    places: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(before):
        places.setdefault(_key(row), []).append(place)
    for place, row in enumerate(after):
        same = places.get(_key(row), [])
        if same:
            chosen = next((one for one in same if before[one].code == row.code), same[0])
            same.remove(chosen)
            yield place, chosen


def _key(row: PrintedRow) -> tuple[str, ...]:
    return tuple(search_key(row.words(name)) for name in _WEIGHTS)


_Bags = Mapping[str, Counter[str]]


def _bags(row: PrintedRow) -> _Bags:
    return {name: Counter(search_key(row.words(name)).split()) for name in _WEIGHTS}


def _pairs(old: Mapping[int, _Bags], new: Mapping[int, _Bags]) -> Iterator[tuple[float, int, int]]:
    """Every pair of rows whose titles are alike enough, with how alike the rows are."""
    for one, left in old.items():
        for other, right in new.items():
            if _alike(left["title"], right["title"]) >= _ALIKE:
                weighed = sum(weight * _alike(left[name], right[name]) for name, weight in _WEIGHTS.items())
                yield round(weighed / sum(_WEIGHTS.values()), 6), one, other


def _alike(left: Counter[str], right: Counter[str]) -> float:
    """The share of words two texts have in common (Sørensen and Dice), 1 for two empty ones."""
    together = left.total() + right.total()
    return 2 * (left & right).total() / together if together else 1.0
