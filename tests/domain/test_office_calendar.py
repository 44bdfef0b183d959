"""Which days an office works, and counting by them."""

from datetime import date

import pytest

from cchc_tasks.domain.errors import CalendarSourceMissing, DayWorkedAnyway
from cchc_tasks.domain.office_calendar import Break, Holiday, OfficeCalendar, checked, year_in_words
from cchc_tasks.domain.vocabulary import DayKind

# Friday 02/1/2026 was moved to Saturday 10/1/2026; Tết is 16 to 20/2/2026.
CALENDAR = OfficeCalendar(
    {
        date(2026, 1, 1): DayKind.OFF,
        date(2026, 1, 2): DayKind.OFF,
        date(2026, 1, 10): DayKind.WORKED,
        **{date(2026, 2, day): DayKind.OFF for day in range(16, 21)},
    }
)


class TestWorking:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (date(2026, 1, 5), True),  # a Monday
            (date(2026, 1, 2), False),  # a Friday off
            (date(2026, 1, 3), False),  # a Saturday
            (date(2026, 1, 10), True),  # a Saturday that is worked
            (date(2026, 1, 11), False),  # the Sunday behind it
        ],
    )
    def test_follows_the_week_except_on_the_days_that_were_decided(self, day: date, works: bool) -> None:
        assert CALENDAR.is_working(day) is works


class TestNearestWorkingDay:
    @pytest.mark.parametrize(
        ("day", "on_or_before", "on_or_after", "before"),
        [
            (date(2026, 1, 7), date(2026, 1, 7), date(2026, 1, 7), date(2026, 1, 6)),
            (date(2026, 1, 2), date(2025, 12, 31), date(2026, 1, 5), date(2025, 12, 31)),
            (date(2026, 1, 11), date(2026, 1, 10), date(2026, 1, 12), date(2026, 1, 10)),
            (date(2026, 2, 18), date(2026, 2, 13), date(2026, 2, 23), date(2026, 2, 13)),
        ],
    )
    def test_skips_weekends_and_days_off(self, day: date, on_or_before: date, on_or_after: date, before: date) -> None:
        assert CALENDAR.working_day_on_or_before(day) == on_or_before
        assert CALENDAR.working_day_on_or_after(day) == on_or_after
        assert CALENDAR.working_day_before(day) == before


class TestAddWorkingDays:
    @pytest.mark.parametrize(
        ("day", "count", "end"),
        [
            (date(2026, 3, 2), 3, date(2026, 3, 5)),  # the Monday itself is not counted
            (date(2026, 3, 5), 3, date(2026, 3, 10)),  # over a weekend
            (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết
            (date(2026, 1, 9), 1, date(2026, 1, 10)),  # onto a Saturday that is worked
            (date(2026, 3, 7), 1, date(2026, 3, 9)),  # from a Saturday
            (date(2026, 3, 2), 0, date(2026, 3, 2)),
        ],
    )
    def test_does_not_count_the_first_day(self, day: date, count: int, end: date) -> None:
        assert CALENDAR.add_working_days(day, count) == end


class TestBreaks:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (date(2026, 1, 4), False),  # a Sunday
            (date(2026, 1, 5), False),  # its first day
            (date(2026, 1, 10), False),  # a Saturday that the office works
            (date(2026, 1, 13), False),  # its last day
            (date(2026, 1, 14), True),
        ],
    )
    def test_take_days_from_the_week_both_ends_included(self, day: date, works: bool) -> None:
        resting = CALENDAR.with_breaks([Break(date(2026, 1, 5), date(2026, 1, 13))])
        assert resting.is_working(day) is works
        assert CALENDAR.is_working(date(2026, 1, 5))

    def test_are_gone_around_together_with_the_days_off_beside_them(self) -> None:
        resting = CALENDAR.with_breaks(
            [Break(date(2026, 2, 9), date(2026, 2, 13)), Break(date(2026, 2, 23), date(2026, 2, 24))]
        )
        assert resting.working_day_on_or_before(date(2026, 2, 18)) == date(2026, 2, 6)
        assert resting.working_day_on_or_after(date(2026, 2, 9)) == date(2026, 2, 25)


def day_of(decided: bool, day: int = 1) -> Holiday:
    return Holiday(date(2027, 1, day), DayKind.OFF, "Tết Dương lịch", "Bộ luật Lao động 2019", decided)


class TestYear:
    @pytest.mark.parametrize(
        ("days", "words"),
        [
            ([], "Lịch nghỉ năm 2027 chưa có ngày nào được ghi."),
            ([day_of(False)], "Lịch nghỉ năm 2027 chưa có quyết định chính thức."),
            ([day_of(True), day_of(False, 2)], "Lịch nghỉ năm 2027 còn 1 ngày chưa có quyết định chính thức."),
            ([day_of(True)], "Lịch nghỉ năm 2027 đã theo văn bản quyết định."),
        ],
    )
    def test_says_whether_it_is_decided(self, days: list[Holiday], words: str) -> None:
        assert year_in_words(2027, days) == words


class TestChecked:
    def test_tidies_the_words_of_a_day(self) -> None:
        one = checked(Holiday(date(2026, 1, 2), DayKind.OFF, " Nghỉ  hoán đổi ", " 12729/VPCP-KGVX "))
        assert (one.name, one.document) == ("Nghỉ hoán đổi", "12729/VPCP-KGVX")

    @pytest.mark.parametrize(
        ("day", "name", "document", "refusal"),
        [
            (date(2026, 1, 10), "Làm bù", "  ", CalendarSourceMissing),
            (date(2026, 1, 10), "", "12729/VPCP-KGVX", CalendarSourceMissing),
            (date(2026, 1, 9), "Làm bù", "12729/VPCP-KGVX", DayWorkedAnyway),  # a Friday
        ],
    )
    def test_refuses_one_without_its_source_or_worked_anyway(
        self, day: date, name: str, document: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            checked(Holiday(day, DayKind.WORKED, name, document))
