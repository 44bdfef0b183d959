"""What stands planned for an obligation, as tests of the rungs look at it."""

from datetime import date

from sqlmodel import Session, col, select

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import ReminderState
from cchc_tasks.models.directory import Person, Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.models.outbox import Reminder


def obligation_of(app: Application, code: str, due_on: date, unit: str | None = None) -> Obligation:
    """The one obligation of an appendix row on a date, of a unit where several owe it."""
    with Session(app.database.engine) as session:
        query = select(Obligation).join(Duty, col(Duty.id) == Obligation.duty_id)
        query = query.where(Duty.code == code, Obligation.due_on == due_on)
        if unit is not None:
            led = select(ResponsibleUnit.obligation_id).join(Unit, col(Unit.id) == ResponsibleUnit.unit_id)
            query = query.where(col(Obligation.id).in_(led.where(Unit.code == unit)))
        return session.exec(query).one()


def rungs_of(app: Application, obligation: Obligation) -> list[tuple[str, str, date]]:
    """Who hears which step of the ladder on which day, of those that are planned."""
    with Session(app.database.engine) as session:
        query = (
            select(col(Person.user), col(Reminder.rung), col(Reminder.fire_on))
            .join(Person, col(Person.id) == Reminder.person_id)
            .where(Reminder.obligation_id == obligation.id, Reminder.state == ReminderState.PLANNED)
            .where(Reminder.rung != INTRODUCTION)
            .order_by(col(Reminder.fire_on), col(Person.user))
        )
        return [(user, rung, day) for user, rung, day in session.exec(query)]


def days_of(app: Application, obligation: Obligation, user: str) -> dict[str, date]:
    """The day of each planned step for one person."""
    return {rung: day for who, rung, day in rungs_of(app, obligation) if who == user}
