"""Recurrences as the grammar finds them."""

from cchc_tasks.domain.occurrences import LAST, MONTHS_IN, Recurrence
from cchc_tasks.domain.reading.time_phrases.cascade import Found, Made
from cchc_tasks.domain.reading.time_phrases.meanings import Asked, Every
from cchc_tasks.domain.reading.time_phrases.sense.points import MONTHS_OF, nth_day, nth_month
from cchc_tasks.domain.reading.time_phrases.sense.words import unread
from cchc_tasks.domain.reading.time_phrases.tokens import KINDS, NAMES, Token
from cchc_tasks.domain.vocabulary import Frequency

_DAYS_OF = {"DAY": 1, "WORKDAY": 1, "WEEK": 7}
_BY_MONTHS = {months: frequency for frequency, months in MONTHS_IN.items()}
_BY_DAYS = {1: Frequency.DAILY, 7: Frequency.WEEKLY, 14: Frequency.BIWEEKLY}


def every(found: Found) -> Made:
    """A unit that returns, as often as the words say: "hàng quý", "02 lần/năm", "1 lần/06 tháng"."""
    unit, amount, times = found.kind("u"), found.number("n", 1), found.number("t", 1)
    frequency = _frequency(unit, amount, times)
    if frequency is None:
        return "ASK", Asked("deadline-unread", found.place, _spread(unit, amount, times))
    if frequency is Frequency.YEARLY:
        return "YEARLY", Every((Recurrence(frequency),))
    return "EVERY", Every((Recurrence(frequency),), place=found.place)


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
    meaning = Every(tuple(recurrences), place=found.place)
    return ("YEARLY" if meaning.plainly_yearly else "EVERY"), meaning


def every_nth_day(found: Found) -> Made:
    """A day of every month, or of a month of every quarter: "ngày 05 tháng đầu quý sau"."""
    at = found.get("d")
    if at and not _is_day(at):
        return unread(found)
    quarterly = found.has("QUARTER")
    recurrence = Recurrence(
        Frequency.QUARTERLY if quarterly else Frequency.MONTHLY,
        month=nth_month(found) if quarterly else LAST,
        day=nth_day(at) if at else LAST,
        shift=1 if found.get("next") else 0,
        printed=at is not None and at.kind == KINDS["NUM"],
    )
    return "DAYOF", Every((recurrence,))


def every_nth_days(found: Found) -> Made:
    """Several days of every month: "ngày 15 và ngày 30 hàng tháng"."""
    days = [token for token in found.tokens if token.kind == KINDS["NUM"]]
    if not all(_is_day(token) for token in days):
        return unread(found)
    return "DAYOF", Every(tuple(Recurrence(Frequency.MONTHLY, day=at.value, printed=True) for at in days))


def every_first_days(found: Found) -> Made:
    """The first or last days of every month: "05 ngày đầu hằng tháng", "trong 10 ngày đầu tháng sau"."""
    amount, which = found.number("n"), found.kind("edge")
    if which == "MIDDLE" or not 1 <= amount <= 28:
        return unread(found)
    shift = 1 if found.get("next") else 0
    at = amount if which == "START" else LAST
    return "DAYOF", Every((Recurrence(Frequency.MONTHLY, day=at, shift=shift),))


def day_of_cycle(found: Found) -> Made:
    """A day of the first or last month of a reporting period: "ngày 20 của tháng cuối kỳ".

    How long that period is, the words beside it say: "báo cáo quý".
    """
    at, nth = found.named["d"], found.kind("nth")
    if nth not in ("START", "END") or not _is_day(at):
        return unread(found)
    day, month = nth_day(at), 1 if nth == "START" else LAST
    return "CYCLEDAY", Recurrence(Frequency.MONTHLY, month=month, day=day, printed=at.kind == KINDS["NUM"])


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


def every_weekdays(found: Found) -> Made:
    """Several days of every week: "Thứ 2, thứ 5 hằng tuần"."""
    days = [token.value for token in found.tokens if token.kind == KINDS["WEEKDAY"]]
    return "DAYOF", Every(tuple(Recurrence(Frequency.WEEKLY, weekday=day) for day in days))


def every_edge_weekday(found: Found) -> Made:
    """The first or last such day of every month: "thứ Sáu cuối cùng của tháng"."""
    which = found.kind("edge")
    if which == "MIDDLE":
        return unread(found)
    recurrence = Recurrence(Frequency.MONTHLY, weekday=found.number("w"), week=1 if which == "START" else LAST)
    return "DAYOF", Every((recurrence,))


def every_short_weekday(found: Found) -> Made:
    """ "T6 hàng tuần" is Friday, though "T6" elsewhere is June."""
    weekday = found.number("w") - 2
    short = found.named["t"].end - found.named["t"].start == 1
    if not short or not 0 <= weekday <= 5:
        return unread(found)
    return "DAYOF", Every((Recurrence(Frequency.WEEKLY, weekday=weekday),))


def _is_day(token: Token) -> bool:
    """Whether some month has a day of this number."""
    return token.kind != KINDS["NUM"] or 1 <= token.value <= 31


def _spread(unit: str, amount: int, times: int) -> str | None:
    """Even dates for a rhythm that has no name, for the office to agree to: three a year are every fourth month."""
    if unit == "MONTH" and (amount, times) == (1, 2):
        return "ngày 15 và ngày 31 hằng tháng"
    months, rest = divmod(MONTHS_OF.get(unit, 0) * amount, times or 1)
    if rest or not months or 12 % months:
        return None
    return "tháng " + ", ".join(str(month) for month in range(months, 13, months))


def _frequency(unit: str, amount: int, times: int) -> Frequency | None:
    """How often: `times` in `amount` units; None for what has no name, such as three times a year."""
    if not times or not amount:
        return None
    if unit in MONTHS_OF:
        months, rest = divmod(MONTHS_OF[unit] * amount, times)
        return None if rest else _BY_MONTHS.get(months)
    days_, rest = divmod(_DAYS_OF[unit] * amount, times)
    return None if rest else _BY_DAYS.get(days_)
