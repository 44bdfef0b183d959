"""The office takes the days of a file into the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.office_calendar import checked
from cchc_tasks.ports import CalendarReader
from cchc_tasks.services.replanning import replan_around
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """How many days were kept, and how many obligations were planned anew because of them."""

    days: int
    replanned: int


def import_calendar(
    database: Database, reader: CalendarReader, path: Path, *, actor: Actor, on: date, now: datetime
) -> CalendarChanged:
    """Keep the days of a file, each in place of what stood there; all of them, or none where one cannot be read.

    Days that stand already as the file says change nothing. Raises what the reader raises, CalendarSourceMissing,
    WordsTooLong, DayWorkedAnyway, NoRight.
    """
    require(actor, Action.EDIT_CALENDAR)
    days = [checked(one) for one in reader.read(path)]
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        standing = set(uow.office.holidays())
        new = [one for one in days if one not in standing]
        uow.office.set_holidays(new)
        replanned = replan_around(uow, [(one.day, one.day) for one in new], on=on)
        if new:
            uow.note(
                actor.user,
                "calendar.import",
                "calendar",
                file=path.name,
                days=[f"{one.day} {one.kind}" for one in new],
                replanned=replanned,
            )
        return CalendarChanged(len(new), replanned)
