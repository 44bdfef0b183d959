"""From rules to dates."""

import json
from datetime import date

import pytest

from cchc_tasks.domain.occurrences import (
    LAST,
    DeadlineRule,
    FixedDate,
    Recurrence,
    Term,
    due_dates,
    rule_from_json,
)
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind, Frequency


def dates(recurrence: Recurrence, first: int = 2023, last: int | None = None, **rule: date) -> list[str]:
    every = DeadlineRule(DeadlineKind.EVERY, recurrence.frequency, recurrence=recurrence, **rule)
    return [due.due_on.isoformat() for due in due_dates(every, Years(first, last or first))]


class TestMonthly:
    def test_from_the_31st_falls_on_each_months_own_last_day(self):
        assert dates(Recurrence(Frequency.MONTHLY, day=31))[:4] == [
            "2023-01-31",
            "2023-02-28",
            "2023-03-31",
            "2023-04-30",
        ]

    def test_meets_the_29th_of_february_in_a_leap_year(self):
        assert dates(Recurrence(Frequency.MONTHLY), 2024)[1] == "2024-02-29"
        assert dates(Recurrence(Frequency.MONTHLY, day=30), 2024)[1] == "2024-02-29"

    def test_closes_the_month_it_reports_when_due_in_the_next(self):
        rule = DeadlineRule(DeadlineKind.EVERY, recurrence=Recurrence(Frequency.MONTHLY, day=5, shift=1))
        last = due_dates(rule, Years(2023, 2023))[-1]
        assert (last.due_on, last.period) == (date(2024, 1, 5), "2023-12")

    def test_gives_nothing_before_the_day_it_starts_on(self):
        assert dates(Recurrence(Frequency.MONTHLY), starts_on=date(2023, 11, 1)) == ["2023-11-30", "2023-12-31"]


class TestEndOfQuarter:
    def test_falls_on_the_last_day_even_on_a_sunday(self):
        found = dates(Recurrence(Frequency.QUARTERLY))
        assert found == ["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"]
        assert date(2023, 12, 31).weekday() == 6

    def test_may_be_a_day_of_the_first_month_after_it(self):
        found = dates(Recurrence(Frequency.QUARTERLY, month=1, day=5, shift=1))
        assert found == ["2023-04-05", "2023-07-05", "2023-10-05", "2024-01-05"]


class TestYearly:
    def test_returns_in_each_of_the_plans_years(self):
        assert dates(Recurrence(Frequency.YEARLY, month=6, day=15), 2021, 2023) == [
            "2021-06-15",
            "2022-06-15",
            "2023-06-15",
        ]

    def test_of_the_leap_day_falls_on_the_28th_in_common_years(self):
        assert dates(Recurrence(Frequency.YEARLY, month=2, day=29), 2023, 2024) == ["2023-02-28", "2024-02-29"]

    def test_may_fall_in_the_year_after(self):
        assert dates(Recurrence(Frequency.YEARLY, month=1, day=LAST, shift=1)) == ["2024-01-31"]


class TestWeekly:
    def test_ends_on_every_sunday_of_the_year(self):
        found = dates(Recurrence(Frequency.WEEKLY))
        assert (found[0], found[-1], len(found)) == ("2023-01-01", "2023-12-31", 53)

    def test_keeps_to_its_weekday(self):
        found = dates(Recurrence(Frequency.WEEKLY, weekday=4), 2024)
        assert {date.fromisoformat(day).weekday() for day in found} == {4}
        assert len(found) == 52

    def test_every_other_week_skips_one(self):
        assert dates(Recurrence(Frequency.BIWEEKLY))[:3] == ["2023-01-01", "2023-01-15", "2023-01-29"]

    def test_daily_lists_nothing(self):
        assert dates(Recurrence(Frequency.DAILY)) == []


class TestStrictBefore:
    RULE = DeadlineRule(
        DeadlineKind.BEFORE, bound=Bound.BEFORE, fixed=(FixedDate(date(2024, 3, 1), None, printed=True),)
    )

    @pytest.mark.parametrize(("strict", "due_on"), [(False, date(2024, 3, 1)), (True, date(2024, 2, 29))])
    def test_moves_the_due_day_and_never_the_printed_one(self, strict: bool, due_on: date):
        (due,) = due_dates(self.RULE, Years(2024, 2024), before_is_strict=strict)
        assert (due.due_on, due.stated_on) == (due_on, date(2024, 3, 1))


class TestStoredRule:
    @pytest.mark.parametrize(
        "rule",
        [
            DeadlineRule(DeadlineKind.ONGOING),
            DeadlineRule(DeadlineKind.ON_EVENT, event="khi có yêu cầu"),
            DeadlineRule(DeadlineKind.RELATIVE, term=Term("ngày ký", 10, "days")),
            DeadlineRule(
                DeadlineKind.BETWEEN, fixed=(FixedDate(date(2023, 6, 30), "2023-Q2"),), starts_on=date(2023, 1, 1)
            ),
            DeadlineRule(
                DeadlineKind.EVERY,
                Frequency.MONTHLY,
                Bound.BEFORE,
                recurrence=Recurrence(Frequency.MONTHLY, day=25, printed=True),
                at="17:00",
            ),
        ],
    )
    def test_comes_back_as_it_was(self, rule: DeadlineRule):
        assert rule_from_json(json.loads(json.dumps(rule.to_json()))) == rule
