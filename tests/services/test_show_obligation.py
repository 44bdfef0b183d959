"""An obligation's page: verbatim beside its reading, every submission with its answer, and only for those concerned."""

from datetime import date

import pytest
import sqlalchemy as sa

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import EvidenceFileUnknown, NoRight, ObligationUnknown
from cchc_tasks.domain.file_kinds import PDF
from cchc_tasks.domain.vocabulary import Outcome, Responsibility, Stage, Standing
from cchc_tasks.services.acknowledge_several import acknowledge_several
from cchc_tasks.services.read_evidence_file import read_evidence_file
from cchc_tasks.services.show_obligation import May, ObligationPage, show_obligation
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision
from tests.conftest import actor_of
from tests.services.conftest import NOON, TODAY, decide, lines_of

FOCAL = "khtc.daumoi"


def look(app: Application, obligation_id: int, user: str = FOCAL) -> ObligationPage:
    return show_obligation(app.database, obligation_id, on=TODAY, answer_working_days=3, actor=actor_of(app, user))


def hand_in(app: Application, obligation_id: int, **handed: object) -> int:
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        [obligation_id],
        Handed(**({"references": ["12/BC-KHTC ngày 23/3/2026"]} | handed)),  # type: ignore[arg-type]
        actor=actor_of(app, FOCAL),
        today=TODAY,
        now=NOON,
    )


class TestPage:
    def test_sets_every_cell_beside_what_was_understood(self, published: Application) -> None:
        page = look(published, lines_of(published, "24")[0].id)
        cells = {cell.name: cell for cell in page.cells}
        assert list(cells) == ["Nhiệm vụ", "Sản phẩm", "Thời gian", "Chủ trì", "Phối hợp"]
        assert all(cell.meaning for cell in page.cells)
        with published.database.read() as uow:
            row = uow.obligation_page.origin(page.obligation.id or 0)[3]
        assert cells["Thời gian"].verbatim == row.cells["time"]
        assert page.leads[0].unit == "Phòng Kế hoạch - Tài chính"
        assert page.leads[0].focal

    def test_plans_its_reminders_in_the_order_of_their_days(self, published: Application) -> None:
        page = look(published, lines_of(published, "24")[0].id)
        assert [step.day for step in page.steps] == sorted(step.day for step in page.steps)
        assert {step.words for step in page.steps} >= {"ngày làm việc cuối", "quá hạn 7 ngày"}

    def test_tells_the_history_in_sentences_with_names(self, published: Application) -> None:
        one = lines_of(published, "24")[0].id
        decide(published, hand_in(published, one), Decision(Outcome.RETURNED_TO_COMPLETE, "thiếu biểu số 02"))
        page = look(published, one)
        told = [entry.words for entry in page.journal]
        assert told[0] == "yêu cầu bổ sung lần nộp 1, hạn bổ sung 27/3/2026: thiếu biểu số 02"
        assert told[1] == "nộp lần 1, 1 tài liệu, ngày nhận 24/3/2026"
        assert told[-1].startswith("công bố kế hoạch")
        assert "." not in page.journal[0].by  # a name, not a user name

    def test_keeps_the_return_before_the_eyes_until_it_is_mended(self, published: Application) -> None:
        one = lines_of(published, "24")[0].id
        decide(published, hand_in(published, one), Decision(Outcome.RETURNED_TO_COMPLETE, "thiếu biểu số 02"))
        page = look(published, one)
        assert page.returned is not None
        assert (page.returned.row.reason, page.awaited) == ("thiếu biểu số 02", True)
        assert any(step.cancelled for step in page.steps)
        hand_in(published, one, references=["13/BC-KHTC ngày 24/3/2026"])
        page = look(published, one)
        assert page.returned is None
        assert [handing.row.number for handing in page.handings] == [1, 2]
        assert (page.standing, page.awaited, page.answer_by) == (Standing.AWAITING, False, date(2026, 3, 27))


