"""The calendar of a year as everybody may read it."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.office_calendar import Holiday, OfficeCalendar, year_in_words
from cchc_tasks.models.calendar import SchoolBreak
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day on a month's sheet; `differs` says that it is not what its weekday is."""

    day: date
    working: bool
    differs: bool


Month = Sequence[Sequence[MonthDay | None]]  # weeks from Monday on; None outside the month


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year: whether it is decided, its days that differ, its breaks, its months, and the years there are."""

    year: int
    standing: str
    decided: bool
    days: Sequence[Holiday]
    breaks: Sequence[SchoolBreak]
    months: Sequence[Month]
    years: Sequence[int]


def show_calendar(database: Database, year: int, *, actor: Actor) -> CalendarYear:
    """One year of the calendar; `years` are those with days, this one and the one behind it."""
    require(actor, Action.SEE_OBLIGATIONS)  # everybody's: whoever owes work has to know the working days
    with database.read() as uow:
        every, office = uow.office.holidays(), uow.office.calendar()
        breaks = [one for one in uow.office.breaks() if one.first_on.year <= year <= one.last_on.year]
    days = [one for one in every if one.day.year == year]
    return CalendarYear(
        year=year,
        standing=year_in_words(year, days),
        decided=bool(days) and all(one.decided for one in days),
        days=days,
        breaks=breaks,
        months=[_month(year, number, office, {one.day for one in days}) for number in range(1, 13)],
        years=sorted({*(one.day.year for one in every), year, year + 1}),
    )


def _month(year: int, number: int, office: OfficeCalendar, differing: set[date]) -> Month:
    return [
        [MonthDay(day, office.is_working(day), day in differing) if day.month == number else None for day in week]
        for week in calendar.Calendar().monthdatescalendar(year, number)
    ]
