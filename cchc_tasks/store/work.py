"""What a unit's pages are made of: its rows of work by standing, what was handed in for them, and the files of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from cchc_tasks.domain.errors import EvidenceFileUnknown
from cchc_tasks.domain.lifecycle import WAITING_FOR_OFFICE, WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import (
    Channel,
    Frequency,
    Outcome,
    Proof,
    Responsibility,
    Role,
    Stage,
)
from cchc_tasks.models.directory import Contact, Person, Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.evidence import Evidence, Proves, Revision, RevisionItem, Verification
from cchc_tasks.models.obligation import NamedPerson, Obligation, ResponsibleUnit
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.standings import standing_of
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One obligation in a unit's list; `of_standing` counts all with the same standing, shown or not."""

    id: int
    stage: Stage
    stands: str
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    due_on: date | None
    late_after: date | None
    judged_on: date | None
    opened_on: date
    duty_code: str
    plan_title: str
    plan_number: str | None
    document_type: str | None
    secretariat_id: int | None
    asked_by: str | None  # of input: the unit that asks for it
    of_standing: int


@dataclass(frozen=True, slots=True)
class HandedRow:
    """One revision for one obligation, with what was decided about it."""

    obligation_id: int
    evidence_id: int
    unit_id: int
    revision_id: int
    number: int
    received_on: date
    submitted_at: datetime
    submitted_by: str
    on_behalf: bool
    note: str | None
    outcome: Outcome | None
    reason: str | None
    supplement_due_on: date | None
    verified_by: str | None
    verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of a unit; `mail` is None where there is no address to write to."""

    user: str
    name: str
    role: Role
    unit_id: int
    active: bool
    mail: str | None


class WorkStore(Store):
    """Reads for the unit's pages; every answer is a tuple, so that a long list stays cheap."""

    def rows(
        self,
        unit_id: int,
        on: date,
        due_soon_days: Mapping[str, int],
        *,
        done_since: datetime,
        each: int,
        person: tuple[int, str] | None = None,
    ) -> Sequence[WorkRow]:
        """What a unit leads, the first `each` of every standing by date; done work only if accepted since an instant.

        With `person` (id and user name) only what this person was assigned by name, is reminded of or handed in.
        """
        stands = standing_of(on, due_soon_days)
        order = (col(Obligation.late_after).is_(None), col(Obligation.late_after), col(Obligation.id))
        wanted = _led_by(unit_id).where(
            sa.or_(
                col(Obligation.stage).in_(WAITING_FOR_UNIT | WAITING_FOR_OFFICE),
                sa.and_(col(Obligation.stage) == Stage.VERIFIED, _accepted_since(done_since)),
            )
        )
        if person is not None:
            wanted = wanted.where(_concerns(*person))
        inner = wanted.add_columns(
            stands.label("stands"),
            sa.func.row_number().over(partition_by=stands, order_by=order).label("place"),
            sa.func.count().over(partition_by=stands).label("of_standing"),
        ).subquery()
        query = (
            sa.select(
                col(Obligation.id),
                col(Obligation.stage),
                inner.c.stands,
                col(Duty.title),
                col(Obligation.label),
                col(Obligation.period),
                col(Obligation.frequency),
                col(Obligation.due_on),
                col(Obligation.late_after),
                col(Obligation.judged_on),
                col(Obligation.opened_on),
                col(Duty.code),
                col(Plan.title),
                col(Plan.number),
                col(Plan.document_type),
                col(Plan.secretariat_id),
                _asking_unit(),
                inner.c.of_standing,
            )
            .select_from(inner)
            .join(Obligation, col(Obligation.id) == inner.c.id)
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(Plan, col(Plan.id) == col(Duty.plan_id))
            .where(inner.c.place <= each)
            .order_by(*order)
        )
        return [WorkRow(*row) for row in self._session.execute(query)]

    def handed(self, obligation_ids: Collection[int]) -> dict[int, list[HandedRow]]:
        """Every revision for these obligations, in the order they were handed in."""
        query = (
            sa.select(
                col(Proves.obligation_id),
                col(Evidence.id),
                col(Evidence.unit_id),
                col(Revision.id),
                col(Revision.number),
                col(Revision.received_on),
                col(Revision.submitted_at),
                col(Revision.submitted_by),
                col(Revision.on_behalf),
                col(Revision.note),
                col(Verification.outcome),
                col(Verification.reason),
                col(Verification.supplement_due_on),
                col(Verification.verified_by),
                col(Verification.verified_at),
            )
            .select_from(Proves)
            .join(Evidence, col(Evidence.id) == col(Proves.evidence_id))
            .join(Revision, col(Revision.evidence_id) == col(Evidence.id))
            .join(Verification, col(Verification.revision_id) == col(Revision.id), isouter=True)
            .where(col(Proves.obligation_id).in_(obligation_ids))
            .order_by(col(Revision.id))
        )
        found: dict[int, list[HandedRow]] = {}
        for row in self._session.execute(query):
            found.setdefault(row[0], []).append(HandedRow(*row))
        return found

    def items(self, revision_ids: Collection[int]) -> dict[int, list[RevisionItem]]:
        """What revisions are made of, by revision, in order."""
        query = (
            sa.select(RevisionItem)
            .where(col(RevisionItem.revision_id).in_(revision_ids))
            .order_by(col(RevisionItem.revision_id), col(RevisionItem.position))
        )
        found: dict[int, list[RevisionItem]] = {}
        for item in self._session.execute(query).scalars():
            found.setdefault(item.revision_id, []).append(item)
        return found

    def people(self, unit_ids: Collection[int], users: Collection[str] = ()) -> Sequence[PersonRow]:
        """The people of units, and those with these user names wherever they are, with their mail."""
        mail = sa.and_(col(Contact.person_id) == col(Person.id), col(Contact.channel) == Channel.MAIL)
        query = (
            sa.select(
                col(Person.user),
                col(Person.name),
                col(Person.role),
                col(Person.unit_id),
                col(Person.active),
                col(Contact.address),
            )
            .select_from(Person)
            .join(Contact, mail, isouter=True)
            .where(sa.or_(col(Person.unit_id).in_(unit_ids), col(Person.user).in_(users)))
            .order_by(col(Person.id))
        )
        return [PersonRow(*row) for row in self._session.execute(query)]

    def evidence_file(self, item_id: int) -> tuple[RevisionItem, frozenset[int]]:
        """A file that was handed in, and the units whose work it belongs to; raises EvidenceFileUnknown."""
        query = (
            sa.select(RevisionItem, col(Evidence.id), col(Evidence.unit_id))
            .join(Revision, col(Revision.id) == col(RevisionItem.revision_id))
            .join(Evidence, col(Evidence.id) == col(Revision.evidence_id))
            .where(col(RevisionItem.id) == item_id, col(RevisionItem.proof) == Proof.FILE)
        )
        row = self._session.execute(query).first()
        if row is None:
            raise EvidenceFileUnknown(item=item_id)
        item, evidence_id, unit_id = row
        proven = sa.select(Obligation).join(Proves, col(Proves.obligation_id) == col(Obligation.id))
        proven = proven.where(col(Proves.evidence_id) == evidence_id)
        leads = sa.select(col(ResponsibleUnit.unit_id)).where(
            _leads(),
            sa.or_(  # who owes it, and who asked for it as input
                col(ResponsibleUnit.obligation_id).in_(proven.with_only_columns(col(Obligation.id))),
                col(ResponsibleUnit.obligation_id).in_(proven.with_only_columns(col(Obligation.parent_id))),
            ),
        )
        return item, frozenset({unit_id, *self._session.execute(leads).scalars()})


