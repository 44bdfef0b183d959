"""Deadlines: phrases a second, beside a bare regular expression over the same phrases and beside the constant 31/12."""

import re
from collections.abc import Iterator
from datetime import date

from cchc_tasks.demo.sample_plan import sample_rows
from cchc_tasks.domain.occurrences import due_dates
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from tests.benchmarks.timing import beside

YEARS = Years(2026, 2026)
BARE = re.compile(
    r"(?:quý\s+([IV]+|\d))|(?:tháng\s+(\d{1,2}))|(?:(\d{1,2})/(\d{1,2})(?:/(\d{4}))?)|(?:năm\s+(\d{4}))", re.I
)
REPEATS = 40


def measure() -> Iterator[str]:
    """The reading with all its dates, against the two limits."""
    phrases = [row.time for row in sample_rows(2026)] * REPEATS

    def grammar() -> None:
        for phrase in phrases:
            for part in read_deadline(phrase, YEARS).parts:
                due_dates(part.rule, YEARS)

    def bare() -> None:
        for phrase in phrases:
            BARE.findall(phrase)

    def constant() -> None:
        for _ in phrases:
            date(2026, 12, 31)

    took, to_bare = beside(grammar, bare)
    _, to_constant = beside(grammar, constant)
    yield f"{len(phrases)} phrases: {len(phrases) / took:,.0f} a second"
    yield f"ratio to the bare regular expression: {to_bare:.0f}; to the constant: {to_constant:.0f}"
