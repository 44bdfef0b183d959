"""Calendar periods as plans name them: years, halves, quarters, months."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

ROMAN_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Years:
    """The years a plan covers, both included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1900 <= self.first <= self.last <= 2999:
            raise ValueError(f"not a span of years: {self.first}-{self.last}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2023" or "2021-2025"; raises ValueError for anything else."""
        first, _, last = text.strip().partition("-")
        return cls(int(first), int(last or first))

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __len__(self) -> int:
        return self.last - self.first + 1

    @property
    def single(self) -> int | None:
        """The year of a one-year plan, else None."""
        return self.first if self.first == self.last else None


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A named span of days, both ends included; `code` is what is stored ("2023-Q1")."""

    first_on: date
    last_on: date
    code: str

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month, whatever its length."""
    return date(year, month, calendar.monthrange(year, month)[1])


def year(number: int) -> Period:
    """A calendar year: "2023"."""
    return Period(date(number, 1, 1), date(number, 12, 31), f"{number}")


def half(number: int, ordinal: int) -> Period:
    """The first or second half of a year: "2023-H1"."""
    return _months(number, 6 * ordinal - 5, 6 * ordinal, f"{number}-H{ordinal}")


def quarter(number: int, ordinal: int) -> Period:
    """A calendar quarter, 1 to 4: "2023-Q1". A report's data window differs: see the reporting regime."""
    return _months(number, 3 * ordinal - 2, 3 * ordinal, f"{number}-Q{ordinal}")


def nine_months(number: int) -> Period:
    """The first nine months of a year: "2023-9M"."""
    return _months(number, 1, 9, f"{number}-9M")


def month(number: int, ordinal: int) -> Period:
    """A calendar month: "2023-03"."""
    return _months(number, ordinal, ordinal, f"{number}-{ordinal:02d}")


def week_ending(sunday: date) -> Period:
    """The week that ends on this Sunday, by its ISO number: "2023-W05"."""
    iso = sunday.isocalendar()
    return Period(sunday - timedelta(days=6), sunday, f"{iso.year}-W{iso.week:02d}")


def period_in_words(code: str) -> str:
    """A period's code as an office writes it: "2023-Q1" is "quý I/2023"."""
    number, _, rest = code.partition("-")
    if not rest:
        return f"năm {number}"
    words = {"H1": f"6 tháng đầu năm {number}", "H2": f"6 tháng cuối năm {number}", "9M": f"9 tháng năm {number}"}
    if rest in words:
        return words[rest]
    if rest.startswith("Q"):
        return f"quý {ROMAN_QUARTERS[int(rest[1:]) - 1]}/{number}"
    if rest.startswith("W"):
        return f"tuần {rest[1:]}/{number}"
    return f"tháng {rest if int(rest) < 3 else int(rest)}/{number}"


def _months(number: int, first: int, last: int, code: str) -> Period:
    return Period(date(number, first, 1), last_day_of_month(number, last), code)
