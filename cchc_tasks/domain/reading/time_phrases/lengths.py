"""Lengths of time from an anchor: "15 ngày kể từ ngày 02/6", "05 ngày làm việc sau khi kết thúc quý"."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from cchc_tasks.domain import periods
from cchc_tasks.domain.occurrences import DeadlineRule, FixedDate, Term
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.time_phrases.meanings import Place, Point, Unclear, fixed_date, place_in
from cchc_tasks.domain.vocabulary import DeadlineKind


@dataclass(frozen=True, slots=True)
class Relative:
    """A length of time from an anchor; `ends` are the anchors that are known, ends of calendar periods."""

    term: Term
    ends: tuple[Point, ...] = ()
    place: Place = (0, 0)

    def rules(self, years: Years | None) -> tuple[DeadlineRule, ...]:
        """The term, with its dates where they follow from the calendar alone.

        The first day is not counted (Civil Code 2015, art. 147.2). A term that ends on a day off ends on the next
        working day (art. 148.5), which needs the office's calendar: such a term, and one in working days, waits.
        """
        rule = DeadlineRule(DeadlineKind.RELATIVE, term=self.term)
        if self.ends and self.ends[0].printed:
            return (replace(rule, fixed=(self._from_day(self.ends[0], years),)),)
        if not self.ends or self.term.unit not in _DAYS_IN or self.term.amount < 0 or years is None:
            return (rule,)
        length = timedelta(days=self.term.amount * _DAYS_IN[self.term.unit])
        anchors = [
            fixed_date(point.of(number) if point.year is None else point, years)
            for number in years
            for point in self.ends
        ]
        fixed = tuple(FixedDate(on) for on in sorted({anchor.on + length for anchor in anchors}))
        return (rule if any(one.on.weekday() > 4 for one in fixed) else replace(rule, fixed=fixed),)

    def _from_day(self, point: Point, years: Years | None) -> FixedDate:
        """The day a term from a printed day ends on; raises Unclear where days off may move it, proposing the day."""
        anchor = fixed_date(place_in(years, point), years).on
        if self.term.amount < 0 or self.term.unit == "hours":
            days = self.term.amount * _DAYS_IN.get(self.term.unit, 0)
            raise Unclear("deadline-unread", self.place, _written(anchor + timedelta(days=days)) if days else None)
        end = _last_day(anchor, self.term)
        counted = (end - anchor).days if self.term.unit == "working-days" else 1
        if any(_may_be_holiday(end - timedelta(days=back)) for back in range(counted)):
            raise Unclear("deadline-term", self.place, _written(end))
        return FixedDate(end)


_DAYS_IN = {"days": 1, "weeks": 7}
_FIXED_HOLIDAYS = {(1, 1), (1, 2), (4, 30), (5, 1), (5, 2), (8, 31), (9, 1), (9, 2), (9, 3)}
_MOVABLE_HOLIDAYS = [((1, 19), (2, 27)), ((3, 29), (4, 28))]


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _last_day(day: date, term: Term) -> date:
    """The day a length of time ends on, moved from a weekend to Monday (Civil Code 2015, arts. 147.2 and 148)."""
    end, left = day, term.amount if term.unit == "working-days" else 0
    while left > 0:
        end += timedelta(days=1)
        left -= end.weekday() < 5
    if term.unit in _DAYS_IN:
        end += timedelta(days=term.amount * _DAYS_IN[term.unit])
    elif term.unit in ("months", "years"):
        months = day.year * 12 + day.month - 1 + term.amount * (12 if term.unit == "years" else 1)
        last = periods.last_day_of_month(months // 12, months % 12 + 1)
        end = last.replace(day=min(day.day, last.day))
    return end + timedelta(days=7 - end.weekday()) if end.weekday() > 4 else end


def _may_be_holiday(day: date) -> bool:
    """Whether a working day of the week may be off: a fixed holiday, or in the weeks of Tết and Hùng Vương."""
    at = (day.month, day.day)
    return at in _FIXED_HOLIDAYS or any(first <= at <= last for first, last in _MOVABLE_HOLIDAYS)
