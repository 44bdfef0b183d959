"""Delivers through the day what the morning could not; decides nothing new."""

from datetime import date, time

from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.vocabulary import DeliveryKind
from cchc_tasks.ports import Clock, DigestWriter, Ways
from cchc_tasks.services.deliver import Delivered, Terms, deliver
from cchc_tasks.store.database import Database

ALERTS = frozenset({DeliveryKind.ALERT})


def drain(
    database: Database,
    ways: Ways,
    writer: DigestWriter,
    clock: Clock,
    *,
    on: date,
    at: time,
    terms: Terms,
    actor: Actor,
) -> Delivered:
    """Send what is planned or was put off; on a day off nothing but alerts leaves the house.

    `at` is the local time: outside a channel's hours nothing leaves by it, and what is planned waits for them.
    """
    with database.read() as uow:
        working = uow.office.calendar().is_working(on)
    kinds = frozenset(DeliveryKind) if working else ALERTS
    return deliver(database, ways, writer, clock, on=on, at=at, terms=terms, actor=actor, kinds=kinds)
