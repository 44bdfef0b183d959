"""Deliveries as they went out, or did not: pages of them, and one with its attempts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from cchc_tasks.domain.errors import DeliveryUnknown
from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState, Frequency
from cchc_tasks.models.directory import Person, Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt, Reminder
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery of a page; `answer` is what the mail server said last."""

    id: int
    business_on: date
    kind: DeliveryKind
    state: DeliveryState
    failures: int
    sent_at: datetime | None
    subject: str | None
    person: str
    unit: str
    tries: int
    answer: str | None


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """An obligation that a delivery spoke of."""

    id: int
    title: str
    label: str | None
    period: str | None
    frequency: Frequency


class DeliveryLogStore(Store):
    """Reads for the log of deliveries."""

    def page(
        self, on: date | None, states: Collection[DeliveryState], *, first: int, size: int
    ) -> Sequence[DeliveryRow]:
        """Deliveries of a day and of some states, or of all; the newest first."""
        own = col(DeliveryAttempt.delivery_id) == col(Delivery.id)
        attempts = sa.select(sa.func.count()).select_from(DeliveryAttempt).where(own).correlate(Delivery)
        newest = sa.select(sa.func.max(col(DeliveryAttempt.id))).where(own).correlate(Delivery).scalar_subquery()
        last = aliased(DeliveryAttempt)
        answer = sa.select(col(last.answer)).where(col(last.id) == newest).scalar_subquery()
        query = (
            sa.select(
                col(Delivery.id),
                col(Delivery.business_on),
                col(Delivery.kind),
                col(Delivery.state),
                col(Delivery.failures),
                col(Delivery.sent_at),
                col(Delivery.subject),
                col(Person.name),
                col(Unit.name),
                attempts.scalar_subquery(),
                answer,
            )
            .select_from(Delivery)
            .join(Person, col(Person.id) == col(Delivery.person_id))
            .join(Unit, col(Unit.id) == col(Person.unit_id))
            .where(*_conditions(on, states))
            .order_by(col(Delivery.business_on).desc(), col(Delivery.id).desc())
            .offset(first)
            .limit(size)
        )
        return [DeliveryRow(*row) for row in self._session.execute(query)]

    def counts(self, on: date | None) -> Mapping[DeliveryState, int]:
        """How many deliveries of a day, or of all days, stand where."""
        query = sa.select(col(Delivery.state), sa.func.count()).where(*_conditions(on, ())).group_by(Delivery.state)
        return {state: count for state, count in self._session.execute(query)}  # noqa: C416 - rows are no pairs to mypy

    def one(self, delivery_id: int) -> tuple[Delivery, Person]:
        """A delivery with its person; raises DeliveryUnknown."""
        delivery = self._session.get(Delivery, delivery_id)
        if delivery is None:
            raise DeliveryUnknown(delivery=delivery_id)
        return delivery, self._session.get_one(Person, delivery.person_id)

    def spoken(self, delivery_id: int) -> Sequence[SpokenRow]:
        """The obligations that a delivery spoke of, by date."""
        query = (
            sa.select(
                col(Obligation.id),
                col(Duty.title),
                col(Obligation.label),
                col(Obligation.period),
                col(Obligation.frequency),
            )
            .select_from(Reminder)
            .join(Obligation, col(Obligation.id) == col(Reminder.obligation_id))
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .where(col(Reminder.delivery_id) == delivery_id)
            .distinct()
            .order_by(col(Obligation.id))
        )
        return [SpokenRow(*row) for row in self._session.execute(query)]


def _conditions(on: date | None, states: Collection[DeliveryState]) -> list[sa.ColumnElement[bool]]:
    wanted = [col(Delivery.business_on) == on] if on else []
    return [*wanted, col(Delivery.state).in_(states)] if states else wanted
