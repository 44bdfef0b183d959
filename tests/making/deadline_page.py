"""Fills the tables of docs/deadlines.md: `python -m tests.making.deadline_page` after a change of the grammar.

The page is written by hand; of each table row only the reading and the reason are computed.
A test compares every row with what is computed here, so that a change of meaning never passes unseen.
"""

from collections.abc import Iterator
from pathlib import Path

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import explain_deadline, read_deadline
from cchc_tasks.domain.reading.findings import DeadlineReading
from cchc_tasks.domain.reading.in_words import part_in_words
from cchc_tasks.domain.vocabulary import DeadlineKind

PAGE = Path(__file__).parents[2] / "docs" / "deadlines.md"
HEADER = "| Cụm từ | Năm | Cách đọc | Vì sao |"


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Phrase, years, reading and reason of every row, as the page prints them."""
    for line, in_table in _lines():
        if in_table:
            phrase, years, reading, why = (cell.strip() for cell in line.strip().strip("|").split(" | "))
            yield phrase, years, reading, why


def computed(phrase: str, years: str) -> tuple[str, str]:
    """The reading and the reason that belong to a phrase; ⏎ stands for a line break, "không" for no years."""
    text = phrase.replace("⏎", "\n")
    covered = None if years == "không" else Years.parse(years)
    whys = dict.fromkeys(reason.why for reason in explain_deadline(text))
    reading = _in_words(read_deadline(text, covered), covered)
    return _one_line(reading), _one_line("; ".join(whys)) or "không có từ ngữ nào chỉ thời gian"


def _in_words(reading: DeadlineReading, years: Years | None) -> str:
    """Every part with its dates within the plan's years, then every question with what it proposes."""
    parts = [part_in_words(part, years) for part in reading.parts if part.rule.kind is not DeadlineKind.NONE]
    asks = ["hỏi lại" + (f", đề xuất “{one.proposal}”" if one.proposal else "") for one in reading.questions]
    return "; ".join([*parts, *asks])


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎").replace("|", "¦")


def _lines() -> Iterator[tuple[str, bool]]:
    in_table = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        in_table = line == HEADER or (in_table and line.startswith("|"))
        yield line, in_table and line != HEADER and not line.startswith("| ---")


if __name__ == "__main__":
    written = []
    for line, in_table in _lines():
        if in_table:
            phrase, years = (cell.strip() for cell in line.strip().strip("|").split(" | ")[:2])
            written.append(f"| {phrase} | {years} | {' | '.join(computed(phrase, years))} |")
        else:
            written.append(line)
    PAGE.write_text("\n".join(written) + "\n", encoding="utf-8")
