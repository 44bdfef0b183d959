"""Decides what goes out on a morning: every rung that is due and not yet sent, one message a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.reminders import INTRODUCTION, most_urgent
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, ReminderState
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.store.database import Database
from cchc_tasks.store.outbox import UNSENT
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
    with the most urgent rung of each item (promise 8).
    """
    if not uow.office.calendar().is_working(on):
        return Decided(working_day=False, planned=0)
    uow.outbox.hold_deciding()
    uow.outbox.release_older(on, now)
    by_person: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in uow.outbox.due(on):
        by_person[reminder.person_id].append(reminder)
    return Decided(True, sum(_plan_message(uow, person, due, on) for person, due in by_person.items()))


def _plan_message(uow: UnitOfWork, person_id: int, due: Sequence[Reminder], on: date) -> bool:
    kind = _kind(due)
    there = uow.outbox.delivery_of(person_id, Channel.MAIL, on, kind)
    if there is not None and there.state not in UNSENT:
        return False  # this morning's message has left; the rest waits for the next one
    delivery_id = there.id if there else None
    if delivery_id is None:
        delivery_id = uow.outbox.add(
            Delivery(
                person_id=person_id,
                channel=Channel.MAIL,
                business_on=on,
                kind=kind,
                state=DeliveryState.PLANNED,
            )
        )
    by_obligation: dict[int, dict[str, int]] = defaultdict(dict)
    for reminder in due:
        by_obligation[reminder.obligation_id][reminder.rung] = reminder.id or 0
    spoken = [rungs.pop(most_urgent(rungs)) for rungs in by_obligation.values()]
    merged = [one for rungs in by_obligation.values() for one in rungs.values()]
    uow.outbox.attach(spoken, delivery_id, ReminderState.PLANNED)
    uow.outbox.attach(merged, delivery_id, ReminderState.MERGED)
    return there is None


def _kind(due: Sequence[Reminder]) -> DeliveryKind:
    only_new = all(reminder.rung == INTRODUCTION for reminder in due)
    return DeliveryKind.INTRODUCTION if only_new else DeliveryKind.DIGEST
