"""When an answer of the office may be offered to another plan: the same words, and the answer in that plan's years."""

import calendar
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.text import normalise, search_key
from cchc_tasks.domain.reading.units import read_units


def phrase_key(code: str, about: str, words: str, cell: str, years: Years) -> str | None:
    """What a question about words of a cell shares with that of another plan; None where no answer serves another.

    Two phrases have one key only when they are the same letters with the same diacritics: spaces, capitals, ways of
    typing and the year of a one-year plan do not count ("Đầu quý II năm 2025" in a plan of 2025 is "đầu quý II năm
    2026" in a plan of 2026); other years count by their distance from it. The cell belongs to the phrase, for "năm"
    is another day in "Báo cáo năm" than in "Kế hoạch năm"; a unit's name means the same unit in any cell. A plan of
    several years, where a day returns every year, shares with none of one year.
    """
    timed = about == "time" or code == "period-unread"
    if timed and (code in _MOVING_CODES or _MOVING.search(search_key(words))):
        return None
    named = about in ("lead", "cooperating") and not timed
    shared = [code, about, _comparable(words, years), "" if named else _comparable(cell, years)]
    scope = "several" if years.single is None else "one"
    if any(map(_MAYBE_YEAR.search, shared)):
        scope = f"{years.first}-{years.last}"
    return hashlib.sha256(json.dumps([*shared, scope], ensure_ascii=False).encode()).hexdigest()


def carried_over(about: str, answer: str, given: Years, asked: Years) -> str | None:
    """An answer from a plan of some years in the words for another plan's; None where it would not mean the same.

    Between one-year plans the years it names move along. It is offered only if every date it gives moves by exactly
    that distance and nothing in it asks a question: "30/4/2025" becomes "30/4/2026"; "30/4/25", a weekday with a
    day, the last of February or a dated document give None.
    """
    moved = answer
    if given != asked and given.single and asked.single:
        if _YEAR.search(answer) and _CITATION.search(answer):
            return None
        moved = _YEAR.sub(lambda year: str(int(year[0]) + asked.first - given.first), answer)
    before, after = _gist(about, answer, given), _gist(about, moved, asked)
    return moved if before == after and not after.asks and _same_february(before, given, asked) else None


# Lunar days, weekdays, school years, terms from an event, other documents: the day is another one every time.
_MOVING_CODES = ("deadline-lunar", "deadline-school", "weekday-mismatch")
_MOVING = re.compile(
    r"\b(?:tet|am lich|trung thu|ram|mung|gieng|chap|gio to|vu lan|phat dan|thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat"
    r"|tuan|lam viec|nam hoc|hoc ky|hoc ki|khai giang|ke tu|tinh tu|sau khi|sau ngay|ngay ky|ngay ban hanh"
    r"|theo (?:ke hoach|quyet dinh|huong dan|van ban|yeu cau|chi dao|cong van|lich|thong bao))\b"
)
# A number before a stroke belongs to a document ("30/2020/NĐ-CP").
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d/])")
_MAYBE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d/|(?:[/.'’-]|năm )(?:1[3-9]|[2-9]\d)(?![\d/])")
_CITATION = re.compile(r"\d\s*/\s*[^\W\d_]")
_AROUND_MARKS = re.compile(r"\s*([/.,;:()-])\s*")
_EDGES = " .,;:-"


def _comparable(text: str, years: Years) -> str:
    """One spelling of a text, its years as distances from the plan's only one; from no year where it has several."""
    one = " ".join(normalise(text).text.casefold().split())
    bare = _AROUND_MARKS.sub(r"\1", one).strip(_EDGES)
    return _placed(bare, years.single or 0)


def _placed(text: str, origin: int) -> str:
    return _YEAR.sub(lambda year: f"{{{int(year[0]) - origin:+d}}}", text)


@dataclass(frozen=True, slots=True)
class _Gist:
    """What an answer comes to, its years as distances from the plan's first; two are equal when they mean the same."""

    meaning: str
    asks: bool
    ends: tuple[tuple[int, int], ...] = ()  # month and day of the dates it fixes


def _gist(about: str, answer: str, years: Years) -> _Gist:
    match about:
        case "time":
            reading = read_deadline(answer, years)
            dates = tuple(fixed.on for part in reading.parts for fixed in part.rule.fixed)
            return _Gist(_placed(repr(reading.parts), years.first), bool(reading.questions), _ends(dates))
        case "lead" | "cooperating":
            cell = read_units(answer, years)
            return _Gist(_placed(repr(cell.units), years.first), bool(cell.questions) or not cell.units)
        case _:
            return _Gist(_placed(answer, years.first), asks=False)


def _ends(dates: Sequence[date]) -> tuple[tuple[int, int], ...]:
    return tuple((day.month, day.day) for day in dates)


def _same_february(gist: _Gist, given: Years, asked: Years) -> bool:
    """28/2 is the last of February in one year and not in another: nobody said which of the two was meant."""
    unequal = calendar.isleap(given.first) != calendar.isleap(asked.first)
    return not (unequal and any(month == 2 and day >= 28 for month, day in gist.ends))
