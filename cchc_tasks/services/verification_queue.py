"""Chờ xác nhận: what waits for its verification, longest first, and one of them with all that has to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import EvidenceUnknown, InputForItsUnit
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Outcome, Proof
from cchc_tasks.models.duty import DutyDeliverable
from cchc_tasks.models.evidence import RevisionItem
from cchc_tasks.store.database import Database
from cchc_tasks.store.search import ProvenRow
from cchc_tasks.store.unit_of_work import UnitOfWork
from cchc_tasks.store.work import HandedRow

SHOWN = 200


@dataclass(frozen=True, slots=True)
class InLine:
    """One piece of evidence in the queue."""

    evidence_id: int
    unit: str
    title: str
    received_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Proven:
    """An obligation that the evidence is for; `late` counts the days the paper came after its day."""

    id: int
    title: str
    duty_code: str
    due_on: date | None
    late: int
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """The newest revision of one piece of evidence, with what came before it."""

    evidence_id: int
    unit: str
    revision: HandedRow
    by: str
    decided_by: str | None
    items: tuple[RevisionItem, ...]
    proven: tuple[Proven, ...]
    earlier: tuple[HandedRow, ...]
    own: bool  # handed in by the one who looks, who may not verify it

    @property
    def title(self) -> str:
        """What it is, by its first obligation."""
        return self.proven[0].title

    @property
    def files(self) -> tuple[RevisionItem, ...]:
        """The files of the revision."""
        return tuple(item for item in self.items if item.proof is Proof.FILE)

    @property
    def papers(self) -> tuple[RevisionItem, ...]:
        """The document references and links."""
        return tuple(item for item in self.items if item.proof is not Proof.FILE)

    @property
    def waits(self) -> bool:
        """Whether nothing was decided about it yet."""
        return self.revision.outcome is None

    @property
    def accepted(self) -> bool:
        """Whether it was accepted."""
        return self.revision.outcome is Outcome.ACCEPTED


@dataclass(frozen=True, slots=True)
class VerificationPage:
    """The queue, and the piece that is looked at (None where the queue is empty and none was asked for)."""

    line: tuple[InLine, ...]
    count: int
    looked: Looked | None
    decided: Looked | None  # what the verifier has just decided, to be said once
    until: date  # the hạn bổ sung of a return that names no day

    @property
    def place(self) -> int | None:
        """Where the piece stands in the queue, from 0; None for one that is no longer in it."""
        at = [one.evidence_id for one in self.line]
        return at.index(self.looked.evidence_id) if self.looked and self.looked.evidence_id in at else None

    def beside(self, step: int) -> int | None:
        """The evidence before (-1) or after (1) the one that is looked at; the first for one no longer in line."""
        if self.place is None:
            return self.line[0].evidence_id if self.line else None
        there = self.place + step
        return self.line[there].evidence_id if 0 <= there < len(self.line) else None


def verification_queue(
    database: Database,
    evidence_id: int | None,
    *,
    decided: int | None = None,
    on: date,
    supplement_working_days: int,
    actor: Actor,
) -> VerificationPage:
    """The queue and the piece asked for, or the one that has waited longest; `decided` is the piece before it.

    Raises NoRight, EvidenceUnknown, and InputForItsUnit for what a unit asked of another.
    """
    require(actor, Action.VERIFY)
    with database.read() as uow:
        line = tuple(
            InLine(
                row.evidence_id,
                row.unit,
                obligation_title(row.title, row.label, row.period, row.frequency),
                row.received_on,
                (on - row.received_on).days,
            )
            for row in uow.standings.waiting(limit=SHOWN)
        )
        asked = evidence_id if evidence_id is not None else line[0].evidence_id if line else None
        return VerificationPage(
            line=line,
            count=uow.standings.count_waiting(),
            looked=None if asked is None else _looked(uow, asked, actor),
            decided=None if decided is None else _decided(uow, decided, actor),
            until=uow.office.calendar().add_working_days(on, supplement_working_days),
        )


def _decided(uow: UnitOfWork, evidence_id: int, actor: Actor) -> Looked | None:
    """What was decided a moment ago; None where there is no such evidence or it waits again."""
    try:
        looked = _looked(uow, evidence_id, actor)
    except (EvidenceUnknown, InputForItsUnit):
        return None
    return None if looked.waits else looked


def _looked(uow: UnitOfWork, evidence_id: int, actor: Actor) -> Looked:
    evidence = uow.evidence.get(evidence_id)
    rows = uow.search.proven(evidence_id)
    for asking_unit in uow.inputs.asking_units([row.id for row in rows]).values():
        raise InputForItsUnit(unit=asking_unit)
    of_this = [row for row in uow.work.handed([rows[0].id])[rows[0].id] if row.evidence_id == evidence_id]
    newest = of_this[-1]
    users = {row.submitted_by for row in of_this} | {row.verified_by for row in of_this if row.verified_by}
    names = {person.user: person.name for person in uow.work.people([evidence.unit_id], users)}
    checklists = uow.obligations.checklists([row.id for row in rows])
    return Looked(
        evidence_id=evidence_id,
        unit=uow.directory.unit(evidence.unit_id).name,
        revision=newest,
        by=names.get(newest.submitted_by, newest.submitted_by),
        decided_by=names.get(newest.verified_by, newest.verified_by) if newest.verified_by else None,
        items=tuple(uow.work.items([newest.revision_id]).get(newest.revision_id, [])),
        proven=tuple(_proven(row, of_this[0].received_on, checklists.get(row.id, ())) for row in rows),
        earlier=tuple(reversed(of_this[:-1])),
        own=newest.submitted_by == actor.user and not all(row.receipt_only for row in rows),
    )


def _proven(row: ProvenRow, first_received: date, wanted: Sequence[DutyDeliverable]) -> Proven:
    judged = row.judged_on or first_received
    return Proven(
        id=row.id,
        title=obligation_title(row.title, row.label, row.period, row.frequency),
        duty_code=row.duty_code,
        due_on=row.due_on,
        late=max(0, (judged - row.due_on).days) if row.due_on else 0,
        wanted=tuple(item.title for item in wanted),
    )
