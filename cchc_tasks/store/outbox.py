"""The outbox: how each delivery moves along under leases and attempts, one short transaction a step."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, and_, bindparam, case, insert, or_, update
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, ReminderState
from cchc_tasks.models.directory import Contact
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt, Reminder
from cchc_tasks.store.store import Store

UNSENT = (DeliveryState.PLANNED, DeliveryState.DEFERRED)
UNSAID = (ReminderState.PLANNED, ReminderState.MERGED)
# an alert stays true until it is told, and what is sent again has no day
OUTLIVES_ITS_DAY = or_(col(Delivery.kind) == DeliveryKind.ALERT, col(Delivery.sent_at).is_not(None))
LONGEST_WAIT = timedelta(days=7)  # nothing is put off longer: such a moment comes from a clock that was wrong


# Made once: what runs for every message would else be put together anew each time, at several times its cost.
_NOTE = insert(DeliveryAttempt)
_SETTLE = update(Delivery).where(
    col(Delivery.id) == bindparam("the_id"),
    col(Delivery.claim) == bindparam("the_claim"),
    col(Delivery.state) == DeliveryState.CLAIMED,
)


class OutboxStore(Store):
    """Claims deliveries, keeps their attempts, and settles them."""

    def reap(self, now: datetime, lease: timedelta) -> int:
        """Free what runs held that ended without a word; says how many.

        A lease that lasts longer than any given out now comes from a clock that has been set back since.
        """
        left = and_(
            col(Delivery.state) == DeliveryState.CLAIMED,
            or_(col(Delivery.claimed_until) < now, col(Delivery.claimed_until) > now + 2 * lease),
        )
        rows = self._session.exec(select(Delivery.id, Delivery.claimed_until).where(left).with_for_update()).all()
        if rows:
            cut_off = [
                {"delivery_id": one, "started_at": min(until or now, now + lease) - lease} for one, until in rows
            ]
            self._session.execute(insert(DeliveryAttempt), cut_off)
            self._change(_freed([one for one, _ in rows]))
        return len(rows)

    def due_again(self, on: date, kinds: Collection[DeliveryKind], now: datetime) -> None:
        """Give what was put off until now another chance."""
        come = or_(
            col(Delivery.next_at).is_(None),
            col(Delivery.next_at) <= now,
            col(Delivery.next_at) > now + LONGEST_WAIT,
        )
        self._change(
            update(Delivery)
            .where(col(Delivery.state) == DeliveryState.DEFERRED, *_goes_out(on, kinds), come)
            .values(state=DeliveryState.PLANNED, next_at=None)
        )

    def try_now(self, on: date, kinds: Collection[DeliveryKind]) -> None:
        """Give everything that was put off another chance, whenever its next try was to be."""
        self._change(
            update(Delivery)
            .where(col(Delivery.state) == DeliveryState.DEFERRED, *_goes_out(on, kinds))
            .values(state=DeliveryState.PLANNED, next_at=None)
        )

    def change_channel(self, on: date, kinds: Collection[DeliveryKind], usable: Collection[Channel]) -> int:
        """Give what was planned for channels that cannot be used to the next one of its person; says how many.

        Only what was never tried: a message that was keeps its channel and waits for it.
        """
        other = _next_channel(usable, col(Delivery.person_id), col(Delivery.business_on), col(Delivery.kind))
        twin = aliased(Delivery)  # an alert alone may wait on two channels of a person: one of them takes the next
        before = (
            select(twin.id)
            .where(
                twin.person_id == Delivery.person_id,
                twin.business_on == Delivery.business_on,
                twin.kind == Delivery.kind,
                twin.state == DeliveryState.PLANNED,
                col(twin.channel).not_in(usable),
                col(twin.id) < col(Delivery.id),
            )
            .correlate(Delivery)
        )
        return self._change(
            update(Delivery)
            .where(
                col(Delivery.state) == DeliveryState.PLANNED,
                *_goes_out(on, kinds),
                col(Delivery.channel).not_in(usable),
                col(Delivery.kind) != DeliveryKind.GROUP,
                col(Delivery.failures) == 0,
                col(Delivery.sent_at).is_(None),
                other.exists(),
                or_(col(Delivery.kind) != DeliveryKind.ALERT, ~before.exists()),
            )
            .values(channel=other.scalar_subquery())
        )

    def put_off(
        self, on: date, kinds: Collection[DeliveryKind], channels: Collection[Channel], until: datetime | None
    ) -> int:
        """Put off what is planned for channels: until a moment or, with None, until the next run; says how many."""
        return self._change(
            update(Delivery)
            .where(col(Delivery.state) == DeliveryState.PLANNED, *_goes_out(on, kinds))
            .where(col(Delivery.channel).in_(channels))
            .values(state=DeliveryState.DEFERRED, next_at=until)
        )

    def waiting(self, on: date, kinds: Collection[DeliveryKind]) -> Mapping[Channel, int]:
        """How many deliveries are free to go out by each channel."""
        query = select(Delivery.channel, func.count()).where(
            col(Delivery.state) == DeliveryState.PLANNED, *_goes_out(on, kinds)
        )
        return {Channel(channel): count for channel, count in self._session.exec(query.group_by(col(Delivery.channel)))}

    def deferred(self, on: date, kinds: Collection[DeliveryKind]) -> int:
        """How many deliveries wait for another try."""
        query = select(func.count()).where(col(Delivery.state) == DeliveryState.DEFERRED, *_goes_out(on, kinds))
        return self._session.exec(query).one()

    def newest(self) -> int:
        """The number of the last delivery; 0 where there is none."""
        return self._session.exec(select(func.max(Delivery.id))).one() or 0

    def claim(
        self, channel: Channel, on: date, kinds: Collection[DeliveryKind], *, until: datetime, token: str, limit: int
    ) -> Sequence[Delivery]:
        """Hold the next deliveries of a channel for a run until its lease ends; none when nothing is free."""
        query = (
            select(Delivery)
            .where(col(Delivery.state) == DeliveryState.PLANNED, Delivery.channel == channel, *_goes_out(on, kinds))
            .order_by(col(Delivery.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = self._session.exec(query).all()
        if found:
            self._change(
                update(Delivery)
                .where(col(Delivery.id).in_([one.id for one in found]))
                .values(state=DeliveryState.CLAIMED, claimed_until=until, claim=token)
            )
        return found

    def hold_on(self, ids: Collection[int], token: str, until: datetime) -> frozenset[int]:
        """Renew the lease of what a run holds; gives what it still holds."""
        mine = and_(col(Delivery.id).in_(ids), _held_by(token))
        self._change(update(Delivery).where(mine).values(claimed_until=until))
        return frozenset(one for one in self._session.exec(select(Delivery.id).where(mine)) if one is not None)

    def give_back(self, ids: Collection[int], token: str) -> None:
        """Free what a run holds and will not send."""
        self._change(_freed(ids).where(_held_by(token)))

    def note_attempt(self, delivery_id: int, started_at: datetime, ended_at: datetime, **how: object) -> None:
        """Keep how a try went: `accepted`, `answer` and `fault`."""
        self._at_once(_NOTE, delivery_id=delivery_id, started_at=started_at, ended_at=ended_at, **how)

    def settle(self, delivery_id: int, token: str, state: DeliveryState, **values: object) -> bool:
        """Move a claimed delivery on, if this run still holds it."""
        held = {"the_id": delivery_id, "the_claim": token}
        return bool(self._at_once(_SETTLE, **held, state=state, claim=None, claimed_until=None, **values))

    def pass_on(self, delivery: Delivery, usable: Collection[Channel]) -> Channel | None:
        """Let a person's next channel carry what this delivery could not; None where there is none left."""
        if delivery.kind is DeliveryKind.GROUP:
            return None
        query = _next_channel(usable, delivery.person_id, delivery.business_on, delivery.kind)
        channel: Channel | None = self._session.execute(query).scalar()
        if channel is None:
            return None
        other = Delivery(
            person_id=delivery.person_id,
            channel=channel,
            business_on=delivery.business_on,
            kind=delivery.kind,
            state=DeliveryState.PLANNED,
            instead_of_id=delivery.id,
        )
        self._change(
            update(Reminder)
            .where(col(Reminder.delivery_id) == delivery.id, col(Reminder.state).in_(UNSAID))
            .values(delivery_id=self._keep(other))
        )
        return channel

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


