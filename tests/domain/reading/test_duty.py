"""A row understood: who, what and when, and what is asked."""

import pytest

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.duty import read_duty
from cchc_tasks.domain.reading.findings import DutyReading, Row

YEAR = Years(2026, 2026)


def duty(title: str = "Họp", *, years: Years | None = YEAR, strict: bool = False, **cells: str) -> DutyReading:
    given = {"product": "", "time": "Quý I", "lead": "Văn phòng", "cooperating": ""} | cells
    return read_duty(Row("1", "1", None, title, given), years, before_is_strict=strict)


def dates(reading: DutyReading) -> list[str]:
    return [one.due.due_on.isoformat() for part in reading.parts for one in part.occurrences]


def leads(reading: DutyReading) -> list[tuple[str, ...]]:
    return [one.leads for part in reading.parts for one in part.occurrences]


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
