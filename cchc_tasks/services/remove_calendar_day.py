"""The office takes a day off the calendar: it is what its weekday is again."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.errors import CalendarDayUnknown
from cchc_tasks.services.replanning import replan_around
from cchc_tasks.store.database import Database


def remove_calendar_day(database: Database, day: date, *, actor: Actor, on: date, now: datetime) -> int:
    """Forget a day; says how many obligations were planned anew from `on` on. Raises CalendarDayUnknown, NoRight."""
    require(actor, Action.EDIT_CALENDAR)
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        stood = next((one for one in uow.office.holidays() if one.day == day), None)
        if stood is None:
            raise CalendarDayUnknown(day=full_date(day))
        uow.office.remove_holiday(day)
        replanned = replan_around(uow, [(day, day)], on=on)
        uow.note(
            actor.user,
            "calendar.remove",
            f"day:{day}",
            kind=stood.kind,
            name=stood.name,
            document=stood.document,
            replanned=replanned,
        )
        return replanned
