"""Days that a workbook may have exchanged are asked about, the others are not."""

from dataclasses import replace

from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.document import Grid, Stored
from cchc_tasks.domain.reading.findings import Question
from tests.making.grids import document, grid

COLUMN = 2


def questions(*days: tuple[str, Stored]) -> list[tuple[int, Question]]:
    """The questions of rows whose time cells hold these days, with the number of the row."""
    table = grid(
        "TT | Nhiệm vụ | Thời hạn | Chủ trì\n"
        + "\n".join(f"{n} | Việc | {day} | VP" for n, (day, _) in enumerate(days))
    )
    rows = [table.rows[0]]
    for row, (_, stored) in zip(table.rows[1:], days, strict=True):
        cells = list(row.cells)
        cells[COLUMN] = replace(cells[COLUMN], stored=stored)
        rows.append(replace(row, cells=tuple(cells)))
    found, _ = read_rows(document(Grid(tuple(rows))))
    return [(number, question) for number, row in enumerate(found) for question in row.questions]


class TestStoredDay:
    def test_is_asked_about_beside_days_kept_as_text(self) -> None:
        ((number, question),) = questions(("25/12/2026", Stored.TEXT), ("05/03/2026", Stored.DAY))

        assert (number, question.code, question.about) == (1, "date-cell-swapped", "time")
        assert (question.proposal, question.choices) == ("03/05/2026", ("05/03/2026", "03/05/2026"))

    def test_is_asked_about_where_it_is_shown_month_first(self) -> None:
        asked = questions(("05/03/2026", Stored.DAY_SHOWN_MONTH_FIRST), ("Quý I", Stored.TEXT))

        assert [number for number, _ in asked] == [0]

    def test_is_certain_among_stored_days(self) -> None:
        assert questions(("05/03/2026", Stored.DAY), ("Quý I", Stored.TEXT)) == []

    def test_is_certain_where_another_could_not_have_been_exchanged(self) -> None:
        days = [("25/12/2026", Stored.DAY), ("05/03/2026", Stored.DAY_SHOWN_MONTH_FIRST), ("30/6/2026", Stored.TEXT)]

        assert questions(*days) == []

    def test_is_certain_where_both_readings_are_one(self) -> None:
        assert questions(("03/03/2026", Stored.DAY), ("25/12/2026", Stored.TEXT)) == []


class TestTypedDay:
    def test_is_asked_about_beside_one_that_can_only_have_the_month_first(self) -> None:
        asked = questions(("3/5/2026", Stored.TEXT), ("11/20/2026", Stored.TEXT), ("4/4/2026", Stored.TEXT))

        assert [(number, question.choices) for number, question in asked] == [(0, ("3/5/2026", "5/3/2026"))]

    def test_is_certain_beside_one_that_can_only_have_the_day_first(self) -> None:
        days = ("3/5/2026", "11/20/2026", "25/12/2026")

        assert questions(*((day, Stored.TEXT) for day in days)) == []
