"""What importing keeps beside the appendix: sentences of the prose, the printed regime, all other findings."""

from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import PlanImportedAlready, PlanNoDraft
from cchc_tasks.domain.vocabulary import Answer, FindingKind, RowSource
from cchc_tasks.models.plan import PlanQuestion
from cchc_tasks.services.answer_question import Settlement, answer_question
from cchc_tasks.services.discard_plan import discard_plan
from cchc_tasks.services.keep_findings import kept_findings
from cchc_tasks.services.printed_regime import AS_PRINTED
from cchc_tasks.services.reading_rows import ASSIGN, LEAVE_OUT
from tests.journeys.chain import import_text, publish

PROSE = """Số: 15/KH-SGDĐT
Sông Lam, ngày 05 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
Căn cứ Quyết định số 12/QĐ-UBND ngày 02/01/2026 của UBND tỉnh về chỉ số cải cách hành chính;
I. Chỉ tiêu cụ thể
- Mức độ hài lòng của người dân đạt trên 92%.
II. Tổ chức thực hiện
1. Văn phòng
- Xây dựng kế hoạch tuyên truyền, gửi Ban Giám đốc trước ngày 25/02/2026.
2. Thanh tra
- Tổ chức kiểm tra công vụ tại 05 trường trước ngày 30/9/2026.
3. Chế độ báo cáo
Các phòng thuộc Sở báo cáo Văn phòng quý I trước ngày {quarter}/3; quý II trước ngày 05/6; quý III trước ngày 05/9; \
cả năm trước ngày 05/12.
"""
APPENDIX = """
Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp
1. Rà soát thủ tục hành chính\tBáo cáo\tQuý III năm 2026\tVăn phòng\t
2. Duy trì trang thông tin\tTin bài\tThường xuyên\tPhòng TCCB\t
"""


def imported(app: Application, folder: Path, *parts: str, quarter: str = "05") -> int:
    return import_text(app, folder, "".join(parts).replace("{quarter}", quarter)).plan_id


def asked(app: Application, plan_id: int, code: str) -> list[PlanQuestion]:
    with app.database.read() as uow:
        return [one for one in uow.plans.questions(plan_id) if one.code == code]


def choose(app: Application, question: PlanQuestion, text: str) -> None:
    answer_question(
        app.database,
        question.plan_id,
        question.number,
        Settlement(Answer.CHOSEN, text),
        actor=LOCAL_ADMINISTRATOR,
        now=app.clock.now(),
    )


def published_codes(app: Application, plan_id: int) -> list[str]:
    publish(app, plan_id)
    with app.database.read() as uow:
        return [duty.code for duty in uow.obligations.duties(plan_id)]


