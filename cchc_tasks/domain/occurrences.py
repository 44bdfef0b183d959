"""From a deadline rule to dates: each date comes from the rule, never from the date before it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cchc_tasks.domain import periods
from cchc_tasks.domain.periods import Period, Years
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind, Frequency

LAST = -1
MONTHS_IN = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A day the words name outright; `printed` tells a printed day ("15/6") from a period's end ("quý I")."""

    on: date
    period: str | None = None
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a date returns: in each period, which month of it and which day of that month (`LAST` is the last).

    `shift` counts whole periods to move on ("tháng đầu quý sau" is month 1, shift 1). Weekly rules use `weekday`
    (Monday 0, Sunday 6) alone; monthly rules with a `week` mean the first (1) or last (`LAST`) such day of the month.
    `printed` as in FixedDate.
    """

    frequency: Frequency
    month: int = LAST
    day: int = LAST
    weekday: int = 6
    shift: int = 0
    printed: bool = False
    week: int | None = None


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date owed: last day that is not late, the printed day where one is printed, and the period it closes."""

    due_on: date
    stated_on: date | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time after an anchor: "05 ngày làm việc sau khi kết thúc quý"."""

    anchor: str
    amount: int
    unit: str  # "days", "working-days", "weeks", "months", "years"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """How a part's dates arise. Either dates, or a recurrence, or neither (ongoing, on an event, relative)."""

    kind: DeadlineKind
    frequency: Frequency | None = None
    bound: Bound | None = None
    fixed: tuple[FixedDate, ...] = ()
    recurrence: Recurrence | None = None
    starts_on: date | None = None
    event: str | None = None
    at: str | None = None
    term: Term | None = field(default=None)

    def to_json(self) -> dict[str, Any]:
        """A plain dict of strings and numbers, for storing; `rule_from_json` is its inverse."""
        recurrence, term = self.recurrence, self.term
        return {
            "kind": self.kind.value,
            "frequency": self.frequency and self.frequency.value,
            "bound": self.bound and self.bound.value,
            "fixed": [{"on": f.on.isoformat(), "period": f.period, "printed": f.printed} for f in self.fixed],
            "recurrence": recurrence
            and {
                "frequency": recurrence.frequency.value,
                "month": recurrence.month,
                "day": recurrence.day,
                "weekday": recurrence.weekday,
                "shift": recurrence.shift,
                "printed": recurrence.printed,
                "week": recurrence.week,
            },
            "starts_on": self.starts_on and self.starts_on.isoformat(),
            "event": self.event,
            "at": self.at,
            "term": term and {"anchor": term.anchor, "amount": term.amount, "unit": term.unit},
        }


def rule_from_json(stored: dict[str, Any]) -> DeadlineRule:
    """The rule that `DeadlineRule.to_json` wrote down."""
    recurrence, term = stored["recurrence"], stored["term"]
    return DeadlineRule(
        kind=DeadlineKind(stored["kind"]),
        frequency=Frequency(stored["frequency"]) if stored["frequency"] else None,
        bound=Bound(stored["bound"]) if stored["bound"] else None,
        fixed=tuple(FixedDate(date.fromisoformat(f["on"]), f["period"], f["printed"]) for f in stored["fixed"]),
        recurrence=Recurrence(**{**recurrence, "frequency": Frequency(recurrence["frequency"])})
        if recurrence
        else None,
        starts_on=date.fromisoformat(stored["starts_on"]) if stored["starts_on"] else None,
        event=stored["event"],
        at=stored["at"],
        term=Term(**term) if term else None,
    )


def due_dates(rule: DeadlineRule, years: Years | None, *, before_is_strict: bool = False) -> tuple[DueDate, ...]:
    """Every date the rule gives within the plan's years, in order; without years, the days named outright.

    A recurrence gives none before the rule's `starts_on` ("hàng tháng từ tháng 3"). With `before_is_strict`, a printed
    day behind "trước" is due the day before it (design.md, promise 2).
    """
    strict = before_is_strict and rule.bound is Bound.BEFORE
    recurring = _recurring(rule.recurrence, years, rule.starts_on) if rule.recurrence and years else ()
    found = [*rule.fixed, *(one for one in recurring if rule.starts_on is None or one.on >= rule.starts_on)]
    dates = {
        (one.on, one.period): DueDate(
            due_on=one.on - timedelta(days=1) if strict and one.printed else one.on,
            stated_on=one.on if one.printed else None,
            period=one.period,
        )
        for one in found
    }
    return tuple(sorted(dates.values(), key=lambda due: (due.due_on, due.period or "")))


def by_month(dates: Iterable[DueDate]) -> tuple[DueDate, ...]:
    """The months that hold these dates, each due on its last day."""
    months = dict.fromkeys((due.due_on.year, due.due_on.month) for due in dates)
    closing = (periods.month(year, month) for year, month in months)
    return tuple(DueDate(due_on=one.last_on, period=one.code) for one in closing)


def _recurring(rule: Recurrence, years: Years, starts_on: date | None) -> Iterator[FixedDate]:
    if rule.frequency in (Frequency.WEEKLY, Frequency.BIWEEKLY):
        yield from _weekly(rule, years, starts_on)
        return
    if rule.frequency is Frequency.DAILY:
        return
    length = MONTHS_IN[rule.frequency]
    for number in years:
        for ordinal in range(1, 12 // length + 1):
            in_period = length if rule.month == LAST else rule.month
            months = (number * 12) + (ordinal - 1 + rule.shift) * length + in_period - 1
            day = _day_in_month(months // 12, months % 12 + 1, rule)
            yield FixedDate(day, _PERIODS[rule.frequency](number, ordinal).code, rule.printed)


def _weekly(rule: Recurrence, years: Years, starts_on: date | None) -> Iterator[FixedDate]:
    """Counted from the day the rule starts on, so that every second week is the one that was meant."""
    first, last = starts_on or date(years.first, 1, 1), date(years.last, 12, 31)
    step = 7 if rule.frequency is Frequency.WEEKLY else 14
    day = first + timedelta(days=(rule.weekday - first.weekday()) % 7)
    while day <= last:
        yield FixedDate(day, periods.week_ending(day + timedelta(days=6 - day.weekday())).code, rule.printed)
        day += timedelta(days=step)


def _day_in_month(year: int, month: int, rule: Recurrence) -> date:
    """The day of that month, the last one where the month is too short: 31 in February is the 28th."""
    last, day = periods.last_day_of_month(year, month), rule.day
    if rule.week == LAST:
        return last - timedelta(days=(last.weekday() - rule.weekday) % 7)
    if rule.week is not None:
        first = last.replace(day=1)
        return first + timedelta(days=(rule.weekday - first.weekday()) % 7 + 7 * (rule.week - 1))
    return last if day == LAST or day > last.day else last.replace(day=day)


_PERIODS: dict[Frequency, Callable[[int, int], Period]] = {
    Frequency.MONTHLY: periods.month,
    Frequency.QUARTERLY: periods.quarter,
    Frequency.HALF_YEARLY: periods.half,
    Frequency.YEARLY: lambda number, _ordinal: periods.year(number),
}
