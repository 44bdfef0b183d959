"""A document read as a whole: the duties of its appendix and its prose, and whatever else it says."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cchc_tasks.domain.errors import NoAppendix, TableWithoutColumns
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.citations import CitedDocument, read_citations
from cchc_tasks.domain.reading.column_names import Column
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.duty import DutyReader
from cchc_tasks.domain.reading.findings import DocumentHeader, DutyReading, Question, Row
from cchc_tasks.domain.reading.header import read_header
from cchc_tasks.domain.reading.indicators import Indicator, read_indicators
from cchc_tasks.domain.reading.prose import ProseDuty, read_prose
from cchc_tasks.domain.reading.regime import RegimeLine, read_regime
from cchc_tasks.domain.reading.reported_figures import ReportedFigure, read_figures
from cchc_tasks.domain.reading.rubric import read_rubric
from cchc_tasks.domain.reading.rubric_rows.criteria import Criterion
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import RowSource

PROSE = "LV"  # lời văn: begins the ids of duties found in it
REPORT = "BC"
PLANS = ("KH", "CTr", "PA", "ĐA")  # types of documents that assign work (NĐ 30/2020/NĐ-CP, appendix III)
CHECKED = "đã đối chiếu"  # the answer about a scan; never taken as a proposal


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What was found in a document, each kind in print order; the questions are those of no single row."""

    header: DocumentHeader
    duties: tuple[DutyReading, ...] = ()
    regime: tuple[RegimeLine, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    citations: tuple[CitedDocument, ...] = ()
    figures: tuple[ReportedFigure, ...] = ()
    questions: tuple[Question, ...] = ()


def read_document(
    document: SourceDocument,
    years: Years | None = None,
    *,
    before_is_strict: bool = False,
    columns: Mapping[Column, int] | None = None,
) -> DocumentReading:
    """Read everything; the years given stand before those of the title, columns named by hand before any header.

    Raises NoAppendix or TableWithoutColumns where a document holds nothing that can be read.
    """
    header, asked = read_header(document)
    if years is not None:
        header = replace(header, years=years)
        asked = tuple(question for question in asked if question.about != "years")
    rows, of_table, why_none = _rows(document, columns)
    prose, of_prose = read_prose(document, header.years)
    regime, of_regime = read_regime(document, header.years, header.issued_on, before_is_strict=before_is_strict)
    indicators, of_indicators = read_indicators(document, header.years)
    criteria, of_criteria = read_rubric(document)
    citations, of_citations = read_citations(document)
    figures, of_figures = read_figures(document)
    if why_none and not any((prose, regime, indicators, criteria, citations, figures)):
        raise why_none
    all_rows = [*rows, *_prose_rows(prose)]
    reader = DutyReader(header.years, before_is_strict=before_is_strict)
    duties = tuple(map(reader.read, all_rows))
    found = DocumentReading(
        header=header,
        duties=duties,
        regime=tuple(line for line in regime if not any(_says_the_same(duty, line) for duty in duties)),
        indicators=indicators,
        criteria=criteria,
        citations=citations,
        figures=figures,
    )
    others = (*of_prose, *of_regime, *of_indicators, *of_criteria, *of_citations, *of_figures)
    of_source = (*_scanned(document), *asked, *of_table, *_unread_table(why_none, found))
    return replace(found, questions=(*of_source, *others))


def _rows(
    document: SourceDocument, columns: Mapping[Column, int] | None
) -> tuple[tuple[Row, ...], tuple[Question, ...], NoAppendix | TableWithoutColumns | None]:
    """The appendix, or why there is none."""
    try:
        return *read_rows(document, columns), None
    except (NoAppendix, TableWithoutColumns) as error:
        return (), (), error


def _prose_rows(duties: Iterable[ProseDuty]) -> Iterator[Row]:
    """Sentences as rows; what a row of an appendix has no cell for stays beside its cells, as printed."""
    for number, one in enumerate(duties, start=1):
        beside = {
            "sentence": one.sentence,
            "receiver": one.receiver,
            "through": one.through,
            "form": "; ".join(one.forms),
            "address": one.address,
            "quota": one.quota.words if one.quota else None,
        }
        cells = dict(one.cells) | {name: text for name, text in beside.items() if text}
        yield Row(f"{PROSE}{number}", f"{number}", one.group, one.title, cells, source=RowSource.PROSE)


def _says_the_same(duty: DutyReading, line: RegimeLine) -> bool:
    """Whether a sentence that became a duty holds a report's words and its dates: nothing is owed twice."""
    dates = {one.due.due_on for part in duty.parts for one in part.occurrences}
    on_its_days = bool(line.occurrences) and {one.due_on for one in line.occurrences} <= dates
    return on_its_days and _words(line.words) <= _words(duty.row.cells.get("sentence", ""))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w/]+", search_key(text)))


def _scanned(document: SourceDocument) -> Iterator[Question]:
    """A scan always ends in review: a misread figure looks like any other."""
    if document.scanned:
        text = (
            "Văn bản được nhận dạng từ bản quét, chữ và ngày có thể sai."
            f" Sau khi đối chiếu từng dòng với bản in, chọn “{CHECKED}”."
        )
        yield Question("document-scanned", "scan", text, choices=(CHECKED,))


def _unread_table(why: NoAppendix | TableWithoutColumns | None, found: DocumentReading) -> Iterator[Question]:
    """A table whose columns were not recognised, or a plan that assigns nothing; not what was read otherwise."""
    of_tables = found.criteria or any(not one.in_body for one in found.indicators)
    if why is None or of_tables or found.header.type == REPORT:
        return
    if isinstance(why, TableWithoutColumns):
        yield Question("table-unread", "appendix", f"{why}")
    elif not found.duties and found.header.type in PLANS:
        text = "Chưa thấy nhiệm vụ nào trong văn bản. Văn bản này có giao nhiệm vụ không?"
        yield Question("duties-missing", "appendix", text)
