"""The phases that targets are set for: "Giai đoạn 2021-2023", "đến năm 2025", "Năm 2024"."""

import re
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.text import tidy


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase as printed, from 1 January of its first year to 31 December of its last.

    One that only says by when has no first day; a school year ("năm học 2026-2027") has neither, for its days are
    the ministry's.
    """

    label: str
    first_on: date | None
    last_on: date | None


def phase_of(label: str) -> Phase | None:
    """The phase that words stand for as a whole; None where they say anything else."""
    words = " ".join(tidy(label).split()).strip(" .:;-+*()")
    found = _PHASE.fullmatch(words) or _YEAR_ALONE.fullmatch(words)
    return _phase(found, words) if found else None


def phase_within(text: str) -> Phase | None:
    """The phase that a title or heading names; None where it names none, or several."""
    words = " ".join(tidy(text).split())
    found = list(_PHASE.finditer(words))
    return _phase(found[0], found[0][0]) if len(found) == 1 else None


def is_whole_plan(phase: Phase, years: Years | None) -> bool:
    """Whether a phase is but the years of the plan, which its heading repeats."""
    if years is None or phase.last_on is None:
        return False
    first = phase.first_on.year if phase.first_on else years.first
    return (first, phase.last_on.year) == (years.first, years.last)


_Y = r"(20\d\d)"
_PHASE = re.compile(
    rf"(?<![\w/])(?:(?P<school>năm học)\s+{_Y}\s*[-–—]\s*{_Y}"
    rf"|(?:giai đoạn|thời kỳ|các năm|trong|từ|năm|\s)*{_Y}\s*(?:[-–—]|đến(?: hết)?)\s*(?:năm\s+)?{_Y}"
    rf"|(?P<until>(?:đến|tới|trước)\s+(?:hết\s+|cuối\s+|năm\s+)*){_Y}"
    rf"|(?:(?:trong|vào|hết|cuối)\s+)*năm\s+{_Y})(?![\d/])",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(rf"(?P<school>(?!))?(?P<until>(?!))?{_Y}")


def _phase(found: re.Match[str], words: str) -> Phase:
    years = [int(number) for number in re.findall(_Y, found[0])]
    label = f"năm {words}" if words.isdecimal() else words
    if found["school"] or years[0] > years[-1]:
        return Phase(label.strip(), None, None)
    first = None if found["until"] else date(years[0], 1, 1)
    return Phase(label.strip(), first, date(years[-1], 12, 31))
