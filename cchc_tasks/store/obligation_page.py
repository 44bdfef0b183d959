"""What the page of one obligation is made of: its origin, its units, its rungs and what was written about it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col

from cchc_tasks.domain.errors import ObligationUnknown
from cchc_tasks.domain.vocabulary import DeliveryState, Frequency, ReminderState, Responsibility
from cchc_tasks.models.directory import Person, Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.journal import JournalEntry
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.models.plan import Plan, PlanQuestion, PlanRow
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class RungRow:
    """One rung for one person and what became of its message."""

    rung: str
    fire_on: date
    due_version: int
    state: ReminderState
    person: str
    delivery_state: DeliveryState | None
    business_on: date | None
    sent_at: datetime | None
    failures: int | None


@dataclass(frozen=True, slots=True)
class SisterRow:
    """Another period of the same duty, owed by the same."""

    id: int
    due_on: date | None
    period: str | None
    label: str | None
    frequency: Frequency


class ObligationPageStore(Store):
    """Reads for the page of one obligation; what grows with its history comes as tuples."""

    def origin(self, obligation_id: int) -> tuple[Obligation, Duty, Plan, PlanRow]:
        """An obligation with the duty, plan and row it comes from; raises ObligationUnknown."""
        query = (
            sa.select(Obligation, Duty, Plan, PlanRow)
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(Plan, col(Plan.id) == col(Duty.plan_id))
            .join(PlanRow, col(PlanRow.id) == col(Duty.row_id))
            .where(col(Obligation.id) == obligation_id)
        )
        row = self._session.execute(query).first()
        if row is None:
            raise ObligationUnknown(obligation=obligation_id)
        return row[0], row[1], row[2], row[3]

    def parts(self, obligation_id: int) -> Sequence[tuple[Unit, Responsibility]]:
        """The units of an obligation with their parts, the focal lead first."""
        query = (
            sa.select(Unit, col(ResponsibleUnit.responsibility))
            .join(ResponsibleUnit, col(ResponsibleUnit.unit_id) == col(Unit.id))
            .where(col(ResponsibleUnit.obligation_id) == obligation_id)
            .order_by(col(ResponsibleUnit.id))
        )
        return [(unit, part) for unit, part in self._session.execute(query)]

    def row_questions(self, row_id: int) -> Sequence[PlanQuestion]:
        """What was asked about a row of the appendix, in order."""
        query = sa.select(PlanQuestion).where(col(PlanQuestion.row_id) == row_id)
        return self._session.execute(query.order_by(col(PlanQuestion.number))).scalars().all()

    def rungs(self, obligation_id: int) -> Sequence[RungRow]:
        """Every rung of an obligation, by day."""
        query = (
            sa.select(
                col(Reminder.rung),
                col(Reminder.fire_on),
                col(Reminder.due_version),
                col(Reminder.state),
                col(Person.name),
                col(Delivery.state),
                col(Delivery.business_on),
                col(Delivery.sent_at),
                col(Delivery.failures),
            )
            .select_from(Reminder)
            .join(Person, col(Person.id) == col(Reminder.person_id))
            .join(Delivery, col(Delivery.id) == col(Reminder.delivery_id), isouter=True)
            .where(col(Reminder.obligation_id) == obligation_id)
            .order_by(col(Reminder.fire_on), col(Reminder.due_version), col(Reminder.id))
        )
        return [RungRow(*row) for row in self._session.execute(query)]

    def sisters(self, obligation: Obligation) -> Sequence[SisterRow]:
        """The other dated obligations of the same duty that the same units owe, by date; a sub-request has none."""
        if obligation.parent_id is not None:
            return []
        query = (
            sa.select(
                col(Obligation.id),
                col(Obligation.due_on),
                col(Obligation.period),
                col(Obligation.label),
                col(Obligation.frequency),
            )
            .where(
                col(Obligation.duty_id) == obligation.duty_id,
                col(Obligation.owed_by) == obligation.owed_by,
                col(Obligation.id) != obligation.id,
                col(Obligation.due_on).is_not(None),
                col(Obligation.parent_id).is_(None),
            )
            .order_by(col(Obligation.due_on), col(Obligation.id))
        )
        return [SisterRow(*row) for row in self._session.execute(query)]

    def journal(self, subjects: Collection[str], plan_id: int) -> Sequence[JournalEntry]:
        """What was written about these subjects, and the publication of their plan, the newest first."""
        published = sa.and_(col(JournalEntry.subject) == f"plan:{plan_id}", col(JournalEntry.action) == "plan.publish")
        query = sa.select(JournalEntry).where(sa.or_(col(JournalEntry.subject).in_(subjects), published))
        return self._session.execute(query.order_by(col(JournalEntry.number).desc())).scalars().all()
