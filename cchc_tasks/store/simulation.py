"""What a simulation starts from: the rungs that are planned already, and everybody who may be written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.simulation import SimulatedPerson
from cchc_tasks.domain.vocabulary import Frequency, ReminderState
from cchc_tasks.models.directory import Person
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.store.store import Store

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class PlannedRung:
    """A rung that is to come, with what it speaks of."""

    person_id: int
    fire_on: date
    rung: str
    obligation_id: int
    duty_code: str
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    due_on: date | None


class SimulationStore(Store):
    """Reads for simulations."""

    def planned(self, first: date, last: date, plan_id: int | None) -> Iterator[PlannedRung]:
        """The rungs that will speak within a span of days, of one plan or of all."""
        query = (
            sa.select(
                col(Reminder.person_id),
                col(Reminder.fire_on),
                col(Reminder.rung),
                col(Obligation.id),
                col(Duty.code),
                col(Duty.title),
                col(Obligation.label),
                col(Obligation.period),
                col(Obligation.frequency),
                col(Obligation.due_on),
            )
            .select_from(Reminder)
            .join(Obligation, col(Obligation.id) == col(Reminder.obligation_id))
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(Person, col(Person.id) == col(Reminder.person_id))
            .where(
                col(Reminder.state) == ReminderState.PLANNED,
                col(Reminder.fire_on).between(first, last),
                sa.or_(col(Reminder.next_on).is_(None), col(Reminder.next_on) > col(Reminder.fire_on)),
                col(Reminder.due_version) == col(Obligation.due_version),
                col(Obligation.stage).in_(WAITING_FOR_UNIT),
                col(Person.active),
            )
        )
        if plan_id is not None:
            query = query.where(col(Duty.plan_id) == plan_id)
        rows = self._session.execute(query.execution_options(yield_per=AT_ONCE))
        return (PlannedRung(*row) for row in rows)

    def people(self) -> dict[int, SimulatedPerson]:
        """Everybody by id."""
        query = sa.select(col(Person.id), col(Person.name), col(Person.unit_id))
        return {row[0]: SimulatedPerson(*row) for row in self._session.execute(query)}