class TestSentences:
    def test_are_kept_as_rows_with_their_printed_words(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(app, tmp_path, PROSE)
        with app.database.read() as uow:
            rows = uow.plans.rows(plan_id)
        assert [(row.code, row.source, row.cells["lead"], row.cells["time"]) for row in rows] == [
            ("LV1", RowSource.PROSE, "Văn phòng", "trước ngày 25/02/2026"),
            ("LV2", RowSource.PROSE, "Thanh tra", "trước ngày 30/9/2026"),
        ]

    def test_are_proposed_as_duties_where_there_is_no_appendix(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(app, tmp_path, PROSE)
        assert [one.proposal for one in asked(app, plan_id, "prose-duty")] == [ASSIGN, ASSIGN]
        assert published_codes(app, plan_id) == ["LV1", "LV2"]

    def test_become_duties_beside_an_appendix_only_where_the_office_says_so(
        self, app: Application, tmp_path: Path
    ) -> None:
        plan_id = imported(app, tmp_path, PROSE, APPENDIX)
        first, second = asked(app, plan_id, "prose-duty")
        assert (first.proposal, second.proposal) == (LEAVE_OUT, LEAVE_OUT)
        choose(app, second, ASSIGN)
        assert published_codes(app, plan_id) == ["1", "2", "LV2"]

    def test_raise_no_other_question_before_that_is_said(self, app: Application, tmp_path: Path) -> None:
        unclear = PROSE.replace("2. Thanh tra", "2. Các bộ phận khác")
        plan_id = imported(app, tmp_path, unclear)
        (question,) = [one for one in asked(app, plan_id, "prose-duty") if one.proposal == LEAVE_OUT]
        with app.database.read() as uow:
            before = [one.code for one in uow.plans.questions(plan_id) if one.row_id == question.row_id]
        choose(app, question, ASSIGN)
        with app.database.read() as uow:
            after = [one.code for one in uow.plans.questions(plan_id) if one.row_id == question.row_id]
        assert before == ["prose-duty"]
        assert len(after) > 1
        choose(app, question, LEAVE_OUT)
        with app.database.read() as uow:
            assert [one.code for one in uow.plans.questions(plan_id) if one.row_id == question.row_id] == before

    def test_that_were_left_out_are_not_asked_about_again_in_a_new_version(
        self, app: Application, tmp_path: Path
    ) -> None:
        publish(app, imported(app, tmp_path, PROSE, APPENDIX))
        text = (PROSE + APPENDIX.replace("Quý III", "Quý II")).replace("{quarter}", "05")
        new = import_text(app, tmp_path, text, replaces=1).plan_id
        assert [one.answered_text for one in asked(app, new, "prose-duty")] == [LEAVE_OUT, LEAVE_OUT]


class TestPrintedRegime:
    def test_proposes_the_offices_own_regime_with_the_same_dates(self, app: Application, tmp_path: Path) -> None:
        (question,) = asked(app, imported(app, tmp_path, PROSE), "plan-regime")
        assert question.proposal == "moc-0503"

    def test_becomes_a_regime_of_its_own_where_the_office_has_none_like_it(
        self, app: Application, tmp_path: Path
    ) -> None:
        plan_id = imported(app, tmp_path, PROSE, APPENDIX, quarter="08")
        (question,) = asked(app, plan_id, "plan-regime")
        assert question.proposal == AS_PRINTED
        assert "quý I trước ngày 08/3" in question.text
        publish(app, plan_id)
        with app.database.read() as uow:
            regime = uow.office.regime(uow.plans.get(plan_id).regime_id or 0)
            (ongoing,) = [duty for duty in uow.obligations.duties(plan_id) if duty.code == "2"]
            dates = sorted(one.due_on.isoformat() for one in uow.obligations.of_duty(ongoing.id or 0) if one.due_on)
        assert regime.name == "Theo 15/KH-SGDĐT"
        assert dates == ["2026-03-08", "2026-06-05", "2026-09-05", "2026-12-05"]


class TestFindings:
    def test_are_kept_whole_beside_the_plan(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(app, tmp_path, PROSE)
        with app.database.read() as uow:
            kept = {kind: kept_findings(uow, plan_id, kind) for kind in FindingKind}
        assert [(one.number, one.type) for one in kept[FindingKind.CITATION]] == [("12/QĐ-UBND", "QĐ")]
        assert [(one.target.comparator, one.target.value) for one in kept[FindingKind.INDICATOR]] == [(">", 92)]
        assert [one.label for one in kept[FindingKind.REGIME]] == ["quý I", "quý II", "quý III", "cả năm"]


class TestContradiction:
    def test_of_years_moves_the_plan_to_the_year_the_office_names(self, app: Application, tmp_path: Path) -> None:
        closing = "Trên đây là Kế hoạch cải cách hành chính năm 2027 của Sở./."
        plan_id = imported(app, tmp_path, PROSE, closing)
        (question,) = asked(app, plan_id, "year-differs")
        assert question.proposal == "2026"
        choose(app, question, "2027")
        with app.database.read() as uow:
            plan = uow.plans.get(plan_id)
        assert (plan.first_year, plan.last_year) == (2027, 2027)


class TestDiscardedDraft:
    def test_leaves_its_file_free_to_be_imported_again(self, app: Application, tmp_path: Path) -> None:
        first = imported(app, tmp_path, PROSE)
        with pytest.raises(PlanImportedAlready):
            imported(app, tmp_path, PROSE)
        discard_plan(app.database, first, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        second = imported(app, tmp_path, PROSE)
        discard_plan(app.database, second, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        assert imported(app, tmp_path, PROSE) > second > first

    def test_can_neither_be_published_nor_dropped_again(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(app, tmp_path, PROSE)
        discard_plan(app.database, plan_id, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        with pytest.raises(PlanNoDraft):
            discard_plan(app.database, plan_id, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        with pytest.raises(PlanNoDraft):
            publish(app, plan_id)

    def test_may_be_no_published_plan(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(app, tmp_path, PROSE)
        publish(app, plan_id)
        with pytest.raises(PlanNoDraft):
            discard_plan(app.database, plan_id, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
