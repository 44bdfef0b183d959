"""What an obligation is called: its duty, the part of it, and the period where it returns."""

from cchc_tasks.domain.periods import period_in_words
from cchc_tasks.domain.vocabulary import Frequency


def obligation_title(duty: str, label: str | None, period: str | None, frequency: Frequency) -> str:
    """ "Tuyên truyền cải cách hành chính (báo cáo, quý I/2026)"; a yearly or single one needs no period."""
    returning = period is not None and frequency is not Frequency.YEARLY
    named = period_in_words(period) if period is not None and returning else None
    if named and label and named.partition("/")[0] in label:
        named = None  # a regime's line: "báo cáo quý I"
    beside = ", ".join(words for words in (label, named) if words)
    return f"{duty.rstrip('.')} ({beside})" if beside else duty.rstrip(".")
