"""What looks like time and is none, and what is a question whatever stands beside it."""

import re
from collections.abc import Callable

from cchc_tasks.domain.reading.time_phrases.cascade import Found, Made
from cchc_tasks.domain.reading.time_phrases.meanings import Asked, BareUnit, Point, YearTopic
from cchc_tasks.domain.reading.time_phrases.tokens import NAMES
from cchc_tasks.domain.vocabulary import Frequency

_RHYTHMS = {
    "YEAR": ("cuối năm", Frequency.YEARLY),
    "QUARTER": ("hàng quý", Frequency.QUARTERLY),
    "MONTH": ("hàng tháng", Frequency.MONTHLY),
    "WEEK": ("hàng tuần", Frequency.WEEKLY),
}

# What is done once or twice within a plan of several years.
_SUMMING_UP = re.compile(r"(?<!\w)(?:sơ kết|tổng kết|hoàn thành|kết thúc|ban hành)\s*$", re.IGNORECASE)


def content(found: Found) -> Made:
    """Words that look like time and are none."""
    return "CONTENT", None


def document_number(found: Found) -> Made:
    """ "05/9-SNV" is a number only when written in one piece: "15/6 - UBND họp" is not."""
    dash = found.named["dash"]
    return ("CITED", None) if found.text[dash.start - 1] != " " != found.text[dash.end] else None


def decimal(found: Found) -> Made:
    """ "93,5%" is one figure, "Q2, 100%" is not."""
    mark = found.named["mark"]
    return ("CONTENT", None) if found.text[mark.end] != " " else None


def telephone(found: Found) -> Made:
    """Nine figures and more, in groups."""
    figures = re.sub(r"\D", "", found.text[slice(*found.place)])
    return ("CONTENT", None) if 9 <= len(figures) <= 11 and figures[0] == "0" else None


def cited(found: Found) -> Made:
    """Another document, or what a figure covers: no part of its own beside parts that are dated."""
    return "CITED", None


def report(found: Found) -> Made:
    """What a report is for, before the day it is due: "báo cáo năm trước ngày 15/12"."""
    token = found.tokens[-1]
    yearly = NAMES[token.kind] == "YEAR" or (NAMES[token.kind] == "BARE" and token.value.frequency is Frequency.YEARLY)
    return ("ANNUALREPORT" if yearly else "TOPIC"), None


def topic(found: Found) -> Made:
    """A year or a length that says what a thing is about; a question only where nothing else dates it."""
    return "TOPIC", None


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


def dateline(found: Found) -> Made:
    """Where and when a document was signed: "Hà Nội, ngày 05 tháng 3 năm 2023"."""
    place = found.text[found.tokens[0].start : found.named["c"].start].split()
    return ("CONTENT", None) if all(word[0].isupper() for word in place) else None


def bare(found: Found) -> Made:
    """A unit alone behind a noun ("báo cáo năm"): a kind of report, or how often it is due."""
    proposal, frequency = _RHYTHMS[found.kind("u")]
    return "BARE", BareUnit(Asked("deadline-topic", found.place, proposal), frequency)


def year_topic(found: Found) -> Made:
    """Years behind a noun: what the noun is about, or its date; "trong" would have said which."""
    numbers = re.findall(r"\d{4}", found.text[slice(*found.place)])
    asked = Asked("deadline-topic", found.place, f"trong năm {', '.join(numbers)}")
    points = tuple(Point(12, span=12, year=int(number), place=found.place) for number in numbers)
    return "TOPIC", YearTopic(asked, points, bool(_SUMMING_UP.search(found.text[: found.place[0]])))


def school(found: Found) -> Made:
    """School years and terms end when the province says so."""
    return "TOPIC", Asked("deadline-school", found.place)


def lunar_month(found: Found) -> Made:
    """ "Tháng giêng" may be January or a month of the lunar year, "tháng Chạp" is lunar."""
    if found.named["n"].value is None:
        return "ASK", Asked("deadline-lunar", found.place)
    year = found.number("y")
    return "ASK", Asked("deadline-lunar", found.place, f"tháng 1/{year}" if year else "tháng 1")
