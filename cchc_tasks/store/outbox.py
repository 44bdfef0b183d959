"""The outbox: rungs that are due, the deliveries they go out with, leases and attempts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, Update, and_, insert, or_, update
from sqlmodel import col, func, select

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, ReminderState
from cchc_tasks.models.directory import Person
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.journal import Lock
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt, Reminder
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.store import Store

DECIDING = "deciding-reminders"
UNSENT = (DeliveryState.PLANNED, DeliveryState.DEFERRED)


class Spoken(NamedTuple):
    """A rung with what it speaks of."""

    reminder: Reminder
    obligation: Obligation
    duty: Duty
    plan: Plan


class OutboxStore(Store):
    """Plans rungs, groups them into deliveries, and moves deliveries along, one short transaction a step."""

    def hold_deciding(self) -> None:
        """Let only one transaction at a time decide what goes out."""
        self._session.exec(select(Lock).where(Lock.name == DECIDING).with_for_update()).one()

    def plan(self, reminders: Sequence[dict[str, Any]]) -> None:
        """Keep planned rungs, one row each."""
        if reminders:
            self._session.execute(insert(Reminder), [{"state": ReminderState.PLANNED, **one} for one in reminders])

    def cancel(self, obligation_id: int) -> None:
        """Cancel what was planned for an obligation and has not gone out."""
        self._change(
            update(Reminder)
            .where(
                col(Reminder.obligation_id) == obligation_id,
                col(Reminder.state).in_((ReminderState.PLANNED, ReminderState.MERGED)),
            )
            .values(state=ReminderState.CANCELLED)
        )

    def release_older(self, on: date, now: datetime) -> int:
        """Cancel unsent deliveries of earlier days and free their rungs for this morning; says how many."""
        stale = select(Delivery.id).where(
            col(Delivery.business_on) < on,
            col(Delivery.kind) != DeliveryKind.ALERT,  # an alert stays true until it is told
            or_(
                col(Delivery.state).in_((*UNSENT, DeliveryState.FAILED)),
                and_(col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.claimed_until) < now),
            ),
        )
        ids = [one for one in self._session.exec(stale) if one is not None]
        if ids:
            self._change(
                update(Reminder)
                .where(
                    col(Reminder.delivery_id).in_(ids),
                    col(Reminder.state).in_((ReminderState.PLANNED, ReminderState.MERGED)),
                )
                .values(delivery_id=None, state=ReminderState.PLANNED)
            )
            self._change(update(Delivery).where(col(Delivery.id).in_(ids)).values(state=DeliveryState.CANCELLED))
        return len(ids)

    def due(self, on: date) -> Sequence[Reminder]:
        """Rungs that are due and not yet sent, whose obligation still waits for its unit and whose person is active."""
        query = (
            select(Reminder)
            .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
            .join(Person, col(Person.id) == Reminder.person_id)
            .where(
                Reminder.state == ReminderState.PLANNED,
                col(Reminder.delivery_id).is_(None),
                Reminder.fire_on <= on,
                Reminder.due_version == Obligation.due_version,
                col(Obligation.stage).in_(WAITING_FOR_UNIT),
                col(Person.active),
            )
            .order_by(col(Reminder.person_id), col(Reminder.obligation_id))
        )
        return self._session.exec(query).all()

    def delivery_of(self, person_id: int, channel: Channel, on: date, kind: DeliveryKind) -> Delivery | None:
        """The delivery of this kind that a person has for a morning, if there is one."""
        query = select(Delivery).where(
            Delivery.person_id == person_id,
            Delivery.channel == channel,
            Delivery.business_on == on,
            Delivery.kind == kind,
        )
        return self._session.exec(query).first()

    def add(self, delivery: Delivery) -> int:
        """Keep a new delivery and give its id."""
        return self._keep(delivery)

    def attach(self, reminder_ids: Collection[int], delivery_id: int, state: ReminderState) -> None:
        """Let rungs go out with a delivery: spoken by it (PLANNED until sent), or merged into a more urgent one."""
        self._change(
            update(Reminder).where(col(Reminder.id).in_(reminder_ids)).values(delivery_id=delivery_id, state=state)
        )

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

    def end_attempt(self, attempt_id: int, now: datetime, *, accepted: bool, answer: str) -> None:
        """Note how a try ended."""
        self._change(
            update(DeliveryAttempt)
            .where(col(DeliveryAttempt.id) == attempt_id)
            .values(ended_at=now, accepted=accepted, answer=answer)
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

    def mark_spoken(self, delivery_id: int) -> None:
        """The rungs that a delivery spoke for have been said."""
        self._change(
            update(Reminder)
            .where(col(Reminder.delivery_id) == delivery_id, col(Reminder.state) == ReminderState.PLANNED)
            .values(state=ReminderState.SENT)
        )

    def rungs_of(self, delivery_id: int) -> Sequence[Spoken]:
        """What a delivery speaks of, as far as its obligations still wait for their units; soonest first."""
        query = (
            select(Reminder, Obligation, Duty, Plan)
            .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
            .join(Duty, col(Duty.id) == Obligation.duty_id)
            .join(Plan, col(Plan.id) == Duty.plan_id)
            .where(
                Reminder.delivery_id == delivery_id,
                Reminder.state == ReminderState.PLANNED,
                col(Obligation.stage).in_(WAITING_FOR_UNIT),
            )
            .order_by(col(Obligation.due_on).is_(None), col(Obligation.due_on), col(Obligation.id))
        )
        return [Spoken(*row) for row in self._session.exec(query)]

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

    def _change(self, statement: Update) -> int:
        result = self._session.execute(statement.execution_options(synchronize_session=False))
        return cast("CursorResult[Any]", result).rowcount


def _free(on: date, now: datetime) -> ColumnElement[bool]:
    return and_(
        col(Delivery.business_on) <= on,
        or_(
            col(Delivery.state) == DeliveryState.PLANNED,
            and_(col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.claimed_until) < now),
        ),
    )
