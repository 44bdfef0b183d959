"""On which day a step of the ladder falls, and which one speaks for an item."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_tasks.domain.office_calendar import Break, OfficeCalendar
from cchc_tasks.domain.reminders import Ladder, Target, aim_day, place, rungs
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


MONTHLY = Ladder("monthly", (5, 2, 0), (1, 3, 7))
LONG_AGO = date(2020, 1, 1)


def days(ladder: Ladder, target: Target, *, not_before: date = LONG_AGO, said: int = 0) -> dict[str, date]:
    return {one.name: one.fire_on for one in rungs(ladder, target, CALENDAR, not_before=not_before, said=said)}


def on(due_on: date, bound: Bound | None = None, first_on: date | None = None) -> Target:
    return Target(due_on, aim_day(due_on, bound, CALENDAR), first_on)


class TestRungs:
    @pytest.mark.parametrize(
        ("ladder", "target", "expected"),
        [
            pytest.param(
                YEARLY,
                on(date(2026, 3, 31)),
                # 01/3 is a Sunday and 28/3 a Saturday: earlier
                "27/02 17/03 24/03 27/03 30/03 31/03 | 01/04 03/04 07/04",
                id="a quarter's end",
            ),
            pytest.param(
                YEARLY,
                on(date(2026, 3, 5), Bound.BEFORE),
                "02/02 13/02 25/02 27/02 03/03 04/03 | 06/03 09/03 12/03",  # 08/3 is a Sunday: the Monday after
                id="before the 5th, over Tết",
            ),
            pytest.param(
                MONTHLY,
                on(date(2024, 2, 29)),
                "23/02 27/02 29/02 | 01/03 04/03 07/03",
                id="the 29th of February",
            ),
            pytest.param(
                MONTHLY,
                on(date(2026, 5, 31)),  # a Sunday: aimed at on the Friday before
                "22/05 27/05 29/05 | 01/06 03/06 08/06",
                id="a 31st on a Sunday",
            ),
            pytest.param(
                YEARLY,
                on(date(2025, 12, 31)),
                "01/12 17/12 24/12 26/12 30/12 31/12 | 01/01 05/01 07/01",
                id="the year's end",
            ),
            pytest.param(
                MONTHLY,
                on(date(2026, 1, 10)),
                "05/01 08/01 10/01 | 12/01 13/01 19/01",  # 11/1 and 17/1 are days off
                id="a Saturday that is worked",
            ),
            pytest.param(
                MONTHLY,
                on(date(2026, 2, 18)),
                "06/02 11/02 13/02 | 23/02 23/02 25/02",
                id="within Tết",
            ),
        ],
    )
    def test_fire_on_exactly_these_days(self, ladder: Ladder, target: Target, expected: str) -> None:
        found = rungs(ladder, target, CALENDAR, not_before=LONG_AGO)
        early = " ".join(f"{one.fire_on:%d/%m}" for one in found if not one.to_head)
        late = " ".join(f"{one.fire_on:%d/%m}" for one in found if one.to_head)
        assert f"{early} | {late}" == expected
        assert all(CALENDAR.is_working(one.fire_on) for one in found)
        assert all(one.fire_on > target.due_on for one in found if one.to_head)

    def test_never_say_late_before_it_is(self) -> None:
        friday = date(2026, 3, 6)
        # Saturday would be the first late day: the Monday says it
        assert days(YEARLY, on(friday))["after-1"] == date(2026, 3, 9)

    def test_leave_out_what_lies_before_the_publication(self) -> None:
        assert next(iter(days(YEARLY, on(date(2026, 3, 31)), not_before=date(2026, 3, 25)))) == "before-3"

    def test_go_to_the_head_only_after_the_day(self) -> None:
        found = rungs(YEARLY, on(date(2026, 3, 31)), CALENDAR, not_before=LONG_AGO)
        assert {rung.name for rung in found if rung.to_head} == {"after-1", "after-3", "after-7"}


class TestAnEarlierDayOfTheirOwn:
    def test_is_aimed_at_while_late_is_counted_from_the_due_day(self) -> None:
        found = days(MONTHLY, on(date(2026, 12, 31), first_on=date(2026, 12, 4)))
        assert found == {
            "before-5": date(2026, 11, 27),  # 29/11 is a Sunday
            "before-2": date(2026, 12, 2),
            "before-0": date(2026, 12, 4),
            "last-day": date(2026, 12, 31),
            "after-1": date(2027, 1, 1),
            "after-3": date(2027, 1, 4),
            "after-7": date(2027, 1, 7),
        }

    def test_needs_no_word_on_the_last_day_where_it_is_the_same_day(self) -> None:
        assert "last-day" not in days(MONTHLY, on(date(2026, 12, 31), first_on=date(2026, 12, 31)))


class TestAGreatestNumber:
    LADDER = Ladder("yearly", (30, 14, 7, 3, 1, 0), (1, 3, 7), at_most=4)

    def test_keeps_the_steps_nearest_the_day(self) -> None:
        assert list(days(self.LADDER, on(date(2026, 3, 31)))) == ["before-3", "before-1", "before-0", "after-1"]

    def test_counts_what_was_said_before(self) -> None:
        assert list(days(self.LADDER, on(date(2026, 3, 31)), said=3)) == ["before-0"]
        assert days(self.LADDER, on(date(2026, 3, 31)), said=5) == {}

    def test_leaves_the_head_as_many_steps_after_the_day(self) -> None:
        found = rungs(self.LADDER, on(date(2026, 3, 31)), CALENDAR, not_before=LONG_AGO, early=False)
        assert [one.name for one in found] == ["after-1", "after-3", "after-7"]


DAYS = st.dates(date(2025, 11, 1), date(2026, 6, 30))
WHOLE = st.lists(st.integers(0, 365), unique=True, max_size=8).map(tuple)


class TestAnyLadderOnAnyCalendar:
    @given(
        off=st.sets(DAYS, max_size=40),
        leave=st.lists(st.tuples(DAYS, st.integers(0, 80)), max_size=2),
        before=WHOLE,
        after=WHOLE.map(lambda one: tuple(day + 1 for day in one)),
        at_most=st.none() | st.integers(1, 6),
        due_on=DAYS,
        bound=st.sampled_from([Bound.BEFORE, Bound.BY, None]),
        first_on=st.none() | DAYS,
        not_before=DAYS,
        said=st.integers(0, 7),
        early=st.booleans(),
    )
    def test_steps_are_in_order_worked_and_no_more_than_asked(
        self,
        off: set[date],
        leave: list[tuple[date, int]],
        before: tuple[int, ...],
        after: tuple[int, ...],
        at_most: int | None,
        due_on: date,
        bound: Bound | None,
        first_on: date | None,
        not_before: date,
        said: int,
        early: bool,
    ) -> None:
        office = OfficeCalendar(dict.fromkeys(off, DayKind.OFF))
        own = office.with_breaks(Break(first, first + timedelta(length)) for first, length in leave)
        aim_on = aim_day(due_on, bound, office)
        target = Target(due_on, aim_on, min(first_on, aim_on) if first_on else None)
        ladder = Ladder("yearly", before, after, at_most)
        found = rungs(ladder, target, own, not_before=not_before, said=said, early=early)
        assert list(found) == sorted(found, key=lambda one: (one.fire_on, place(one.name)))
        assert all(own.is_working(one.fire_on) and one.fire_on >= not_before for one in found)
        assert all(one.fire_on > due_on if one.to_head else early and one.fire_on <= aim_on for one in found)
        assert (
            len({one.name for one in found})
            == len(found)
            <= (len(found) if at_most is None else max(0, at_most - said))
        )


class TestPlace:
    def test_puts_the_steps_in_the_order_of_urgency(self) -> None:
        order = ["introduction", "before-30", "before-7", "before-0", "last-day", "after-1", "after-7", "follow-up-7"]
        assert [place(one) < place(two) for one, two in pairwise(order)] == [True] * 7