def _leads() -> sa.ColumnElement[bool]:
    return col(ResponsibleUnit.responsibility) == Responsibility.LEAD


def _led_by(unit_id: int) -> sa.Select[Any]:
    return (
        sa.select(col(Obligation.id).label("id"))
        .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
        .where(col(ResponsibleUnit.unit_id) == unit_id, _leads())
    )


def _asking_unit() -> sa.ScalarSelect[str]:
    """The unit that leads what an obligation is input of; NULL for one that is no input."""
    return (
        sa.select(col(Unit.name))
        .join(ResponsibleUnit, col(ResponsibleUnit.unit_id) == col(Unit.id))
        .where(col(ResponsibleUnit.obligation_id) == col(Obligation.parent_id), col(ResponsibleUnit.focal))
        .correlate(Obligation)
        .scalar_subquery()
    )


def _accepted_since(instant: datetime) -> sa.ColumnElement[bool]:
    return (
        sa.select(col(Verification.id))
        .join(Revision, col(Revision.id) == col(Verification.revision_id))
        .join(Proves, col(Proves.evidence_id) == col(Revision.evidence_id))
        .where(
            col(Proves.obligation_id) == col(Obligation.id),
            col(Verification.outcome) == Outcome.ACCEPTED,
            col(Verification.verified_at) >= instant,
        )
        .exists()
    )


def _concerns(person_id: int, user: str) -> sa.ColumnElement[bool]:
    named = (
        sa.select(col(NamedPerson.id))
        .where(col(NamedPerson.obligation_id) == col(Obligation.id), col(NamedPerson.person_id) == person_id)
        .exists()
    )
    reminded = (
        sa.select(col(Reminder.id))
        .where(col(Reminder.obligation_id) == col(Obligation.id), col(Reminder.person_id) == person_id)
        .exists()
    )
    handed_in = (
        sa.select(col(Proves.evidence_id))
        .join(Revision, col(Revision.evidence_id) == col(Proves.evidence_id))
        .where(col(Proves.obligation_id) == col(Obligation.id), col(Revision.submitted_by) == user)
        .exists()
    )
    return sa.or_(named, reminded, handed_in)
