"""Recurrences as the grammar finds them."""

from cchc_tasks.domain.occurrences import LAST, MONTHS_IN, Recurrence
from cchc_tasks.domain.reading.cascade import Found, Made
from cchc_tasks.domain.reading.meanings import Every
from cchc_tasks.domain.reading.sense.points import MONTHS_OF, nth_day, nth_month
from cchc_tasks.domain.reading.sense.words import unread
from cchc_tasks.domain.reading.tokens import KINDS, NAMES
from cchc_tasks.domain.vocabulary import Frequency

_DAYS_OF = {"DAY": 1, "WORKDAY": 1, "WEEK": 7}
_BY_MONTHS = {months: frequency for frequency, months in MONTHS_IN.items()}
_BY_DAYS = {1: Frequency.DAILY, 7: Frequency.WEEKLY, 14: Frequency.BIWEEKLY}


def every(found: Found) -> Made:
    """A unit that returns, as often as the words say: "hàng quý", "02 lần/năm", "1 lần/06 tháng"."""
    frequency = _frequency(found.kind("u"), found.number("n", 1), found.number("t", 1))
    if frequency is None:
        return unread(found)
    if frequency is Frequency.YEARLY:
        return "YEARLY", Every((Recurrence(frequency),))
    return "EVERY", Every((Recurrence(frequency),))


def every_listed(found: Found) -> Made:
    """Units that share their head: "hàng tháng, quý", "Định kỳ hàng quý, 6 tháng, năm"."""
    recurrences: list[Recurrence] = []
    amount = 1
    for token in found.tokens:
        if token.kind == KINDS["NUM"]:
            amount = token.value
        elif NAMES[token.kind] in MONTHS_OF or NAMES[token.kind] in _DAYS_OF:
            frequency = _frequency(NAMES[token.kind], amount, 1)
            if frequency is None and (amount, token.kind) != (9, KINDS["MONTH"]):
                return unread(found)
            recurrences.append(Recurrence(frequency) if frequency else Recurrence(Frequency.YEARLY, month=9))
            amount = 1
    meaning = Every(tuple(recurrences))
    return ("YEARLY" if meaning.plainly_yearly else "EVERY"), meaning


def every_nth_day(found: Found) -> Made:
    """A day of every month, or of a month of every quarter: "ngày 05 tháng đầu quý sau"."""
    at = found.get("d")
    quarterly = found.has("QUARTER")
    recurrence = Recurrence(
        Frequency.QUARTERLY if quarterly else Frequency.MONTHLY,
        month=nth_month(found) if quarterly else LAST,
        day=nth_day(at) if at else LAST,
        shift=1 if found.get("next") else 0,
        printed=at is not None and at.kind == KINDS["NUM"],
    )
    return "DAYOF", Every((recurrence,))


def every_edge(found: Found) -> Made:
    """Beginning, middle or end of every month, quarter or year, or its first or last day."""
    unit, which = found.kind("u"), found.kind("edge")
    if which == "END":
        return "DAYOF", Every((Recurrence(_BY_MONTHS[MONTHS_OF[unit]]),))
    if unit == "MONTH":
        return "DAYOF", Every((Recurrence(Frequency.MONTHLY, day=1 if which == "START" else 15),))
    if unit == "QUARTER" and which == "START" and found.has("DAY"):
        return "DAYOF", Every((Recurrence(Frequency.QUARTERLY, month=1, day=1),))
    return unread(found)


def every_weekday(found: Found) -> Made:
    """A day of every week; "thứ 6" counts from Sunday as the first."""
    token = found.named["w"]
    weekday = token.value if token.kind == KINDS["WEEKDAY"] else token.value - 2
    if not 0 <= weekday <= 6:
        return unread(found)
    return "DAYOF", Every((Recurrence(Frequency.WEEKLY, weekday=weekday),))


def _frequency(unit: str, amount: int, times: int) -> Frequency | None:
    """How often: `times` in `amount` units; None for what has no name, such as three times a year."""
    if not times or not amount:
        return None
    if unit in MONTHS_OF:
        months, rest = divmod(MONTHS_OF[unit] * amount, times)
        return None if rest else _BY_MONTHS.get(months)
    days_, rest = divmod(_DAYS_OF[unit] * amount, times)
    return None if rest else _BY_DAYS.get(days_)
