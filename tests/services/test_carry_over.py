"""Next year's draft: what moves by rule, what is asked, and how it stands beside this year's plan."""

from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import CarriedOverAlready, NothingToCompare, YearNotLater, YearsSeveral
from cchc_tasks.domain.plan_versions import Change
from cchc_tasks.domain.vocabulary import Answer
from cchc_tasks.models.plan import PlanQuestion, PlanRow
from cchc_tasks.services.answer_question import Settlement, answer_question
from cchc_tasks.services.carry_over_plan import CarriedOver, carry_over_plan
from cchc_tasks.services.compare_plans import compare_plans
from tests.journeys.chain import import_sample, import_text, publish

HEADER = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp"


def carried(app: Application, plan_id: int, to: int) -> CarriedOver:
    return carry_over_plan(app.database, plan_id, to, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


def rows_and_questions(app: Application, plan_id: int) -> tuple[list[PlanRow], list[PlanQuestion]]:
    with app.database.read() as uow:
        return list(uow.plans.rows(plan_id)), [one for one in uow.plans.questions(plan_id) if one.row_id is not None]


def plan_of(app: Application, folder: Path, *rows: str, title: str = "KẾ HOẠCH năm 2026") -> int:
    return import_text(app, folder, "\n".join([title, "", HEADER, *rows]) + "\n").plan_id


class TestSamplePlan:
    def test_moves_as_a_whole_and_asks_nothing_of_its_rows(self, app: Application, tmp_path: Path) -> None:
        first = import_sample(app, tmp_path).plan_id
        publish(app, first)
        done = carried(app, first, 2027)
        rows, questions = rows_and_questions(app, done.plan_id)
        assert done.moved == done.rows == len(rows) == 32
        assert questions == []
        assert rows[0].cells["time"] == "Trong tháng 12 năm 2026"
        assert not [row.code for row in rows if "2025" in row.cells["time"]]

    def test_can_be_published_as_the_next_year(self, app: Application, tmp_path: Path) -> None:
        first = import_sample(app, tmp_path).plan_id
        publish(app, first)
        done = carried(app, first, 2027)
        assert publish(app, done.plan_id).duties == 32

    def test_shows_in_each_row_what_differs(self, app: Application, tmp_path: Path) -> None:
        first = import_sample(app, tmp_path).plan_id
        publish(app, first)
        done = carried(app, first, 2027)
        found = compare_plans(app.database, done.plan_id, None, actor=LOCAL_ADMINISTRATOR)
        assert found.before == first
        assert {one.change for one in found.rows} == {Change.SAME, Change.CHANGED}
        (tenth,) = [one for one in found.rows if one.row.code == "10"]
        assert (tenth.differing, tenth.row.words("time")) == (("time",), "Trước ngày 05/3/2027")


class TestRow:
    def test_whose_date_does_not_move_by_rule_keeps_its_words_and_is_asked_about(
        self, app: Application, tmp_path: Path
    ) -> None:
        first = plan_of(app, tmp_path, "1. Họp giao ban\tBiên bản\tThứ Sáu ngày 06/3/2026\tVăn phòng\t")
        publish(app, first)
        rows, questions = rows_and_questions(app, carried(app, first, 2027).plan_id)
        assert rows[0].cells["time"] == "Thứ Sáu ngày 06/3/2026"
        assert [(one.code, one.about, one.proposal) for one in questions] == [("carry-over-time", "time", None)]

    def test_that_names_a_dated_document_is_asked_about_with_its_words_as_proposal(
        self, app: Application, tmp_path: Path
    ) -> None:
        title = "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026"
        first = plan_of(app, tmp_path, f"1. {title}\tBáo cáo\tQuý IV năm 2026\tVăn phòng\t")
        publish(app, first)
        rows, questions = rows_and_questions(app, carried(app, first, 2027).plan_id)
        assert (rows[0].title, rows[0].cells["time"]) == (title, "Quý IV năm 2027")
        assert [(one.code, one.about, one.proposal) for one in questions] == [("carry-over-words", "title", title)]

    def test_gives_its_duty_the_words_that_the_office_wrote_for_the_new_year(
        self, app: Application, tmp_path: Path
    ) -> None:
        row = "1. Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026\tBáo cáo\tQuý IV năm 2026\tVăn phòng\t"
        first = plan_of(app, tmp_path, row)
        publish(app, first)
        new = carried(app, first, 2027).plan_id
        _, (question,) = rows_and_questions(app, new)
        title = "Thực hiện Kế hoạch số 7/KH-UBND ngày 04/01/2027"
        answer_question(
            app.database,
            new,
            question.number,
            Settlement(Answer.WRITTEN, title),
            actor=LOCAL_ADMINISTRATOR,
            now=app.clock.now(),
        )
        publish(app, new)
        with app.database.read() as uow:
            assert [duty.title for duty in uow.obligations.duties(new)] == [title]

    def test_takes_along_what_the_office_answered(self, app: Application, tmp_path: Path) -> None:
        first = plan_of(app, tmp_path, "1. Rà soát\tBáo cáo\tBáo cáo trước ngày 31/6/2026\tVăn phòng\t")
        publish(app, first)
        rows, questions = rows_and_questions(app, carried(app, first, 2027).plan_id)
        assert "30/6/2027" in rows[0].cells["time"]
        assert questions == []


class TestRefusal:
    def test_of_a_second_draft_for_the_same_year(self, app: Application, tmp_path: Path) -> None:
        first = import_sample(app, tmp_path).plan_id
        carried(app, first, 2027)
        with pytest.raises(CarriedOverAlready):
            carried(app, first, 2027)

    def test_of_a_year_that_is_not_later(self, app: Application, tmp_path: Path) -> None:
        first = import_sample(app, tmp_path).plan_id
        with pytest.raises(YearNotLater):
            carried(app, first, 2026)

    def test_of_a_plan_of_several_years(self, app: Application, tmp_path: Path) -> None:
        row = "1. Báo cáo năm\tBáo cáo\tTrước ngày 05/12 hằng năm\tVăn phòng\t"
        first = plan_of(app, tmp_path, row, title="KẾ HOẠCH giai đoạn 2026-2030")
        with pytest.raises(YearsSeveral):
            carried(app, first, 2031)

    def test_to_compare_a_plan_that_follows_none(self, app: Application, tmp_path: Path) -> None:
        first = import_sample(app, tmp_path).plan_id
        with pytest.raises(NothingToCompare):
            compare_plans(app.database, first, None, actor=LOCAL_ADMINISTRATOR)
