"""Slips of the typist: whatever is typed is read without failing, and a question hardly ever becomes a date."""

import re
from collections import Counter
from datetime import date

from cchc_tasks.domain.occurrences import due_dates
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from tests.making import deadline_page
from tests.making.phrases import edits

NUMERAL = re.compile(r"\d+|(?<!\w)[IVXivx]+(?!\w)")


def outcomes() -> Counter[str]:
    """How every phrase of the page comes out after every slip of one kind that leaves its numerals alone.

    "same": the same dates or fewer with nothing to ask; "asked": a question; "other date": a date that the phrase did
    not have, silently; "date for a question": likewise where the phrase itself was a question without any date. A slip
    can make another sound phrase ("quý II, IV" into "quý II; IV"), so that the last two are never quite zero.
    """
    counts: Counter[str] = Counter()
    for phrase, covered, *_ in deadline_page.rows():
        text = phrase.replace("⏎", "\n")
        years = None if covered == "không" else Years.parse(covered)
        dates, asked = _read(text, years)
        for slip in edits(text):
            found, asks = _read(slip, years)
            if NUMERAL.findall(slip) != NUMERAL.findall(text):
                continue
            if asks:
                counts["asked"] += 1
            elif found <= dates:
                counts["same"] += 1
            else:
                counts["date for a question" if asked and not dates else "other date"] += 1
    return counts


def _read(text: str, years: Years | None) -> tuple[set[date], bool]:
    reading = read_deadline(text, years)
    return {due.due_on for part in reading.parts for due in due_dates(part.rule, years)}, bool(reading.questions)


class TestSlip:
    def test_rarely_turns_a_question_into_a_date_and_never_fails(self):
        counts = outcomes()
        total = counts.total()
        assert total > 10_000
        assert counts["date for a question"] / total < 0.025, counts
        assert counts["other date"] / total < 0.025, counts
