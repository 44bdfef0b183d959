"""What looks like time and is none, and what is a question whatever stands beside it."""

import re
from collections.abc import Callable

from cchc_tasks.domain.reading.cascade import Found, Made
from cchc_tasks.domain.reading.meanings import Asked


def content(found: Found) -> Made:
    """Words that look like time and are none."""
    return "CONTENT", None


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
    proposal = {"YEAR": "cuối năm", "QUARTER": "hàng quý", "MONTH": "hàng tháng", "WEEK": "hàng tuần"}
    return "BARE", Asked("deadline-topic", found.place, proposal[found.kind("u")])


def year_topic(found: Found) -> Made:
    """A year behind a noun: what the noun is about, or its date; "trong" would have said which."""
    numbers = re.findall(r"\d{4}", found.text[slice(*found.place)])
    return "TOPIC", Asked("deadline-topic", found.place, f"trong năm {', '.join(numbers)}")


def school(found: Found) -> Made:
    """School years and terms end when the province says so."""
    return "TOPIC", Asked("deadline-school", found.place)


def lunar_month(found: Found) -> Made:
    """ "Tháng giêng" may be January or a month of the lunar year, "tháng Chạp" is lunar."""
    if found.named["n"].value is None:
        return "ASK", Asked("deadline-lunar", found.place)
    year = found.number("y")
    return "ASK", Asked("deadline-lunar", found.place, f"tháng 1/{year}" if year else "tháng 1")
