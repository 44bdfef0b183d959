"""Days, periods and recurrences with what stands around them: bounds, hours, ranges, terms after an anchor."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from cchc_tasks.domain.occurrences import LAST, Recurrence, Term
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.reading.time_phrases.cascade import Found, Made
from cchc_tasks.domain.reading.time_phrases.lengths import Relative
from cchc_tasks.domain.reading.time_phrases.meanings import Asked, Between, Dates, Every, From, Ongoing, Point
from cchc_tasks.domain.reading.time_phrases.sense.points import MONTHS_OF, points_of, whole_year, with_shared_year
from cchc_tasks.domain.reading.time_phrases.sense.words import unread
from cchc_tasks.domain.reading.time_phrases.tokens import KINDS, NAMES, Token
from cchc_tasks.domain.vocabulary import Bound, Frequency

# "Báo cáo kết quả … quý III": a document and at least two more words, up to the period.
_DOCUMENT = re.compile(
    r"(?<!\w)(?:bao cao|bc|ke hoach|kh|ket qua|tinh hinh|nhiem vu|chuong trinh)"
    r"(?! (?:ban hanh|hoan thanh|gui|nop|trinh|thuc hien)$)(?: [^\W\d_]+){2,}$"
)


def relative(found: Found) -> Made:
    """A length of time from an anchor, whose words are kept."""
    unit = {
        "HOUR": "hours",
        "DAY": "days",
        "WORKDAY": "working-days",
        "WEEK": "weeks",
        "MONTH": "months",
        "YEAR": "years",
    }
    first, stop = found.named["anchor"], found.get("stop")
    words = [token for token in found.tokens if token.start >= first.start and (not stop or token.end <= stop.start)]
    amount = (found.get("n") or found.named["stop"]).value * (-1 if found.get("back") else 1)
    term = Term(found.text[first.start : words[-1].end].rstrip(" ."), amount, unit[found.kind("u")])
    return "DATED", (Relative(term, _known_ends(words), found.place), None)


def dated(found: Found) -> Made:
    """Days or periods with what stands before them: bounds, and an hour."""
    points = with_shared_year([point for token in found.tokens for point in points_of(token)])
    if not points or any(_meet(one, other) for one, other in pairwise(points)):
        return unread(found)
    bound = _bound(found)
    if bound is Bound.BEFORE and points[0].span and not points[0].edge:
        return "ASK", Asked("deadline-unread", found.place, _eve(points[0]))
    hour = found.get("c")
    return "DATED", (Dates(points, bound), hour and hour.value)


def period_topic(found: Found) -> Made:
    """A month or quarter behind a document's longer name: what the document covers, or its date."""
    item = re.split(r"[\n;]", found.text[: found.place[0]])[-1]
    before = _DOCUMENT.search(search_key(item))
    if before is None or found.tokens[0].value[0].edge:
        return dated(found)
    words = found.text[slice(*found.place)]
    return "TOPIC", Asked("deadline-topic", found.place, f"trong {words[0].lower()}{words[1:]}")


def refined(found: Found) -> Made:
    """A period and then a day: the day decides where it lies in the period, else it is a question."""
    (period, *periods), (point, *points) = found.named["p"].value, found.named["d"].value
    if periods or points or not period.month - period.span < point.month <= period.month:
        return unread(found)
    place = found.named["d"].place
    return "DATED", (Dates((point._replace(year=point.year or period.year, place=place),), _bound(found)), None)


def within_year(found: Found) -> Made:
    """A year and then a period of it: "Năm 2023: quý II"."""
    (year, *more), period = found.named["y"].value, found.named["p"].value
    if more or any(point.year not in (None, year.year) for point in period):
        return unread(found)
    return "DATED", (Dates(tuple(point._replace(year=year.year) for point in period), _bound(found)), None)


def moved(found: Found) -> Made:
    """A day or period that took another's place: "Tháng 5/2025 lùi sang tháng 7/2025"."""
    behind = found.row[found.row.rindex(KINDS["MOVED"]) + 1 :]
    return dated(found._replace(tokens=[found.named["p"]], row=behind))


def late_since(found: Found) -> Made:
    """ "Quá hạn từ 31/3" was due on that day."""
    return dated(found._replace(tokens=[found.named["p"]], row=found.named["p"].kind))


def doubted(found: Found) -> Made:
    """A day or period that somebody asked to move, or that is in doubt: "15/6 (đề nghị lùi 30/6)"."""
    first = found.named["p"]
    return "ASK", Asked("deadline-unread", found.place, found.text[slice(*first.place)])


def narrowed(found: Found) -> Made:
    """A period and in brackets a part of it: "Quý II (tháng 5)"; what does not fit is a question."""
    (whole, *wholes), parts = found.named["a"].value, found.named["b"].value
    inside = all(whole.month - whole.span <= part.month - max(part.span, 1) for part in parts)
    years = {point.year for point in (whole, *parts) if point.year}
    if wholes or len(years) > 1 or not inside or not all(part.month <= whole.month for part in parts):
        return unread(found)
    dated = tuple(part._replace(year=next(iter(years), None)) for part in parts)
    return "DATED", (Dates(dated, _bound(found)), None)


