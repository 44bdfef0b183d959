"""What a recognised piece of time means; each meaning gives its rules once the plan's years are known."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, NoReturn, Protocol

from cchc_tasks.domain import periods
from cchc_tasks.domain.occurrences import LAST, MONTHS_IN, DeadlineRule, FixedDate, Recurrence, due_dates
from cchc_tasks.domain.periods import Period, Years
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind, Frequency

Place = tuple[int, int]  # first and last+1 position in the normalised phrase


class Unclear(Exception):
    """A piece that gives no date until the office has said what it means; `code` is the question's."""

    def __init__(self, code: str, place: Place | None = None, proposal: str | None = None) -> None:
        super().__init__(code)
        self.code, self.place, self.proposal = code, place, proposal


class Meaning(Protocol):
    """A piece of time understood."""

    def rules(self, years: Years | None) -> tuple[DeadlineRule, ...]:
        """The rules it gives; raises Unclear."""


class Point(NamedTuple):
    """A day (`span` 0) or a period of `span` months that ends with `month`: quý II is month 6, span 3.

    `day` may be LAST. Without `year` it is the plan's; `later` counts years after that ("năm sau" is 1). `printed` is
    true for a day printed in digits, `edge` for "cuối tháng 6" and the like.
    """

    month: int
    day: int = LAST
    year: int | None = None
    span: int = 0
    later: int = 0
    printed: bool = False
    edge: bool = False
    place: Place = (0, 0)

    def of(self, number: int) -> "Point":
        """The same day or period of a given year."""
        return self._replace(year=number)

    def written(self) -> str:
        """The day as an office writes it, with the year where it is known."""
        last = calendar.monthrange(self.year or _COMMON_YEAR, self.month)[1]
        day = last if self.day == LAST else self.day
        return f"{day}/{self.month}" + (f"/{self.year}" if self.year else "")


@dataclass(frozen=True, slots=True)
class Dates:
    """One or more days or periods under one bound; `yearly` where the words say "hằng năm", from `since` on."""

    points: tuple[Point, ...]
    bound: Bound | None = None
    yearly: bool = False
    since: Point | None = None

    def rules(self, years: Years | None) -> tuple[DeadlineRule, ...]:
        """One rule for all that stands in known years, one more for each point that returns every year."""
        placed = [point if self.yearly else place_in(years, point) for point in self.points]
        fixed = tuple(fixed_date(point, years) for point in placed if point.year)
        kind = self._kind()
        bound = self.bound or (Bound.BY if kind is DeadlineKind.BY else None)
        once = (DeadlineRule(kind, bound=bound, fixed=fixed),) if fixed else ()
        since = self.since and place_in(years, self.since)
        starts_on = first_day(since) if since and since.year else None
        each = (_every_year(point, bound) for point in placed if not point.year)
        return once + tuple(replace(rule, starts_on=starts_on) for rule in each)

    def _kind(self) -> DeadlineKind:
        if self.bound is Bound.BEFORE:
            return DeadlineKind.BEFORE
        by = self.bound is Bound.BY or any(point.printed or point.edge for point in self.points)
        return DeadlineKind.BY if by else DeadlineKind.WITHIN


@dataclass(frozen=True, slots=True)
class Between:
    """A stretch of time, due at its end."""

    start: Point
    end: Point
    bound: Bound | None = None

    def rules(self, years: Years | None) -> tuple[DeadlineRule, ...]:
        """One rule; a start without a year takes the end's."""
        end = place_in(years, self.end)
        start = self.start if self.start.year or not end.year else self.start.of(end.year)
        if not end.year:
            return (_every_year(end, self.bound),)
        due, starts_on = fixed_date(end, years), first_day(start)
        if starts_on > due.on:
            raise Unclear("range-reversed", (self.start.place[0], self.end.place[1]), self._into_next_year(years))
        return (DeadlineRule(DeadlineKind.BETWEEN, bound=self.bound, fixed=(due,), starts_on=starts_on),)

    def _into_next_year(self, years: Years | None) -> str | None:
        """ "Từ 20/12 đến 10/01" most likely ends in January of the next year."""
        single = years.single if years else None
        if self.start.year or self.end.year or not single or not (self.start.printed and self.end.printed):
            return None
        return f"từ {self.start.of(single).written()} đến {self.end.of(single + 1).written()}"


