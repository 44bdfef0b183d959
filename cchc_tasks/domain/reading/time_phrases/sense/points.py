"""Days, months, quarters and years as the grammar finds them."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from cchc_tasks.domain.occurrences import LAST
from cchc_tasks.domain.periods import ROMAN_QUARTERS
from cchc_tasks.domain.reading.time_phrases.cascade import Found, Made
from cchc_tasks.domain.reading.time_phrases.meanings import Asked, Between, Point
from cchc_tasks.domain.reading.time_phrases.sense.words import unread
from cchc_tasks.domain.reading.time_phrases.tokens import KINDS, NAMES, Token

MONTHS_OF = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


def clock(found: Found) -> Made:
    """An hour: "17h00", "17 giờ 30"."""
    hour, minute = found.number("h"), found.number("m")
    return ("CLOCK", f"{hour:02d}:{minute:02d}") if hour <= 24 and minute < 60 else None


def day(found: Found) -> Made:
    """A day of a month, with or without its year; a weekday beside it has to agree."""
    year = found.get("y")
    number = _year(found)
    if year and year.kind == KINDS["NUM"]:
        number = 2000 + year.value
        if number < 2020:
            return unread(found)
    if [token.value for token in found.tokens] == [24, None, 7]:
        before = found.text[: found.place[0]].rstrip().lower()
        if not before.endswith(("trước", "ngày", "nhất", "hết", "đến", "hạn", "vào")):  # day and night, not in July
            return ("CONTENT", None) if before and before[-1].isalpha() else unread(found)
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


def day_or_length(found: Found) -> Made:
    """ "15 tháng 8" is a day; "6 tháng 9" may be one, or a length before something else."""
    return day(found) if found.number("d") > 12 else unread(found)


def days(found: Found) -> Made:
    """From one day to another of the same month: "ngày 10-15/6/2023"."""
    made = day(found)
    if made is None or made[0] != "DATE":
        return made
    (end,) = made[1]
    if found.number("a") >= end.day:
        return unread(found)
    return "SPAN", Between(end._replace(day=found.number("a")), end)


def day_of_months(found: Found) -> Made:
    """One day of several months: "ngày 15 tháng 6, 12"."""
    months = found.row.index(KINDS["MONTH"])
    made = listed(found._replace(tokens=found.tokens[months:], row=found.row[months:]))
    if made is None or made[0] != "PERIOD":
        return unread(found)
    at = found.number("d")
    return "DATE", tuple(point._replace(day=at, span=0, printed=True, place=found.place) for point in made[1])


def days_of_month(found: Found) -> Made:
    """Several days of one month: "các ngày 05, 15, 25 tháng 8/2025"."""
    month_named = found.named["m"]
    year = _year(found)
    later = 1 if found.get("later") else 0
    return "DATE", tuple(
        Point(month_named.value, day=token.value, year=year, later=later, printed=True, place=found.place)
        for token in found.tokens
        if token.kind == KINDS["NUM"] and token.start < month_named.start
    )


def mixed_day(found: Found) -> Made:
    """A day with two kinds of marks: "15/6-2025"; "5-6/2025" may be two months."""
    return day(found) if found.number("d") > 12 or KINDS["DOT"] in found.row else unread(found)


def glued(found: Found) -> Made:
    """A day with a mark left out: "30/062025", "3006/2025", "30062025"; asked with what it most likely is."""
    figures = re.sub(r"\D", "", found.text[slice(*found.place)])
    if len(figures) not in (7, 8):
        return None
    at, year = int(figures[:-6]), int(figures[-4:])
    likely = Point(int(figures[-6:-4]), day=at, year=year, printed=True, place=found.place)
    possible = 1990 <= year <= 2100 and 1 <= likely.month <= 12 and 1 <= at <= monthrange(year, likely.month)[1]
    return ("ASK", Asked("deadline-unread", found.place, likely)) if possible else None


def perhaps_quarter(found: Found) -> Made:
    """A Roman numeral with a year: "IV/2025"."""
    number = found.number("n")
    proposal = f"quý {ROMAN_QUARTERS[number - 1]}/{found.number('y')}" if number <= len(ROMAN_QUARTERS) else None
    return "ASK", Asked("deadline-unread", found.place, proposal)


def first_days(found: Found) -> Made:
    """The first or last days of a month, or half of it: "10 ngày đầu tháng 7" ends on the 10th.

    Half a month is fifteen days (Civil Code 2015, art. 146.1).
    """
    amount, which = found.number("n", 15), found.kind("edge")
    if which == "MIDDLE" or not 1 <= amount <= 28:
        return unread(found)
    month_named = Point(found.number("m"), span=1, year=_year(found), place=found.place, edge=True)
    later = 1 if found.get("later") else 0
    at = LAST if which == "END" else amount
    return "PERIOD", (month_named._replace(day=at, span=0 if which == "START" else 1, later=later),)


def day_number(found: Found) -> Made:
    """A day of a month that is still to be named: "ngày 25"."""
    return "DAYNUM", found.number("d")


def short_year(found: Found) -> Made:
    """A month or quarter with a year of two figures: "tháng 12/23", "Quý II/25"."""
    year = 2000 + found.number("y")
    if year < 2020:
        return unread(found)
    return "PERIOD", (period_named(found.kind("u"), found.number("m"), found.place).of(year),)


def month(found: Found) -> Made:
    """A month in figures alone: "12/2023", and "tháng năm", which is a month only before its year."""
    number = found.number("m", 5)
    return ("PERIOD", (Point(number, span=1, year=found.number("y"), place=found.place),)) if number < 100 else None


def listed(found: Found) -> Made:
    """Months or quarters, one or several, with their years: "Quý II và Quý IV/2023", "Tháng 3, 6, 9, 12"."""
    points: list[Point] = []
    unit, numerals = "MONTH", (KINDS["NUM"], KINDS["ROMAN"])
    for token in found.tokens:
        if token.kind in numerals:
            points.append(period_named(unit, token.value, found.place))
        elif token.kind == KINDS["YEARNUM"]:
            points[-1] = points[-1].of(token.value)
        elif token.kind in (KINDS["AFTER"], KINDS["NEXT"]):
            points[-1] = points[-1]._replace(later=1)
        elif NAMES[token.kind] in MONTHS_OF and token.kind != KINDS["YEAR"]:
            unit = NAMES[token.kind]
    shared = with_shared_year(points)
    return ("PERIOD", shared) if shared else unread(found)


def edge_quarter(found: Found) -> Made:
    """The first or the last quarter of a year: "Quý cuối năm 2025"."""
    which = found.kind("edge")
    if which == "MIDDLE":
        return unread(found)
    number = 1 if which == "START" else 4
    return "PERIOD", (period_named("QUARTER", number, found.place)._replace(year=_year(found)),)


def quarter_by_order(found: Found) -> Made:
    """ "Quý thứ ba" is the third; the lexicon reads "thứ ba" as a weekday's name (Monday 0)."""
    number = found.number("w") + 2
    return (
        ("PERIOD", (period_named("QUARTER", number, found.place)._replace(year=_year(found)),)) if number < 5 else None
    )


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
    which = found.kind("edge")
    if made is None or made[0] != "PERIOD":
        return made
    points = tuple(point._replace(edge=True) for point in made[1])
    if which == "END":
        return "PERIOD", points
    if points[0].span == 3:
        first = points[0]
        near = (
            first._replace(month=first.month - 2) if which == "START" else first._replace(month=first.month - 1, day=15)
        )
        return "ASK", Asked("deadline-unread", found.place, near)
    at = 1 if which == "START" else 15
    return "PERIOD", tuple(point._replace(day=at, span=0) for point in points)


