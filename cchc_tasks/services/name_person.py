"""The head of a unit assigns somebody of the unit by name, perhaps with an earlier day; or takes that back."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import DayBeyondDue, DayPast, PersonNotNamed, PersonOfOtherUnit, StageForbids
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS, WAITING_FOR_UNIT
from cchc_tasks.models.obligation import NamedPerson, Obligation
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


def name_person(
    database: Database,
    obligation_id: int,
    user: str,
    *,
    by: date | None = None,
    actor: Actor,
    today: date,
    now: datetime,
) -> None:
    """Assign an active person of the actor's unit, which leads; a second time changes the day alone.

    The person hears of it at once, and before the day. Raises ObligationUnknown, UserUnknown, NoRight, StageForbids,
    PersonOfOtherUnit, DayPast, DayBeyondDue.
    """
    require(actor, Action.NAME_PERSON)
    with database.write(now) as uow:
        obligation = _own(uow, obligation_id, actor)
        person = uow.directory.person_with_user(user)
        if obligation.stage not in WAITING_FOR_UNIT:
            raise StageForbids(deed="phân công", stage=STAGE_IN_WORDS[obligation.stage])
        if person.unit_id != actor.unit_id:
            raise PersonOfOtherUnit(person=person.name)
        if by is not None:
            _check_day(obligation, by, today)
        named = uow.named_people.find(obligation_id, person.id or 0)
        if named is None:
            uow.named_people.add(
                NamedPerson(
                    obligation_id=obligation_id,
                    person_id=person.id or 0,
                    due_on=by,
                    named_by=actor.user,
                    named_at=now,
                )
            )
        else:
            named.due_on, named.named_by, named.named_at = by, actor.user, now
        RungPlanner(uow).plan_anew(obligation, not_before=today)
        uow.note(
            actor.user, "obligation.assign", f"obligation:{obligation_id}", person=user, name=person.name, until=by
        )


def unname_person(
    database: Database, obligation_id: int, user: str, *, actor: Actor, today: date, now: datetime
) -> None:
    """Take an assignment back; the person is reminded no more. Raises as name_person does, and PersonNotNamed."""
    require(actor, Action.NAME_PERSON)
    with database.write(now) as uow:
        obligation = _own(uow, obligation_id, actor)
        leads = uow.obligations.leads([obligation_id])[obligation_id]
        person = uow.people.with_user(user)
        named = uow.named_people.find(obligation_id, person.id or 0)
        if named is None:
            raise PersonNotNamed(person=person.name)
        if person.unit_id != actor.unit_id and person.unit_id in leads:
            raise PersonOfOtherUnit(person=person.name)  # assigned by the head of the other unit that leads
        uow.named_people.remove(named)
        RungPlanner(uow).plan_anew(obligation, not_before=today)
        uow.note(actor.user, "obligation.unassign", f"obligation:{obligation_id}", person=user, name=person.name)


def _own(uow: UnitOfWork, obligation_id: int, actor: Actor) -> Obligation:
    obligation = uow.obligations.locked(obligation_id)
    require(actor, Action.NAME_PERSON, frozenset(uow.obligations.leads([obligation_id])[obligation_id]))
    return obligation


def _check_day(obligation: Obligation, by: date, today: date) -> None:
    """The own day lies between today and the last day that is not late."""
    if by < today:
        raise DayPast(day=short_date(by))
    last = obligation.late_after or obligation.due_on
    if last is not None and by > last:
        raise DayBeyondDue(day=short_date(by), due=short_date(last))
