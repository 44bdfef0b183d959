"""Tells the administrators that something in the engine needs a hand: at most one message a person and day."""

from datetime import date, datetime

from cchc_tasks.domain.vocabulary import DeliveryKind, Role
from cchc_tasks.models.running import Alert
from cchc_tasks.store.database import Database


def raise_alert(database: Database, *, source: str, text: str, on: date, now: datetime) -> int:
    """Keep an alert and plan its message; gives its id.

    The message says all that was raised on its day until it goes out; what comes later that day stands on Tổng quan.
    """
    with database.write(now) as uow:
        alert_id = uow.running.add_alert(Alert(raised_at=now, raised_on=on, source=source, text=text))
        uow.mornings.hold_deciding()
        administrators = uow.people.in_role(Role.ADMINISTRATOR)
        uow.mornings.add_for({one.id or 0: DeliveryKind.ALERT for one in administrators}, on)
        uow.note("bộ nhắc việc", "alert.raise", f"alert:{alert_id}", source=source, text=text)
    return alert_id
