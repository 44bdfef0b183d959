"""Which days an office works: weekdays, less the days off, plus the Saturdays and Sundays that make up for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.vocabulary import DayKind

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that differs from its weekday, with the document that decided it (`decided` is false for an estimate)."""

    day: date
    kind: DayKind
    name: str
    document: str
    decided: bool = True


class OfficeCalendar:
    """Working days by exception: `days` holds every day that differs from its weekday."""

    def __init__(self, days: Mapping[date, DayKind]) -> None:
        self._days = days

    def is_working(self, day: date) -> bool:
        """Whether the office works on a day."""
        kind = self._days.get(day)
        return kind is DayKind.WORKED or (kind is None and day.weekday() < SATURDAY)

    def working_day_on_or_before(self, day: date) -> date:
        """The day itself where it is worked, else the last one before it that is."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def working_day_before(self, day: date) -> date:
        """The last working day strictly before a day."""
        return self.working_day_on_or_before(day - ONE_DAY)

    def working_day_on_or_after(self, day: date) -> date:
        """The day itself where it is worked, else the next one that is (Civil Code 2015, art. 148.5)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days later; the first day is not counted (Civil Code 2015, art. 147)."""
        for _ in range(count):
            day = self.working_day_on_or_after(day + ONE_DAY)
        return day
