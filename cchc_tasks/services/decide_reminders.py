"""Decides what goes out on a morning: every rung that is due and not yet sent, one message a person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.vocabulary import DeliveryKind, Role
from cchc_tasks.services.office_matters import office_hears
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Decided:
    """Whether the day is worked at all, and how many messages were planned for it."""

    working_day: bool
    planned: int


def decide_reminders(database: Database, *, on: date, actor: Actor, now: datetime) -> Decided:
    """Plan the morning's messages; deciding twice plans nothing twice, and a day off plans nothing."""
    require(actor, Action.REMIND)
    with database.write(now) as uow:
        return decide(uow, on=on, now=now)


def decide(uow: UnitOfWork, *, on: date, now: datetime) -> Decided:
    """The same within a transaction.

    What an earlier morning could not send is taken back first, so that after an outage each person gets one message
    with the most urgent rung of each item (promise 8). Who is away is heard for by the stand-in; without one it waits.
    """
    if not uow.office.calendar().is_working(on):
        return Decided(working_day=False, planned=0)
    uow.mornings.hold_deciding()
    uow.mornings.release_older(on, now)
    hearers = uow.absences.hearers(on)
    standing = _standing_messages(uow, on, hearers)
    return Decided(True, uow.mornings.add_for(standing, on) + uow.mornings.plan_morning(on, hearers))


def _standing_messages(uow: UnitOfWork, on: date, hearers: dict[int, int | None]) -> dict[int, DeliveryKind]:
    """Who gets a message without a rung of their own: the secretariat when something waits for it, leaders weekly."""
    found = dict.fromkeys(office_hears(uow, on), DeliveryKind.DIGEST)
    monday = on - timedelta(days=on.weekday())
    told = uow.mornings.told_since(monday, DeliveryKind.WEEKLY)
    leaders = [one.id or 0 for one in uow.people.in_role(Role.LEADER)]
    found |= {one: DeliveryKind.WEEKLY for one in leaders if one not in told}
    return {one: kind for one, kind in found.items() if one not in hearers}
