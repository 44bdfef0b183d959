"""The grammar against a careful officer's readings of phrases that it was not written from."""

from collections import Counter
from pathlib import Path

import pytest

from cchc_tasks.domain.occurrences import due_dates
from cchc_tasks.domain.reading.deadlines import read_deadline
from tests.making.careful_readings import FOLDER, CarefulReading, careful_readings

TABLES = [table for table in sorted(FOLDER.glob("*.tsv")) if table.stem != "units"]


def outcome(one: CarefulReading) -> str:
    reading = read_deadline(one.phrase, one.years)
    dates = (due.due_on for part in reading.parts for due in due_dates(part.rule, one.years))
    return one.judge(dates, asked=bool(reading.questions))


class TestCarefulReadings:
    @pytest.mark.parametrize("table", TABLES, ids=[table.stem for table in TABLES])
    def test_are_met_in_95_of_100_and_contradicted_in_less_than_1_of_100(self, table: Path):
        readings = careful_readings(table)
        outcomes = Counter(map(outcome, readings))
        unmet = {one.phrase: result for one in readings if (result := outcome(one)) != "exact"}
        assert outcomes["exact"] / len(readings) >= 0.95, unmet
        assert outcomes["wrong"] / len(readings) < 0.01, unmet

    def test_are_over_a_thousand_of_every_kind(self):
        readings = [one for table in TABLES for one in careful_readings(table)]
        assert len({(one.phrase, one.years) for one in readings}) > 1_000
        assert any(one.must_ask for one in readings)
        assert any(not one.dates for one in readings)
