"""The targets of a plan, from its tables of indicators and from its body, and what is to be asked of them."""

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.header import read_header
from cchc_tasks.domain.reading.indicator_sources.body import indicators_of_body
from cchc_tasks.domain.reading.indicator_sources.differences import differing_targets, overlapping_phases
from cchc_tasks.domain.reading.indicator_sources.indicator import Indicator
from cchc_tasks.domain.reading.indicator_sources.tables import indicators_of_tables

__all__ = ["Indicator", "read_indicators"]


def read_indicators(
    document: SourceDocument, years: Years | None
) -> tuple[tuple[Indicator, ...], tuple[Question, ...]]:
    """The targets of the body, then those of the tables, each in its order; `years` are the plan's.

    A table counts that has a column of targets and one of leads, units of measure or phases; with tasks and their
    dates beside them it assigns duties and is none. Questions: figures that stay unclear, leads that are missing,
    figures that differ between body and tables, phases that overlap.
    """
    header, _ = read_header(document)
    of_body, asked_of_body = indicators_of_body(document, years, is_report=header.type == "BC")
    of_tables, asked_of_tables = indicators_of_tables(document, years)
    differences = differing_targets(of_body, of_tables)
    questions = (*asked_of_body, *asked_of_tables, *differences, *overlapping_phases(of_tables))
    return (*of_body, *of_tables), tuple(dict.fromkeys(questions))
