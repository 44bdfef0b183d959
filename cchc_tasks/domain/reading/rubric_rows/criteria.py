"""What a rubric says: its criteria, and as data how each of them is scored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from cchc_tasks.domain.reading.findings import UnitMention


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a formula; "100%" is worth 1."""

    value: Fraction
    printed: str


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity that has to be found out, under its printed name."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined; `sign` is "+", "-", "*" or "/", `printed` the mark that stands in the source."""

    sign: str
    left: "Expression"
    right: "Expression"
    printed: str


@dataclass(frozen=True, slots=True)
class Group:
    """An expression in brackets; `brackets` are the two marks."""

    inside: "Expression"
    brackets: str = "()"


Expression = Number | Named | Operation | Group


@dataclass(frozen=True, slots=True)
class Range:
    """The values from `low` to `high`; None is an open end. Shares are in per cent, as printed."""

    low: Fraction | None
    high: Fraction | None
    unit: str
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that scores, verbatim, with what it says: for which case, how many points or by what formula.

    Points of a deduction are negative; `each` says that they count for every occurrence, `at_most` for how many
    points in all. A `share` is of the criterion's maximum ("1/2 số điểm").
    """

    text: str
    condition: str | None = None
    points: Fraction | None = None
    formula: Expression | None = None
    each: bool = False
    at_most: Fraction | None = None
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One case of several, and its points; `range` where the case is a measured value's."""

    text: str
    points: Fraction
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """One level is chosen by its words."""

    kind: ClassVar[str] = "bands"
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One level is chosen by a measured value; every level has a range."""

    kind: ClassVar[str] = "thresholds"
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Proportional:
    """The share that was reached, times `most`, where it lies in `over` (None: from nothing on); else by the levels.

    `formula` is what the source prints for it; None where it only says "theo tỷ lệ".
    """

    kind: ClassVar[str] = "proportional"
    share: str
    most: Fraction | None
    over: Range | None
    levels: tuple[Level, ...]
    formula: Expression | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A named quantity of a formula, with what the source says it is ("a là tổng số văn bản đi")."""

    name: str
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """Points by a formula, `most` at the most; the levels are cases that the source gives besides."""

    kind: ClassVar[str] = "formula"
    expression: Expression
    inputs: tuple[Input, ...]
    levels: tuple[Level, ...]
    most: Fraction | None


@dataclass(frozen=True, slots=True)
class Item:
    """Something that earns or, in a deduction, costs points: once, or each time it occurs."""

    text: str
    points: Fraction
    each: bool = False
    at_most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Additive:
    """One begins with `start`, adds what the items earn and takes off what the deductions cost.

    The sum ends at `at_most` and at `floor`; None where nothing bounds it.
    """

    kind: ClassVar[str] = "additive"
    items: tuple[Item, ...]
    deductions: tuple[Item, ...]
    start: Fraction
    at_most: Fraction | None
    floor: Fraction | None


@dataclass(frozen=True, slots=True)
class HandJudged:
    """People say how many points: a survey or a council; `by` are the source's words."""

    kind: ClassVar[str] = "hand-judged"
    by: str


Scheme = Bands | Thresholds | Proportional | Formula | Additive | HandJudged


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of the rubric with everything that belongs to it.

    `code` is None where none is printed. Units are those of the row or of the nearest row above it in the tree, which
    `units_from` then names. `printed_max` stands in the row; `max_points` is that or what the rules can give.
    `cells` are the other columns verbatim, by their printed titles.
    """

    code: str | None
    level: int
    title: str
    units: tuple[UnitMention, ...]
    units_from: str | None
    is_heading: bool
    printed_max: Fraction | None
    max_points: Fraction | None
    scheme: Scheme | None
    rules: tuple[Rule, ...]
    legend: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def scheme_family(self) -> str | None:
        """ "bands", "formula", "additive", "hand-judged": thresholds are bands, proportional points a formula."""
        return None if self.scheme is None else _FAMILIES.get(self.scheme.kind, self.scheme.kind)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The cases that give points, in the source's order."""
        return tuple(Level(one.condition or one.text, one.points) for one in self.rules if one.points is not None)

    @property
    def formula(self) -> Expression | None:
        """The formula by which points are computed, where there is one."""
        return next((one.formula for one in self.rules if one.formula is not None), None)


_FAMILIES = {"thresholds": "bands", "proportional": "formula"}
