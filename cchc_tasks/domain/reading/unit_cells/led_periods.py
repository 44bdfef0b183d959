"""The period for which a unit is named: "quý I", "6 tháng đầu năm", "đến 30/6/2025"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from cchc_tasks.domain import periods
from cchc_tasks.domain.periods import Period, Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.findings import Question


def read_led_period(words: str, years: Years | None) -> tuple[str | None, Question | None]:
    """The code of the one period that words name, or a question when they name a time that is not one period.

    Words that name no time give neither. A day or a month from which or up to which a unit leads gives the period of
    the plan's year that begins or ends there ("đến 30/6/2025", "đến tháng 6" are its first half). Without any years the
    printed words stand for the period that they would name in any year.
    """
    if years is None:
        printed = _YEAR.search(words)
        year = int(printed[0]) if printed else _ANY_YEAR
        code, question = read_led_period(words, Years(year, year))
        return words.strip() if code else None, question
    if months := _MONTHS.fullmatch(words.strip()):
        code = _code_of_months(months, years) if years and years.first == years.last else None
        return code, None if code else _question(words)
    if stretch := _STRETCH.fullmatch(words.strip()):
        code = _code_of(stretch, years) if years and years.first == years.last else None
        return code, None if code else _question(words)
    if _SCHOOL_TERM.match(words):
        return None, _question(words)
    reading = read_deadline(words, years)
    dates = [one for part in reading.parts for one in part.rule.fixed]
    if len(dates) == 1 and dates[0].period:
        return dates[0].period, None
    asks = [question for question in reading.questions if question.code in ("year-missing", "deadline-unread")]
    timed = dates or (asks and _TIME.search(words)) or any(part.rule.recurrence for part in reading.parts)
    return None, _question(words) if timed else None


_ANY_YEAR = 2023
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SCHOOL_TERM = re.compile(r"(?:học\s+kỳ|hk)\s?(?:\d|I)", re.IGNORECASE)
# Without one of these a remark names no time, however unknown its words: "xem lại".
_TIME = re.compile(r"\d|(?<!\w)(?:quý|quí|tháng|năm|tuần|ngày|kỳ|đợt|đầu|giữa|cuối)(?!\w)", re.IGNORECASE)


def _question(words: str) -> Question:
    return Question("period-unread", "lead", f"Không rõ “{words}” là kỳ nào của kế hoạch.", None, words)


_DAY = r"(?:ngày\s+)?(?P<{0}day>\d{{1,2}})[/.-](?P<{0}month>\d{{1,2}})(?:[/.-](?P<{0}year>\d{{4}}))?"
_STRETCH = re.compile(
    rf"(?:(?:kể\s+)?từ\s+{_DAY.format('from_')})?\s*(?:(?P<bound>trước|đến(?:\s+hết)?)\s+{_DAY.format('to_')})?(?<=\d)",
    re.IGNORECASE,
)


_MONTHS = re.compile(
    r"(?:từ\s+tháng\s+(?P<from_>\d{1,2}))?\s*(?:(?:-\s*)?(?:đến|tới)\s+(?:hết\s+)?tháng\s+(?P<to_>\d{1,2}))?(?<=\d)",
    re.IGNORECASE,
)


def _code_of_months(stretch: re.Match[str], years: Years) -> str | None:
    """The period from one month of the plan's year to another, where there is one."""
    months = int(stretch["from_"] or 1), int(stretch["to_"] or 12)
    return next(
        (one.code for one in _periods_of(years.first) if (one.first_on.month, one.last_on.month) == months), None
    )


def _code_of(stretch: re.Match[str], years: Years) -> str | None:
    """The period between two days of the plan's year, where one begins and ends so."""
    try:
        first = _day(stretch, "from_", years) or date(years.first, 1, 1)
        last = _day(stretch, "to_", years) or date(years.last, 12, 31)
    except ValueError:
        return None
    if (stretch["bound"] or "").lower() == "trước":
        last -= timedelta(days=1)
    return next((one.code for one in _periods_of(years.first) if (one.first_on, one.last_on) == (first, last)), None)


def _day(stretch: re.Match[str], side: str, years: Years) -> date | None:
    if stretch[f"{side}day"] is None:
        return None
    return date(int(stretch[f"{side}year"] or years.first), int(stretch[f"{side}month"]), int(stretch[f"{side}day"]))


def _periods_of(number: int) -> Iterator[Period]:
    yield periods.year(number)
    yield periods.nine_months(number)
    yield from (periods.half(number, ordinal) for ordinal in (1, 2))
    yield from (periods.quarter(number, ordinal) for ordinal in range(1, 5))
    yield from (periods.month(number, ordinal) for ordinal in range(1, 13))