@dataclass(frozen=True, slots=True)
class From:
    """A beginning without an end; nothing is due."""

    start: Point

    def rules(self, years: Years | None) -> tuple[DeadlineRule, ...]:
        """One rule that knows only its first day."""
        start = place_in(years, self.start)
        return (DeadlineRule(DeadlineKind.FROM, starts_on=first_day(start) if start.year else None),)


@dataclass(frozen=True, slots=True)
class Every:
    """One or more recurrences; `year` limits them to one ("hàng quý năm 2023"), `start` and `until` to a stretch."""

    recurrences: tuple[Recurrence, ...]
    bound: Bound | None = None
    year: int | None = None
    start: Point | None = None
    until: Point | None = None
    place: Place = (0, 0)

    def rules(self, years: Years | None) -> tuple[DeadlineRule, ...]:
        """One rule each; within a year other than the plan's own, or up to a day, the dates are written out."""
        start = self.start and place_in(years, self.start)
        if start is None and any(one.frequency is Frequency.BIWEEKLY for one in self.recurrences):
            raise Unclear("deadline-fortnight", self.place)
        starts_on = first_day(start) if start and start.year else None
        recurrences = self.recurrences
        if starts_on and start and start.printed:
            recurrences = tuple(_from_weekday_of(starts_on, one) for one in recurrences)
        every = tuple(
            DeadlineRule(
                DeadlineKind.EVERY, frequency=one.frequency, bound=self.bound, recurrence=one, starts_on=starts_on
            )
            for one in recurrences
        )
        if self.until is not None:
            return tuple(_written_out(rule, years, self._end(years)) for rule in every)
        if self.year is None or (years and years.single == self.year):
            return every
        return tuple(_written_out(rule, Years(self.year, self.year)) for rule in every)

    def _end(self, years: Years | None) -> date:
        """The last day of the stretch; raises Unclear where the plan's several years leave its year open."""
        until = place_in(years, self.until or Point(12))
        if not until.year:
            raise Unclear("year-missing", until.place)
        return fixed_date(until, years).on

    @property
    def times_a_year(self) -> int:
        """How many dates a year holds, 0 where that is no one number."""
        months = MONTHS_IN.get(self.recurrences[0].frequency) if len(self.recurrences) == 1 else None
        return 12 // months if months else 0

    @property
    def plainly_yearly(self) -> bool:
        """Whether this says no more than "hằng năm", so that a date beside it is the date of each year."""
        return self.recurrences == (Recurrence(Frequency.YEARLY),)


@dataclass(frozen=True, slots=True)
class Ongoing:
    """All the time, without a date."""

    def rules(self, years: Years | None) -> tuple[DeadlineRule, ...]:
        """One undated rule."""
        return (DeadlineRule(DeadlineKind.ONGOING),)


@dataclass(frozen=True, slots=True)
class Asked:
    """A shape that is recognised and has no agreed meaning."""

    code: str
    place: Place
    proposal: Point | str | None = None

    def rules(self, years: Years | None) -> NoReturn:
        """Always raises Unclear."""
        proposal = self.proposal
        if isinstance(proposal, Point):
            single = years.single if years else None
            proposal = (proposal.of(single + proposal.later) if single and not proposal.year else proposal).written()
        raise Unclear(self.code, self.place, proposal)


@dataclass(frozen=True, slots=True)
class YearTopic:
    """Years behind a noun: what it is about, or its date; "tổng kết năm 2025" dates one part of a longer plan."""

    asked: Asked
    points: tuple[Point, ...]
    deed: bool

    def rules(self, years: Years | None) -> tuple[DeadlineRule, ...]:
        """The years' ends for a deed within a plan of several years; raises Unclear for all else."""
        if self.deed and years and not years.single:
            return Dates(self.points).rules(years)
        return self.asked.rules(years)


