"""Lists for screens: obligations with how they stand on a day, evidence with what it proves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.extensions import extended_in_words
from cchc_tasks.domain.lifecycle import days_late, standing
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Bound, Outcome, Proof, Stage, Standing
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """One obligation as a list shows it; `standing` is None for those that are not counted."""

    id: int
    duty_id: int
    duty_code: str
    title: str
    label: str | None
    name: str  # duty, part and period together
    period: str | None
    leads: tuple[str, ...]
    stated_on: date | None
    due_on: date | None
    extended: str | None  # where a moved day comes from
    internal_due_on: date | None
    aim_on: date | None
    supplement_due_on: date | None
    bound: Bound | None
    stage: Stage
    standing: Standing | None
    days_late: int


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """The newest revision of a piece of evidence."""

    id: int
    unit: str
    obligations: tuple[int, ...]
    revision: int
    received_on: date
    submitted_by: str
    items: tuple[tuple[Proof, str], ...]
    outcome: Outcome | None
    reason: str | None
    supplement_due_on: date | None


def list_obligations(
    database: Database, *, on: date, actor: Actor, unit: str | None = None, only: Standing | None = None
) -> list[ObligationLine]:
    """Obligations by date with their standing on a day; a unit's people see their own unit's."""
    require(actor, Action.SEE_OBLIGATIONS)
    with database.read() as uow:
        unit_ids = _visible(uow, actor, Action.SEE_OBLIGATIONS, unit)
        found = uow.obligations.listing(unit_ids)
        leads = uow.obligations.leads()
        moved = uow.extensions.granted()
        submissions = uow.evidence.submissions()
        due_soon = uow.office.due_soon_days()
        names = {unit_id: one.name for unit_id, one in uow.directory.units().items()}
    lines = []
    for one, duty in found:
        handed = submissions.get(one.id or 0, [])
        soon = due_soon[one.frequency.value]
        stands = standing(one.stage, one.due_on, one.supplement_due_on, handed, on=on, due_soon_days=soon)
        if only is None or stands is only:
            lines.append(
                ObligationLine(
                    id=one.id or 0,
                    duty_id=one.duty_id,
                    duty_code=duty.code,
                    title=duty.title,
                    label=one.label,
                    name=obligation_title(duty.title, one.label, one.period, one.frequency),
                    period=one.period,
                    leads=tuple(names[unit_id] for unit_id in leads[one.id or 0]),
                    stated_on=one.stated_on,
                    due_on=one.due_on,
                    extended=extended_in_words(moved.get(one.id or 0, [])),
                    internal_due_on=one.internal_due_on,
                    aim_on=one.aim_on,
                    supplement_due_on=one.supplement_due_on,
                    bound=one.bound,
                    stage=one.stage,
                    standing=stands,
                    days_late=days_late(one.stage, one.due_on, handed, on=on),
                )
            )
    return lines


def list_evidence(database: Database, *, actor: Actor) -> list[EvidenceLine]:
    """Evidence by its newest revision, newest first; a unit's people see their own unit's."""
    require(actor, Action.SEE_EVIDENCE)
    with database.read() as uow:
        names = {unit_id: one.name for unit_id, one in uow.directory.units().items()}
        lines = []
        for evidence in uow.evidence.all(_visible(uow, actor, Action.SEE_EVIDENCE, None)):
            evidence_id = evidence.id or 0
            revision = uow.evidence.last_revision(evidence_id)
            decided = uow.evidence.verification(revision.id or 0)
            lines.append(
                EvidenceLine(
                    id=evidence_id,
                    unit=names[evidence.unit_id],
                    obligations=tuple(uow.evidence.obligations_of(evidence_id)),
                    revision=revision.number,
                    received_on=revision.received_on,
                    submitted_by=revision.submitted_by,
                    items=tuple((item.proof, item.text) for item in uow.evidence.items(revision.id or 0)),
                    outcome=decided.outcome if decided else None,
                    reason=decided.reason if decided else None,
                    supplement_due_on=decided.supplement_due_on if decided else None,
                )
            )
    return lines


def _visible(uow: UnitOfWork, actor: Actor, action: Action, unit: str | None) -> Sequence[int] | None:
    """The units whose work may be seen: the one asked for, the actor's own, or (None) all."""
    asked = uow.directory.unit_with_code(unit).id if unit else None
    if scope(actor, action) is Scope.ALL:
        return None if asked is None else [asked]
    own = actor.unit_id or 0
    return [own] if asked in (None, own) else []
