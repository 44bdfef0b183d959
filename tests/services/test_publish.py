"""Publishing: what is opened, on which dates, and what is not."""

from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import AnswerNotUnderstood, PartWithoutLead
from cchc_tasks.domain.vocabulary import Answer, Stage
from cchc_tasks.services.answer_question import Settlement, answer_question
from cchc_tasks.services.open_obligations import open_obligations
from tests.journeys.chain import import_sample, import_text, publish
from tests.services.conftest import lines_of

HEADER = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp"


def imported(app: Application, folder: Path, title: str, *rows: str) -> int:
    """A small plan of these rows; gives its id."""
    return import_text(app, folder, "\n".join([title, "", HEADER, *rows]) + "\n").plan_id


def answer(app: Application, plan_id: int, code: str, text: str) -> None:
    with app.database.read() as uow:
        (number,) = [one.number for one in uow.plans.questions(plan_id) if one.code == code]
    answer_question(
        app.database,
        plan_id,
        number,
        Settlement(Answer.WRITTEN, text),
        actor=LOCAL_ADMINISTRATOR,
        now=app.clock.now(),
    )


def open_on(app: Application, day: date) -> int:
    return open_obligations(app.database, on=day, horizon_months=13, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


class TestParts:
    def test_that_fall_on_one_day_share_an_obligation_with_both_deliverables(self, published: Application) -> None:
        quarters = lines_of(published, "3a")
        assert [line.due_on for line in quarters] == [
            date(2026, 3, 31),
            date(2026, 6, 30),
            date(2026, 9, 30),
            date(2026, 12, 31),
        ]
        with published.database.read() as uow:
            wanted = uow.obligations.checklists([line.id for line in quarters])
        assert [len(wanted[line.id]) for line in quarters] == [2, 1, 1, 1]


class TestWeeklyQuota:
    def test_is_counted_by_the_month(self, app: Application, tmp_path: Path) -> None:
        row = "1. Tuyên truyền\tMỗi tuần có ít nhất 01 tin, bài\tTrong năm 2026\tVăn phòng\t"
        publish(app, imported(app, tmp_path, "KẾ HOẠCH năm 2026", row))
        lines = lines_of(app, "1")
        assert [line.period for line in lines] == [f"2026-{month:02d}" for month in range(1, 13)]
        assert lines[1].due_on == date(2026, 2, 28)


class TestHorizon:
    def test_opens_thirteen_months_ahead_and_nothing_twice(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(
            app,
            tmp_path,
            "KẾ HOẠCH cải cách hành chính giai đoạn 2026-2030",
            "1. Báo cáo năm\tBáo cáo\tTrước ngày 05/12 hằng năm\tVăn phòng\t",
        )
        publish(app, plan_id, date(2026, 1, 5))
        assert [line.due_on for line in lines_of(app, "1")] == [date(2026, 12, 5)]
        assert open_on(app, date(2026, 1, 6)) == 0
        assert open_on(app, date(2026, 11, 5)) == 1
        assert open_on(app, date(2026, 11, 5)) == 0
        assert [line.due_on for line in lines_of(app, "1")] == [date(2026, 12, 5), date(2027, 12, 5)]

    def test_opens_nothing_for_a_day_before_the_plan_was_issued(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(
            app,
            tmp_path,
            "Số: 20/KH-SGDĐT\n\nSông Lam, ngày 30 tháng 6 năm 2026\n\nKẾ HOẠCH năm 2026",
            "1. Báo cáo quý\tBáo cáo\tNgày 05/3/2026; ngày 05/9/2026\tVăn phòng\t",
        )
        publish(app, plan_id, date(2026, 6, 30))
        assert [line.due_on for line in lines_of(app, "1")] == [date(2026, 9, 5)]


class TestEmptyAnswer:
    def test_opens_nothing_dated_from_its_cell_and_stays_listed(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(
            app, tmp_path, "KẾ HOẠCH năm 2026", "1. Việc lạ\tBáo cáo\tKhi nào xong thì thôi nhé\tVăn phòng\t"
        )
        done = publish(app, plan_id, date(2026, 1, 5))
        assert [line for line in lines_of(app, "1") if line.due_on] == []
        with app.database.read() as uow:
            empty = [one for one in uow.plans.questions(plan_id) if one.answer is Answer.LEFT_EMPTY]
        assert len(empty) == done.left_empty > 0


class TestLeads:
    def test_that_nobody_can_be_held_to_block_publishing(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(
            app, tmp_path, "KẾ HOẠCH năm 2026", "1. Rà soát\tBáo cáo\tQuý I\tCác đơn vị có liên quan\tVăn phòng"
        )
        with pytest.raises(PartWithoutLead):
            publish(app, plan_id)
        answer(app, plan_id, "lead-vague", "Thanh tra, Văn phòng")
        publish(app, plan_id)
        assert [line.leads for line in lines_of(app, "1")] == [("Thanh tra", "Văn phòng")]


class TestRegime:
    @pytest.mark.parametrize(
        ("regime", "follow", "quarters"),
        [
            ("cuoi-ky", "ngày cuối kỳ", [(3, 31), (6, 30), (9, 30), (12, 31)]),
            ("moc-0503", "ngày cuối kỳ", [(3, 31), (6, 30), (9, 30), (12, 31)]),
            ("moc-0503", "ngày của chế độ báo cáo", [(3, 5), (6, 5), (9, 5), (12, 5)]),
        ],
    )
    def test_moves_regular_reports_only_when_the_plan_says_so(
        self, app: Application, tmp_path: Path, regime: str, follow: str, quarters: list[tuple[int, int]]
    ) -> None:
        plan_id = import_sample(app, tmp_path).plan_id
        answer(app, plan_id, "plan-regime", regime)
        answer(app, plan_id, "regular-reports", follow)
        publish(app, plan_id)
        due = [(line.due_on.month, line.due_on.day) for line in lines_of(app, "5") if line.due_on]
        assert due == quarters

    @pytest.mark.parametrize(("regime", "lines"), [("cuoi-ky", 4), ("moc-0503", 4), ("moc-1506", 0)])
    def test_adds_dated_lines_to_ongoing_duties_of_those_it_addresses(
        self, app: Application, tmp_path: Path, regime: str, lines: int
    ) -> None:
        plan_id = import_sample(app, tmp_path).plan_id
        answer(app, plan_id, "plan-regime", regime)
        publish(app, plan_id)
        assert len([line for line in lines_of(app, "7") if line.due_on]) == lines
        assert [line.stage for line in lines_of(app, "7") if line.due_on is None] == [Stage.OPEN]


class TestAnswers:
    def test_that_make_another_cell_unclear_ask_about_it(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(
            app, tmp_path, "KẾ HOẠCH năm 2026", "1. Rà soát\tKế hoạch; báo cáo; tờ trình\t31/6\tVăn phòng\t"
        )
        answer(app, plan_id, "date-impossible", "Kế hoạch trong quý I; báo cáo trong quý II")
        with app.database.read() as uow:
            codes = [one.code for one in uow.plans.questions(plan_id)]
        assert codes[-1] == "deliverable-unmatched"

    @pytest.mark.parametrize("unclear", ["đầu quý II", "31/6", "31/06/2026"])
    def test_that_are_unclear_themselves_are_refused(self, app: Application, tmp_path: Path, unclear: str) -> None:
        plan_id = imported(app, tmp_path, "KẾ HOẠCH năm 2026", "1. Rà soát\tBáo cáo\t31/6\tVăn phòng\t")
        with pytest.raises(AnswerNotUnderstood):
            answer(app, plan_id, "date-impossible", unclear)
        with app.database.read() as uow:
            assert uow.plans.unsettled(plan_id) == len(uow.plans.questions(plan_id))


class TestStrictBefore:
    def test_makes_the_day_before_the_last_and_stays_with_the_plan(self, app: Application, tmp_path: Path) -> None:
        row = "1. Báo cáo\tBáo cáo\tTrước ngày 05/3\tVăn phòng\t"
        plan = import_text(app, tmp_path, f"KẾ HOẠCH năm 2026\n\n{HEADER}\n{row}\n", before_is_strict=True)
        publish(app, plan.plan_id)
        (line,) = lines_of(app, "1")
        assert (line.stated_on, line.due_on, line.aim_on) == (date(2026, 3, 5), date(2026, 3, 4), date(2026, 3, 4))
        assert open_on(app, date(2026, 1, 5)) == 0
