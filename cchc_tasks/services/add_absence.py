"""A head or the office records that somebody is away, and who hears in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import AbsenceOverlaps, AbsencePast, SpanInvalid, StandInUnsuitable
from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.models.directory import Absence, Person
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

LONGEST = timedelta(days=366)
# Who stands in where nobody is named, in this order, always of the same unit.
STAND_INS = {
    Role.SECRETARIAT: (Role.SECRETARIAT, Role.HEAD),
    Role.LEADER: (Role.LEADER,),
}
OTHERWISE = (Role.HEAD, Role.FOCAL)


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """Who is away, from when to when, both days included; without a stand-in one is chosen."""

    user: str
    first: date
    last: date
    stand_in: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The number of an absence, who is away, and who hears in their place; None where nobody does and it waits."""

    number: int
    person: str
    stand_in: str | None


def add_absence(database: Database, wanted: NewAbsence, *, actor: Actor, on: date, now: datetime) -> Recorded:
    """Keep an absence that lasts at least until `on`.

    Raises UserUnknown, SpanInvalid, AbsencePast, AbsenceOverlaps, StandInUnsuitable, NoRight.
    """
    require(actor, Action.MANAGE_ABSENCES)
    with database.write(now) as uow:
        person = uow.directory.person_with_user(wanted.user)
        require(actor, Action.MANAGE_ABSENCES, frozenset({person.unit_id}))
        _check_span(wanted, on)
        named = uow.directory.person_with_user(wanted.stand_in) if wanted.stand_in else None
        colleagues = uow.directory.people([person.unit_id], tuple(Role))
        uow.absences.hold([one.id or 0 for one in (person, *colleagues, *([named] if named else []))])
        _check_free(uow, person, wanted)
        stand_in = _checked(uow, named, person, wanted, actor) if named else _chosen(uow, colleagues, person, wanted)
        row = Absence(
            person_id=person.id or 0,
            first_on=wanted.first,
            last_on=wanted.last,
            stand_in_id=stand_in.id if stand_in else None,
            recorded_by=actor.user,
            recorded_at=now,
        )
        number = uow.absences.add(row)
        uow.note(
            actor.user,
            "absence.add",
            f"absence:{number}",
            user=person.user,
            first=wanted.first,
            last=wanted.last,
            stand_in=stand_in.user if stand_in else None,
        )
        return Recorded(number, person.name, stand_in.name if stand_in else None)


def _check_span(wanted: NewAbsence, on: date) -> None:
    if not wanted.first <= wanted.last <= wanted.first + LONGEST:
        raise SpanInvalid(most=LONGEST.days)
    if wanted.last < on:
        raise AbsencePast


def _check_free(uow: UnitOfWork, person: Person, wanted: NewAbsence) -> None:
    for one in uow.absences.within([person.id or 0], wanted.first, wanted.last):
        raise AbsenceOverlaps(name=person.name, first=short_date(one.first_on), last=short_date(one.last_on))


def _checked(uow: UnitOfWork, named: Person, person: Person, wanted: NewAbsence, actor: Actor) -> Person:
    """The stand-in as named; a head chooses within the own unit."""
    if named.id == person.id:
        raise StandInUnsuitable(name=named.name, reason="chính là người tạm vắng")
    if scope(actor, Action.MANAGE_ABSENCES) is not Scope.ALL and named.unit_id != person.unit_id:
        raise StandInUnsuitable(name=named.name, reason="không cùng đơn vị")
    if uow.absences.within([named.id or 0], wanted.first, wanted.last):
        raise StandInUnsuitable(name=named.name, reason="cũng tạm vắng trong những ngày này")
    return named


def _chosen(uow: UnitOfWork, colleagues: Sequence[Person], person: Person, wanted: NewAbsence) -> Person | None:
    away = uow.absences.within([one.id or 0 for one in colleagues], wanted.first, wanted.last)
    there = [one for one in colleagues if one.id not in {person.id, *(each.person_id for each in away)}]
    order = STAND_INS.get(person.role, OTHERWISE)
    return next((one for role in order for one in there if one.role is role), None)
