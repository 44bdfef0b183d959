"""A document read as a whole: its duties and whatever else it says."""

from dataclasses import dataclass, replace

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.duty import read_duty
from cchc_tasks.domain.reading.findings import DocumentHeader, DutyReading, Question
from cchc_tasks.domain.reading.header import read_header


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What was found in a document, each kind in print order."""

    header: DocumentHeader
    duties: tuple[DutyReading, ...] = ()
    questions: tuple[Question, ...] = ()


def read_document(
    document: SourceDocument, years: Years | None = None, *, before_is_strict: bool = False
) -> DocumentReading:
    """Read everything; the years given stand before those of the title. Raises NoAppendix or TableWithoutColumns."""
    header, questions = read_header(document)
    if years is not None:
        header = replace(header, years=years)
        questions = tuple(question for question in questions if question.about != "years")
    rows, of_table = read_rows(document)
    duties = tuple(read_duty(row, header.years, before_is_strict=before_is_strict) for row in rows)
    return DocumentReading(header, duties, (*questions, *of_table))