def _freed(ids: Collection[int | None]) -> Update:
    free = {"state": DeliveryState.PLANNED, "claim": None, "claimed_until": None}
    return update(Delivery).where(col(Delivery.id).in_(ids)).values(**free)


def _goes_out(on: date, kinds: Collection[DeliveryKind]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What may go out on a day: a morning's message on its own alone, for the next decides anew who hears what.

    As a CASE, which no index serves: the few in a state are found by that, never by all the days that are behind.
    """
    day = col(Delivery.business_on)
    return case((OUTLIVES_ITS_DAY, day <= on), else_=day == on), col(Delivery.kind).in_(kinds)


def _held_by(token: str) -> ColumnElement[bool]:
    return and_(col(Delivery.claim) == token, col(Delivery.state) == DeliveryState.CLAIMED)


def _next_channel(usable: Collection[Channel], person_id: Any, business_on: Any, kind: Any) -> Select[Any]:  # noqa: ANN401 - columns or values
    """The channel that comes next for a person and message: usable, its address good, not tried for this message."""
    other = aliased(Delivery)
    tried = (
        sa_select(col(other.id))
        .where(
            col(other.person_id) == person_id,
            col(other.business_on) == business_on,
            col(other.kind) == kind,
            col(other.channel) == col(Contact.channel),
        )
        .correlate(Delivery, Contact)
    )
    return (
        sa_select(col(Contact.channel))
        .where(
            col(Contact.person_id) == person_id,
            col(Contact.channel).in_(usable),
            col(Contact.bad_since).is_(None),
            ~tried.exists(),
        )
        .order_by(col(Contact.rank), col(Contact.id))
        .limit(1)
        .correlate(Delivery)
    )
