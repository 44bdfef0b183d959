"""Tells the administrators that something in the engine needs a hand: at most one message a person and day."""

from collections.abc import Callable
from datetime import date, datetime

from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, Role
from cchc_tasks.models.running import Alert
from cchc_tasks.store.database import Database

Alarm = Callable[[str], object]  # says one sentence at the administrator's own address, past the outbox; never raises


def raise_alert(
    database: Database,
    *,
    source: str,
    text: str,
    on: date,
    now: datetime,
    not_by: Channel | None = None,
    alarm: Alarm | None = None,
) -> int:
    """Keep an alert and plan its message; gives its id. The same cause is kept, told and sounded once a day.

    The message says all that was raised on its day until it goes out; what comes later that day stands on Tổng quan.
    It goes `not_by` the channel that has failed; where that leaves none, `alarm` is how anybody hears of it.
    """
    with database.write(now) as uow:
        uow.mornings.hold_deciding()
        for one in uow.running.alerts(on):
            if (one.source, one.text) == (source, text):
                return one.id or 0
        alert_id = uow.running.add_alert(Alert(raised_at=now, raised_on=on, source=source, text=text))
        administrators = uow.people.in_role(Role.ADMINISTRATOR)
        uow.mornings.add_for({one.id or 0: DeliveryKind.ALERT for one in administrators}, on, not_by=not_by)
        uow.note("bộ nhắc việc", "alert.raise", f"alert:{alert_id}", source=source, text=text)
    if alarm is not None:
        alarm(text)
    return alert_id
