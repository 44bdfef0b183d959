"""Deliveries in any state, as tests of the log and of the deeds on it want them."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState
from cchc_tasks.models.directory import Person
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt

MORNING = date(2026, 3, 24)


def made(
    app: Application,
    state: DeliveryState = DeliveryState.PLANNED,
    *,
    user: str = "tccb.daumoi",
    on: date = MORNING,
    kind: DeliveryKind = DeliveryKind.DIGEST,
    channel: Channel = Channel.MAIL,
    tries: tuple[dict[str, Any], ...] = (),
    **values: Any,
) -> int:
    """Keep a delivery with its tries and give its id."""
    with Session(app.database.engine) as session:
        person = session.exec(select(Person).where(Person.user == user)).one()
        values |= {"person_id": person.id, "channel": channel, "business_on": on, "kind": kind, "state": state}
        delivery = Delivery(**values)
        session.add(delivery)
        session.flush()
        assert delivery.id is not None
        now = app.clock.now()
        usual: dict[str, Any] = {"delivery_id": delivery.id, "started_at": now, "ended_at": now}
        for one in tries:
            session.add(DeliveryAttempt(**usual | one))
        session.commit()
        return delivery.id


def made_for_all(app: Application, state: DeliveryState = DeliveryState.PLANNED, *, on: date = MORNING) -> list[int]:
    """One for everybody of the directory."""
    with Session(app.database.engine) as session:
        users = session.exec(select(Person.user).where(col(Person.active)).order_by(col(Person.id))).all()
    return [made(app, state, user=user, on=on) for user in users]


def kept(app: Application, delivery_id: int) -> Delivery:
    """A delivery as it stands now."""
    with app.database.read() as uow:
        return uow.delivery_log.one(delivery_id)[0]


def states(app: Application, ids: list[int]) -> list[DeliveryState]:
    """How deliveries stand now."""
    return [kept(app, one).state for one in ids]
