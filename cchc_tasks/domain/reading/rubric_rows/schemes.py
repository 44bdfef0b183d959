"""How a criterion is scored: its rules weighed together, as data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cchc_tasks.domain.reading.rubric_rows.criteria import (
    Additive,
    Bands,
    Expression,
    Formula,
    HandJudged,
    Input,
    Item,
    Level,
    Proportional,
    Range,
    Rule,
    Scheme,
    Thresholds,
)
from cchc_tasks.domain.reading.rubric_rows.formulas import is_maximum, most_of, names_in
from cchc_tasks.domain.reading.rubric_rows.ranges import range_in, same_measure
from cchc_tasks.domain.reading.rubric_rows.rules import judged_by, proportional_words


@dataclass(frozen=True, slots=True)
class Scored:
    """A scheme with its rules, shares of the maximum turned into points, and the most it can give.

    `unsure` says that the source does not tell whether the items add up or one of them is chosen.
    """

    scheme: Scheme | None
    rules: tuple[Rule, ...]
    most: Fraction | None
    unsure: bool = False


def scored(rules: Sequence[Rule], others: Sequence[str], printed_max: Fraction | None) -> Scored:
    """Weigh the rules of a criterion and its other lines; `printed_max` is what its row gives as the most."""
    by_formula = next((one for one in rules if one.formula is not None), None)
    formula = by_formula.formula if by_formula else None
    highest = max((one.points for one in rules if one.points is not None), default=None)
    whole = (
        printed_max
        or (by_formula.at_most if by_formula else None)
        or (most_of(formula, None) if formula and not highest else None)
        or highest
    )
    settled = tuple(_settled(one, whole) for one in rules)
    levels = tuple(Level(one.condition or one.text, one.points) for one in settled if one.points is not None)
    words = next((found for line in others if (found := proportional_words(line))), None)
    judged = next((found for line in others if (found := judged_by(line))), None)
    if by_formula is not None and formula is not None:
        over = range_in(by_formula.condition) if by_formula.condition else None
        return Scored(_by_formula(formula, over, levels, others, whole), settled, whole)
    if words is not None:
        return Scored(Proportional(words, whole, _rest(levels), _ranged(levels)), settled, whole)
    if not levels:
        return Scored(HandJudged(judged) if judged else None, settled, whole)
    return _by_cases(settled, levels, printed_max)


def _settled(rule: Rule, whole: Fraction | None) -> Rule:
    return rule if rule.share is None or whole is None else replace(rule, points=rule.share * whole)


def _by_formula(
    formula: Expression, over: Range | None, levels: tuple[Level, ...], others: Sequence[str], whole: Fraction | None
) -> Scheme:
    """Proportional where one share is paid out and the rest of its scale is set; else the formula as it is."""
    names = list(dict.fromkeys(names_in(formula)))
    ranged = _ranged(levels)
    if most_of(formula, whole) is not None and (over or any(one.range for one in ranged)):
        share = "/".join(name for name in names if not is_maximum(name))
        return Proportional(share, whole, over or _rest(levels), ranged, formula)
    return Formula(formula, tuple(Input(name, _meaning(name, others)) for name in names), levels, whole)


def _by_cases(rules: tuple[Rule, ...], levels: tuple[Level, ...], printed_max: Fraction | None) -> Scored:
    """One of the cases, by words or by a measured value, or all of them together."""
    points = [one.points for one in levels]
    earning = [one for one in points if one > 0]
    if any(one.each or (one.points or 0) < 0 or _ADDS.search(one.text) for one in rules):
        return _additive(rules, printed_max)
    ranged = _ranged(levels)
    if len(levels) > 1 and same_measure([one.range for one in ranged if one.range is not None], len(levels)):
        return Scored(Thresholds(ranged), rules, max(points))
    adds_up = len(earning) > 1 and sum(earning) == printed_max
    if max(points) != printed_max and (adds_up or len(set(earning)) < len(earning)):
        return _additive(rules, printed_max)
    lesser = 0 in points or any(_LESSER.search(one.text) for one in levels[1:])
    if max(points) == printed_max or len(earning) < 2 or lesser:
        return Scored(Bands(levels), rules, max(points))
    return replace(_additive(rules, printed_max), unsure=True)


_ADDS = re.compile(r"\b(?:cộng|thưởng)\b.*\bđiểm\b", re.IGNORECASE)
# A later case that lacks something of the first is chosen instead of it.
_LESSER = re.compile(
    r"\b(?:không|chưa|chậm|muộn|trễ|quá hạn|nhưng|một phần|dưới|còn|chỉ|thiếu|khá|trung bình|yếu|mức)\b", re.IGNORECASE
)


def _additive(rules: tuple[Rule, ...], printed_max: Fraction | None) -> Scored:
    items = [_item(one, one.points) for one in rules if one.points is not None and one.points > 0]
    deductions = tuple(_item(one, -one.points) for one in rules if one.points is not None and one.points < 0)
    limits = [one.at_most or (None if one.each else one.points) for one in items]
    known = [one for one in limits if one is not None]
    sum_of_items = sum(known, Fraction(0)) if known and len(known) == len(limits) else None
    most = printed_max or sum_of_items
    start = Fraction(0) if items or printed_max is None else printed_max
    floor = Fraction(0) if items or start else None  # points taken off elsewhere have no end of their own
    return Scored(Additive(tuple(items), deductions, start, most, floor), rules, most)


def _item(rule: Rule, points: Fraction) -> Item:
    return Item(rule.condition or rule.text, points, rule.each, rule.at_most)


def _ranged(levels: Sequence[Level]) -> tuple[Level, ...]:
    return tuple(replace(one, range=range_in(one.text)) for one in levels)


def _rest(levels: Sequence[Level]) -> Range | None:
    """What lies above the highest level without points: "nếu < 50% thì 0 điểm" leaves 50% and more."""
    floors = [one.range for one in _ranged(levels) if one.points == 0 and one.range and one.range.high is not None]
    if not floors:
        return None
    floor = max(floors, key=lambda one: one.high or Fraction(0))
    return Range(floor.high, None, floor.unit, not floor.high_included)


def _meaning(name: str, others: Sequence[str]) -> str | None:
    """What the legend says of an input: "a là tổng số văn bản đi"."""
    defined = re.compile(rf"(?:^|[\s;,(“\"]){re.escape(name)}[”\"]?\s*(?:là|:|=)\s*([^;]+)", re.IGNORECASE)
    return next((found[1].strip(" .") for line in others if (found := defined.search(line))), None)
