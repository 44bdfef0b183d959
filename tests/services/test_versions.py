"""A new version of a plan: what goes on, what is asked, and that nothing units work on is touched unasked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import PlanNotPublished, QuestionsOpen
from cchc_tasks.domain.vocabulary import Answer, PlanStage, Stage
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.plan import PlanQuestion
from cchc_tasks.services.acknowledge_obligation import acknowledge_obligation
from cchc_tasks.services.answer_question import Settlement, answer_question
from cchc_tasks.services.plan_changes import DROP, KEEP, REPLACE
from cchc_tasks.services.plan_questions import REPLACES, STANDS_ALONE
from tests.conftest import actor_of
from tests.journeys.chain import import_text, publish
from tests.services.planned import rungs_of

HEADER = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp"
REVIEW = "1. Rà soát thủ tục hành chính\tBáo cáo\tTrong quý III năm 2026\tThanh tra\tVăn phòng"
CHECK = "2. Kiểm tra công vụ\tBiên bản\tTrong quý IV năm 2026\tThanh tra\tVăn phòng"
TRAIN = "3. Tập huấn chữ ký số\tBáo cáo\tTháng 10 năm 2026\tVăn phòng\t"
EARLIER = CHECK.replace("quý IV", "quý III")
NEW_DAY = date(2026, 3, 2)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def office(request: pytest.FixtureRequest, app_on: Callable[[str], Application], tmp_path: Path) -> Application:
    """A published plan of three rows, on either database."""
    app = app_on(request.param)
    publish(app, imported(app, tmp_path, REVIEW, CHECK, TRAIN))
    return app


def imported(app: Application, folder: Path, *rows: str, replaces: int | None = None) -> int:
    text = "\n".join(["Số: 20/KH-SGDĐT", "Sông Lam, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH năm 2026", "", HEADER, *rows])
    return import_text(app, folder, text + "\n", replaces=replaces).plan_id


def version_questions(app: Application, plan_id: int) -> list[PlanQuestion]:
    with app.database.read() as uow:
        return [one for one in uow.plans.questions(plan_id) if one.about == "version"]


def whole_plan(app: Application, plan_id: int, code: str) -> list[PlanQuestion]:
    """The questions of a code about a plan as a whole."""
    with app.database.read() as uow:
        return [one for one in uow.plans.questions(plan_id) if one.code == code]


def choose(app: Application, question: PlanQuestion, text: str) -> None:
    settlement = Settlement(Answer.CHOSEN, text)
    answer_question(
        app.database,
        question.plan_id,
        question.number,
        settlement,
        actor=LOCAL_ADMINISTRATOR,
        now=app.clock.now(),
    )


def obligations(app: Application, plan_id: int) -> dict[str, Obligation]:
    """By duty code: the one obligation of each duty of a plan."""
    with app.database.read() as uow:
        return {duty.code: uow.obligations.of_duty(duty.id or 0)[0] for duty in uow.obligations.duties(plan_id)}


def begin(app: Application, obligation_id: int | None) -> None:
    """The unit confirms that it has the work."""
    acknowledge_obligation(
        app.database, obligation_id or 0, actor=actor_of(app, "thanhtra.truong"), now=app.clock.now()
    )


class TestUnchangedRows:
    def test_keep_their_duties_with_all_that_was_done(self, office: Application, tmp_path: Path) -> None:
        before = obligations(office, 1)
        begin(office, before["2"].id)
        new = imported(
            office,
            tmp_path,
            "1. Ban hành quy chế tiếp công dân\tQuy chế\tQuý II\tVăn phòng\t",
            *(REVIEW.replace("1.", "2.", 1), CHECK.replace("2.", "3.", 1), TRAIN.replace("3.", "4.", 1)),
            replaces=1,
        )
        assert version_questions(office, new) == []
        done = publish(office, new, NEW_DAY)
        after = obligations(office, new)
        assert (done.duties, done.obligations) == (4, 1)
        assert {code: after[code].id for code in ("2", "3", "4")} == {
            "2": before["1"].id,
            "3": before["2"].id,
            "4": before["3"].id,
        }
        assert after["3"].stage is Stage.ACKNOWLEDGED
        with office.database.read() as uow:
            assert uow.plans.get(1).stage is PlanStage.REPLACED

    def test_keep_the_answers_the_office_gave(self, app: Application, tmp_path: Path) -> None:
        odd = "1. Rà soát\tBáo cáo\tBáo cáo trước ngày 31/6\tThanh tra\t"
        publish(app, imported(app, tmp_path, odd, CHECK))
        new = imported(app, tmp_path, odd, replaces=1)
        with app.database.read() as uow:
            (kept,) = [one for one in uow.plans.questions(new) if one.about == "time"]
            (given,) = [one for one in uow.plans.questions(1) if one.about == "time"]
        assert kept.answered_text == given.answered_text == "30/6/2026"


class TestChangedRows:
    def test_are_proposed_to_be_replaced_while_nobody_has_begun(self, office: Application, tmp_path: Path) -> None:
        new = imported(office, tmp_path, REVIEW, EARLIER, TRAIN, replaces=1)
        (question,) = version_questions(office, new)
        assert (question.code, question.proposal) == ("row-changed", REPLACE)
        assert "“Trong quý IV năm 2026” thành “Trong quý III năm 2026”" in question.text
        old = obligations(office, 1)["2"]
        publish(office, new, NEW_DAY)
        assert obligations(office, new)["2"].due_on == date(2026, 9, 30)
        with office.database.read() as uow:
            assert uow.obligations.get(old.id or 0).stage is Stage.DROPPED

    def test_stay_as_they_are_where_units_have_begun_unless_the_office_says_otherwise(
        self, office: Application, tmp_path: Path
    ) -> None:
        begin(office, obligations(office, 1)["2"].id)
        new = imported(office, tmp_path, REVIEW, EARLIER, TRAIN, replaces=1)
        (question,) = version_questions(office, new)
        assert (question.code, question.proposal) == ("row-changed-in-work", KEEP)
        publish(office, new, NEW_DAY)
        kept = obligations(office, new)["2"]
        assert (kept.due_on, kept.stage) == (date(2026, 12, 31), Stage.ACKNOWLEDGED)

    def test_give_way_where_the_office_chose_so_knowing_of_the_work(self, office: Application, tmp_path: Path) -> None:
        begun = obligations(office, 1)["2"].id
        begin(office, begun)
        new = imported(office, tmp_path, REVIEW, EARLIER, TRAIN, replaces=1)
        choose(office, version_questions(office, new)[0], REPLACE)
        publish(office, new, NEW_DAY)
        with office.database.read() as uow:
            assert uow.obligations.get(begun or 0).stage is Stage.DROPPED

    def test_are_asked_about_again_where_units_began_after_the_answer(
        self, office: Application, tmp_path: Path
    ) -> None:
        new = imported(office, tmp_path, REVIEW, EARLIER, TRAIN, replaces=1)
        choose(office, version_questions(office, new)[0], REPLACE)
        begin(office, obligations(office, 1)["2"].id)
        with office.database.read() as uow:
            others = [one for one in uow.plans.questions(new) if one.answer is None]
        for one in others:
            choose(office, one, one.proposal or "")
        with pytest.raises(QuestionsOpen):
            publish(office, new, NEW_DAY, accept_questions=False)
        assert [one.code for one in version_questions(office, new)] == ["row-changed", "row-changed-in-work"]
        assert obligations(office, 1)["2"].stage is Stage.ACKNOWLEDGED

    def test_stay_as_they_are_where_units_began_before_anybody_answered(
        self, office: Application, tmp_path: Path
    ) -> None:
        new = imported(office, tmp_path, REVIEW, EARLIER, TRAIN, replaces=1)
        begun = obligations(office, 1)["2"].id
        begin(office, begun)
        publish(office, new, NEW_DAY)
        assert [(one.code, one.answered_text) for one in version_questions(office, new)] == [
            ("row-changed-in-work", KEEP)
        ]
        assert obligations(office, new)["2"].id == begun

    def test_run_on_where_only_the_title_was_mended(self, office: Application, tmp_path: Path) -> None:
        mended = REVIEW.replace("Rà soát thủ tục", "Rà soát, đánh giá thủ tục")
        old = obligations(office, 1)["1"].id
        new = imported(office, tmp_path, mended, CHECK, TRAIN, replaces=1)
        publish(office, new, NEW_DAY)
        assert obligations(office, new)["1"].id == old
        with office.database.read() as uow:
            assert uow.obligations.duties(new)[0].title == "Rà soát, đánh giá thủ tục hành chính"


class TestLostRows:
    def test_are_proposed_to_end_and_their_reminders_with_them(self, office: Application, tmp_path: Path) -> None:
        lost = obligations(office, 1)["3"].id
        new = imported(office, tmp_path, REVIEW, CHECK, replaces=1)
        (question,) = version_questions(office, new)
        assert (question.code, question.proposal) == ("row-gone", DROP)
        publish(office, new, NEW_DAY)
        with office.database.read() as uow:
            ended = uow.obligations.get(lost or 0)
        assert ended.stage is Stage.DROPPED
        assert rungs_of(office, ended) == []

    def test_go_on_in_the_new_plan_where_the_office_wants_that(self, office: Application, tmp_path: Path) -> None:
        new = imported(office, tmp_path, REVIEW, CHECK, replaces=1)
        choose(office, version_questions(office, new)[0], KEEP)
        publish(office, new, NEW_DAY)
        assert obligations(office, new)["3"].stage is Stage.OPEN


class TestAVersion:
    def test_is_taken_only_of_the_plan_in_force(self, office: Application, tmp_path: Path) -> None:
        new = imported(office, tmp_path, REVIEW, CHECK, TRAIN.replace("10", "11"), replaces=1)
        publish(office, new, NEW_DAY)
        with pytest.raises(PlanNotPublished):
            imported(office, tmp_path, REVIEW, replaces=1)

    def test_of_a_plan_that_was_replaced_meanwhile_is_asked_about_the_one_in_its_place(
        self, office: Application, tmp_path: Path
    ) -> None:
        second = imported(office, tmp_path, REVIEW, EARLIER, TRAIN, replaces=1)
        third = imported(office, tmp_path, REVIEW, EARLIER, TRAIN.replace("10", "11"), replaces=1)
        publish(office, second, NEW_DAY)
        with pytest.raises(PlanNotPublished):
            publish(office, third, NEW_DAY)
        with pytest.raises(QuestionsOpen):
            publish(office, third, NEW_DAY, accept_questions=False)
        (question,) = whole_plan(office, third, "plan-version")
        assert question.proposal is None
        choose(office, question, f"{REPLACES}{second}")
        publish(office, third, NEW_DAY)
        assert obligations(office, third)["3"].due_on == date(2026, 11, 30)
        with office.database.read() as uow:
            assert uow.plans.get(second).stage is PlanStage.REPLACED

    def test_opens_nothing_due_before_it_came_into_force(self, office: Application, tmp_path: Path) -> None:
        monthly = "4. Giao ban cải cách hành chính\tBiên bản\tHằng tháng\tVăn phòng\t"
        new = imported(office, tmp_path, REVIEW, CHECK, TRAIN, monthly, replaces=1)
        publish(office, new, NEW_DAY)
        assert obligations(office, new)["4"].due_on == date(2026, 3, 31)


class TestAResemblingPlan:
    def test_is_asked_about_and_then_taken_for_the_new_version(self, office: Application, tmp_path: Path) -> None:
        begin(office, obligations(office, 1)["1"].id)
        new = imported(office, tmp_path, REVIEW, EARLIER, TRAIN)
        (question,) = whole_plan(office, new, "plan-version")
        assert question.proposal == f"{REPLACES}1"
        publish(office, new, NEW_DAY)
        assert obligations(office, new)["1"].stage is Stage.ACKNOWLEDGED
        with office.database.read() as uow:
            assert uow.plans.get(1).stage is PlanStage.REPLACED

    def test_stands_by_itself_where_the_office_says_so(self, office: Application, tmp_path: Path) -> None:
        new = imported(office, tmp_path, REVIEW, EARLIER, TRAIN)
        (question,) = whole_plan(office, new, "plan-version")
        choose(office, question, STANDS_ALONE)
        publish(office, new, NEW_DAY)
        with office.database.read() as uow:
            assert uow.plans.get(1).stage is PlanStage.PUBLISHED

    def test_stands_by_itself_where_the_office_thinks_better_of_it(self, office: Application, tmp_path: Path) -> None:
        new = imported(office, tmp_path, REVIEW, EARLIER, TRAIN)
        (question,) = whole_plan(office, new, "plan-version")
        choose(office, question, f"{REPLACES}1")
        assert version_questions(office, new)
        choose(office, question, STANDS_ALONE)
        assert version_questions(office, new) == []
        publish(office, new, NEW_DAY)
        with office.database.read() as uow:
            assert uow.plans.get(1).stage is PlanStage.PUBLISHED

    def test_of_other_tasks_or_another_year_is_asked_nothing(self, office: Application, tmp_path: Path) -> None:
        other = "1. Tổ chức hội thi\tBáo cáo\tQuý II\tVăn phòng\t"
        new = imported(office, tmp_path, REVIEW, other, other.replace("hội thi", "hội thao"))
        assert whole_plan(office, new, "plan-version") == []
