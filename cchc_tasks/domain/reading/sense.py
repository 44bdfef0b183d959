"""What each rule of the grammar makes of the tokens it found."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cchc_tasks.domain.occurrences import LAST, MONTHS_IN, Recurrence, Term
from cchc_tasks.domain.reading.cascade import Found
from cchc_tasks.domain.reading.meanings import Asked, Between, Dates, Every, From, Ongoing, Point, Relative
from cchc_tasks.domain.reading.tokens import KINDS, NAMES, Token
from cchc_tasks.domain.vocabulary import Bound, Frequency

Made = tuple[str, Any] | None

# "Báo cáo kết quả … quý III": a document and at least two more words, up to the period.
_DOCUMENT = re.compile(
    r"(?<!\w)(?:báo cáo|bc|kế hoạch|kh|kết quả|tình hình|nhiệm vụ|chương trình)"
    r"(?! (?:ban hành|hoàn thành|gửi|nộp|trình|thực hiện)\s*$)(?:\s+[^\W\d_]+){2,}\s*$",
    re.IGNORECASE,
)
_MONTHS_OF = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
_DAYS_OF = {"DAY": 1, "WORKDAY": 1, "WEEK": 7}
_BY_MONTHS = {months: frequency for frequency, months in MONTHS_IN.items()}
_BY_DAYS = {1: Frequency.DAILY, 7: Frequency.WEEKLY, 14: Frequency.BIWEEKLY}


def content(found: Found) -> Made:
    """Words that look like time and are none."""
    return "CONTENT", None


def dateline(found: Found) -> Made:
    """Where and when a document was signed: "Hà Nội, ngày 05 tháng 3 năm 2023"."""
    place = found.text[found.tokens[0].start : found.named["c"].start].split()
    return ("CONTENT", None) if all(word[0].isupper() for word in place) else None


def topic(found: Found) -> Made:
    """A year or a length that says what a thing is about; a question only where nothing else dates it."""
    return "TOPIC", None


def year_topic(found: Found) -> Made:
    """A year behind a noun: what the noun is about, or its date; "trong" would have said which."""
    numbers = [token.value for token in found.tokens if token.kind == KINDS["YEARNUM"]]
    numbers += [point.year for token in found.tokens for point in _points_of(token)]
    return "TOPIC", Asked("deadline-topic", found.place, f"trong năm {', '.join(map(str, numbers))}")


def school(found: Found) -> Made:
    """School years and terms end when the province says so."""
    return "TOPIC", Asked("deadline-school", found.place)


def lunar_month(found: Found) -> Made:
    """ "Tháng giêng" may be January or a month of the lunar year, "tháng Chạp" is lunar."""
    if found.named["n"].value is None:
        return "ASK", Asked("deadline-lunar", found.place)
    year = _year(found)
    return "ASK", Asked("deadline-lunar", found.place, f"tháng 1/{year}" if year else "tháng 1")


def keep(kind: str) -> Callable[[Found], Made]:
    """Several tokens that together are still one of that kind."""
    return lambda found: (kind, None)


def unread(found: Found) -> Made:
    """A shape without an agreed meaning."""
    return "ASK", Asked("deadline-unread", found.place)


def asked(code: str) -> Callable[[Found], Made]:
    """A shape that is a question of its own."""
    return lambda found: ("ASK", Asked(code, found.place))


def asked_further(found: Found) -> Made:
    """A question with what stands before it; the answer stands in for the question's own words alone."""
    return "ASK", found.named["e"].value


# --- days and periods ---


def clock(found: Found) -> Made:
    """An hour: "17h00", "17 giờ 30"."""
    hour, minute = found.number("h"), found.number("m")
    return ("CLOCK", f"{hour:02d}:{minute:02d}") if hour <= 24 and minute < 60 else None


def day(found: Found) -> Made:
    """A day of a month, with or without its year; a weekday beside it has to agree."""
    year = found.get("y")
    number = year and (year.value if year.kind == KINDS["YEARNUM"] else 2000 + year.value)
    if number is not None and number < 2020 and year and year.kind == KINDS["NUM"]:
        return unread(found)
    if [token.value for token in found.tokens] == [24, None, 7]:
        return unread(found)  # "24/7" is day and night rather than a day of July
    point = Point(
        month=found.number("m"),
        day=found.number("d"),
        year=number,
        later=1 if found.get("later") else 0,
        printed=True,
        place=found.place,
    )
    weekday = found.get("w")
    if weekday and point.year and not _agrees(point, weekday.value):
        return "ASK", Asked("weekday-mismatch", found.place, point)
    return "DATE", (point,)


def days(found: Found) -> Made:
    """From one day to another of the same month: "ngày 10-15/6/2023"."""
    made = day(found)
    if made is None or made[0] != "DATE":
        return made
    (end,) = made[1]
    return "SPAN", Between(replace(end, day=found.number("a")), end)