def year_edge(found: Found) -> Made:
    """Middle and end of a year (art. 146.3); its beginning is 1 January by law, which no plan means: ask."""
    which = found.kind("edge")
    point = _year_point(found)
    if which == "START":
        return "ASK", Asked("deadline-unread", found.place, point._replace(month=1, day=1))
    return "PERIOD", (point._replace(edge=True) if which == "END" else point._replace(month=6, span=0, edge=True),)


def part_of_year(found: Found) -> Made:
    """The first or last months of a year: "6 tháng đầu năm", "9 tháng", "nửa cuối năm"."""
    months = found.number("n", 6) * (MONTHS_OF["QUARTER"] if found.has("QUARTER") else 1)
    last = found.kind("edge") == "END"
    if not 1 <= months < 12:
        return unread(found)
    return "PERIOD", (_year_point(found)._replace(month=12 if last else months, span=months),)


def length(found: Found) -> Made:
    """A bare length: "9 tháng" is the first nine months, any other says what a thing is about."""
    if found.number("n") == 9 and found.has("MONTH"):
        return "PERIOD", (Point(9, span=9, place=found.place),)
    proposal = "6 tháng đầu năm" if found.number("n") == 6 and found.has("MONTH") else None
    return "LENGTH", Asked("deadline-topic", found.place, proposal)


def month_of_quarter(found: Found) -> Made:
    """A month, or a day of it, in a quarter named by number: "ngày 20 tháng cuối quý II"."""
    quarter = period_named("QUARTER", found.number("n"), found.place)
    nth = nth_month(found)
    at = found.get("d")
    point = quarter._replace(month=quarter.month - 3 + nth, span=0 if at else 1, year=_year(found))
    if at is None:
        return "PERIOD", (point,)
    return "DATE", (point._replace(day=nth_day(at), printed=at.kind == KINDS["NUM"]),)


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


def points_of(token: Token) -> tuple[Point, ...]:
    if NAMES[token.kind] in ("DATE", "PERIOD", "BAREYEAR", "WITHINYEAR"):
        return tuple(point._replace(place=token.place) for point in token.value)
    return ()


def with_shared_year(points: Sequence[Point]) -> tuple[Point, ...]:
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
        placed.insert(0, point._replace(year=year))
    in_order = [(point.year or 0, point.month, point.day if point.printed else 0) for point in placed]
    return tuple(placed) if in_order == sorted(in_order) else ()


def whole_year(token: Token) -> Point:
    return Point(12, span=12, year=token.value, place=token.place)


def period_named(unit: str, number: int, place: tuple[int, int]) -> Point:
    span = MONTHS_OF[unit]
    return Point(number * span, span=span, place=place)


def nth_day(token: Token) -> int:
    return {"START": 1, "END": LAST}.get(NAMES[token.kind]) or int(token.value)


def nth_month(found: Found) -> int:
    """Which month of the quarter; "tháng thứ hai" is read as a weekday's name (Monday 0) by the lexicon."""
    token = found.named["nth"]
    return {"START": 1, "MIDDLE": 2, "END": 3}.get(NAMES[token.kind]) or int(token.value) + 2


def _agrees(point: Point, weekday: int) -> bool:
    try:
        return date(point.year or 0, point.month, point.day).weekday() == weekday
    except ValueError:
        return True  # an impossible day is a question of its own


def _year(found: Found) -> int | None:
    return found.number("y") or None


def _year_point(found: Found) -> Point:
    return Point(12, span=12, year=_year(found), later=1 if found.get("later") else 0, place=found.place)