def of_years(found: Found) -> Made:
    """A day or period in each of the years named beside it: "Quý IV các năm 2023 và 2025"."""
    years = found.get("y")
    if years:
        numbers = [point.year for point in years.value]
    else:
        span = found.named["s"].value
        numbers = list(range(span.start.year, span.end.year + 1))
    points = found.named["p"].value
    if any(point.year for point in points):
        return None
    return "DATED", (Dates(tuple(point.of(number) for number in numbers for point in points), _bound(found)), None)


def day_in_month(found: Found) -> Made:
    """A day of the month said before it: "Trong tháng 5, chậm nhất ngày 25"."""
    (period, *more), at = found.named["p"].value, found.named["d"].value
    if more or period.span != 1 or period.edge:
        return unread(found)
    return "DATED", (Dates((period._replace(day=at, span=0, printed=True),), _bound(found)), None)


def around(found: Found) -> Made:
    """ "Khoảng tháng 6": the office says whether the month itself is meant."""
    point = found.named["p"]
    return "ASK", Asked("deadline-unread", found.place, found.text[slice(*point.place)])


def on_weekday(found: Found) -> Made:
    """A weekday beside "hằng tuần"."""
    frequencies = [one.frequency for one in found.named["e"].value.recurrences]
    if frequencies not in ([Frequency.WEEKLY], [Frequency.BIWEEKLY]):
        return unread(found)
    hour = found.get("c")
    recurrence = Recurrence(frequencies[0], weekday=found.number("w"))
    return "DAYOF", (Every((recurrence,), _bound(found), place=found.place), hour and hour.value)


def day_name(found: Found) -> Made:
    """A weekday by itself: "BC tuần: 15h thứ Năm", "Hằng tuần, báo cáo vào thứ Sáu"."""
    hour = found.get("c")
    return "DAYNAME", (found.number("w"), _bound(found), hour and hour.value)


def span_or_topic(found: Found) -> Made:
    """A phase behind a noun is its subject, behind a deed its time: "tổ chức thực hiện giai đoạn 2022-2025"."""
    deed = _DEED_BEFORE.search(found.text[: found.place[0]])
    return spanning(found) if deed else ("TOPIC", None)


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
    (start, *starts), (end, *ends) = found.named["a"].value, found.named["b"].value
    if starts or ends or _meet(start, end):
        return unread(found)
    bound = Bound.BEFORE if found.has("BEFORE") else None
    return "DATED", (Between(start, end, bound), None)


def spanning(found: Found) -> Made:
    """A stretch recognised before, with what stands around it."""
    return "DATED", (found.named["s"].value, None)


def open_ended(found: Found) -> Made:
    """A year and the years after it: due at the end of what is named."""
    points = found.named["p"].value
    return "DATED", (Between(points[0], points[-1]), None)


def beginning(found: Found) -> Made:
    """A beginning without an end."""
    (start, *more) = found.named["p"].value
    return unread(found) if more else ("DATED", (From(start), None))


def ongoing(found: Found) -> Made:
    """All the time."""
    return "DATED", (Ongoing(), None)


def lone_years(found: Found) -> Made:
    """Years that are all a cell says."""
    return "DATED", (Dates(tuple(whole_year(token) for token in found.tokens if token.kind == KINDS["YEARNUM"])), None)


_DEED_BEFORE = re.compile(r"(?<!\w)(?:thực hiện|triển khai|hoàn thành|duy trì)(?:\s+(?:trong|cho))?\s*$", re.IGNORECASE)
_PRINTED_DAYS = (
    ["NUM", "SLASH", "NUM"],
    ["NUM", "SLASH", "NUM", "SLASH", "YEARNUM"],
    ["NUM", "MONTH", "NUM"],
    ["NUM", "MONTH", "NUM", "YEAR", "YEARNUM"],
)


def _known_ends(words: Sequence[Token]) -> tuple[Point, ...]:
    """The ends that "kết thúc quý" names in a year, or the day an anchor is; nothing for any other."""
    kinds = [NAMES[token.kind] for token in words if token.kind not in (KINDS["DOT"], KINDS["DAY"])]
    if kinds in _PRINTED_DAYS:
        at, month, *year = (token.value for token in words if token.value is not None)
        return (Point(month, day=at, year=year[0] if year else None, printed=True, place=_place(words)),)
    if kinds[:1] != ["FINISH"] or len(kinds) != 2 or kinds[1] not in MONTHS_OF:
        return ()
    span = MONTHS_OF[kinds[1]]
    return tuple(Point(last, span=span) for last in range(span, 13, span))


def _place(words: Sequence[Token]) -> tuple[int, int]:
    return words[0].start, words[-1].end


def _meet(one: Point, other: Point) -> bool:
    """Whether the end of a month and the beginning of the next stand together: "cuối T6, đầu T7" is one vague time."""
    return one.edge and one.day == LAST and (other.edge, other.day, other.month) == (True, 1, one.month % 12 + 1)


def _bound(found: Found) -> Bound | None:
    if found.has("BEFORE"):
        return Bound.BEFORE
    return Bound.BY if found.has("BY", "TO") else None


def _eve(point: Point) -> Point:
    """The last day before a period, which "trước tháng 6" most likely means."""
    first = date(point.year or 2023, point.month - point.span + 1, 1)
    eve = first - timedelta(days=1)
    if point.year is None and eve.year != first.year:
        return point._replace(month=12, day=LAST, later=-1, span=0)
    return point._replace(month=eve.month, day=eve.day, span=0, year=point.year and eve.year)