def day_of_months(found: Found) -> Made:
    """One day of several months: "ngày 15 tháng 6, 12"."""
    made = listed(Found(found.tokens[2:], found.named, found.text))
    if made is None or made[0] != "PERIOD":
        return unread(found)
    at = found.number("d")
    return "DATE", tuple(replace(point, day=at, span=0, printed=True, place=found.place) for point in made[1])


def short_year(found: Found) -> Made:
    """A month with a year of two figures: "tháng 12/23"."""
    year = 2000 + found.number("y")
    if year < 2020:
        return unread(found)
    return "PERIOD", (Point(found.number("m"), span=1, year=year, place=found.place),)


def month(found: Found) -> Made:
    """A month in figures alone: "12/2023", and "tháng năm", which is a month only before its year."""
    return "PERIOD", (Point(found.number("m", 5), span=1, year=found.number("y"), place=found.place),)


def listed(found: Found) -> Made:
    """Months or quarters, one or several, with their years: "Quý II và Quý IV/2023", "Tháng 3, 6, 9, 12"."""
    points: list[Point] = []
    unit, numerals = "MONTH", (KINDS["NUM"], KINDS["ROMAN"])
    for token in found.tokens:
        if token.kind in numerals:
            points.append(_period(unit, token.value, found.place))
        elif token.kind == KINDS["YEARNUM"]:
            points[-1] = points[-1].of(token.value)
        elif token.kind in (KINDS["AFTER"], KINDS["NEXT"]):
            points[-1] = replace(points[-1], later=1)
        elif NAMES[token.kind] in _MONTHS_OF and token.kind != KINDS["YEAR"]:
            unit = NAMES[token.kind]
    shared = _with_shared_year(points)
    return ("PERIOD", shared) if shared else unread(found)


def stretch(found: Found) -> Made:
    """From one month or quarter to another, the unit or the year said once: "Tháng 3-6/2023"."""
    made = listed(found)
    if made is None or made[0] != "PERIOD":
        return made
    start, end = made[1]
    return "SPAN", Between(start, end)


def edge(found: Found) -> Made:
    """Beginning, middle or end of months or quarters: Civil Code 2015, art. 146.2; quarters have an end only."""
    made = listed(found)
    which = _name(found.get("edge"))
    if made is None or made[0] != "PERIOD":
        return made
    points = tuple(replace(point, edge=True) for point in made[1])
    if which == "END":
        return "PERIOD", points
    if points[0].span == 3:
        first = points[0]
        near = (
            replace(first, month=first.month - 2) if which == "START" else replace(first, month=first.month - 1, day=15)
        )
        return "ASK", Asked("deadline-unread", found.place, near)
    at = 1 if which == "START" else 15
    return "PERIOD", tuple(replace(point, day=at, span=0) for point in points)


def year_edge(found: Found) -> Made:
    """Middle and end of a year (art. 146.3); its beginning is 1 January by law, which no plan means: ask."""
    which = _name(found.get("edge"))
    point = _year_point(found)
    if which == "START":
        return "ASK", Asked("deadline-unread", found.place, replace(point, month=1, day=1))
    return "PERIOD", (replace(point, edge=True) if which == "END" else replace(point, month=6, span=0, edge=True),)


def part_of_year(found: Found) -> Made:
    """The first or last months of a year: "6 tháng đầu năm", "9 tháng", "nửa cuối năm"."""
    months = found.number("n", 6)
    last = _name(found.get("edge")) == "END"
    if not 1 <= months < 12 or (last and months not in (3, 6)):
        return unread(found)
    return "PERIOD", (replace(_year_point(found), month=12 if last else months, span=months),)


def length(found: Found) -> Made:
    """A bare length: "9 tháng" is the first nine months, any other says what a thing is about."""
    if found.number("n") == 9 and found.has("MONTH"):
        return "PERIOD", (Point(9, span=9, place=found.place),)
    return "LENGTH", None


def month_of_quarter(found: Found) -> Made:
    """A month, or a day of it, in a quarter named by number: "ngày 20 tháng cuối quý II"."""
    quarter = _period("QUARTER", found.number("n"), found.place)
    nth = _nth_month(found)
    at = found.get("d")
    point = replace(quarter, month=quarter.month - 3 + nth, span=0 if at else 1, year=_year(found))
    if at is None:
        return "PERIOD", (point,)
    return "DATE", (replace(point, day=_nth_day(at), printed=at.kind == KINDS["NUM"]),)


def years(found: Found) -> Made:
    """Years named after "năm"."""
    numbers = [token.value for token in found.tokens if token.kind == KINDS["YEARNUM"]]
    points = tuple(Point(12, span=12, year=number, place=found.place) for number in numbers)
    return "BAREYEAR", points or (_year_point(found),)


