"""The office takes a break off the calendar."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.services.replanning import replan_break
from cchc_tasks.store.database import Database


def remove_break(database: Database, number: int, *, actor: Actor, on: date, now: datetime) -> int:
    """Forget a break; says how many obligations were planned anew from `on` on. Raises BreakUnknown, NoRight."""
    require(actor, Action.EDIT_CALENDAR)
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        stood = uow.office.remove_break(number)
        replanned = replan_break(uow, stood.kind, stood.first_on, stood.last_on, on=on)
        uow.note(
            actor.user,
            "calendar.break-remove",
            f"break:{number}",
            kind=stood.kind,
            first=stood.first_on,
            last=stood.last_on,
            name=stood.name,
            replanned=replanned,
        )
        return replanned
