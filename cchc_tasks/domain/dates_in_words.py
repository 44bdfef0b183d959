"""Dates as an office writes them: a weekday, a date, a distance.

Days have two digits, months 01 and 02 a zero, 3 to 12 none (NĐ 30/2020/NĐ-CP, phụ lục I).
"""

from datetime import date

from cchc_tasks.domain.errors import DateInvalid

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    """The weekday: "thứ Ba"."""
    return WEEKDAYS[day.weekday()]


def short_date(day: date) -> str:
    """The date alone: "05/3/2026", "17/02/2026"."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"{day.day:02d}/{month}/{day.year}"


def full_date(day: date) -> str:
    """Weekday and date: "thứ Ba 17/3/2026"."""
    return f"{weekday(day)} {short_date(day)}"


def distance(due_on: date, on: date) -> str:
    """How far a day is: "quá hạn 7 ngày", "hôm nay", "còn 3 ngày"."""
    days = (due_on - on).days
    if days < 0:
        return f"quá hạn {-days} ngày"
    return "hôm nay" if days == 0 else f"còn {days} ngày"


def read_day(text: str) -> date:
    """A day as people type it: "05/3/2026", or "2026-03-05"; raises DateInvalid for one that does not exist."""
    try:
        day, month, year = map(int, text.split("/")) if "/" in text else reversed([*map(int, text.split("-"))])
        found = date(year, month, day)
    except ValueError:
        raise DateInvalid(text=text) from None
    if not 2000 <= found.year <= 2100:
        raise DateInvalid(text=text)
    return found