@dataclass(frozen=True, slots=True)
class BareUnit:
    """A unit alone behind a noun ("báo cáo tháng"): how often something is due once a day of it is named."""

    asked: Asked
    frequency: Frequency

    def rules(self, years: Years | None) -> NoReturn:
        """Always raises Unclear."""
        self.asked.rules(years)


def place_in(years: Years | None, point: Point) -> Point:
    """The point in the plan's year; without a year where the plan has several. Raises Unclear without any year."""
    if point.year is not None:
        return point
    if years is None:
        raise Unclear("year-missing", point.place)
    return point.of(years.single + point.later) if years.single else point


def first_day(point: Point) -> date:
    """The first day of a period, or the day itself."""
    year = point.year or 0
    _check(point, year)
    if point.span:
        return date(year, point.month - point.span + 1, 1)
    return _day(point, year)


_COMMON_YEAR = 2023  # any that is no leap year
_PERIODS: dict[tuple[int, int], Callable[[int], Period]] = {
    (12, 12): periods.year,
    (6, 6): lambda year: periods.half(year, 1),
    (6, 12): lambda year: periods.half(year, 2),
    (9, 9): periods.nine_months,
    **{(3, 3 * n): (lambda year, n=n: periods.quarter(year, n)) for n in range(1, 5)},  # type: ignore[misc]
    **{(1, n): (lambda year, n=n: periods.month(year, n)) for n in range(1, 13)},  # type: ignore[misc]
}


def fixed_date(point: Point, years: Years | None) -> FixedDate:
    """The day of a point whose year is known; raises Unclear for one that the calendar or the plan does not have."""
    year = point.year or 0
    _check(point, year)
    on = _day(point, year)
    if years and not _plausible(point, on, years):
        raise Unclear("date-outside-plan", point.place)
    period = _PERIODS.get((point.span, point.month))
    return FixedDate(on, period(year).code if period else None, point.printed)


def _plausible(point: Point, on: date, years: Years) -> bool:
    """Whether a plan for these years may ask for it: its own drafting may, half a year before; older is a citation.

    A day far behind the plan is a slip of the pen ("2032"); periods of other programmes reach further.
    """
    earliest = date(years.first, 1, 1) if point.span == 12 else date(years.first - 1, 7, 1)
    return earliest <= on and on.year <= years.last + (2 if point.printed else 12)


def _every_year(point: Point, bound: Bound | None) -> DeadlineRule:
    _check(point, _COMMON_YEAR)  # a leap day does not return every year
    recurrence = Recurrence(
        Frequency.YEARLY, month=point.month, day=point.day, shift=point.later, printed=point.printed
    )
    return DeadlineRule(DeadlineKind.EVERY, frequency=Frequency.YEARLY, bound=bound, recurrence=recurrence)


def _from_weekday_of(start: date, recurrence: Recurrence) -> Recurrence:
    """Every second week from a day on is that weekday, unless another is named."""
    plain = recurrence == Recurrence(Frequency.BIWEEKLY)
    return replace(recurrence, weekday=start.weekday()) if plain else recurrence


def _written_out(rule: DeadlineRule, years: Years | None, end: date | None = None) -> DeadlineRule:
    dates = due_dates(rule, years)
    kept = (due for due in dates if end is None or due.due_on <= end)
    fixed = tuple(FixedDate(due.due_on, due.period, due.stated_on is not None) for due in kept)
    return replace(rule, recurrence=None, fixed=fixed)


def _check(point: Point, year: int) -> None:
    """Raise Unclear for a day that the calendar does not have, with the nearest one that it has."""
    if not 1 <= point.month <= 12:
        swapped = point._replace(month=point.day, day=point.month)
        exists = 1 <= swapped.month <= 12 and 1 <= swapped.day <= calendar.monthrange(year, swapped.month)[1]
        raise Unclear("date-impossible", point.place, swapped.written() if exists else None)
    last = calendar.monthrange(year, point.month)[1]
    if point.day != LAST and not 1 <= point.day <= last:
        nearest = point._replace(day=LAST).written() if last < point.day <= 31 else None
        raise Unclear("date-impossible", point.place, nearest)


def _day(point: Point, year: int) -> date:
    return periods.last_day_of_month(year, point.month) if point.day == LAST else date(year, point.month, point.day)
