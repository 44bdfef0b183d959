"""A document read as a plan: who, what and when of each row."""

from pathlib import Path
from typing import Any

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.cli.reading_json import document_as_json, targets_as_json
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.duty import read_duty
from cchc_tasks.domain.reading.findings import DutyReading, Row
from cchc_tasks.domain.reading.targets import read_targets
from cchc_tasks.domain.reading.whole import DocumentReading, read_document
from tests.making.files import text_file, word_file, workbook_file
from tests.making.real_plan import real_plan
from tests.making.sample_plan import torn_plan, whole_plan

YEAR = Years(2026, 2026)


def duty(title: str = "Họp", *, years: Years | None = YEAR, strict: bool = False, **cells: str) -> DutyReading:
    given = {"product": "", "time": "Quý I", "lead": "Văn phòng", "cooperating": ""} | cells
    return read_duty(Row("1", "1", None, title, given), years, before_is_strict=strict)


def dates(reading: DutyReading) -> list[str]:
    return [one.due.due_on.isoformat() for part in reading.parts for one in part.occurrences]


def leads(reading: DutyReading) -> list[tuple[str, ...]]:
    return [one.leads for part in reading.parts for one in part.occurrences]


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


class TestLeads:
    def test_change_with_the_quarter_and_are_all_where_none_is_named_for_it(self) -> None:
        assert leads(duty(time="Hàng quý", lead="Phòng A (quý I), Phòng B (quý II), Phòng C (quý III)")) == [
            ("Phòng A",),
            ("Phòng B",),
            ("Phòng C",),
            ("Phòng A", "Phòng B", "Phòng C"),
        ]

    def test_of_a_quarter_lead_in_its_months(self) -> None:
        found = leads(
            duty(time="Hàng tháng", lead="Phòng A (quý I), Phòng B (quý II), Phòng C (quý III), Phòng D (quý IV)")
        )

        assert found == [(f"Phòng {name}",) for name in "AAABBBCCCDDD"]

    def test_of_quarters_lead_together_on_a_date_of_their_half_year(self) -> None:
        found = leads(
            duty(time="6 tháng, năm", lead="Phòng A (quý I), Phòng B (quý II), Phòng C (quý III), Phòng D (quý IV)")
        )

        first, second = ("Phòng A", "Phòng B"), ("Phòng C", "Phòng D")
        assert found == [first, second, (*first, *second)]

    @pytest.mark.parametrize("time", ["Hàng tháng", "Hàng tuần"])
    def test_of_a_half_year_lead_in_all_that_lies_in_it(self, time: str) -> None:
        reading = duty(time=time, lead="6 tháng đầu năm: Phòng A; 6 tháng cuối năm: Phòng B")

        occurrences = [one for part in reading.parts for one in part.occurrences]
        assert len(occurrences) >= 12
        assert all(one.leads == (("Phòng A",) if one.due.due_on.month < 7 else ("Phòng B",)) for one in occurrences)

    def test_of_a_month_lead_on_a_printed_day_in_it(self) -> None:
        assert leads(duty(time="15/3/2026", lead="Tháng 3: Phòng A; tháng 4: Phòng B")) == [("Phòng A",)]

    def test_without_a_period_lead_on_every_date(self) -> None:
        assert leads(duty(time="Quý II, IV", lead="Phòng A, Phòng B")) == [("Phòng A", "Phòng B")] * 2

    @pytest.mark.parametrize("blank", ["", " \n"])
    def test_are_asked_for_where_the_cell_is_blank(self, blank: str) -> None:
        found = duty(lead=blank)

        assert [(one.code, one.about) for one in found.questions] == [("lead-missing", "lead")]


class TestPeriodicityOfAProduct:
    @pytest.mark.parametrize("time", ["Trong năm 2026", "Trong năm", "Hàng năm", "Thường xuyên", ""])
    def test_is_finer_than_the_year(self, time: str) -> None:
        found = duty(time=time, product="Mỗi quý có ít nhất 01 tin, bài")

        assert dates(found) == ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]
        assert found.questions == ()

    @pytest.mark.parametrize(("time", "due"), [("Quý II", ["2026-06-30"]), ("Trước 15/12 hằng năm", ["2026-12-15"])])
    def test_yields_to_a_nearer_time(self, time: str, due: list[str]) -> None:
        assert dates(duty(time=time, product="Mỗi tháng có ít nhất 01 tin, bài")) == due

    def test_is_that_of_its_own_product_alone(self) -> None:
        found = duty(time="Trong năm 2026", product="Kế hoạch; báo cáo (định kỳ 6 tháng, năm)")

        assert found.questions == ()
        assert [([one.title for one in part.deliverables], len(part.occurrences)) for part in found.parts] == [
            (["Kế hoạch"], 1),
            (["báo cáo (định kỳ 6 tháng, năm)"], 2),
            (["báo cáo (định kỳ 6 tháng, năm)"], 1),
        ]

    def test_leaves_a_blank_time_open_for_the_other_products(self) -> None:
        found = duty(time="", product="Kế hoạch; báo cáo hàng quý")

        assert [one.code for one in found.questions] == ["deadline-blank"]
        assert [len(part.occurrences) for part in found.parts] == [4]

    def test_keeps_to_the_year_the_time_names(self) -> None:
        found = duty(time="Trong năm 2027", product="Mỗi quý có ít nhất 01 tin, bài", years=Years(2026, 2030))

        assert dates(found) == ["2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31"]


