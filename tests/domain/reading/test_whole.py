"""A document read as a whole: every row of real and invented plans, and what is asked when less was found."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.cli.reading_json import document_as_json, targets_as_json
from cchc_tasks.domain.errors import NoAppendix
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import DutyReading
from cchc_tasks.domain.reading.targets import read_targets
from cchc_tasks.domain.reading.whole import CHECKED, DocumentReading, read_document
from tests.making.files import text_file, word_file, workbook_file
from tests.making.grids import document, grid
from tests.making.real_plan import real_plan
from tests.making.sample_plan import torn_plan, whole_plan

TITLE = "KẾ HOẠCH\nCải cách hành chính năm 2026\n"
CITES = "Căn cứ Quyết định số 12/QĐ-UBND ngày 02/01/2026 của UBND tỉnh Sông Lam;"
ASKS = "II. Tổ chức thực hiện\n1. Văn phòng\nGửi báo cáo về Sở trước ngày 15/6/2026."


def dates(reading: DutyReading) -> list[str]:
    return [one.due.due_on.isoformat() for part in reading.parts for one in part.occurrences]


def by_id(reading: DocumentReading) -> dict[str, DutyReading]:
    return {one.row.id: one for one in reading.duties}


class TestRealPlan:
    @pytest.mark.parametrize("kind", ["txt", "docx", "xlsx"])
    def test_is_understood_as_a_careful_person_does(self, kind: str, shared: Path, tmp_path: Path) -> None:
        real = real_plan(shared, tmp_path)

        found = document_as_json(read_document(FileReader().read(real.files[kind]), Years(2023, 2023)))

        assert [one["code"] for one in found["questions"]] == ["document-number-blank"]
        assert found["document"] == {
            "type": "KH",
            "number": None,
            "issued_on": None,
            "years": [2023, 2023],
            "title": "Kế hoạch thực hiện cải cách hành chính năm 2023",
        }
        of_table = [one for one in found["duties"] if one["source"] == "appendix"]
        for read, gold in zip(of_table, real.gold, strict=True):
            assert _as_gold(read) == _expected(gold), read["id"]
            assert [(one["comparator"], one["target"]) for one in read["targets"]] == TARGETS.get(read["id"], [])
            asked = {question["about"] for question in read["questions"]}
            assert asked <= ({"group"} if read["id"] in ("26", "27") else {"product"} if read["id"] == "12" else set())

    def test_asks_which_part_two_products_belong_to(self, shared: Path) -> None:
        path = next((shared / "seeds").glob("003_*.txt"))

        row = by_id(read_document(FileReader().read(path)))["12"]

        assert [(one.code, one.proposal and one.proposal.partition(":")[0]) for one in row.questions] == [
            ("deliverable-unmatched", "báo cáo"),
            ("deliverable-unmatched", "báo cáo"),
        ]
        assert [len(part.deliverables) for part in row.parts] == [1, 3]


TARGETS = {
    "4": [("=", 20)],
    "10": [("=", 100)],
    "14": [("=", 100)],
    "19": [(">=", 80)],
    "24": [(">=", 80)],
    "29": [(">=", 70)],
    "30": [("=", 100)],
    "32": [(">=", 95)],
    "33": [(">=", 90)],
    "34": [("=", 100), (">=", 20), (">=", 10)],
}


def _expected(gold: dict[str, Any]) -> dict[str, Any]:
    parts = gold.get("product_gold") or gold["time_gold"]
    conditions = {"11": "khi có yêu cầu", "13": "nếu có", "20": "khi có quy định điều chỉnh mới"}
    return {
        "id": gold["id"],
        "dates": [part["due"] for part in parts],
        "labels": [part["label"] for part in parts] if len(parts) > 1 else [],
        "leads": gold["leads"],
        "cooperating": gold["coordinators"],
        "deliverables": gold["deliverables"],
        "by period": gold.get("lead_by_period") or {},
        "condition": {**conditions, "21": "nếu có tuyển dụng mới"}.get(gold["id"]),
    }


def _as_gold(read: dict[str, Any]) -> dict[str, Any]:
    parts = read["parts"]
    occurrences = [one for part in parts for one in part["occurrences"]]
    turning = any(one["leads"] != read["leads"] for one in occurrences)
    (condition,) = {part["condition"] for part in parts}
    return {
        "id": read["id"],
        "dates": [[one["due_on"] for one in part["occurrences"]] for part in parts],
        "labels": [part["label"] for part in parts] if len(parts) > 1 else [],
        "leads": read["leads"],
        "cooperating": read["cooperating"],
        "deliverables": [one["title"] for one in read["deliverables"]],
        "by period": {one["period"]: one["leads"][0] for one in occurrences} if turning else {},
        "condition": condition,
    }


class TestSamplePlan:
    def test_says_the_same_from_every_format(self, tmp_path: Path) -> None:
        files = [text_file(torn_plan(), tmp_path / "a.txt"), word_file(torn_plan(), tmp_path / "a.docx")]
        files += [word_file(whole_plan(), tmp_path / "b.docx"), workbook_file(whole_plan(), tmp_path / "b.xlsx")]

        from_text, from_torn, *from_whole = (read_document(FileReader().read(path)) for path in files)

        assert from_text == from_torn
        assert from_whole[0] == from_whole[1]
        assert [dates(one) for one in from_text.duties] == [dates(one) for one in from_whole[0].duties]

    def test_dates_each_row(self) -> None:
        found = {row: dates(one) for row, one in by_id(read_document(torn_plan())).items()}

        assert found == {
            "1": ["2026-01-31"],
            "2a": ["2026-03-31", "2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"],
            "2b": ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"],
            "3": ["2026-06-15"],
            "4": [],
            "5": ["2026-03-31"],
            "6": ["2026-03-31", "2026-11-30"],
            "7": ["2026-12-31"],
        }

    def test_leaves_exactly_these_questions(self) -> None:
        reading = read_document(torn_plan())

        assert [one.code for one in reading.questions] == ["document-number-blank"]
        assert {
            row: [one.code for one in found.questions] for row, found in by_id(reading).items() if found.questions
        } == {
            "5": ["group-before-label"],
            "6": ["deliverable-unmatched"],
            "7": ["lead-missing"],
        }

    def test_follows_years_that_are_given_rather_than_the_title(self) -> None:
        reading = read_document(torn_plan(), Years(2027, 2027))

        assert reading.header.years == Years(2027, 2027)
        assert dates(by_id(reading)["2a"])[-4:] == ["2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31"]


def test_the_json_holds_what_the_contract_names() -> None:
    found = document_as_json(read_document(torn_plan()))

    others = ["regime", "indicators", "criteria", "references", "figures"]
    assert list(found) == ["document", "duties", *others, "questions"]
    third = found["duties"][3]
    assert {name: third[name] for name in ("id", "source", "group", "number", "leads", "cooperating", "questions")} == {
        "id": "3",
        "source": "appendix",
        "group": "Cải cách thủ tục hành chính",
        "number": "3",
        "leads": ["Văn phòng"],
        "cooperating": ["Các phòng chuyên môn"],
        "questions": [],
    }
    assert third["deliverables"] == [{"title": "Báo cáo kết quả rà soát", "quantity": None, "condition": None}]
    assert third["targets"] == []
    assert third["parts"] == [
        {
            "label": None,
            "kind": "before",
            "frequency": None,
            "bound": "before",
            "condition": "nếu có",
            "occurrences": [
                {"due_on": "2026-06-15", "stated_on": "2026-06-15", "period": None, "leads": ["Văn phòng"]}
            ],
        }
    ]
    assert found["duties"][2]["deliverables"][0]["quantity"] == 1
    assert targets_as_json(read_targets("Giảm 7,5% biên chế")) == [
        {
            "text": "Giảm 7,5% biên chế",
            "comparator": "=",
            "target": 7.5,
            "upper": None,
            "unit": "%",
            "of": "biên chế",
            "change": "decrease",
            "phase": None,
        }
    ]
    assert found["duties"][6]["questions"][0] == {
        "code": "deliverable-unmatched",
        "about": "product",
        "text": "Chưa rõ sản phẩm “bảng số liệu” thuộc phần nào của thời gian thực hiện, đề xuất phần “báo cáo”.",
        "proposal": "báo cáo: bảng số liệu",
    }


def codes(found: DocumentReading) -> set[str]:
    return {one.code for one in found.questions}


class TestPlanWithoutDuties:
    def test_is_asked_about_though_something_else_was_found(self) -> None:
        assert "duties-missing" in codes(read_document(document(TITLE + CITES)))

    def test_is_asked_about_its_table_where_one_stands_there(self) -> None:
        found = read_document(
            document(TITLE + CITES, grid("Việc gì | Ai làm\nHọp giao ban | Văn phòng\nKiểm tra | VP"))
        )
        assert "table-unread" in codes(found)

    def test_is_asked_nothing_where_its_prose_assigns(self) -> None:
        found = read_document(document(TITLE + CITES + "\n" + ASKS))
        assert [one.row.id for one in found.duties] == ["LV1"]
        assert not codes(found) & {"duties-missing", "table-unread"}

    def test_of_which_nothing_at_all_was_read_is_refused(self) -> None:
        with pytest.raises(NoAppendix):
            read_document(document("Thư mời\nKính mời đại biểu dự họp."))


class TestScan:
    def test_always_ends_in_review(self) -> None:
        scanned = replace(document(TITLE + ASKS), scanned=True)
        (question,) = [one for one in read_document(scanned).questions if one.code == "document-scanned"]
        assert (question.proposal, question.choices) == (None, (CHECKED,))


class TestReportOfADuty:
    def test_is_no_line_of_the_regime_as_well(self) -> None:
        days = "báo cáo 6 tháng chậm nhất ngày 15/6, báo cáo năm chậm nhất ngày 15/12"
        asked = f"Hiệu trưởng các trường gửi báo cáo về Sở ({days})."
        found = read_document(document(TITLE + "II. Tổ chức thực hiện\n" + asked))
        dates = [one.due.due_on.isoformat() for duty in found.duties for part in duty.parts for one in part.occurrences]
        assert sorted(dates) == ["2026-06-15", "2026-12-15"]
        assert found.regime == ()
