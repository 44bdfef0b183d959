"""Reporting regimes: on which dates reports go up every year, who reports, and which days the figures cover."""

from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.vocabulary import Bound

FIRST_MONTH = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7, "9M": 1, "Y": 1}
LAST_MONTH = {"Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "H1": 6, "H2": 12, "9M": 9, "Y": 12}


@dataclass(frozen=True, slots=True)
class RegimeDate:
    """A date that returns every year. `period` is what is reported: "Q1" to "Q4", "H1", "H2", "9M" or "Y"."""

    label: str
    period: str
    month: int
    day: int
    bound: Bound
    receiver: str
    level: str


@dataclass(frozen=True, slots=True)
class Regime:
    """A set of such dates; a receipt needs no second pair of eyes.

    `reporters` are unit kinds and codes of units and groups.
    """

    code: str
    name: str
    reporters: tuple[str, ...]
    dates: tuple[RegimeDate, ...]
    receipt_only: bool = False


def due_on(regime_date: RegimeDate, year: int) -> date:
    """The date in a year."""
    return date(year, regime_date.month, regime_date.day)


def window(regime_date: RegimeDate, year: int) -> tuple[date, date]:
    """The days whose figures the report covers, both included: quý I is 15/12 to 14/3 (NĐ 09/2019/NĐ-CP, art. 12)."""
    first = date(year, FIRST_MONTH[regime_date.period], 1) - timedelta(days=1)
    return first.replace(day=15), date(year, LAST_MONTH[regime_date.period], 14)