class TestRights:
    def test_refuse_a_unit_that_has_no_part_in_it(self, published: Application) -> None:
        with pytest.raises(NoRight):
            look(published, lines_of(published, "24")[0].id, "gdmn.daumoi")

    def test_know_no_page_of_an_unknown_number(self, published: Application) -> None:
        with pytest.raises(ObligationUnknown):
            look(published, 999_999)

    def test_show_a_cooperating_unit_the_work_but_not_its_evidence(self, published: Application) -> None:
        with published.database.read() as uow:
            units = uow.directory.units()
            people = {one.unit_id: one for one in uow.work.people(units) if one.user.endswith(".daumoi")}
        for line in (line for code in ("6", "10", "24", "25", "28") for line in lines_of(published, code)):
            page = show_obligation(
                published.database, line.id, on=TODAY, answer_working_days=3, actor=LOCAL_ADMINISTRATOR
            )
            helping = [body.unit for body in page.bodies if body.responsibility is Responsibility.COOPERATING]
            helper = next((one for one in people.values() if units[one.unit_id].name in helping), None)
            if helper:
                seen = look(published, line.id, helper.user)
                assert seen.may == May(
                    acknowledge=False, submit=False, enter=False, ask_extension=False, see_evidence=False
                )
                return
        pytest.fail("the sample plan has no cooperating unit with a focal person")

    def test_let_the_secretariat_enter_for_a_unit(self, published: Application) -> None:
        may = look(published, lines_of(published, "24")[0].id, "vp.thuongtruc1").may
        assert (may.enter, may.submit, may.acknowledge) == (True, False, False)


class TestEvidenceFile:
    def test_is_given_whole_to_its_unit_and_the_office_only(self, published: Application) -> None:
        file = published.settings.home / "bao cao.pdf"
        file.write_bytes(b"%PDF-1.7 noi dung")
        one = lines_of(published, "24")[0].id
        hand_in(published, one, files=[file])
        item = next(item for item in look(published, one).handings[0].items if item.sha256)
        for user in (FOCAL, "vp.thuongtruc1", "giamdoc"):
            given = read_evidence_file(
                published.database, published.vault, item.id or 0, actor=actor_of(published, user)
            )
            with given.content as content:
                assert content.read() == b"%PDF-1.7 noi dung"
            assert (given.name, given.media_type) == ("bao cao.pdf", PDF)
        with pytest.raises(NoRight):
            read_evidence_file(
                published.database, published.vault, item.id or 0, actor=actor_of(published, "gdmn.daumoi")
            )

    def test_is_unknown_for_a_reference(self, published: Application) -> None:
        one = lines_of(published, "24")[0].id
        hand_in(published, one)
        (item,) = look(published, one).handings[0].items
        with pytest.raises(EvidenceFileUnknown):
            read_evidence_file(published.database, published.vault, item.id or 0, actor=LOCAL_ADMINISTRATOR)


class TestSeveralAcknowledgements:
    def test_leave_what_was_acknowledged_meanwhile(self, published: Application) -> None:
        ids = [line.id for code in ("24", "25") for line in lines_of(published, code)]
        actor = actor_of(published, FOCAL)
        assert acknowledge_several(published.database, ids[:1], actor=actor, now=NOON) == 1
        assert acknowledge_several(published.database, ids, actor=actor, now=NOON) == len(ids) - 1
        assert {line.stage for line in lines_of(published, "24")} == {Stage.ACKNOWLEDGED}

    def test_change_nothing_where_one_is_foreign(self, published: Application) -> None:
        own, foreign = lines_of(published, "24")[0].id, lines_of(published, "10")[0].id
        with pytest.raises(NoRight):
            acknowledge_several(published.database, [own, foreign], actor=actor_of(published, FOCAL), now=NOON)
        assert lines_of(published, "24")[0].stage is Stage.OPEN


class TestQueries:
    def test_do_not_grow_with_the_history(self, published: Application) -> None:
        one, actor, said = lines_of(published, "24")[0].id, actor_of(published, FOCAL), []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            said.append(statement)

        def count() -> int:
            said.clear()
            show_obligation(published.database, one, on=TODAY, answer_working_days=3, actor=actor)
            return len(said)

        sa.event.listen(published.database.engine, "before_cursor_execute", note)
        decide(published, hand_in(published, one), Decision(Outcome.RETURNED_TO_COMPLETE, "thiếu"))
        short = count()
        for number in (13, 14, 15):
            evidence_id = hand_in(published, one, references=[f"{number}/BC-KHTC ngày 24/3/2026"])
            decide(published, evidence_id, Decision(Outcome.RETURNED_TO_COMPLETE, "còn thiếu"))
        long = count()
        sa.event.remove(published.database.engine, "before_cursor_execute", note)
        assert short == long <= 18