def within_years(found: Found) -> Made:
    """Years after "trong" or "cả": surely a time."""
    made = years(found)
    return made and ("WITHINYEAR", made[1])


def year_span(found: Found) -> Made:
    """From the first of one year to the end of another."""
    start, end = (
        Point(12, span=12, year=token.value, place=found.place)
        for token in found.tokens
        if token.kind == KINDS["YEARNUM"]
    )
    return "YEARSPAN", Between(start, end)


# --- recurrences ---


def every(found: Found) -> Made:
    """A unit that returns, as often as the words say: "hàng quý", "02 lần/năm", "1 lần/06 tháng"."""
    frequency = _frequency(_name(found.get("u")), found.number("n", 1), found.number("t", 1))
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
        elif NAMES[token.kind] in _MONTHS_OF or NAMES[token.kind] in _DAYS_OF:
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
        month=_nth_month(found) if quarterly else LAST,
        day=_nth_day(at) if at else LAST,
        shift=1 if found.get("next") else 0,
        printed=at is not None and at.kind == KINDS["NUM"],
    )
    return "DAYOF", Every((recurrence,))


def every_edge(found: Found) -> Made:
    """Beginning, middle or end of every month, quarter or year, or its first or last day."""
    unit, which = _name(found.get("u")), _name(found.get("edge"))
    if which == "END":
        return "DAYOF", Every((Recurrence(_BY_MONTHS[_MONTHS_OF[unit]]),))
    if unit == "MONTH":
        return "DAYOF", Every((Recurrence(Frequency.MONTHLY, day=1 if which == "START" else 15),))
    if unit == "QUARTER" and which == "START" and found.has("DAY"):
        return "DAYOF", Every((Recurrence(Frequency.QUARTERLY, month=1, day=1),))
    return unread(found)


def day_number(found: Found) -> Made:
    """A day of a month that is still to be named: "ngày 25"."""
    return "DAYNUM", found.number("d")


def every_weekday(found: Found) -> Made:
    """A day of every week; "thứ 6" counts from Sunday as the first."""
    token = found.named["w"]
    weekday = token.value if token.kind == KINDS["WEEKDAY"] else token.value - 2
    if not 0 <= weekday <= 6:
        return unread(found)
    return "DAYOF", Every((Recurrence(Frequency.WEEKLY, weekday=weekday),))


# --- terms ---


def relative(found: Found) -> Made:
    """A length of time from an anchor, whose words are kept."""
    unit = {"DAY": "days", "WORKDAY": "working-days", "WEEK": "weeks", "MONTH": "months", "YEAR": "years"}
    first, stop = found.named["anchor"], found.get("stop")
    words = [token for token in found.tokens if token.start >= first.start and (not stop or token.end <= stop.start)]
    amount = (found.get("n") or found.named["stop"]).value * (-1 if found.get("back") else 1)
    term = Term(found.text[first.start : words[-1].end].rstrip(" ."), amount, unit[_name(found.get("u"))])
    return "DATED", (Relative(term, _known_ends(words)), None)


def dated(found: Found) -> Made:
    """Days or periods with what stands before them: bounds, and an hour."""
    points = _with_shared_year([point for token in found.tokens for point in _points_of(token)])
    if not points:
        return unread(found)
    bound = _bound(found)
    if bound is Bound.BEFORE and points[0].span and not points[0].edge:
        return "ASK", Asked("deadline-unread", found.place, _eve(points[0]))
    hour = found.get("c")
    return "DATED", (Dates(points, bound), hour and hour.value)


def period_topic(found: Found) -> Made:
    """A month or quarter behind a document's longer name: what the document covers, or its date."""
    before = _DOCUMENT.search(found.text[: found.place[0]])
    if before is None or found.tokens[0].value[0].edge:
        return dated(found)
    return "TOPIC", Asked("deadline-topic", found.place, f"trong {found.text[slice(*found.place)].lower()}")


def refined(found: Found) -> Made:
    """A period and then a day: the day decides where it lies in the period, else it is a question."""
    (period, *_), (point, *_) = found.named["p"].value, found.named["d"].value
    if not period.month - period.span < point.month <= period.month:
        return unread(found)
    place = found.named["d"].place
    return "DATED", (Dates((replace(point, year=point.year or period.year, place=place),), _bound(found)), None)


def bounded(kind: str) -> Callable[[Found], Made]:
    """A recurrence, or a day without its month, with what stands before it."""

    def build(found: Found) -> Made:
        hour = found.get("c")
        worth, bound = found.named["e"].value, _bound(found)
        if isinstance(worth, Every):
            worth = replace(worth, bound=bound if kind == "DAYOF" else None)
            return kind, (worth, hour and hour.value)
        return kind, (worth, bound, hour and hour.value)

    return build


