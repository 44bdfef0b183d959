"""The verifier's queue: longest waiting first, timeliness as the domain judges it, what was just decided said once."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import EvidenceUnknown, NoRight
from cchc_tasks.domain.vocabulary import Outcome, Stage
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verification_queue import VerificationPage, verification_queue
from cchc_tasks.services.verify_evidence import Decision
from tests.conftest import actor_of
from tests.services.conftest import NOON, TODAY, decide

OFFICE, SENDER = "vp.thuongtruc1", "tccb.daumoi"


def owed(app: Application, count: int) -> list[int]:
    """Open dated obligations of the sender's unit, the earliest first."""
    with app.database.read() as uow:
        unit = uow.directory.unit_with_code("TCCB").id or 0
        found = [one for one, _ in uow.obligations.listing([unit]) if one.due_on and one.stage is Stage.OPEN]
    return [one.id or 0 for one in found[:count]]


def hand_in(app: Application, obligation_ids: Sequence[int], received: date = TODAY) -> int:
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        obligation_ids,
        Handed(references=[f"12/BC-TCCB ngày {received:%d/%m/%Y}"], received_on=received),
        actor=actor_of(app, SENDER),
        today=TODAY,
        now=NOON,
    )


def look(app: Application, evidence_id: int | None = None, decided: int | None = None) -> VerificationPage:
    return verification_queue(
        app.database, evidence_id, decided=decided, on=TODAY, supplement_working_days=3, actor=actor_of(app, OFFICE)
    )


def due(app: Application, obligation_id: int) -> date:
    with app.database.read() as uow:
        day = uow.obligations.get(obligation_id).due_on
    assert day
    return day


class TestLine:
    def test_begins_with_the_longest_waiting_and_leads_both_ways(self, published: Application) -> None:
        first, second, third = (hand_in(published, owed(published, 1), TODAY - timedelta(days)) for days in (2, 9, 0))
        seen = look(published)
        assert [(one.evidence_id, one.days) for one in seen.line] == [(second, 9), (first, 2), (third, 0)]
        assert (seen.looked.evidence_id if seen.looked else None, seen.count) == (second, 3)
        assert [
            (look(published, one).beside(-1), look(published, one).beside(1)) for one in (second, first, third)
        ] == [
            (None, first),
            (second, third),
            (first, None),
        ]

    def test_offers_three_working_days_for_a_return(self, published: Application) -> None:
        assert look(published).until == date(2026, 3, 27)

    def test_leads_from_a_decided_piece_to_the_first_that_waits(self, published: Application) -> None:
        done, waiting = hand_in(published, owed(published, 1)), hand_in(published, owed(published, 1))
        decide(published, done, Decision(Outcome.ACCEPTED))
        assert look(published, done).beside(1) == waiting


class TestTimeliness:
    def test_is_told_of_each_obligation_by_itself(self, published: Application) -> None:
        two = owed(published, 2)
        between = due(published, two[0]) + timedelta(1)
        assert between <= due(published, two[1])
        looked = look(published, hand_in(published, two, between)).looked
        assert looked
        assert [(one.id, one.late) for one in looked.proven] == [(two[0], 1), (two[1], 0)]

    @pytest.mark.parametrize(("outcome", "late"), [(Outcome.RETURNED_TO_COMPLETE, 0), (Outcome.RETURNED_TO_REDO, 2)])
    def test_counts_from_the_first_paper_unless_the_work_was_asked_for_anew(
        self, published: Application, outcome: Outcome, late: int
    ) -> None:
        one = owed(published, 1)
        day = due(published, one[0])
        evidence = hand_in(published, one, day)
        decide(published, evidence, Decision(outcome, "Thiếu biểu số liệu", TODAY + timedelta(3)))
        assert hand_in(published, one, day + timedelta(2)) == evidence
        looked = look(published, evidence).looked
        assert looked
        assert looked.proven[0].late == late
        assert [(row.number, row.reason) for row in looked.earlier] == [(1, "Thiếu biểu số liệu")]


class TestJustDecided:
    def test_is_told_with_its_unit_and_its_outcome(self, published: Application) -> None:
        one = hand_in(published, owed(published, 1))
        decide(published, one, Decision(Outcome.RETURNED_TO_COMPLETE, "Thiếu trang 2"))
        said = look(published, decided=one).decided
        assert said
        assert (said.unit, said.accepted, said.revision.supplement_due_on) == (
            "Phòng Tổ chức cán bộ",
            False,
            date(2026, 3, 27),
        )

    def test_is_silent_about_what_waits_and_what_is_not_there(self, published: Application) -> None:
        waiting = hand_in(published, owed(published, 1))
        assert look(published, decided=waiting).decided is None
        assert look(published, decided=99999).decided is None


class TestRights:
    def test_are_the_secretariats_alone(self, published: Application) -> None:
        for user in ("giamdoc", "quantri", SENDER):
            with pytest.raises(NoRight):
                verification_queue(
                    published.database, None, on=TODAY, supplement_working_days=3, actor=actor_of(published, user)
                )

    def test_are_no_reason_to_invent_what_is_not_there(self, published: Application) -> None:
        with pytest.raises(EvidenceUnknown):
            look(published, 99999)


class TestQueries:
    def test_do_not_grow_with_what_one_piece_proves(self, published: Application) -> None:
        one, many = hand_in(published, owed(published, 1)), hand_in(published, owed(published, 6))
        said = 0

        def note(*_: object) -> None:
            nonlocal said
            said += 1

        sa.event.listen(published.database.engine, "before_cursor_execute", note)
        look(published, one)
        few, said = said, 0
        look(published, many)
        sa.event.remove(published.database.engine, "before_cursor_execute", note)
        assert said == few
