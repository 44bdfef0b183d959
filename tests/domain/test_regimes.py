"""When reports go up, and which days they cover."""

from datetime import date

import pytest

from cchc_tasks.domain.regimes import RegimeDate, due_on, window
from cchc_tasks.domain.vocabulary import Bound


def report(period: str, month: int = 3, day: int = 5) -> RegimeDate:
    return RegimeDate("báo cáo", period, month, day, Bound.BEFORE, "Văn phòng Sở", "unit")


class TestDueOn:
    def test_is_the_same_day_every_year_even_on_a_sunday(self) -> None:
        assert [due_on(report("Q1"), year) for year in (2022, 2023)] == [date(2022, 3, 5), date(2023, 3, 5)]


class TestWindow:
    @pytest.mark.parametrize(
        ("period", "first", "last"),
        [
            ("Q1", date(2022, 12, 15), date(2023, 3, 14)),
            ("Q2", date(2023, 3, 15), date(2023, 6, 14)),
            ("Q3", date(2023, 6, 15), date(2023, 9, 14)),
            ("Q4", date(2023, 9, 15), date(2023, 12, 14)),
            ("H1", date(2022, 12, 15), date(2023, 6, 14)),
            ("H2", date(2023, 6, 15), date(2023, 12, 14)),
            ("9M", date(2022, 12, 15), date(2023, 9, 14)),
            ("Y", date(2022, 12, 15), date(2023, 12, 14)),
        ],
    )
    def test_runs_from_the_15th_before_the_period_to_the_14th_of_its_last_month(
        self, period: str, first: date, last: date
    ) -> None:
        assert window(report(period), 2023) == (first, last)
