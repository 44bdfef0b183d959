"""The five real documents, each read as a whole and held against careful readings.

000, 003 and 004 have theirs in ../shared/gold. 001 and 002 were read by two people, independently of each other and of
the code; tests/readings/documents keeps what they found, facts only.
"""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.cli.reading_json import document_as_json
from cchc_tasks.domain.reading.citations import CitedDocument
from cchc_tasks.domain.reading.whole import DocumentReading, read_document
from cchc_tasks.domain.vocabulary import Frequency, RowSource

READINGS = Path(__file__).parents[2] / "readings" / "documents"


def reading(shared: Path, number: str) -> DocumentReading:
    return read_document(read_text(next((shared / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")))


def table(name: str) -> list[dict[str, str]]:
    with (READINGS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def codes(read: DocumentReading) -> Counter[str]:
    return Counter(one.code for one in read.questions)


class TestFiveYearPlan:
    def test_has_each_indicator_of_two_phases_as_a_careful_person_reads_it(self, shared: Path) -> None:
        gold = json.loads((shared / "gold" / "000_rows.json").read_text(encoding="utf-8"))
        found = [one for one in document_as_json(reading(shared, "000"))["indicators"] if one["number"]]
        wanted = [
            (row["id"], row["criterion"], text, [*map(float, targets)], row["lead_unit"], row["lead_section"])
            for row in gold
            for text, targets in zip(row["indicators"], row["indicator_targets"], strict=True)
        ]
        assert len(wanted) == 35
        assert wanted == [
            (
                one["number"],
                one["area"],
                one["text"],
                [float(target["target"]) for target in one["targets"]],
                one["lead"],
                one["section"],
            )
            for one in found
        ]

    def test_owes_its_reports_on_four_days_a_year_from_its_issue_on(self, shared: Path) -> None:
        found = document_as_json(reading(shared, "000"))["regime"]
        assert [(one["label"], one["due_on"], one["bound"]) for one in found if one["due_on"][:4] == "2025"] == [
            ("quý I", "2025-03-05", "before"),
            ("quý II", "2025-06-05", "before"),
            ("quý III", "2025-09-05", "before"),
            ("cả năm", "2025-12-05", "before"),
        ]
        assert sorted(one["due_on"] for one in found)[0] == "2021-09-05"
        assert {(*one["reporters"], one["receiver"]) for one in found} == {("Các phòng ban của Sở", "Văn phòng Sở")}

    def test_asks_of_its_prose_what_has_a_day_or_a_rhythm(self, shared: Path) -> None:
        found = reading(shared, "000").duties
        dates = [
            sorted({one.due.due_on.isoformat() for part in duty.parts for one in part.occurrences}) for duty in found
        ]
        assert [days[0] for days in dates if len(days) == 1] == [
            "2023-11-30",
            "2025-11-30",
            "2021-07-10",
            "2021-07-10",
            "2021-07-10",
        ]
        (dialogues,) = [days for days in dates if len(days) > 1]
        assert len(dialogues) == 10

    def test_has_the_steps_of_2022_and_2024_in_its_body(self, shared: Path) -> None:
        steps = [one for one in reading(shared, "000").indicators if one.phase in ("năm 2022", "năm 2024")]
        assert [(one.phase, one.target and (one.target.comparator, one.target.value)) for one in steps] == [
            ("năm 2022", (">", 50)),
            ("năm 2024", (">", 70)),
        ]

    def test_contradicts_itself_in_three_targets_and_one_year(self, shared: Path) -> None:
        asked = [one for one in reading(shared, "000").questions if one.about == "indicators"]
        assert Counter(one.code for one in asked) == {"target-differs": 3, "phase-overlap": 1}
        assert any("Giảm tối thiểu 10%" in one.text and "Giảm 5%" in one.text for one in asked)
        assert any("60%" in one.text and "100%" in one.text for one in asked)


class TestSchoolPlan:
    def test_asks_for_what_two_careful_people_found(self, shared: Path) -> None:
        read = reading(shared, "001")
        gold = table("school_plan_001.tsv")
        assert [
            ("; ".join(line.reporters), ", ".join(one.due_on.isoformat() for one in line.occurrences), line.label)
            for line in read.regime
        ] == [(one["lead"], one["dates"], one["words"]) for one in gold if one["kind"] == "regime"]
        duties = [one for one in gold if one["kind"] == "duty"]
        for duty, wanted in zip(read.duties, duties, strict=True):
            assert (duty.row.source, duty.row.cells["lead"]) == (RowSource.PROSE, wanted["lead"])
            assert wanted["words"].casefold() in duty.row.cells["sentence"].casefold()
            (part,) = duty.parts
            if wanted["dates"] in (Frequency.MONTHLY, Frequency.WEEKLY):
                assert part.rule.frequency == wanted["dates"]
            else:
                assert [one.due.due_on.isoformat() for one in part.occurrences] == [wanted["dates"]]

    def test_sends_one_report_through_the_district_and_counts_its_news(self, shared: Path) -> None:
        cells = [one.row.cells for one in reading(shared, "001").duties]
        assert [one["through"] for one in cells if "through" in one] == ["Phòng nội vụ"]
        assert [one["quota"] for one in cells if "quota" in one] == ["ít nhất 1 tuần/lần"]

    def test_has_the_targets_both_people_found(self, shared: Path) -> None:
        found = [one.target for one in reading(shared, "001").indicators if one.target]
        wanted = [one["dates"] for one in table("school_plan_001.tsv") if one["kind"] == "target"]
        assert [f"{one.comparator} {one.value} {one.unit}" for one in found] == wanted

    def test_contradicts_its_title_in_subject_and_year(self, shared: Path) -> None:
        assert codes(reading(shared, "001")) == {"year-differs": 1, "title-differs": 1}


class TestReport:
    def test_cites_each_document_two_careful_people_found_and_no_other(self, shared: Path) -> None:
        found = reading(shared, "002").citations
        gold = table("report_002.tsv")
        assert len(gold) == 162
        matched = [[one for one in found if _is(one, row)] for row in gold]
        missed = [row["number"] for row, ones in zip(gold, matched, strict=True) if not ones]
        known = {id(one) for ones in matched for one in ones}
        invented = [one.number for one in found if id(one) not in known]
        assert (missed, invented) == ([], [])

    def test_asks_of_citations_only_what_is_at_odds(self, shared: Path) -> None:
        asked = [one for one in reading(shared, "002").questions if one.about == "citations"]
        assert sorted((one.code, one.words) for one in asked) == [
            ("citation-number-differs", "128/UBND"),
            ("citation-number-differs", "159/SGDDĐT"),
            ("citation-two-dates", "117/QĐ-TTg"),
            ("citation-two-dates", "131/NQ-CP"),
            ("citation-two-dates", "162/KH-SGDĐT"),
        ]

    def test_counts_add_up_but_for_the_one_that_nobody_can_read(self, shared: Path) -> None:
        read = reading(shared, "002")
        by_value = {int(one.value): one for one in read.figures}
        assert [int(part.value) for part in by_value[53].parts] == [36, 17, 0]
        assert by_value[53].outcome == "fits"
        assert [one.words for one in read.questions if one.about == "figures"] == ["44/12"]

    def test_assigns_nothing(self, shared: Path) -> None:
        read = reading(shared, "002")
        assert (read.duties, read.regime, read.indicators) == ((), (), ())


class TestAppendix:
    def test_has_two_duties_more_in_its_prose(self, shared: Path) -> None:
        prose = [one for one in reading(shared, "003").duties if one.row.source is RowSource.PROSE]
        assert [
            sorted(one.due.due_on.isoformat() for part in duty.parts for one in part.occurrences) for duty in prose
        ] == [
            ["2023-01-31"],
            ["2023-06-15", "2023-12-15"],
        ]
        assert prose[1].row.cells["form"] == "file pdf"
        assert reading(shared, "003").regime == ()


class TestRubric:
    def test_is_read_beside_the_days_of_its_prose(self, shared: Path) -> None:
        read = reading(shared, "004")
        assert len(read.criteria) == 47
        assert "2023-12-15" in {
            one.due.due_on.isoformat() for duty in read.duties for part in duty.parts for one in part.occurrences
        }

    def test_asks_where_it_cannot_be_scored(self, shared: Path) -> None:
        assert codes(reading(shared, "004")) == {
            "document-number-blank": 1,
            "criterion-without-code": 2,
            "criterion-without-unit": 2,
            "criterion-without-points": 3,
            "scheme-unclear": 1,
            "threshold-hole": 1,
            "areas-missing": 1,
            "citation-number-differs": 1,
        }


def _is(cited: CitedDocument, row: dict[str, str]) -> bool:
    """Whether a citation is the document of a careful person's row, under any of its spellings and dates."""
    numbers = {row["number"], *filter(None, row["spellings"].split("|"))}
    dates = set(filter(None, row["dates"].split("|")))
    dated = cited.dated is None or cited.dated.isoformat() in dates
    kinds = {row["type"]} | ({"CV"} if row["type"] == "VB" else set())  # "Văn bản số": no type is printed
    return cited.number in numbers and dated and cited.type in kinds


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_one_of_them_can_be_kept_and_comes_back_the_same(shared: Path, number: str) -> None:
    from cchc_tasks.domain.reading.kept import FINDINGS

    read = reading(shared, number)
    for one in (*read.regime, *read.indicators, *read.criteria, *read.citations, *read.figures):
        assert FINDINGS.from_json(json.loads(json.dumps(FINDINGS.to_json(one)))) == one
