"""Somebody is back: an absence ends before its last day, or is forgotten where it never began."""

from datetime import date, datetime, timedelta

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import AbsenceOver
from cchc_tasks.store.database import Database


def end_absence(database: Database, number: int, *, actor: Actor, on: date, now: datetime) -> str:
    """Let a person be written to from `on` on; gives the name. Raises AbsenceUnknown, AbsenceOver, NoRight."""
    require(actor, Action.MANAGE_ABSENCES)
    with database.write(now) as uow:
        absence = uow.absences.locked(number)
        person = uow.directory.person(absence.person_id)
        require(actor, Action.MANAGE_ABSENCES, frozenset({person.unit_id}))
        if absence.last_on < on:
            raise AbsenceOver(number=number, last=short_date(absence.last_on))
        if absence.first_on < on:
            absence.last_on = on - timedelta(days=1)
        else:
            uow.absences.remove(absence)
        uow.note(actor.user, "absence.end", f"absence:{number}", user=person.user, on=on)
        return person.name
