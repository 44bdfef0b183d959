"""Evidence: for several obligations at once, on behalf of a unit, revision by revision, verified by somebody else."""

from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import (
    EvidenceUnchanged,
    NoRight,
    NothingToVerify,
    ReasonMissing,
    StageForbids,
    SupplementTooEarly,
    VerifierIsSubmitter,
)
from cchc_tasks.domain.vocabulary import Outcome, Stage, Standing
from cchc_tasks.services.listing import list_evidence
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from tests.conftest import actor_of
from tests.services.conftest import lines_of
from tests.services.planned import days_of, obligation_of

TODAY = date(2026, 3, 4)
ACCEPT = Decision(Outcome.ACCEPTED)


def submit(app: Application, user: str, obligations: list[int], **handed: object) -> int:
    facts: dict[str, object] = {"links": ["https://songlam.example/bao-cao"]} if not handed.get("files") else {}
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        obligations,
        Handed(**(facts | handed)),  # type: ignore[arg-type]
        actor=actor_of(app, user),
        today=TODAY,
        now=app.clock.now(),
    )


def verify(app: Application, evidence_id: int, decision: Decision, user: str = "vp.thuongtruc1") -> date | None:
    return verify_evidence(
        app.database,
        evidence_id,
        decision,
        actor=actor_of(app, user),
        today=TODAY,
        now=app.clock.now(),
        supplement_working_days=3,
    )


class TestSubmission:
    def test_may_prove_several_obligations_at_once(self, published: Application, tmp_path: Path) -> None:
        file = tmp_path / "bao-cao.pdf"
        file.write_bytes(b"%PDF-1.7 bao cao")
        ids = [line.id for code in ("24", "25") for line in lines_of(published, code)]
        evidence_id = submit(published, "khtc.daumoi", ids, files=[file], note="gộp hai việc")
        assert {line.stage for code in ("24", "25") for line in lines_of(published, code)} == {Stage.SUBMITTED}
        verify(published, evidence_id, ACCEPT)
        assert {line.standing for code in ("24", "25") for line in lines_of(published, code)} == {Standing.DONE_ON_TIME}

    def test_is_all_or_nothing_over_its_obligations(self, published: Application) -> None:
        own, foreign = lines_of(published, "24")[0].id, lines_of(published, "10")[0].id
        with pytest.raises(NoRight):
            submit(published, "khtc.daumoi", [own, foreign])
        assert lines_of(published, "24")[0].stage is Stage.OPEN

    def test_is_entered_by_the_secretariat_for_a_unit_on_paper(self, published: Application) -> None:
        (line,) = [one for one in lines_of(published, "6") if one.leads == ("Trường THPT Lê Lợi",)][:1]
        evidence_id = submit(
            published, "vp.thuongtruc1", [line.id], on_behalf_of="THPT-LE-LOI", received_on=date(2026, 2, 27)
        )
        (shown,) = list_evidence(published.database, actor=actor_of(published, "vp.thuongtruc2"))
        assert (shown.unit, shown.submitted_by) == ("Trường THPT Lê Lợi", "vp.thuongtruc1")
        assert shown.received_on == date(2026, 2, 27)
        with pytest.raises(VerifierIsSubmitter):
            verify(published, evidence_id, ACCEPT, "vp.thuongtruc1")
        verify(published, evidence_id, ACCEPT, "vp.thuongtruc2")

    def test_waits_until_the_last_one_was_looked_at(self, published: Application) -> None:
        (line,) = lines_of(published, "24")
        submit(published, "khtc.daumoi", [line.id])
        with pytest.raises(StageForbids):
            submit(published, "khtc.daumoi", [line.id])

    def test_of_an_ongoing_duty_leaves_it_open_all_year(self, published: Application) -> None:
        (line,) = [one for one in lines_of(published, "7") if one.due_on is None]
        for turn in range(2):
            evidence_id = submit(published, "tccb.daumoi", [line.id], links=[f"https://songlam.example/{turn}"])
            verify(published, evidence_id, ACCEPT)
        (line,) = [one for one in lines_of(published, "7") if one.due_on is None]
        assert (line.stage, line.standing) == (Stage.OPEN, Standing.NO_DEADLINE)


class TestReturn:
    def test_asks_for_completion_within_three_working_days(self, published: Application) -> None:
        (line,) = lines_of(published, "10")
        evidence_id = submit(published, "thanhtra.daumoi", [line.id])
        until = verify(published, evidence_id, Decision(Outcome.RETURNED_TO_COMPLETE, "Thiếu phụ lục"))
        assert until == date(2026, 3, 9)  # Wednesday 04/3: Thursday, Friday, Monday
        (line,) = lines_of(published, "10")
        assert (line.stage, line.supplement_due_on) == (Stage.RETURNED, until)

    def test_needs_a_reason_and_a_day_that_can_be_kept(self, published: Application) -> None:
        (line,) = lines_of(published, "10")
        evidence_id = submit(published, "thanhtra.daumoi", [line.id])
        with pytest.raises(ReasonMissing):
            verify(published, evidence_id, Decision(Outcome.RETURNED_TO_COMPLETE, "  "))
        with pytest.raises(SupplementTooEarly):
            verify(published, evidence_id, Decision(Outcome.RETURNED_TO_COMPLETE, "Thiếu", date(2026, 3, 3)))
        assert lines_of(published, "10")[0].stage is Stage.SUBMITTED

    def test_is_answered_by_another_revision_of_the_same_evidence(self, published: Application) -> None:
        (line,) = lines_of(published, "10")
        evidence_id = submit(published, "thanhtra.daumoi", [line.id])
        verify(published, evidence_id, Decision(Outcome.RETURNED_TO_COMPLETE, "Thiếu phụ lục"))
        with pytest.raises(EvidenceUnchanged):
            submit(published, "thanhtra.daumoi", [line.id])
        again = submit(published, "thanhtra.daumoi", [line.id], links=["https://songlam.example/phu-luc"])
        assert again == evidence_id
        verify(published, evidence_id, ACCEPT)
        (shown,) = list_evidence(published.database, actor=actor_of(published, "kiemtra"))
        assert (shown.revision, shown.outcome) == (2, Outcome.ACCEPTED)
        with pytest.raises(NothingToVerify):
            verify(published, evidence_id, ACCEPT)

    def test_is_reminded_on_a_ladder_of_its_own(self, published: Application) -> None:
        (line,) = lines_of(published, "10")
        evidence_id = submit(published, "thanhtra.daumoi", [line.id], received_on=date(2026, 3, 3))
        verify(published, evidence_id, Decision(Outcome.RETURNED_TO_COMPLETE, "Thiếu phụ lục", date(2026, 3, 9)))
        steps = days_of(published, obligation_of(published, "10", date(2026, 3, 5)), "thanhtra.daumoi")
        fires = {(rung, day) for rung, day in steps.items() if rung.startswith("before")}
        assert fires == {("before-1", date(2026, 3, 6)), ("before-0", date(2026, 3, 9))}


class TestPlainReceipt:
    def test_may_be_confirmed_by_the_one_who_entered_it(self, published: Application) -> None:
        (line,) = [one for one in lines_of(published, "7") if one.period == "2026-Q1"]
        with published.database.write(published.clock.now()) as uow:
            uow.obligations.get(line.id).receipt_only = True
        evidence_id = submit(published, "vp.thuongtruc1", [line.id])
        verify(published, evidence_id, ACCEPT, "vp.thuongtruc1")
        (line,) = [one for one in lines_of(published, "7") if one.period == "2026-Q1"]
        assert line.stage is Stage.VERIFIED
