"""Which obligations a change of the calendar, the people, the units or the ladders touches; held while it is made."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, or_
from sqlmodel import col, select

from cchc_tasks.domain.lifecycle import WAITING_FOR_OFFICE, WAITING_FOR_UNIT
from cchc_tasks.domain.reminders import SUPPLEMENT
from cchc_tasks.domain.vocabulary import ReminderState, Responsibility, Stage, UnitKind
from cchc_tasks.models.directory import Person, Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import NamedPerson, Obligation, ResponsibleUnit
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.store.store import Store

UNSENT = (ReminderState.PLANNED, ReminderState.MERGED)
OWED = WAITING_FOR_UNIT | WAITING_FOR_OFFICE
NOT_ENDED = OWED | {Stage.DRAFT, Stage.SUSPENDED}


class TouchedStore(Store):
    """Finds obligations by what was planned for them; every row it gives is locked, in the order of their ids."""

    def around(self, spans: Collection[tuple[date, date]]) -> Sequence[Obligation]:
        """Those not ended with an unsent rung, or with the last working day, on a day of these spans."""
        if not spans:
            return []
        planned = select(Reminder.obligation_id).where(
            Reminder.state == ReminderState.PLANNED, or_(*(col(Reminder.fire_on).between(*one) for one in spans))
        )
        return self._held(
            col(Obligation.stage).in_(NOT_ENDED),
            or_(col(Obligation.id).in_(planned), *(col(Obligation.aim_on).between(*one) for one in spans)),
        )

    def heard_in(self, kind: UnitKind, spans: Collection[tuple[date, date]]) -> Sequence[Obligation]:
        """Those of which people in units of a kind have an unsent rung on a day of these spans."""
        planned = (
            select(Reminder.obligation_id)
            .join(Person, col(Person.id) == Reminder.person_id)
            .join(Unit, col(Unit.id) == Person.unit_id)
            .where(
                Unit.kind == kind,
                Reminder.state == ReminderState.PLANNED,
                or_(*(col(Reminder.fire_on).between(*one) for one in spans)),
            )
        )
        return self._held(col(Obligation.stage).in_(OWED), col(Obligation.id).in_(planned))

    def heard_by(self, person_id: int) -> Sequence[Obligation]:
        """Those of which a person has unsent rungs, or to which they were assigned by name."""
        planned = select(Reminder.obligation_id).where(Reminder.person_id == person_id, col(Reminder.state).in_(UNSENT))
        named = select(NamedPerson.obligation_id).where(NamedPerson.person_id == person_id)
        return self._held(
            col(Obligation.stage).in_(OWED),
            or_(col(Obligation.id).in_(planned), col(Obligation.id).in_(named)),
        )

    def led_by(self, unit_id: int) -> Sequence[Obligation]:
        """Those waiting for a unit that leads them."""
        return self._held(col(Obligation.stage).in_(WAITING_FOR_UNIT), _led_by(unit_id))

    def on_ladder(
        self, name: str, *, plan_id: int | None = None, duty_id: int | None = None, unit_id: int | None = None
    ) -> Sequence[Obligation]:
        """Those waiting for their units that are reminded by a ladder, of one plan, duty or unit, or of all."""
        if name == SUPPLEMENT:
            wanted: list[ColumnElement[bool]] = [col(Obligation.stage) == Stage.RETURNED]
        else:
            wanted = [col(Obligation.stage).in_(WAITING_FOR_UNIT - {Stage.RETURNED}), col(Obligation.frequency) == name]
        if plan_id is not None:
            wanted.append(col(Obligation.duty_id).in_(select(Duty.id).where(Duty.plan_id == plan_id)))
        if duty_id is not None:
            wanted.append(col(Obligation.duty_id) == duty_id)
        if unit_id is not None:
            planned = select(Reminder.obligation_id).join(Person, col(Person.id) == Reminder.person_id)
            planned = planned.where(Person.unit_id == unit_id, Reminder.state == ReminderState.PLANNED)
            wanted.append(or_(_led_by(unit_id), col(Obligation.id).in_(planned)))
        return self._held(*wanted)

    def unname(self, person_id: int) -> None:
        """Take a person off everything they were assigned to by name."""
        self._session.execute(delete(NamedPerson).where(col(NamedPerson.person_id) == person_id))

    def _held(self, *wanted: ColumnElement[bool]) -> Sequence[Obligation]:
        query = select(Obligation).where(*wanted).order_by(col(Obligation.id)).with_for_update()
        return self._session.exec(query.execution_options(populate_existing=True)).all()


def _led_by(unit_id: int) -> ColumnElement[bool]:
    return col(Obligation.id).in_(
        select(ResponsibleUnit.obligation_id).where(
            ResponsibleUnit.unit_id == unit_id, ResponsibleUnit.responsibility == Responsibility.LEAD
        )
    )
