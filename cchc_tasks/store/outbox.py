"""The outbox: how each delivery moves along under leases and attempts, one short transaction a step."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import col, func, select

from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState, Fault
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt
from cchc_tasks.store.store import Store

UNSENT = (DeliveryState.PLANNED, DeliveryState.DEFERRED)


class OutboxStore(Store):
    """Claims deliveries, keeps their attempts, and settles them."""

    def reopen_deferred(self, on: date, kinds: Collection[DeliveryKind]) -> None:
        """Give what was put off until now another chance."""
        self._change(
            update(Delivery)
            .where(col(Delivery.state) == DeliveryState.DEFERRED, col(Delivery.business_on) <= on)
            .where(col(Delivery.kind).in_(kinds))
            .values(state=DeliveryState.PLANNED, failures=0)
        )

    def defer_all(self, on: date, kinds: Collection[DeliveryKind]) -> int:
        """Put off everything planned, because there is nothing to send with; says how many."""
        return self._change(
            update(Delivery)
            .where(col(Delivery.state) == DeliveryState.PLANNED, col(Delivery.business_on) <= on)
            .where(col(Delivery.kind).in_(kinds))
            .values(state=DeliveryState.DEFERRED)
        )

    def claim(
        self, on: date, kinds: Collection[DeliveryKind], now: datetime, lease: timedelta, token: str
    ) -> Delivery | None:
        """Hold the next delivery for this run until its lease ends; None when nothing is free."""
        free = and_(_free(on, now), col(Delivery.kind).in_(kinds))
        while True:
            query = select(Delivery.id).where(free).order_by(col(Delivery.failures), col(Delivery.id)).limit(1)
            delivery_id = self._session.exec(query).first()
            if delivery_id is None:
                return None
            held = self._change(
                update(Delivery)
                .where(col(Delivery.id) == delivery_id, free)
                .values(state=DeliveryState.CLAIMED, claimed_until=now + lease, claim=token)
            )
            if held:
                return self._session.exec(select(Delivery).where(Delivery.id == delivery_id)).one()

    def begin_attempt(self, delivery_id: int, now: datetime) -> int:
        """Note that a try begins and give its id."""
        attempt = DeliveryAttempt(delivery_id=delivery_id, started_at=now)
        return self._keep(attempt)

    def end_attempt(self, attempt_id: int, now: datetime, *, answer: str, fault: Fault | None) -> None:
        """Note how a try ended."""
        self._change(
            update(DeliveryAttempt)
            .where(col(DeliveryAttempt.id) == attempt_id)
            .values(ended_at=now, accepted=fault is None, answer=answer, fault=fault)
        )

    def settle(self, delivery_id: int, token: str, state: DeliveryState, **values: object) -> bool:
        """Move a claimed delivery on, if this run still holds it."""
        return bool(
            self._change(
                update(Delivery)
                .where(col(Delivery.id) == delivery_id, col(Delivery.claim) == token)
                .where(col(Delivery.state) == DeliveryState.CLAIMED)
                .values(state=state, claim=None, claimed_until=None, **values)
            )
        )

    def held(self, now: datetime) -> tuple[int, datetime | None]:
        """How many deliveries some run still holds, and until when."""
        query = select(func.count(), func.max(Delivery.claimed_until)).where(
            Delivery.state == DeliveryState.CLAIMED, col(Delivery.claimed_until) > now
        )
        count, until = self._session.exec(query).one()
        return count, until

    def deliveries(self, on: date) -> Sequence[Delivery]:
        """The deliveries of a morning."""
        return self._session.exec(select(Delivery).where(Delivery.business_on == on).order_by(col(Delivery.id))).all()

    def attempts(self, delivery_id: int) -> Sequence[DeliveryAttempt]:
        """The tries at a delivery, in order."""
        query = select(DeliveryAttempt).where(DeliveryAttempt.delivery_id == delivery_id)
        return self._session.exec(query.order_by(col(DeliveryAttempt.id))).all()


def _free(on: date, now: datetime) -> ColumnElement[bool]:
    return and_(
        col(Delivery.business_on) <= on,
        or_(
            col(Delivery.state) == DeliveryState.PLANNED,
            and_(col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.claimed_until) < now),
        ),
    )
