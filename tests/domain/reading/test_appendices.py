"""Appendices of every shape are read as a careful person reads them."""

import pytest

from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.findings import Row
from tests.making.appendices import APPENDICES, PrintedAppendix


def value(row: Row, name: str) -> str:
    """What a row says under a name of the drawing."""
    if name in ("id", "title"):
        return row.id if name == "id" else row.title
    return (row.group or "") if name == "group" else row.cells.get(name, "(no such cell)")


@pytest.mark.parametrize("appendix", APPENDICES, ids=lambda one: one.name)
def test_an_appendix_is_read_as_a_careful_person_reads_it(appendix: PrintedAppendix) -> None:
    rows, questions = read_rows(appendix.source)

    names = appendix.expected[0]
    assert [{name: value(row, name) for name in names} for row in rows] == appendix.expected
    of_rows = [f"{row.id} {question.code}" for row in rows for question in row.questions]
    assert (*of_rows, *(question.code for question in questions)) == appendix.asked
