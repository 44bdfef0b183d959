"""Deadlines: distinct phrases a second, beside a bare regular expression over the same and beside the constant."""

import re
from collections.abc import Iterator
from datetime import date

from cchc_tasks.domain.occurrences import due_dates
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from tests.benchmarks.timing import beside
from tests.making import deadline_page

BARE = re.compile(
    r"(?:quý\s+([IV]+|\d))|(?:tháng\s+(\d{1,2}))|(?:(\d{1,2})/(\d{1,2})(?:/(\d{4}))?)|(?:năm\s+(\d{4}))", re.I
)


def measure() -> Iterator[str]:
    """The reading with all its dates, against the two limits; no phrase occurs twice."""
    phrases = _distinct()

    def read() -> None:
        for phrase, years in phrases:
            for part in read_deadline(phrase, years).parts:
                due_dates(part.rule, years)

    def bare() -> None:
        for phrase, _ in phrases:
            BARE.findall(phrase)

    def constant() -> None:
        for _, years in phrases:
            date(years.last, 12, 31)

    took, to_bare = beside(read, bare)
    _, to_constant = beside(read, constant)
    yield f"{len(phrases)} distinct phrases: {len(phrases) / took:,.0f} a second"
    yield f"ratio to the bare regular expression: {to_bare:.0f}; to the constant: {to_constant:.0f}"


def _distinct() -> list[tuple[str, Years]]:
    """The phrases of docs/deadlines.md that name their year, as they stand and in thirty other years."""
    texts = [phrase.replace("⏎", "\n") for phrase, years, *_ in deadline_page.rows() if years == "2023"]
    dated = [text for text in texts if "2023" in text]
    return [(text.replace("2023", str(year)), Years(year, year)) for year in range(2010, 2041) for text in dated]
