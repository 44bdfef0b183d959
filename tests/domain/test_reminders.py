"""On which day a step of the ladder falls, and which one speaks for an item."""

from datetime import date

import pytest

from cchc_tasks.domain.office_calendar import OfficeCalendar
from cchc_tasks.domain.reminders import Ladder, aim_day, most_urgent, rungs
from cchc_tasks.domain.vocabulary import Bound, DayKind

# Tết of the year 2026 and a Saturday that is worked
CALENDAR = OfficeCalendar(
    {date(2026, 2, day): DayKind.OFF for day in range(14, 23)} | {date(2026, 1, 10): DayKind.WORKED}
)
YEARLY = Ladder("yearly", (30, 14, 7, 3, 1, 0), (1, 3, 7))


class TestAimDay:
    @pytest.mark.parametrize(
        ("due_on", "bound", "aims_at"),
        [
            (date(2026, 3, 5), Bound.BEFORE, date(2026, 3, 4)),  # "trước ngày 05/3", a Thursday
            (date(2026, 3, 9), Bound.BEFORE, date(2026, 3, 6)),  # before a Monday: the Friday
            (date(2026, 6, 15), Bound.BY, date(2026, 6, 15)),  # "chậm nhất ngày 15/6", a Monday
            (date(2026, 5, 31), None, date(2026, 5, 29)),  # a month that ends on a Sunday
            (date(2026, 2, 18), Bound.BY, date(2026, 2, 13)),  # within Tết
            (date(2026, 1, 10), None, date(2026, 1, 10)),  # a Saturday that is worked
        ],
    )
    def test_is_the_last_working_day_that_is_still_in_time(
        self, due_on: date, bound: Bound | None, aims_at: date
    ) -> None:
        assert aim_day(due_on, bound, CALENDAR) == aims_at


class TestRungs:
    def test_count_from_the_aim_day_before_and_from_the_due_day_after(self) -> None:
        found = rungs(YEARLY, date(2026, 3, 31), date(2026, 3, 31), CALENDAR, not_before=date(2026, 1, 1))
        assert [(rung.name, rung.fire_on) for rung in found] == [
            ("before-30", date(2026, 2, 27)),  # 01/3 is a Sunday: earlier
            ("before-14", date(2026, 3, 17)),
            ("before-7", date(2026, 3, 24)),
            ("before-3", date(2026, 3, 27)),  # 28/3 is a Saturday: earlier
            ("before-1", date(2026, 3, 30)),
            ("before-0", date(2026, 3, 31)),
            ("after-1", date(2026, 4, 1)),
            ("after-3", date(2026, 4, 3)),
            ("after-7", date(2026, 4, 7)),
        ]

    def test_never_say_late_before_it_is(self) -> None:
        friday = date(2026, 3, 6)
        found = {r.name: r.fire_on for r in rungs(YEARLY, friday, friday, CALENDAR, not_before=date(2026, 1, 1))}
        assert found["after-1"] == date(2026, 3, 9)  # Saturday would be the first late day: the Monday says it

    def test_move_before_tet_and_never_into_it(self) -> None:
        due = date(2026, 2, 24)
        found = {r.name: r.fire_on for r in rungs(YEARLY, due, due, CALENDAR, not_before=date(2026, 1, 1))}
        assert found["before-3"] == found["before-7"] == date(2026, 2, 13)

    def test_leave_out_what_lies_before_the_publication(self) -> None:
        due = date(2026, 3, 31)
        found = rungs(YEARLY, due, due, CALENDAR, not_before=date(2026, 3, 25))
        assert next(rung.name for rung in found) == "before-3"

    def test_go_to_the_head_only_after_the_day(self) -> None:
        due = date(2026, 3, 31)
        found = rungs(YEARLY, due, due, CALENDAR, not_before=date(2026, 1, 1))
        assert {rung.name for rung in found if rung.to_head} == {"after-1", "after-3", "after-7"}


class TestMostUrgent:
    @pytest.mark.parametrize(
        ("names", "spoken"),
        [
            (["before-30", "before-7", "before-14"], "before-7"),
            (["before-0", "before-1"], "before-0"),
            (["before-0", "after-1"], "after-1"),
            (["after-3", "after-7", "after-1"], "after-7"),
            (["introduction", "before-30"], "before-30"),
            (["introduction"], "introduction"),
        ],
    )
    def test_is_the_latest_step_of_the_ladder(self, names: list[str], spoken: str) -> None:
        assert most_urgent(names) == spoken
