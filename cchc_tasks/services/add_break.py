"""The office enters a break: days on which the units of a kind are on leave while it works itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import SpanInvalid
from cchc_tasks.domain.office_calendar import named
from cchc_tasks.domain.vocabulary import UnitKind
from cchc_tasks.models.calendar import SchoolBreak
from cchc_tasks.services.replanning import replan_break
from cchc_tasks.store.database import Database

LONGEST = timedelta(days=120)  # a summer is shorter; a slip in the year must not silence a kind of units


@dataclass(frozen=True, slots=True)
class NewBreak:
    """Whose break, its first and last day, its name and the document that decided it."""

    kind: UnitKind
    first: date
    last: date
    name: str
    document: str


def add_break(database: Database, wanted: NewBreak, *, actor: Actor, on: date, now: datetime) -> tuple[int, int]:
    """Keep a break; gives its number and how many obligations were planned anew from `on` on.

    Raises SpanInvalid, CalendarSourceMissing, WordsTooLong, NoRight.
    """
    require(actor, Action.EDIT_CALENDAR)
    name, document = named(wanted.name, wanted.document)
    if not wanted.first <= wanted.last <= wanted.first + LONGEST:
        raise SpanInvalid(most=LONGEST.days)
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        row = SchoolBreak(kind=wanted.kind, first_on=wanted.first, last_on=wanted.last, name=name, document=document)
        number = uow.office.add_break(row)
        replanned = replan_break(uow, wanted.kind, wanted.first, wanted.last, on=on)
        uow.note(
            actor.user,
            "calendar.break-add",
            f"break:{number}",
            kind=wanted.kind,
            first=wanted.first,
            last=wanted.last,
            name=name,
            document=document,
            replanned=replanned,
        )
        return number, replanned
