"""Deliveries as they went out, or did not: pages of them, and one with its attempts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from cchc_tasks.domain.delivery_deeds import is_held
from cchc_tasks.domain.delivery_words import Course
from cchc_tasks.domain.errors import DeliveryUnknown
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Frequency, Known, ReminderState
from cchc_tasks.models.directory import Person, Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt, Reminder
from cchc_tasks.store.obligation_columns import TITLED
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which deliveries are meant: of a day, to some people, by a channel, that came back; None leaves a limit out."""

    on: date | None = None
    person_ids: frozenset[int] | None = None
    channel: Channel | None = None
    returned: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery of a page; `answer` is what the other side said last, `other` the channel used in its place."""

    id: int
    business_on: date
    kind: DeliveryKind
    channel: Channel
    state: DeliveryState
    next_at: datetime | None
    claimed_until: datetime | None
    sent_at: datetime | None
    known: Known | None
    known_at: datetime | None
    subject: str | None
    person: str
    unit: str
    tries: int
    last_id: int | None
    ended_at: datetime | None
    answer: str | None
    fault: Fault | None
    other: Channel | None

    def course(self, now: datetime) -> Course:
        """What became of it, to be put into words."""
        return Course(
            state=self.state,
            channel=self.channel,
            tries=self.tries,
            fault=self.fault,
            cut_off=self.last_id is not None and self.ended_at is None,
            held=is_held(self.state, self.claimed_until, now),
            next_at=self.next_at,
            sent_at=self.sent_at,
            known=self.known,
            known_at=self.known_at,
            other=self.other,
        )


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who can be written to."""

    id: int
    person: str
    unit: str
    user: str


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """An obligation that a delivery spoke of."""

    id: int
    title: str
    label: str | None
    period: str | None
    frequency: Frequency


_RECIPIENTS = sa.select(col(Person.id), col(Person.name), col(Unit.name), col(Person.user)).join(
    Unit, col(Unit.id) == Person.unit_id
)


class DeliveryLogStore(Store):
    """Reads for the log of deliveries."""

    def recipients(self) -> Sequence[Recipient]:
        """Everybody with an account, to be looked through by name."""
        return [Recipient(*row) for row in self._session.execute(_RECIPIENTS)]

    def page(
        self, narrowed: Narrowed, states: Collection[DeliveryState], *, first: int, size: int
    ) -> list[DeliveryRow]:
        """Deliveries in some states or, with none named, in all; the newest first."""
        query = (
            _rows()
            .where(*_conditions(narrowed, states))
            .order_by(col(Delivery.business_on).desc(), col(Delivery.id).desc())
            .offset(first)
            .limit(size)
        )
        return [DeliveryRow(*row) for row in self._session.execute(query)]

    def row(self, delivery_id: int) -> DeliveryRow:
        """One delivery as it stands on a page; raises DeliveryUnknown."""
        found = self._session.execute(_rows().where(col(Delivery.id) == delivery_id)).first()
        if found is None:
            raise DeliveryUnknown(delivery=delivery_id)
        return DeliveryRow(*found)

    def in_place_of(self, delivery: Delivery) -> Sequence[tuple[int, Channel]]:
        """The deliveries that went out, or were to, in place of one, with their channels."""
        query = (
            sa.select(col(Delivery.id), col(Delivery.channel))
            .where(col(Delivery.person_id) == delivery.person_id, col(Delivery.instead_of_id) == delivery.id)
            .order_by(col(Delivery.id))
        )
        return [(number, channel) for number, channel in self._session.execute(query)]

    def counts(self, narrowed: Narrowed) -> Mapping[DeliveryState, int]:
        """How many deliveries stand where."""
        fitting = _conditions(narrowed, ())
        query = sa.select(col(Delivery.state), sa.func.count()).where(*fitting).group_by(col(Delivery.state))
        return {state: count for state, count in self._session.execute(query)}  # noqa: C416 - rows are no pairs to mypy

    def returned(self, narrowed: Narrowed) -> int:
        """How many of them were sent and came back."""
        fitting = _conditions(replace(narrowed, returned=True), ())
        count: int = self._session.execute(sa.select(sa.func.count(col(Delivery.id))).where(*fitting)).scalar_one()
        return count

    def one(self, delivery_id: int) -> tuple[Delivery, Recipient]:
        """A delivery and whom it is for; raises DeliveryUnknown."""
        delivery = self._session.get(Delivery, delivery_id)
        if delivery is None:
            raise DeliveryUnknown(delivery=delivery_id)
        person = self._session.execute(_RECIPIENTS.where(col(Person.id) == delivery.person_id)).one()
        return delivery, Recipient(*person)

    def spoken(self, delivery_id: int) -> Sequence[SpokenRow]:
        """The obligations that a delivery speaks of, or was to speak of before it was called off; oldest first."""
        unsaid = sa.or_(col(Reminder.state) != ReminderState.CANCELLED, col(Delivery.state) == DeliveryState.CANCELLED)
        query = (
            sa.select(*TITLED)
            .select_from(Reminder)
            .join(Obligation, col(Obligation.id) == col(Reminder.obligation_id))
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(Delivery, col(Delivery.id) == col(Reminder.delivery_id))
            .where(col(Reminder.delivery_id) == delivery_id, unsaid)
            .distinct()
            .order_by(col(Obligation.id))
        )
        return [SpokenRow(*row) for row in self._session.execute(query)]


def _rows() -> sa.Select[tuple[object, ...]]:
    """Deliveries with their recipient and their last try."""
    own = col(DeliveryAttempt.delivery_id) == col(Delivery.id)
    attempts = sa.select(sa.func.count()).select_from(DeliveryAttempt).where(own).correlate(Delivery)
    newest = sa.select(sa.func.max(col(DeliveryAttempt.id))).where(own).correlate(Delivery)
    instead = aliased(Delivery)
    other = (
        sa.select(sa.func.max(col(instead.channel)))
        .where(
            col(instead.person_id) == col(Delivery.person_id),
            col(instead.instead_of_id) == col(Delivery.id),
            col(instead.state) != DeliveryState.CANCELLED,
        )
        .correlate(Delivery)
    )
    last = aliased(DeliveryAttempt)
    return (
        sa.select(
            col(Delivery.id),
            col(Delivery.business_on),
            col(Delivery.kind),
            col(Delivery.channel),
            col(Delivery.state),
            col(Delivery.next_at),
            col(Delivery.claimed_until),
            col(Delivery.sent_at),
            col(Delivery.known),
            col(Delivery.known_at),
            col(Delivery.subject),
            col(Person.name),
            col(Unit.name),
            attempts.scalar_subquery(),
            col(last.id),
            col(last.ended_at),
            col(last.answer),
            col(last.fault),
            other.scalar_subquery(),
        )
        .select_from(Delivery)
        .join(Person, col(Person.id) == col(Delivery.person_id))
        .join(Unit, col(Unit.id) == col(Person.unit_id))
        .outerjoin(last, col(last.id) == newest.scalar_subquery())
    )


def _conditions(narrowed: Narrowed, states: Collection[DeliveryState]) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = []
    if narrowed.on is not None:
        wanted.append(col(Delivery.business_on) == narrowed.on)
    if narrowed.person_ids is not None:
        wanted.append(col(Delivery.person_id).in_(narrowed.person_ids))
    if narrowed.channel is not None:
        wanted.append(col(Delivery.channel) == narrowed.channel)
    if narrowed.returned:
        wanted += (col(Delivery.state) == DeliveryState.SENT, col(Delivery.known) == Known.RETURNED)
    if states:
        wanted.append(col(Delivery.state).in_(states))
    return wanted