class TestTargets:
    def test_are_those_of_the_task_and_of_its_products(self) -> None:
        found = duty("Kiểm tra 20% đơn vị trực thuộc", product="Báo cáo; số hóa từ 80% hồ sơ trở lên")

        assert [(one.comparator, one.value, one.of) for one in found.targets] == [
            ("=", 20, "đơn vị trực thuộc"),
            (">=", 80, "hồ sơ"),
        ]

    def test_hold_no_number_of_products(self) -> None:
        found = duty(product="Mỗi quý có ít nhất 01 tin, bài")

        assert (found.targets, found.deliverables[0].at_least) == ((), 1)

    def test_are_asked_about_where_the_words_leave_them_open(self) -> None:
        found = duty("Số hóa khoảng 80% hồ sơ", product="Hài lòng đạt trên 90% trở lên")

        assert found.targets == ()
        assert [(one.code, one.about, one.proposal) for one in found.questions] == [
            ("target-unclear", "title", "80%"),
            ("target-unclear", "product", "từ 90% trở lên"),
        ]


class TestDatesOfARow:
    def test_move_back_a_day_only_when_before_is_strict(self) -> None:
        assert dates(duty(time="Trước ngày 05/3/2026")) == ["2026-03-05"]
        assert dates(duty(time="Trước ngày 05/3/2026", strict=True)) == ["2026-03-04"]

    def test_are_those_printed_in_full_where_no_year_is_known(self) -> None:
        assert dates(duty(time="15/12/2026", years=None)) == ["2026-12-15"]
        assert dates(duty(time="Hàng quý", years=None)) == []

    def test_carry_the_condition_of_the_title(self) -> None:
        found = duty("Tham mưu văn bản (khi có yêu cầu)", time="Trong năm 2026")

        assert found.condition == "khi có yêu cầu"
        assert [part.condition for part in found.parts] == ["khi có yêu cầu"]


class TestProductOfNoPart:
    TIME = "Kế hoạch trong tháng 3/2026; báo cáo trong tháng 11/2026"

    def test_takes_the_last_date_and_raises_a_question(self) -> None:
        found = duty(time=self.TIME, product="Kế hoạch; báo cáo; bảng số liệu")

        assert [[one.title for one in part.deliverables] for part in found.parts] == [
            ["Kế hoạch"],
            ["báo cáo", "bảng số liệu"],
        ]
        (question,) = found.questions
        assert (question.about, question.words) == ("product", "bảng số liệu")
        assert question.proposal == "báo cáo: bảng số liệu"

    def test_is_asked_about_in_the_words_of_the_cell(self) -> None:
        (question,) = duty(time=self.TIME, product="Kế hoạch; báo cáo; bảng\nsố liệu").questions

        assert (question.words, question.proposal) == ("bảng\nsố liệu", "báo cáo: bảng số liệu")

    def test_has_no_proposal_where_it_is_not_printed_in_one_piece(self) -> None:
        first, second = duty(time=self.TIME, product="Dự toán và quyết toán ngân sách").questions

        assert {(one.code, one.words, one.proposal) for one in (first, second)} == {
            ("deliverable-unmatched", "quyết toán ngân sách", "báo cáo: quyết toán ngân sách"),
            ("deliverable-unmatched", None, None),
        }

    @pytest.mark.parametrize(("choice", "part"), [(0, "Kế hoạch"), (1, "báo cáo")])
    def test_is_settled_by_an_answer_in_its_words(self, choice: int, part: str) -> None:
        product = "Kế hoạch; báo cáo; bảng số liệu"
        (question,) = duty(time=self.TIME, product=product).questions

        answered = duty(time=self.TIME, product=product.replace(str(question.words), question.choices[choice]))

        assert answered.questions == ()
        assert [one.label for one in answered.parts if len(one.deliverables) == 2] == [part]


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
