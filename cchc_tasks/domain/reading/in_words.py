"""A reading said back in Vietnamese, so that an officer can hold it against the printed words."""

from collections.abc import Callable, Mapping, Sequence

from cchc_tasks.domain.dates_in_words import WEEKDAYS, short_date
from cchc_tasks.domain.occurrences import LAST, DeadlineRule, DueDate, Recurrence, Term, due_dates
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import DatedPart, Part
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind, Frequency


def part_in_words(part: Part | DatedPart, years: Years | None) -> str:
    """One part: "Kế hoạch: hạn 31/3/2023"; "báo cáo: hằng quý, trước ngày 15 của tháng cuối quý: …"."""
    rule = part.rule
    dates = due_dates(rule, years)
    said = [_KINDS[rule.kind](rule, dates)]
    said += [f"lúc {rule.at}"] if rule.at else []
    said += [f"từ {short_date(rule.starts_on)}"] if rule.starts_on and rule.kind is DeadlineKind.EVERY else []
    said += [f"điều kiện: “{part.condition}”"] if part.condition else []
    return (f"{part.label}: " if part.label else "") + ", ".join(said)


def rhythm(rule: Recurrence) -> str:
    """How a date returns: "hằng tháng, ngày 25", "hằng quý, ngày 05 tháng đầu quý sau", "thứ Sáu hằng tuần"."""
    frequency = FREQUENCY_IN_WORDS[rule.frequency]
    if rule.frequency in (Frequency.WEEKLY, Frequency.BIWEEKLY):
        return f"{WEEKDAYS[rule.weekday]} {frequency}"
    day = "" if rule.day == LAST else f"ngày {rule.day:02d}"
    if rule.week is not None:
        return f"{WEEKDAYS[rule.weekday]} {'cuối cùng' if rule.week == LAST else 'đầu tiên'} {frequency}"
    if rule.frequency is Frequency.MONTHLY:
        following = " tháng sau" if rule.shift else ""
        return f"{frequency}, {day or 'ngày cuối tháng'}{following}" if day or following else frequency
    if rule.frequency is Frequency.YEARLY and rule.month != LAST:
        following = " năm sau" if rule.shift else ""
        return f"{frequency}, {day or 'cuối'} tháng {rule.month}{following}"
    period = _PERIODS.get(rule.frequency, "ngày")
    if rule.month == LAST:
        return f"{frequency}, {day} tháng cuối {period}" if day else frequency
    following = " sau" if rule.shift else ""
    return f"{frequency}, {day or 'cuối'} tháng thứ {rule.month} của {period}{following}"


FREQUENCY_IN_WORDS = {
    Frequency.DAILY: "hằng ngày",
    Frequency.WEEKLY: "hằng tuần",
    Frequency.BIWEEKLY: "hai tuần một lần",
    Frequency.MONTHLY: "hằng tháng",
    Frequency.QUARTERLY: "hằng quý",
    Frequency.HALF_YEARLY: "06 tháng một lần",
    Frequency.YEARLY: "hằng năm",
}
_PERIODS = {Frequency.QUARTERLY: "quý", Frequency.HALF_YEARLY: "kỳ 06 tháng", Frequency.YEARLY: "năm"}
_UNITS = {
    "hours": "giờ",
    "days": "ngày",
    "working-days": "ngày làm việc",
    "weeks": "tuần",
    "months": "tháng",
    "years": "năm",
}


def _listed(dates: Sequence[DueDate]) -> str:
    written = [short_date(one.due_on) for one in dates]
    if len(written) > 5:
        return f"{written[0]}, {written[1]}, … {written[-1]} ({len(written)} kỳ)"
    return ", ".join(written)


def _fixed(rule: DeadlineRule, dates: Sequence[DueDate]) -> str:
    before = "trước " if rule.bound is Bound.BEFORE else "chậm nhất " if rule.bound is Bound.BY else "hạn "
    return before + _listed(dates)


def _every(rule: DeadlineRule, dates: Sequence[DueDate]) -> str:
    name = rhythm(rule.recurrence) if rule.recurrence else FREQUENCY_IN_WORDS[rule.frequency or Frequency.YEARLY]
    bound = {Bound.BEFORE: " (trước ngày)", Bound.BY: " (chậm nhất)", None: ""}[rule.bound]
    return f"{name}{bound}" + (f": {_listed(dates)}" if dates else "")


def _between(rule: DeadlineRule, dates: Sequence[DueDate]) -> str:
    start = f"từ {short_date(rule.starts_on)} " if rule.starts_on else ""
    return f"{start}đến {_listed(dates)}"


def _from(rule: DeadlineRule, _dates: Sequence[DueDate]) -> str:
    return f"bắt đầu từ {short_date(rule.starts_on)}, không có hạn cuối" if rule.starts_on else "không có hạn cuối"


def _relative(rule: DeadlineRule, dates: Sequence[DueDate]) -> str:
    term = rule.term or Term("", 0, "days")
    side = "trước" if term.amount < 0 else "kể từ"
    return f"{abs(term.amount)} {_UNITS[term.unit]} {side} “{term.anchor}”" + (f": {_listed(dates)}" if dates else "")


_KINDS: Mapping[DeadlineKind, Callable[[DeadlineRule, Sequence[DueDate]], str]] = {
    DeadlineKind.WITHIN: _fixed,
    DeadlineKind.BY: _fixed,
    DeadlineKind.BEFORE: _fixed,
    DeadlineKind.EVERY: _every,
    DeadlineKind.BETWEEN: _between,
    DeadlineKind.FROM: _from,
    DeadlineKind.RELATIVE: _relative,
    DeadlineKind.ONGOING: lambda _rule, _dates: "thường xuyên, không có ngày hạn",
    DeadlineKind.ON_EVENT: lambda rule, _dates: f"khi xảy ra: “{rule.event}”",
    DeadlineKind.NONE: lambda _rule, _dates: "chưa có hạn",
}
