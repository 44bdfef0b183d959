"""What the office has to say about a rubric: points that are missing, do not fit or leave values out."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.rubric_rows.criteria import Additive, Criterion, Level, Proportional, Thresholds
from cchc_tasks.domain.reading.rubric_rows.formulas import most_of
from cchc_tasks.domain.reading.rubric_rows.ranges import Fault, faults
from cchc_tasks.domain.reading.rubric_rows.trees import number_of

ADDED, CHOSEN = "Cộng các mức", "Chỉ lấy một mức"


def name_of(criterion: Criterion) -> str:
    """What a question calls a criterion by: its code, or its title where it has none."""
    return criterion.code or criterion.title


def about_criterion(
    criterion: Criterion, *, has_units: bool, unsure: bool, unread: Sequence[str]
) -> Iterator[Question]:
    """The questions that a criterion raises by itself."""
    about, named = name_of(criterion), _called(criterion)
    if criterion.code is None:
        yield Question("criterion-without-code", about, f"{named} chưa có số thứ tự.")
    if has_units and not criterion.units and not criterion.is_heading:
        yield Question("criterion-without-unit", about, f"{named} chưa ghi đơn vị thực hiện.")
    for line in unread:
        text = f"{named} có dòng “{line}” chưa rõ cho bao nhiêu điểm."
        yield Question("rule-unread", about, text, words=line)
    if criterion.is_heading:
        return
    if criterion.scheme is None and not unread and not criterion.rules:
        yield Question("criterion-without-points", about, _without_points(criterion))
    if any(rule.share is not None and rule.points is None for rule in criterion.rules):
        yield Question(
            "maximum-missing", about, f"{named} tính theo điểm tối đa nhưng chưa ghi điểm tối đa là bao nhiêu."
        )
    if unsure:
        text = f"{named} có nhiều mức điểm nhưng chưa ghi các mức được cộng lại hay chỉ lấy một mức."
        yield Question("scheme-unclear", about, text, ADDED, choices=(ADDED, CHOSEN))
    yield from (_fault(criterion, one) for one in faults(_scale(criterion)))
    yield from _differing(criterion)


def about_sums(
    criteria: Sequence[Criterion], above: Sequence[int | None], total: Fraction | None
) -> Iterator[Question]:
    """The headings, and the total of the table, whose printed points are not what stands below them.

    `above` gives for each criterion the place of the one it belongs to.
    """
    for place, heading in enumerate(criteria):
        parts = [one for one, parent in zip(criteria, above, strict=True) if parent == place]
        yield from _sum(heading.printed_max, parts, name_of(heading), _called(heading))
    first = [one for one, parent in zip(criteria, above, strict=True) if parent is None]
    yield from _sum(total, first, "rubric", "Dòng tổng cộng")


def about_codes(criteria: Sequence[Criterion], above: Sequence[int | None]) -> Iterator[Question]:
    """Areas that are not in the table, codes that are left out between two others or stand twice."""
    yield from _areas_missing([one.code for one in criteria if one.code and one.level == 1])
    last: dict[int | None, Criterion] = {}
    for one, parent in zip(criteria, above, strict=True):
        if one.code is None:
            continue
        before = last.get(parent)
        last[parent] = one
        if before is None or before.code is None or (parent is None and one.level == 1 and one.code != before.code):
            continue
        number, earlier = number_of(one.code), number_of(before.code)
        if number is None or earlier is None:
            continue
        if one.code == before.code:
            text = f"Có hai tiêu chí cùng số thứ tự {one.code}: “{before.title}” và “{one.title}”."
            yield Question("criterion-code-twice", one.code, text)
        elif number > earlier + 1:
            text = f"Số thứ tự nhảy từ {before.code} sang {one.code}, có thể bảng thiếu tiêu chí ở giữa."
            yield Question("criteria-missing", one.code, text)


def _called(criterion: Criterion) -> str:
    return f"Tiêu chí {criterion.code}" if criterion.code else f"Tiêu chí “{criterion.title}”"


def printed(points: Fraction) -> str:
    """Points the way documents print them: "0,25"; a third as "1/3"."""
    tenths = points * 10_000
    return f"{float(points):.4f}".rstrip("0").rstrip(".").replace(".", ",") if tenths.denominator == 1 else f"{points}"


def _without_points(criterion: Criterion) -> str:
    named = _called(criterion)
    if criterion.printed_max is None:
        return f"{named} chưa ghi điểm và cách chấm điểm."
    return f"{named} có điểm tối đa {printed(criterion.printed_max)} nhưng chưa ghi cách chấm điểm."


def _sum(stated: Fraction | None, parts: Sequence[Criterion], about: str, named: str) -> Iterator[Question]:
    points = [one.max_points for one in parts if one.max_points is not None]
    if stated is None or not parts or len(points) < len(parts) or sum(points) == stated:
        return
    found = printed(sum(points, Fraction(0)))
    text = f"{named} ghi {printed(stated)} điểm nhưng các mục thuộc phần này cộng lại là {found} điểm."
    yield Question("points-do-not-add-up", about, text, choices=(printed(stated), found))


def _differing(criterion: Criterion) -> Iterator[Question]:
    """A criterion whose rules can give more or less than its row prints."""
    stated = criterion.printed_max
    reached = _reached(criterion)
    if stated is None or reached is None or reached == stated:
        return
    named, most = _called(criterion), printed(reached)
    text = f"{named} ghi điểm tối đa {printed(stated)} nhưng theo cách chấm thì cao nhất là {most}."
    yield Question("points-differ-from-maximum", name_of(criterion), text, choices=(printed(stated), most))


def _reached(criterion: Criterion) -> Fraction | None:
    """The most that the rules give by themselves; None where they leave it open."""
    if isinstance(criterion.scheme, Additive):
        items = criterion.scheme.items
        if not items or any(one.each and one.at_most is None for one in items):
            return None
        return sum((one.at_most or one.points for one in items), Fraction(0))
    if any(rule.points is None and rule.formula is None for rule in criterion.rules):
        return None
    found = [one.points for one in criterion.levels if one.points > 0]
    over = criterion.scheme.over if isinstance(criterion.scheme, Proportional) else None
    if criterion.formula is not None and (over is None or over.high in (None, 100)):
        by_formula = most_of(criterion.formula, criterion.printed_max)
        found += [by_formula] if by_formula is not None else []
    return max(found, default=None)


def _areas_missing(codes: Sequence[str]) -> Iterator[Question]:
    numbers = [number for code in codes if (number := number_of(code)) is not None]
    missing = [number for number in range(1, max(numbers, default=0)) if number not in numbers]
    if not missing or len(numbers) < len(codes):
        return
    text = (
        f"Bảng chỉ có lĩnh vực {', '.join(codes)}; thiếu lĩnh vực {', '.join(map(str, missing))}"
        " nên chưa tính được tổng điểm của cả bộ chỉ số."
    )
    yield Question("areas-missing", "rubric", text)


# --- holes and overlaps ---


def _scale(criterion: Criterion) -> list[Level]:
    """The levels of a measured value, that of a proportional part among them; none where words decide too."""
    scheme = criterion.scheme
    if isinstance(scheme, Thresholds):
        return list(scheme.levels)
    part = next((one for one in criterion.rules if one.formula is not None and one.condition), None)
    if not isinstance(scheme, Proportional) or part is None or any(one.range is None for one in scheme.levels):
        return []
    return [Level(part.condition or "", scheme.most or Fraction(0), scheme.over), *scheme.levels]


_MORE_THAN = re.compile(r"\b(?:trên|hơn|lớn hơn)\s+(?=\d)|>\s*(?=\d)", re.IGNORECASE)
_UP_TO = re.compile(r"(\s(?:đến|tới)\s|\s?[-–]\s?)(?=\d)")


def _fault(criterion: Criterion, fault: Fault) -> Question:
    named = _called(criterion)
    lower, upper = fault.lower, fault.upper
    if lower is None or upper is None:
        only = lower or upper
        side = "cao hơn" if upper is None else "thấp hơn"
        case = only.text if only else ""
        return Question(
            "threshold-hole", name_of(criterion), f"{named} chưa có mức điểm cho kết quả {side} mức “{case}”."
        )
    code = "threshold-hole" if fault.hole else "threshold-overlap"
    both = f"“{lower.text}” và “{upper.text}”"
    value = f"kết quả đúng {_value(fault.at, upper)}" if fault.at is not None else "một số kết quả"
    if fault.hole:
        text = f"{named} chưa có mức điểm cho {value}, vì {both} đều không gồm kết quả đó."
    else:
        text = f"{named} có hai mức điểm cho {value}: {both}."
    changed, proposal = _mended(criterion, fault, lower, upper)
    return Question(code, name_of(criterion), text, proposal, changed)


def _value(value: Fraction, level: Level) -> str:
    unit = level.range.unit if level.range else ""
    return f"{printed(value)}{unit if unit == '%' else f' {unit}'}".rstrip()


def _mended(criterion: Criterion, fault: Fault, lower: Level, upper: Level) -> tuple[str | None, str | None]:
    """The rule to be replaced and its new words, where a single value is concerned: it goes to the higher level."""
    if fault.at is None:
        return None, None
    old, new = (upper, _including(upper.text)) if fault.hole else (lower, _UP_TO.sub(r" đến dưới ", lower.text))
    rule = next((one for one in criterion.rules if one.condition == old.text), None)
    if rule is None:
        return None, None
    if rule.formula is not None or new is None or new == old.text:
        return rule.text, None
    return rule.text, f"{new}: {printed(old.points)}"


def _including(case: str) -> str | None:
    """ "Trên 200 tin, bài/năm" with its bound: "Từ 200 tin, bài/năm trở lên"."""
    found = _MORE_THAN.search(case)
    if not found:
        return None
    word = "Từ" if found.start() == 0 else "từ"
    closed = f"{case[: found.start()]}{word} {case[found.end() :]}"
    return closed if _UP_TO.search(closed) or "dưới" in closed else f"{closed} trở lên"
