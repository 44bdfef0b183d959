"""The secretariat accepts what was handed in, or returns it with a reason and a date to complete it by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import (
    InputForItsUnit,
    NothingToVerify,
    ReasonMissing,
    RevisionChanged,
    SupplementTooEarly,
    VerifierIsSubmitter,
)
from cchc_tasks.domain.lengths import WORDS, held_short
from cchc_tasks.domain.lifecycle import after
from cchc_tasks.domain.vocabulary import Outcome, Stage
from cchc_tasks.models.evidence import Revision, Verification
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.end_inputs import end_inputs
from cchc_tasks.services.judging import judge
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Decision:
    """Accepted, or returned to complete or to redo; a return has a reason and may name its own hạn bổ sung."""

    outcome: Outcome
    reason: str | None = None
    until: date | None = None
    revision: int | None = None  # the number of the revision that was looked at; a newer one is not decided unseen

    @property
    def returns(self) -> bool:
        """Whether it goes back to the unit."""
        return self.outcome is not Outcome.ACCEPTED


def verify_evidence(
    database: Database,
    evidence_id: int,
    decision: Decision,
    *,
    actor: Actor,
    today: date,
    now: datetime,
    supplement_working_days: int,
) -> date | None:
    """Decide about the newest revision of a piece of evidence; gives the hạn bổ sung of a return.

    Without `until`, a return asks for completion within `supplement_working_days` from today. The verifier is never
    the submitter, except where the collection is a plain receipt; input that a unit asked for is that unit's to
    decide. Raises Refused, InputError or EvidenceUnknown.
    """
    require(actor, Action.VERIFY)
    if decision.returns and not (decision.reason or "").strip():
        raise ReasonMissing  # before anything is looked up
    with database.write(now) as uow:
        uow.evidence.get(evidence_id)
        obligations = [uow.obligations.locked(one) for one in uow.evidence.obligations_of(evidence_id)]
        for asking_unit in uow.inputs.asking_units([one.id or 0 for one in obligations]).values():
            raise InputForItsUnit(unit=asking_unit)
        return decided(
            uow,
            evidence_id,
            obligations,
            decision,
            actor=actor,
            today=today,
            now=now,
            supplement_working_days=supplement_working_days,
        )


def decided(
    uow: UnitOfWork,
    evidence_id: int,
    obligations: Sequence[Obligation],
    decision: Decision,
    *,
    actor: Actor,
    today: date,
    now: datetime,
    supplement_working_days: int,
) -> date | None:
    """Decide about the newest revision of a piece of evidence, whose obligations are held; gives the hạn bổ sung.

    The one who decides is never the submitter, except where the collection is a plain receipt. Raises ReasonMissing,
    WordsTooLong, NothingToVerify, RevisionChanged, VerifierIsSubmitter, SupplementTooEarly, StageForbids.
    """
    reason = held_short("Lý do", (decision.reason or "").strip(), WORDS) or None
    if decision.returns and reason is None:
        raise ReasonMissing
    revision = _waiting_revision(uow, evidence_id)
    if decision.revision not in (None, revision.number):
        raise RevisionChanged(shown=decision.revision, newest=revision.number)
    if revision.submitted_by == actor.user and not all(one.receipt_only for one in obligations):
        raise VerifierIsSubmitter
    planner = RungPlanner(uow)
    until = None
    if decision.returns:
        until = decision.until or planner.calendar.add_working_days(today, supplement_working_days)
        if until < revision.received_on:
            raise SupplementTooEarly(day=until.strftime("%d/%m/%Y"), received=revision.received_on.strftime("%d/%m/%Y"))
    uow.evidence.add_verification(
        Verification(
            revision_id=revision.id or 0,
            outcome=decision.outcome,
            reason=reason,
            supplement_due_on=until,
            verified_by=actor.user,
            verified_at=now,
        )
    )
    for obligation in obligations:
        _advance(obligation, planner, until, since=revision.received_on)
        judge(uow, obligation)
        if obligation.stage is Stage.VERIFIED:
            end_inputs(uow, obligation, actor.user)
    uow.note(
        actor.user,
        "evidence.return" if decision.returns else "evidence.accept",
        f"evidence:{evidence_id}",
        revision=revision.number,
        outcome=decision.outcome,
        reason=reason,
        until=until,
        obligations=[one.id for one in obligations],
    )
    return until


def _waiting_revision(uow: UnitOfWork, evidence_id: int) -> Revision:
    revision = uow.evidence.last_revision(evidence_id)
    if uow.evidence.verification(revision.id or 0) is not None:
        raise NothingToVerify(evidence=evidence_id)
    return revision


def _advance(obligation: Obligation, planner: RungPlanner, until: date | None, *, since: date) -> None:
    """Move an obligation on; what is said of a hạn bổ sung begins with the day the paper arrived."""
    if obligation.stage is not Stage.SUBMITTED and obligation.due_on is None:
        return  # "thường xuyên" stays open while its evidence is looked at piece by piece
    obligation.stage = after("xác nhận" if until is None else "yêu cầu bổ sung", obligation.stage)
    obligation.supplement_due_on = until
    planner.plan_anew(obligation, not_before=since)
