"""What the Office answered is proposed to the next plan with the same words, and only proposed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from cchc_tasks.adapters.archive import TarArchive
from cchc_tasks.bootstrap import Application, restore_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import RememberedAnswerUnknown
from cchc_tasks.domain.vocabulary import Answer
from cchc_tasks.models.plan import PlanQuestion
from cchc_tasks.services.answer_question import Settlement, answer_question
from cchc_tasks.services.backup import back_up
from cchc_tasks.services.forget_answer import forget_answer
from cchc_tasks.services.list_remembered_answers import RememberedLine, list_remembered_answers
from tests.conftest import actor_of
from tests.journeys.chain import import_text, publish
from tests.services.conftest import lines_of

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
HEADER = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp"


def imported(app: Application, folder: Path, years: str, time: str, lead: str = "Văn phòng", product: str = "") -> int:
    """A plan of these years with one row; gives its id."""
    row = f"1. Rà soát\t{product or 'Báo cáo'}\t{time}\t{lead}\t"
    return import_text(app, folder, f"KẾ HOẠCH cải cách hành chính {years}\n\n{HEADER}\n{row}\n").plan_id


def asked(app: Application, plan_id: int, about: str = "time") -> PlanQuestion:
    with app.database.read() as uow:
        (question,) = [one for one in uow.plans.questions(plan_id) if one.about == about]
        return question


def settle(app: Application, plan_id: int, settlement: Settlement, about: str = "time") -> None:
    answer_question(
        app.database,
        plan_id,
        asked(app, plan_id, about).number,
        settlement,
        actor=actor_of(app, "vp.thuongtruc1"),
        now=app.clock.now(),
    )


def write(app: Application, plan_id: int, text: str, about: str = "time") -> None:
    settle(app, plan_id, Settlement(Answer.WRITTEN, text), about)


def remembered(app: Application) -> list[RememberedLine]:
    return [*list_remembered_answers(app.database, actor=LOCAL_ADMINISTRATOR)]


class TestAnswer:
    @pytest.mark.parametrize("kind", KINDS)
    def test_is_proposed_to_the_next_plan_and_said_to_be_last_times(
        self, app_on: Callable[[str], Application], tmp_path: Path, kind: str
    ) -> None:
        app = app_on(kind)
        write(app, imported(app, tmp_path, "năm 2025", "Đầu quý II năm 2025"), "15/4/2025")
        question = asked(app, imported(app, tmp_path, "năm 2026", "Đầu  quý II năm 2026"))
        assert question.proposal == "15/4/2026"
        assert question.text.endswith(" Lần trước đã trả lời: “15/4/2025” (kế hoạch 2025). Nay đề xuất: “15/4/2026”.")
        assert question.answer is None

    def test_that_was_accepted_is_remembered_as_well(self, app: Application, tmp_path: Path) -> None:
        settle(app, imported(app, tmp_path, "năm 2025", "Đầu quý II"), Settlement(Answer.ACCEPTED))
        (line,) = remembered(app)
        assert (line.words, line.answer, line.years) == ("Đầu quý II", "30/4/2025", "2025")
        assert (line.answered_by, line.answered_at) == ("vp.thuongtruc1", app.clock.now())

    def test_that_names_no_year_is_proposed_in_the_same_words(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Đầu quý II"), "15/4")
        question = asked(app, imported(app, tmp_path, "năm 2026", "Đầu quý II"))
        assert question.proposal == "15/4"
        assert question.text.endswith(" Lần trước đã trả lời: “15/4” (kế hoạch 2025).")

    def test_that_is_newer_replaces_the_older(self, app: Application, tmp_path: Path) -> None:
        first = imported(app, tmp_path, "năm 2025", "Đầu quý II")
        write(app, first, "15/4/2025")
        write(app, first, "10/4/2025")
        second = imported(app, tmp_path, "năm 2026", "Đầu quý II")
        assert asked(app, second).proposal == "10/4/2026"
        write(app, second, "hàng quý")
        assert asked(app, imported(app, tmp_path, "năm 2027", "Đầu quý II")).proposal == "hàng quý"
        assert [line.plan_id for line in remembered(app)] == [second]

    def test_that_is_taken_back_is_proposed_no_more(self, app: Application, tmp_path: Path) -> None:
        first = imported(app, tmp_path, "năm 2025", "Đầu quý II")
        write(app, first, "15/4/2025")
        settle(app, first, Settlement(Answer.LEFT_EMPTY))
        assert remembered(app) == []
        assert asked(app, imported(app, tmp_path, "năm 2026", "Đầu quý II")).proposal == "30/4/2026"

    def test_accepted_in_bulk_is_not_remembered(self, app: Application, tmp_path: Path) -> None:
        publish(app, imported(app, tmp_path, "năm 2026", "Đầu quý II"))
        assert remembered(app) == []

    def test_dates_nothing_until_it_is_accepted(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Đầu quý II"), "15/4/2025")
        plan_id = imported(app, tmp_path, "năm 2026", "Đầu quý II")
        settle(app, plan_id, Settlement(Answer.LEFT_EMPTY))
        publish(app, plan_id)
        assert [line.due_on for line in lines_of(app, "1") if line.due_on] == []

    def test_accepted_dates_the_new_plan(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Đầu quý II"), "15/4/2025")
        plan_id = imported(app, tmp_path, "năm 2026", "Đầu quý II")
        settle(app, plan_id, Settlement(Answer.ACCEPTED))
        publish(app, plan_id)
        assert [line.due_on for line in lines_of(app, "1")] == [date(2026, 4, 15)]


class TestPhrase:
    @pytest.mark.parametrize("time", ["Đầu quý III", "Dau quy II", "Báo cáo đầu quý II; đầu quý II năm 2027"])
    def test_that_differs_gets_no_answer_of_another(self, app: Application, tmp_path: Path, time: str) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Đầu quý II"), "15/4/2025")
        plan_id = imported(app, tmp_path, "năm 2026", time)
        with app.database.read() as uow:
            texts = [one.text for one in uow.plans.questions(plan_id)]
        assert not [text for text in texts if "Lần trước" in text]

    def test_whose_day_is_another_one_each_year_is_asked_again(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Trước Tết Nguyên đán"), "25/01/2025")
        question = asked(app, imported(app, tmp_path, "năm 2026", "Trước Tết Nguyên đán"))
        assert question.proposal is None
        assert "Lần trước" not in question.text

    def test_without_words_of_its_own_is_not_remembered(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", ""), "15/4/2025")
        assert remembered(app) == []


class TestUnit:
    def test_is_proposed_for_a_name_that_nobody_knew(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Quý I", "Tổ Một cửa"), "Văn phòng", "lead")
        question = asked(app, imported(app, tmp_path, "năm 2026", "Quý I", "Tổ  một cửa"), "lead")
        assert question.proposal == "Văn phòng"
        assert question.text.endswith(" Lần trước đã trả lời: “Văn phòng” (kế hoạch 2025).")

    def test_that_is_closed_on_the_plans_date_is_not_proposed(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Quý I", "Tổ Một cửa"), "Phòng Tổ chức cán bộ", "lead")
        with app.database.write(app.clock.now()) as uow:
            uow.directory.unit_with_code("TCCB").valid_to = date(2026, 3, 1)
        still = asked(app, imported(app, tmp_path, "năm 2026", "Quý I", "Tổ Một cửa"), "lead")
        closed = asked(app, imported(app, tmp_path, "năm 2027", "Quý I", "Tổ Một cửa"), "lead")
        assert still.proposal == "Phòng Tổ chức cán bộ"
        assert "Lần trước" not in closed.text

    def test_that_the_directory_no_longer_knows_is_not_proposed(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Quý I", "Tổ Một cửa"), "Phòng Tổ chức cán bộ", "lead")
        with app.database.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM alias WHERE text = 'Phòng Tổ chức cán bộ'")
        gone = asked(app, imported(app, tmp_path, "năm 2026", "Quý I", "Tổ Một cửa"), "lead")
        assert "Lần trước" not in gone.text


class TestProduct:
    def test_is_proposed_only_among_the_choices_of_the_new_row(self, app: Application, tmp_path: Path) -> None:
        time, product = "Kế hoạch trong quý I; báo cáo trong quý II", "Kế hoạch; báo cáo; tờ trình"
        first = imported(app, tmp_path, "năm 2025", time, product=product)
        settle(app, first, Settlement(Answer.CHOSEN, asked(app, first, "product").choices[0]), "product")
        same = asked(app, imported(app, tmp_path, "năm 2026", time, product=product), "product")
        assert same.proposal == "Kế hoạch: tờ trình"
        other_time = "Danh mục trong quý I; báo cáo trong quý II"
        other = asked(
            app,
            imported(app, tmp_path, "năm 2027", other_time, product="Danh mục; báo cáo; tờ trình"),
            "product",
        )
        assert "Lần trước" not in other.text


class TestAnswerThatMakesAnotherCellUnclear:
    def test_is_proposed_again_and_so_is_the_answer_to_what_it_raises(self, app: Application, tmp_path: Path) -> None:
        product, parts = "Kế hoạch; báo cáo; tờ trình", "Kế hoạch trong quý I/2025; báo cáo trong quý II/2025"
        first = imported(app, tmp_path, "năm 2025", "Đầu quý II", product=product)
        write(app, first, parts)
        settle(app, first, Settlement(Answer.CHOSEN, asked(app, first, "product").choices[0]), "product")
        second = imported(app, tmp_path, "năm 2026", "Đầu quý II", product=product)
        settle(app, second, Settlement(Answer.ACCEPTED))
        assert asked(app, second).answered_text == parts.replace("2025", "2026")
        assert "(kế hoạch 2025)" in asked(app, second, "product").text


class TestForgetting:
    def test_ends_the_proposals_and_stands_in_the_journal(self, app: Application, tmp_path: Path) -> None:
        first = imported(app, tmp_path, "năm 2025", "Đầu quý II")
        write(app, first, "15/4/2025")
        (line,) = remembered(app)
        forget_answer(app.database, line.id, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        assert asked(app, imported(app, tmp_path, "năm 2026", "Đầu quý II")).proposal == "30/4/2026"
        assert asked(app, first).answered_text == "15/4/2025"
        with app.database.read() as uow:
            actions = [entry.action for entry in uow.journal.entries(f"plan:{first}")]
            assert actions == ["plan.import", "question.answer", "answer.forget"]
            assert uow.journal.first_break() is None
        with pytest.raises(RememberedAnswerUnknown):
            forget_answer(app.database, line.id, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


class TestBackup:
    def test_brings_remembered_answers_back(self, app: Application, tmp_path: Path) -> None:
        write(app, imported(app, tmp_path, "năm 2025", "Đầu quý II"), "15/4/2025")
        file = tmp_path / "sao-luu.tar.gz"
        back_up(app.database, app.vault, TarArchive(), file, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        settings = app.settings.model_copy(update={"home": tmp_path / "back", "database_url": SecretStr("")})
        back = restore_application(settings, file, actor=LOCAL_ADMINISTRATOR)
        assert remembered(back) == remembered(app)
        assert asked(back, imported(back, tmp_path, "năm 2026", "Đầu quý II")).proposal == "15/4/2026"
        back.database.close()
