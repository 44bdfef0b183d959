"""The times of a clause at which something is owed; those that only cite, tell or describe are none."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cchc_tasks.domain.occurrences import DeadlineRule
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.findings import Part, Question
from cchc_tasks.domain.reading.prose_duties.owed import Seat, is_owed, names_its_day
from cchc_tasks.domain.vocabulary import DeadlineKind, Frequency


class Timed(NamedTuple):
    """Printed words of time, from where to where they stand in the clause, what they are said of, and their rule."""

    words: str
    start: int
    end: int
    label: str
    rule: DeadlineRule


def may_name_a_time(text: str) -> bool:
    """Whether reading a text for times can find any: it has a number, a period or a word of returning."""
    return _HINT.search(text) is not None


def read_times(clause: str, years: Years | None, issued_on: date | None) -> tuple[Timed, ...]:
    """The times owed in a clause, in their order; times joined without words between them are one.

    `issued_on` is the document's day: an unbounded day before it is told, not owed.
    """
    if not may_name_a_time(clause):
        return ()
    parts, questions = _read(clause, years)
    found: list[Timed] = []
    for part in parts:
        start = clause.find(part.words or "\0", found[-1].start if found else 0)
        if start < 0 or not part.words or (found and start < found[-1].end):
            continue
        end = start + len(part.words)
        start -= len(_day_before(part, clause[:start]))
        start, end = _with_rhythm(part, clause, start, end)
        if is_owed(Seat(part, clause[:start], clause[end:]), questions, issued_on):
            found.append(Timed(clause[start:end], start, end, part.label or "", part.rule))
    if not found:
        found += _school_terms(clause, questions)
    kept = [time for time in found if not any(_is_closer(other, time) for other in found)]
    return tuple(time for time in kept if not any(_is_within(other, time, clause) for other in kept))


_HINT = re.compile(
    r"\d/|\d\s+(?:ngày|lần|giờ)|(?<!\w)(?:ngày|ngay|tuần|tuan|tháng|thang|quý|quí|quy|T\d|Q\d|năm|nam|kỳ|kì|ky|tết"
    r"|tet)(?!\w)",
    re.IGNORECASE,
)


def _read(clause: str, years: Years | None) -> tuple[tuple[Part, ...], tuple[Question, ...]]:
    """What the reader of cells makes of a clause; where nothing, of what stands between its commas."""
    reading = read_deadline(clause, years)
    if any(part.words for part in reading.parts):
        return reading.parts, reading.questions
    each = [read_deadline(piece, years) for piece in clause.split(", ") if may_name_a_time(piece)]
    parts = tuple(part for one in each for part in one.parts if part.words)
    return parts, (*reading.questions, *(question for one in each for question in one.questions))


def _day_before(part: Part, before: str) -> str:
    """The printed day or month of a yearly rhythm: "trước ngày 25/12 hằng năm", "vào tháng 6 hằng năm"."""
    if part.rule.frequency is Frequency.WEEKLY:
        found = _WEEKDAY_AT_END.search(before)
    elif not names_its_day(part.rule) or _DIGIT.search(part.words or ""):
        return ""
    else:
        found = _DAY_AT_END.search(before)
    return found[0] if found else ""


def _with_rhythm(part: Part, clause: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of a rhythm's day stand together with the rhythm before them: "hằng tháng (ngày 25)"."""
    if part.rule.kind is not DeadlineKind.EVERY or _RHYTHM.search(clause, start, end):
        return start, end
    found = _RHYTHM_AT_END.search(clause[:start])
    if not found:
        return start, end
    return found.start(), end + (clause[end : end + 1] == ")" and "(" in found[0])


def _school_terms(clause: str, questions: tuple[Question, ...]) -> Iterator[Timed]:
    """A term of the school year, whose days the province decides: to be asked for."""
    found = _SCHOOL_TERM.search(clause)
    if found and any(one.code in ("deadline-school", "deadline-unread") for one in questions):
        yield Timed(found[0], *found.span(), "", DeadlineRule(DeadlineKind.NONE))


_DIGIT = re.compile(r"\d")
_WEEKDAY_AT_END = re.compile(
    r"(?:(?:vào|trước)\s+)?(?:(?:sáng|chiều)\s+)?(?:ngày\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s*$",
    re.IGNORECASE,
)
_RHYTHM = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi|từng)\s+(?:tuần|tháng|quý|năm)(?!\w)|(?<!\w)của\s", re.IGNORECASE)
_RHYTHM_AT_END = re.compile(
    r"(?:định kỳ\s+)?(?:hằng|hàng|mỗi|từng)\s+(?:tuần|tháng|quý|năm)\s*[(,]?\s*$", re.IGNORECASE
)
_DAY_AT_END = re.compile(
    r"(?:(?:trước|chậm nhất|muộn nhất|vào|đến|trong)\s+)?(?:(?:các\s+)?ngày\s+)?"
    r"(?:(?:\d{1,2}/\d{1,2}|tháng\s+\d{1,2})(?:\s*(?:,|và)\s*)?)+\s*$",
    re.IGNORECASE,
)
_SCHOOL_TERM = re.compile(
    r"(?:(?:(?:vào|sau)\s+)?(?:(?:cuối|đầu|giữa)\s+)?(?:mỗi|từng)\s+|(?:cuối|đầu|kết thúc|hết|giữa)\s+"
    r"|\d+\s+lần\s*/\s*)(?:học k[ỳì]|năm học)(?:\s+(?:I{1,2}"
    r"|[12])(?!\w))?(?:\s+\d+\s+lần)?",
    re.IGNORECASE,
)


def _is_closer(one: Timed, other: Timed) -> bool:
    """Whether one time gives the day of the other's rhythm: "hằng tháng … (ngày cuối cùng của các tháng)"."""
    same = one.rule.kind is other.rule.kind is DeadlineKind.EVERY and one.rule.frequency is other.rule.frequency
    return same and _DAY.search(one.words) is not None and _DAY.search(other.words) is None


def _is_within(one: Timed, other: Timed, clause: str) -> bool:
    """Whether a time says more closely when in the other: "Tháng 9: … (trước ngày 25/9)", "trong đợt (tháng 9)"."""
    if one.start <= other.start or one.rule.kind not in _DATED:
        return False
    between = clause[other.end : one.start]
    if other.rule.kind is DeadlineKind.NONE:
        return _IN_BRACKET.fullmatch(between) is not None
    begins = one.rule.starts_on or min(fixed.on for fixed in one.rule.fixed)
    at_head = other.rule.kind is DeadlineKind.WITHIN and not clause[: other.start].strip() and between.startswith(":")
    closer = one.rule.kind is not DeadlineKind.WITHIN
    return (
        at_head
        and closer
        and any((begins.year, begins.month) == (day.on.year, day.on.month) for day in other.rule.fixed)
    )


_DATED = (DeadlineKind.WITHIN, DeadlineKind.BY, DeadlineKind.BEFORE, DeadlineKind.BETWEEN)
_IN_BRACKET = re.compile(r"[^(),;]{0,30}\(\s*")
_DAY = re.compile(r"(?<!\w)(?:ngày|thứ|chủ nhật)(?!\w)", re.IGNORECASE)
