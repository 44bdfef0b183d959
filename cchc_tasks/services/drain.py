"""Delivers through the day what the morning could not; decides nothing new."""

from datetime import date, timedelta

from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.vocabulary import DeliveryKind
from cchc_tasks.ports import Clock, DigestWriter, Notifier
from cchc_tasks.services.deliver import Delivered, deliver
from cchc_tasks.store.database import Database

ALERTS = frozenset({DeliveryKind.ALERT})


def drain(
    database: Database,
    notifier: Notifier | None,
    writer: DigestWriter,
    clock: Clock,
    *,
    on: date,
    lease: timedelta,
    base_url: str,
    actor: Actor,
) -> Delivered:
    """Send what is planned or was put off; on a day off nothing but alerts leaves the house."""
    with database.read() as uow:
        working = uow.office.calendar().is_working(on)
    kinds = frozenset(DeliveryKind) if working else ALERTS
    return deliver(database, notifier, writer, clock, on=on, lease=lease, base_url=base_url, actor=actor, kinds=kinds)
