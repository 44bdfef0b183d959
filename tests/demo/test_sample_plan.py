"""The sample plan is read back to the rows it was made from, and holds the shapes that make real plans hard."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_tasks.adapters.config_files import read_directory
from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.demo.sample_plan import SampleRow, sample_plan, sample_rows
from cchc_tasks.domain.reading.findings import DutyReading
from cchc_tasks.domain.reading.units import nearest, unit_key
from cchc_tasks.domain.reading.whole import DocumentReading, read_document
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind, Frequency

UNITS = Path(__file__).parents[2] / "config" / "units.toml"
YEAR = 2026


@pytest.fixture(scope="module")
def reading() -> DocumentReading:
    return read_document(read_text(sample_plan(YEAR)))


def carried_down(rows: tuple[SampleRow, ...]) -> Iterator[tuple[str, ...]]:
    """The rows with group, number and title of the row above where theirs are blank."""
    group = number = title = ""
    for row in rows:
        group, number, title = row.group or group, row.number or number, row.title or title
        yield group, number, title, row.product, row.time, row.lead, row.cooperating


def as_read(duty: DutyReading) -> tuple[str | None, ...]:
    cells = duty.row.cells
    texts = (cells[name] for name in ("product", "time", "lead", "cooperating"))
    return duty.row.group, duty.row.number, duty.row.title, *texts


class TestSamplePlan:
    def test_is_read_back_to_its_rows(self, reading: DocumentReading) -> None:
        assert [as_read(duty) for duty in reading.duties] == list(carried_down(sample_rows(YEAR)))

    def test_has_a_number_a_day_and_its_year(self, reading: DocumentReading) -> None:
        header = reading.header
        assert (header.type, header.years and header.years.single) == ("KH", YEAR)
        assert header.number
        assert header.issued_on
        assert header.issued_on.year == YEAR - 1

    def test_moves_with_the_year(self) -> None:
        in_2026, in_2031 = (set(re.findall(r"\b20\d\d\b", sample_plan(year))) for year in (2026, 2031))
        assert in_2026 <= {"2025", "2026", "2027"}
        assert in_2031 <= {"2030", "2031", "2032"}
        assert len(sample_rows(2031)) == len(sample_rows(2026))

    def test_is_a_plan_of_usual_size(self, reading: DocumentReading) -> None:
        assert 30 <= len(reading.duties) <= 40
        assert len({duty.row.group for duty in reading.duties}) >= 6

    def test_holds_the_shapes_of_real_plans(self, reading: DocumentReading) -> None:
        parts = [(duty, part) for duty in reading.duties for part in duty.parts]
        kinds = {part.rule.kind for _, part in parts}
        assert {DeadlineKind.WITHIN, DeadlineKind.BEFORE, DeadlineKind.BY, DeadlineKind.ONGOING} <= kinds
        frequencies = {part.rule.frequency for _, part in parts}
        assert {Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.HALF_YEARLY} <= frequencies
        assert {Bound.BY, Bound.BEFORE} <= {part.rule.bound for _, part in parts}
        assert any(duty.condition and part.rule.kind is DeadlineKind.ONGOING for duty, part in parts)
        assert any(duty.condition and part.rule.kind is DeadlineKind.WITHIN for duty, part in parts)
        assert any(one.due.due_on.year == YEAR - 1 for _, part in parts for one in part.occurrences)
        assert any(len({one.leads for one in part.occurrences}) == 4 for _, part in parts)  # a lead a quarter
        assert any(unit.remark for duty in reading.duties for unit in duty.leads)

    def test_asks_about_the_impossible_day_and_the_late_label(self, reading: DocumentReading) -> None:
        asked = [question.code for duty in reading.duties for question in duty.questions]
        assert asked.count("date-impossible") == 1
        assert asked.count("group-before-label") == 2

    def test_is_led_by_units_of_the_sample_directory_but_for_a_misspelt_one(self, reading: DocumentReading) -> None:
        directory = read_directory(UNITS)
        named = [(unit.code, unit.name, *unit.aliases) for unit in directory.units]
        named += [(group.name, *group.aliases) for group in directory.groups if group.members or group.stands_for]
        known = {unit_key(name): name for names in named for name in names}
        unknown = [lead.text for duty in reading.duties for lead in duty.leads if unit_key(lead.text) not in known]
        assert [nearest(text, known.values()) for text in unknown] == ["Phòng Tổ chức cán bộ"]
