"""Delivers through the day what the morning could not; decides nothing new."""

from datetime import date, time, timedelta

from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind
from cchc_tasks.ports import Clock, DigestWriter, Notifier
from cchc_tasks.services.composing import LinkFor
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
    at: time,
    lease: timedelta,
    base_url: str,
    link_for: LinkFor | None = None,
    actor: Actor,
) -> Delivered:
    """Send what is planned or was put off; on a day off nothing but alerts leaves the house.

    `at` is the local time: outside the channel's hours nothing leaves at all, and what is planned waits for them.
    """
    with database.read() as uow:
        working = uow.office.calendar().is_working(on)
        if at not in uow.office.hours(Channel.MAIL):
            return Delivered(mail_is_set=notifier is not None)
    kinds = frozenset(DeliveryKind) if working else ALERTS
    return deliver(
        database,
        notifier,
        writer,
        clock,
        on=on,
        lease=lease,
        base_url=base_url,
        link_for=link_for,
        actor=actor,
        kinds=kinds,
    )
