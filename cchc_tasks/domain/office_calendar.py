"""Which days an office works: weekdays, less the days off, plus the Saturdays and Sundays that make up for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.errors import CalendarSourceMissing, DayWorkedAnyway
from cchc_tasks.domain.lengths import NAME, held_short
from cchc_tasks.domain.vocabulary import DayKind, UnitKind

ONE_DAY = timedelta(days=1)
SATURDAY = 5

DAY_KIND_IN_WORDS = {DayKind.OFF: "nghỉ", DayKind.WORKED: "làm bù"}
UNIT_KIND_IN_WORDS = {  # whose breaks can be entered
    UnitKind.SUBORDINATE: "đơn vị trực thuộc",
    UnitKind.LOWER_TIER: "cấp dưới (xã, trường của xã)",
    UnitKind.DEPARTMENT: "phòng của Sở",
    UnitKind.SECTION: "tổ, bộ phận của Sở",
}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that differs from its weekday, with the document that decided it (`decided` is false for an estimate)."""

    day: date
    kind: DayKind
    name: str
    document: str
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Break:
    """Days, both ends included, on which units of a kind are on leave while the office works (nghỉ hè, nghỉ Tết)."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class OfficeCalendar:
    """Working days by exception: `days` holds every day that differs from its weekday, `breaks` whole spans off."""

    def __init__(self, days: Mapping[date, DayKind], breaks: Iterable[Break] = ()) -> None:
        self._days = days
        self._breaks = tuple(breaks)

    def with_breaks(self, breaks: Iterable[Break]) -> "OfficeCalendar":
        """The same calendar for people who are on leave on these days as well, made-up Saturdays included."""
        return OfficeCalendar(self._days, (*self._breaks, *breaks))

    def is_working(self, day: date) -> bool:
        """Whether the office works on a day."""
        if any(day in one for one in self._breaks):
            return False
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


def checked(one: Holiday) -> Holiday:
    """A day with its words tidied; raises CalendarSourceMissing, WordsTooLong or, of a weekday, DayWorkedAnyway."""
    name, document = named(one.name, one.document)
    tidy = replace(one, name=name, document=document)
    if one.kind is DayKind.WORKED and one.day.weekday() < SATURDAY:
        raise DayWorkedAnyway(day=full_date(one.day))
    return tidy


def named(name: str, document: str) -> tuple[str, str]:
    """What a day or a break is called and what decided it, tidied; raises CalendarSourceMissing, WordsTooLong."""
    name, document = " ".join(name.split()), " ".join(document.split())
    if not name or not document:
        raise CalendarSourceMissing
    return held_short("Tên", name, NAME), held_short("Văn bản", document, NAME)


def year_in_words(year: int, days: Sequence[Holiday]) -> str:
    """Whether a year's calendar can be relied on: entered, and decided."""
    if not days:
        return f"Lịch nghỉ năm {year} chưa có ngày nào được ghi."
    open_days = sum(not one.decided for one in days)
    if open_days == 0:
        return f"Lịch nghỉ năm {year} đã theo văn bản quyết định."
    if open_days == len(days):
        return f"Lịch nghỉ năm {year} chưa có quyết định chính thức."
    return f"Lịch nghỉ năm {year} còn {open_days} ngày chưa có quyết định chính thức."