def between(found: Found) -> Made:
    """From one point to another."""
    (start, *_), (end, *_) = found.named["a"].value, found.named["b"].value
    bound = Bound.BEFORE if found.has("BEFORE") else None
    return "DATED", (Between(start, end, bound), None)


def lone_year(found: Found) -> Made:
    """A year that is all a cell says."""
    return "DATED", (Dates((_year_point_of(found.named["p"]),)), None)


def spanning(found: Found) -> Made:
    """A stretch recognised before, with what stands around it."""
    return "DATED", (found.named["s"].value, None)


def open_ended(found: Found) -> Made:
    """A year and the years after it: due at the end of what is named."""
    points = found.named["p"].value
    return "DATED", (Between(points[0], points[-1]), None)


def beginning(found: Found) -> Made:
    """A beginning without an end."""
    return "DATED", (From(found.named["p"].value[0]), None)


def ongoing(found: Found) -> Made:
    """All the time."""
    return "DATED", (Ongoing(), None)


# --- smaller things ---


def _points_of(token: Token) -> tuple[Point, ...]:
    if NAMES[token.kind] in ("DATE", "PERIOD", "BAREYEAR", "WITHINYEAR"):
        return tuple(replace(point, place=token.place) for point in token.value)
    return ()


def _name(token: Token | None) -> str:
    return NAMES[token.kind] if token else ""


def _agrees(point: Point, weekday: int) -> bool:
    try:
        return date(point.year or 0, point.month, point.day).weekday() == weekday
    except ValueError:
        return True  # an impossible day is a question of its own


def _year(found: Found) -> int | None:
    return found.number("y") or None


def _year_point(found: Found) -> Point:
    return Point(12, span=12, year=_year(found), later=1 if found.get("later") else 0, place=found.place)


def _year_point_of(token: Token) -> Point:
    return Point(12, span=12, year=token.value, place=token.place)


def _period(unit: str, number: int, place: tuple[int, int]) -> Point:
    span = _MONTHS_OF[unit]
    return Point(number * span, span=span, place=place)


def _with_shared_year(points: Sequence[Point]) -> tuple[Point, ...]:
    """A year said once holds for what stands before it, and for what follows the last one; else nothing.

    "Quý II, IV/2023" shares its year; in "Quý IV, quý I/2023" the list goes backwards and nobody knows.
    """
    if not any(point.year for point in points):
        return tuple(points)
    placed: list[Point] = []
    last = max(place for place, point in enumerate(points) if point.year)
    year = points[last].year
    for point in reversed(points):
        year = point.year or year
        placed.insert(0, replace(point, year=year))
    in_order = [(point.year or 0, point.month, point.day if point.printed else 0) for point in placed]
    return tuple(placed) if in_order == sorted(in_order) else ()


def _frequency(unit: str, amount: int, times: int) -> Frequency | None:
    """How often: `times` in `amount` units; None for what has no name, such as three times a year."""
    if not times or not amount:
        return None
    if unit in _MONTHS_OF:
        months, rest = divmod(_MONTHS_OF[unit] * amount, times)
        return None if rest else _BY_MONTHS.get(months)
    days_, rest = divmod(_DAYS_OF[unit] * amount, times)
    return None if rest else _BY_DAYS.get(days_)


def _nth_day(token: Token) -> int:
    return {"START": 1, "END": LAST}.get(NAMES[token.kind]) or int(token.value)


def _nth_month(found: Found) -> int:
    """Which month of the quarter; "tháng thứ hai" is read as a weekday's name (Monday 0) by the lexicon."""
    token = found.named["nth"]
    return {"START": 1, "MIDDLE": 2, "END": 3}.get(NAMES[token.kind]) or int(token.value) + 2


def _known_ends(words: Sequence[Token]) -> tuple[Point, ...]:
    """The ends that "kết thúc quý" names in a year; nothing for any other anchor."""
    kinds = [NAMES[token.kind] for token in words if token.kind not in (KINDS["DOT"], KINDS["DAY"])]
    if kinds[:1] != ["FINISH"] or len(kinds) != 2 or kinds[1] not in _MONTHS_OF:
        return ()
    span = _MONTHS_OF[kinds[1]]
    return tuple(Point(last, span=span) for last in range(span, 13, span))


def _bound(found: Found) -> Bound | None:
    if found.has("BEFORE"):
        return Bound.BEFORE
    return Bound.BY if found.has("BY", "TO") else None


def _eve(point: Point) -> Point:
    """The last day before a period, which "trước tháng 6" most likely means."""
    first = date(point.year or 2023, point.month - point.span + 1, 1)
    eve = first - timedelta(days=1)
    if point.year is None and eve.year != first.year:
        return replace(point, month=12, day=LAST, later=-1, span=0)
    return replace(point, month=eve.month, day=eve.day, span=0, year=point.year and eve.year)
