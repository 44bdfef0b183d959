"""The office has a year's days worked out beforehand, marked as undecided."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.ports import PublicHolidays
from cchc_tasks.services.import_calendar import CalendarChanged
from cchc_tasks.services.replanning import replan_around
from cchc_tasks.store.database import Database


def propose_calendar(
    database: Database, source: PublicHolidays, year: int, *, actor: Actor, on: date, now: datetime
) -> CalendarChanged:
    """Add the days of a year that the calendar does not hold yet; what stands there is left as it is."""
    require(actor, Action.EDIT_CALENDAR)
    proposed = source.of_year(year)
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        standing = {one.day for one in uow.office.holidays()}
        new = [one for one in proposed if one.day not in standing]
        uow.office.set_holidays(new)
        replanned = replan_around(uow, [(one.day, one.day) for one in new], on=on)
        if new:
            uow.note(actor.user, "calendar.propose", f"year:{year}", days=[one.day for one in new], replanned=replanned)
        return CalendarChanged(len(new), replanned)
