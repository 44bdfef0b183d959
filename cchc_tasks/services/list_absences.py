"""Who is away, now and later, and who may be entered: the office sees everybody, a head the own unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """One absence; the stand-in is None where nobody hears, or where their account was closed since."""

    number: int
    user: str
    person: str
    unit: str
    first_on: date
    last_on: date
    stand_in: str | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who can be entered, or stand in."""

    user: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Absences:
    """The absences that are not over, the first to begin first, and the people within the actor's reach by unit."""

    lines: Sequence[AbsenceLine]
    people: Sequence[PersonLine]


def list_absences(database: Database, *, actor: Actor, on: date) -> Absences:
    """What is to be seen on a day. Raises NoRight."""
    require(actor, Action.MANAGE_ABSENCES)
    own = actor.unit_id if scope(actor, Action.MANAGE_ABSENCES) is Scope.OWN_UNIT else None
    with database.read() as uow:
        units = uow.directory.units()
        reach = list(units) if own is None else [own]
        people = uow.directory.people(reach, tuple(Role))
        lines = [
            AbsenceLine(
                number=one.absence.id or 0,
                user=one.person.user,
                person=one.person.name,
                unit=one.unit.name,
                first_on=one.absence.first_on,
                last_on=one.absence.last_on,
                stand_in=one.stand_in.name if one.stand_in and one.stand_in.active else None,
            )
            for one in uow.absences.listing(on, own)
        ]
        listed = [PersonLine(one.user, one.name, units[one.unit_id].name) for one in people]
    return Absences(lines, sorted(listed, key=lambda one: (one.unit, one.name)))
