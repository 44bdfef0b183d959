"""The office says what a day is: off although a weekday, or worked although a weekend."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.office_calendar import Holiday, checked
from cchc_tasks.services.replanning import replan_around
from cchc_tasks.store.database import Database


def set_calendar_day(database: Database, wanted: Holiday, *, actor: Actor, on: date, now: datetime) -> int:
    """Keep a day in place of what stood there; says how many obligations were planned anew from `on` on.

    Raises CalendarSourceMissing, WordsTooLong, DayWorkedAnyway, NoRight.
    """
    require(actor, Action.EDIT_CALENDAR)
    day = checked(wanted)
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        uow.office.set_holidays([day])
        replanned = replan_around(uow, [(day.day, day.day)], on=on)
        uow.note(
            actor.user,
            "calendar.set",
            f"day:{day.day}",
            kind=day.kind,
            name=day.name,
            document=day.document,
            decided=day.decided,
            replanned=replanned,
        )
        return replanned
