"""Tables of a printed page by their ruled lines: where the cells are, and which of them are merged.

Lengths are points, counted from the page's left and top edges.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cchc_tasks.domain.reading.document import Merge

NEAR = 2.0  # lines this near to one another are one, or touch


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: its height on the page if it lies, its distance from the left edge if it stands."""

    at: float
    start: float
    end: float


Place = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The heights between rows, the distances between columns, and for each place where its merged cell begins."""

    heights: tuple[float, ...]
    edges: tuple[float, ...]
    beginnings: Mapping[Place, Place]

    @property
    def rows(self) -> range:
        """The numbers of its rows."""
        return range(len(self.heights) - 1)

    @property
    def columns(self) -> range:
        """The numbers of its columns."""
        return range(len(self.edges) - 1)

    def place_of(self, x: float, y: float) -> Place | None:
        """Where the cell begins that holds a point; None outside the table."""
        row, column = bisect_right(self.heights, y) - 1, bisect_right(self.edges, x) - 1
        return self.beginnings.get((row, column))

    def merge_at(self, place: Place) -> Merge:
        """Whether the cell at a place began above it or to its left."""
        row, column = place
        beginning = self.beginnings[place]
        if beginning == place:
            return Merge.NONE
        return Merge.FROM_LEFT if self.beginnings.get((row, column - 1)) == beginning else Merge.FROM_ABOVE

    def boxes(self) -> dict[Place, tuple[float, float, float, float]]:
        """Of each cell, by where it begins: left, top, right and bottom."""
        found: dict[Place, tuple[float, float, float, float]] = {}
        for (row, column), beginning in self.beginnings.items():
            left, top, right, bottom = found.get(beginning, (self.edges[-1], self.heights[-1], 0.0, 0.0))
            found[beginning] = (
                min(left, self.edges[column]),
                min(top, self.heights[row]),
                max(right, self.edges[column + 1]),
                max(bottom, self.heights[row + 1]),
            )
        return found


def ruled_tables(lying: Iterable[Rule], standing: Iterable[Rule]) -> list[RuledTable]:
    """The tables of two columns and more, from top to bottom; those within a cell of another are left out."""
    found: list[RuledTable] = []
    groups = sorted(_touching(_joined(lying), _joined(standing)), key=lambda group: -len(group[0]) * len(group[1]))
    for group in groups:
        table = _table(*group)
        if table and not any(_within(table, other) for other in found):
            found.append(table)
    return sorted(found, key=lambda table: table.heights[0])


def clustered(values: Iterable[float], near: float = NEAR) -> list[float]:
    """One value for each group of values that are near to the next one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= near:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


_LEAST_LENGTH = 6.0  # a shorter line is a stroke of a drawing
_MOST_RULES = 3_000


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines whose pieces, dots and double strokes are put together."""
    by_place: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if by_place and rule.at - by_place[-1][0].at <= NEAR:
            by_place[-1].append(rule)
        else:
            by_place.append([rule])
    joined = [rule for pieces in by_place for rule in _in_a_row(pieces) if rule.end - rule.start >= _LEAST_LENGTH]
    if len(joined) > _MOST_RULES:
        raise ValueError("a drawing of too many lines")
    return joined


def _in_a_row(pieces: Sequence[Rule]) -> Iterator[Rule]:
    at = sum(piece.at for piece in pieces) / len(pieces)
    start = end = None
    for piece in sorted(pieces, key=lambda one: one.start):
        if end is None or start is None or piece.start - end > NEAR + 1:
            if end is not None and start is not None:
                yield Rule(at, start, end)
            start, end = piece.start, piece.end
        end = max(end, piece.end)
    if end is not None and start is not None:
        yield Rule(at, start, end)


def _touching(lying: Sequence[Rule], standing: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines in groups, each connected by crossings."""
    leader = list(range(len(lying) + len(standing)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for row, across in enumerate(lying):
        for column, down in enumerate(standing, len(lying)):
            if _meets(across, down.at) and _meets(down, across.at):
                leader[lead(row)] = lead(column)
    groups: defaultdict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index, rule in enumerate((*lying, *standing)):
        groups[lead(index)][index >= len(lying)].append(rule)
    return list(groups.values())


def _meets(rule: Rule, place: float) -> bool:
    return rule.start - NEAR <= place <= rule.end + NEAR


def _table(lying: Sequence[Rule], standing: Sequence[Rule]) -> RuledTable | None:
    """The table of connected lines; sides without a line of their own end where the other lines end."""
    if not lying or not standing:
        return None
    ends = (min(rule.start for rule in lying), max(rule.end for rule in lying))
    edges = clustered([*(rule.at for rule in standing), *ends], NEAR + 1)
    tops = (min(rule.start for rule in standing), max(rule.end for rule in standing))
    heights = clustered([*(rule.at for rule in lying), *tops], NEAR + 1)
    edges = [x for at, x in enumerate(edges) if at in (0, len(edges) - 1) or _parts(standing, x, heights)]
    heights = [y for at, y in enumerate(heights) if at in (0, len(heights) - 1) or _parts(lying, y, edges)]
    if len(edges) < 3 or len(heights) < 2:
        return None
    return RuledTable(tuple(heights), tuple(edges), _beginnings(lying, standing, heights, edges))


def _parts(rules: Sequence[Rule], at: float, across: Sequence[float]) -> bool:
    """Whether a line parts any two cells; one under a few words does not."""
    return any(_covers(rules, at, start, end) for start, end in pairwise(across))


def _covers(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    near = (rule for rule in rules if abs(rule.at - at) <= NEAR + 1)
    return any(
        rule.start - NEAR <= start + (end - start) * 0.1 and rule.end + NEAR >= end - 0.1 * (end - start)
        for rule in near
    )


def _beginnings(
    lying: Sequence[Rule], standing: Sequence[Rule], heights: Sequence[float], edges: Sequence[float]
) -> dict[Place, Place]:
    """For each place where its cell begins: places with no line between them are one cell."""
    beginnings: dict[Place, Place] = {}
    for row, (top, bottom) in enumerate(pairwise(heights)):
        for column, (left, right) in enumerate(pairwise(edges)):
            here = (row, column)
            if column and not _covers(standing, left, top, bottom):
                here = beginnings[row, column - 1]
            elif row and not _covers(lying, top, left, right):
                here = beginnings[row - 1, column]
            beginnings[row, column] = here
    return beginnings


def _within(table: RuledTable, other: RuledTable) -> bool:
    across = other.edges[0] - NEAR <= table.edges[0] and table.edges[-1] <= other.edges[-1] + NEAR
    return across and other.heights[0] - NEAR <= table.heights[0] and table.heights[-1] <= other.heights[-1] + NEAR
