"""The range of a measured value that a case names, and whether the ranges of a criterion leave holes or overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from cchc_tasks.domain.reading.rubric_rows.criteria import Level, Range
from cchc_tasks.domain.reading.rubric_rows.markup import LONGEST_LINE
from cchc_tasks.domain.reading.target_figures.figures import Figure, read_figures
from cchc_tasks.domain.reading.target_figures.seats import Seat
from cchc_tasks.domain.reading.target_figures.tokens import Tokens
from cchc_tasks.domain.reading.text import search_key


def range_in(case: str) -> Range | None:
    """The values for which a case holds ("Từ 60% đến dưới 80%"); None where words decide, alone or besides."""
    if len(case) > LONGEST_LINE:
        return None
    tokens = Tokens(case)
    figures = _measuring(read_figures(tokens))
    if not 1 <= len(figures) <= 2 or any(tokens.word(at) in _BESIDES for at in range(len(tokens))):
        return None
    starts = [0, figures[0].last + 1]
    ends = [*(one.first for one in figures[1:]), len(tokens)]
    found = [_range(Seat(tokens, one, start, end)) for one, start, end in zip(figures, starts, ends, strict=False)]
    return found[0] if len(found) == 1 else _both(*found)


def same_measure(ranges: Sequence[Range], cases: int) -> bool:
    """Whether every case has a range, and all of one thing, each its own stretch of it."""
    units = {search_key(one.unit) for one in ranges}
    return len(ranges) == cases and len(units) == 1 and len({(one.low, one.high) for one in ranges}) == cases


@dataclass(frozen=True, slots=True)
class Fault:
    """Two levels between whose ranges values are missing (`hole`) or stand twice; the lower one first.

    `at` is the single value concerned, None where there are more; `lower` or `upper` is None at an end of the scale.
    """

    hole: bool
    lower: Level | None
    upper: Level | None
    at: Fraction | None = None


def faults(levels: Sequence[Level]) -> Iterator[Fault]:
    """The holes and overlaps of levels that all have ranges, from the lowest up."""
    if not levels:
        return
    ordered = sorted(levels, key=_low)
    lowest, highest = _whole(ordered[0]), _whole(ordered[-1])
    if lowest.low is not None and (lowest.low > 0 or not lowest.low_included):
        yield Fault(hole=True, lower=None, upper=ordered[0], at=None)
    for lower, upper in pairwise(ordered):
        yield from _between(lower, upper)
    whole = highest.unit == "%" and (highest.high or 0, highest.high_included) >= (100, True)
    if highest.high is not None and not whole:
        yield Fault(hole=True, lower=ordered[-1], upper=None, at=None)


_BESIDES = frozenset(("hoặc", "nhưng", "hay", "đồng thời"))
_SYMBOLS = {"<": ">", "≤": ">=", "<=": ">=", ">": "<", "≥": "<=", ">=": "<="}  # "80% ≤ x": seen from the value


def _measuring(figures: Sequence[Figure]) -> list[Figure]:
    """The shares of a hundred, or else the counted things; a bare number is a name ("ISO 9001")."""
    shares = [one for one in figures if one.kind == "share"]
    return shares or [one for one in figures if one.unit and one.kind in ("count", "points")]


def _range(seat: Seat) -> Range:
    tokens, figure = seat.tokens, seat.figure
    said = {word for at in seat.leading if (word := tokens.role("COMPARE", at))}
    behind = tokens.word(figure.last + 1)
    if behind in _SYMBOLS and tokens.number(figure.last + 2) is None:
        said.add(_SYMBOLS[behind])
    if seat.suffix is not None:
        said.add(">=" if tokens.plays("UP", seat.suffix) else "<=")
    value, unit = figure.value, figure.unit
    if figure.upper is not None:
        return Range(value, figure.upper, unit, ">" not in said, not figure.below)
    if said & {">", ">="} or (seat.leads("FROM") and not said):
        return Range(value, None, unit, ">" not in said)
    if said & {"<", "<="}:
        return Range(None, value, unit, high_included="<" not in said)
    return Range(value, value, unit)


def _both(one: Range, other: Range) -> Range | None:
    """ "80% ≤ x < 90%": a lower and an upper end in one case."""
    if one.low is None:
        one, other = other, one
    if one.low is None or one.high is not None or other.low is not None or one.unit != other.unit:
        return None
    return replace(one, high=other.high, high_included=other.high_included)


def _low(level: Level) -> tuple[Fraction, bool]:
    low = _whole(level).low
    return (Fraction(-1) if low is None else low, not _whole(level).low_included)


def _whole(level: Level) -> Range:
    """The range of a level; of counted things with whole ends, both of them included."""
    found = level.range or Range(None, None, "")
    ends = [end for end in (found.low, found.high) if end is not None]
    if "%" in found.unit or any(end.denominator != 1 for end in ends):
        return found
    low = found.low if found.low is None or found.low_included else found.low + 1
    high = found.high if found.high is None or found.high_included else found.high - 1
    return Range(low, high, found.unit)


def _between(lower: Level, upper: Level) -> Iterator[Fault]:
    below, above = _whole(lower), _whole(upper)
    if below.high is None or above.low is None:
        yield Fault(hole=False, lower=lower, upper=upper)
        return
    step = Fraction(0) if "%" in below.unit else Fraction(1)
    gap = above.low - below.high
    if step and below.high.denominator == above.low.denominator == 1:
        if gap > step:
            yield Fault(True, lower, upper, below.high + 1 if gap == 2 else None)
        elif gap < step:
            yield Fault(False, lower, upper, above.low if gap == 0 else None)
    elif gap > 0 or (gap == 0 and not (below.high_included or above.low_included)):
        yield Fault(True, lower, upper, above.low if gap == 0 else None)
    elif gap < 0 or (below.high_included and above.low_included):
        yield Fault(False, lower, upper, above.low if gap == 0 else None)
