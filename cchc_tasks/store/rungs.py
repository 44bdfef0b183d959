"""Rungs: planned for people, taken along by a delivery, said, merged into a later one, or cancelled."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import and_, bindparam, case, insert, or_, update
from sqlmodel import col, func, select

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState, ReminderState
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.store import Store

AT_ONCE = 500  # ids in one statement
MORNING = (DeliveryKind.DIGEST, DeliveryKind.INTRODUCTION, DeliveryKind.WEEKLY)


_SPOKEN = (
    update(Reminder)
    .where(col(Reminder.delivery_id) == bindparam("the_delivery"), col(Reminder.state) == ReminderState.PLANNED)
    .values(state=ReminderState.SENT)
)


class Spoken(NamedTuple):
    """A rung with what it speaks of."""

    reminder: Reminder
    obligation: Obligation
    duty: Duty
    plan: Plan


class Unsaid(NamedTuple):
    """A rung that was planned, or merged into a later one, and has not gone out."""

    obligation_id: int
    person_id: int
    rung: str
    fire_on: date


class RungStore(Store):
    """Keeps rungs and what became of them."""

    def plan(self, reminders: Sequence[dict[str, Any]]) -> None:
        """Keep planned rungs, one row each."""
        if reminders:
            rows = [{"state": ReminderState.PLANNED, **one} for one in reminders]
            self._session.execute(insert(Reminder), rows, execution_options={"render_nulls": True})  # in one statement

    def cancel(self, *obligation_ids: int) -> Sequence[Unsaid]:
        """Cancel what was planned for obligations and has not gone out; gives what that was."""
        gone_out = select(Delivery.id).where(
            col(Delivery.id) == col(Reminder.delivery_id), Delivery.state == DeliveryState.SENT
        )
        merged = and_(col(Reminder.state) == ReminderState.MERGED, ~gone_out.exists())
        statement = (
            update(Reminder)
            .where(
                col(Reminder.obligation_id).in_(obligation_ids),
                or_(col(Reminder.state) == ReminderState.PLANNED, merged),
            )
            .values(state=ReminderState.CANCELLED)
            .returning(col(Reminder.obligation_id), col(Reminder.person_id), col(Reminder.rung), col(Reminder.fire_on))
            .execution_options(synchronize_session=False)
        )
        return [Unsaid(*row) for row in self._session.execute(statement)]

    def told(self, obligation_ids: Collection[int]) -> dict[int, dict[int, date | None]]:
        """When each person last heard of obligations, None where they were only to hear; others are left out."""
        query = (
            sa.select(
                col(Reminder.obligation_id),
                col(Reminder.person_id),
                func.max(case((col(Reminder.state) == ReminderState.SENT, col(Delivery.business_on)))),
            )
            .join(Delivery, col(Delivery.id) == col(Reminder.delivery_id), isouter=True)
            .where(col(Reminder.obligation_id).in_(obligation_ids))
            .group_by(col(Reminder.obligation_id), col(Reminder.person_id))
        )
        found: dict[int, dict[int, date | None]] = {}
        for obligation_id, person_id, told_on in self._session.execute(query):
            found.setdefault(obligation_id, {})[person_id] = told_on
        return found

    def said(self, obligation_id: int, person_id: int) -> int:
        """How many times a person was reminded of an obligation; its introduction is not counted."""
        query = select(func.count()).where(
            Reminder.obligation_id == obligation_id,
            Reminder.person_id == person_id,
            Reminder.state == ReminderState.SENT,
            Reminder.rung != INTRODUCTION,
        )
        return self._session.exec(query).one()

    def attach(self, deliveries: Sequence[Delivery], on: date, hearers: Mapping[int, int | None]) -> None:
        """Let mornings' messages take with them what is due for their people and those the people stand in for.

        Rungs in whose place a later one speaks by now are merged into it (promise 8). Who is away since it was decided
        takes nothing: it waits for the stand-in's next morning.
        """
        takes: dict[int, int] = {}  # by person: the delivery that speaks for their rungs
        for delivery in deliveries:
            if delivery.kind in MORNING and delivery.person_id not in hearers and delivery.sent_at is None:
                stands_in = [one for one, stand_in in hearers.items() if stand_in == delivery.person_id]
                for heard in (delivery.person_id, *stands_in):
                    takes.setdefault(heard, delivery.id or 0)
        if not takes:
            return
        loose = and_(
            col(Reminder.person_id).in_(takes),
            col(Reminder.state) == ReminderState.PLANNED,
            col(Reminder.delivery_id).is_(None),
            col(Reminder.fire_on) <= on,
            select(Obligation.id)
            .where(col(Obligation.id) == col(Reminder.obligation_id), col(Obligation.stage).in_(WAITING_FOR_UNIT))
            .exists(),
        )
        taker = case(*((col(Reminder.person_id) == person, delivery) for person, delivery in takes.items()))
        self._change(
            update(Reminder)
            .where(loose, col(Reminder.next_on) <= on)
            .values(state=ReminderState.MERGED, delivery_id=taker)
        )
        self._change(update(Reminder).where(loose).values(delivery_id=taker))

    def mark_spoken(self, delivery_id: int) -> int:
        """The rungs that a delivery spoke for have been said; gives how many they were."""
        return self._at_once(_SPOKEN, the_delivery=delivery_id)

    def taken(self, delivery_ids: Collection[int]) -> dict[int, list[int]]:
        """The ids of the rungs for which deliveries speak as they stand now, by delivery."""
        query = select(Reminder.delivery_id, Reminder.id).where(
            col(Reminder.delivery_id).in_(delivery_ids), Reminder.state == ReminderState.PLANNED
        )
        found: dict[int, list[int]] = {}
        for delivery_id, rung_id in self._session.exec(query):
            found.setdefault(delivery_id or 0, []).append(rung_id or 0)
        return found

    def mark_said_meanwhile(self, taken: Collection[int], on: date) -> None:
        """What a message had taken is said, even where it was planned anew while the message was in the air.

        Its person heard of the obligation that morning, so the new plan does not begin before the next.
        """
        for first in range(0, len(taken), AT_ONCE):
            statement = (
                update(Reminder)
                .where(
                    col(Reminder.id).in_(list(taken)[first : first + AT_ONCE]),
                    col(Reminder.state) == ReminderState.CANCELLED,
                )
                .values(state=ReminderState.SENT)
                .returning(col(Reminder.obligation_id), col(Reminder.person_id))
                .execution_options(synchronize_session=False)
            )
            for obligation_id, person_id in self._session.execute(statement).all():
                self._change(
                    update(Reminder)
                    .where(
                        col(Reminder.obligation_id) == obligation_id,
                        col(Reminder.person_id) == person_id,
                        col(Reminder.state) == ReminderState.PLANNED,
                        col(Reminder.fire_on) <= on,
                    )
                    .values(state=ReminderState.CANCELLED)
                )

    def of_deliveries(self, delivery_ids: Collection[int]) -> dict[int, list[Spoken]]:
        """What deliveries speak of, as far as it still waits for its units; soonest first, each once, by delivery."""
        query = (
            select(Reminder, Obligation, Duty, Plan)
            .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
            .join(Duty, col(Duty.id) == Obligation.duty_id)
            .join(Plan, col(Plan.id) == Duty.plan_id)
            .join(Delivery, col(Delivery.id) == Reminder.delivery_id)
            .where(
                col(Reminder.delivery_id).in_(delivery_ids),
                Reminder.state == ReminderState.PLANNED,
                col(Obligation.stage).in_(WAITING_FOR_UNIT),
            )
            .order_by(col(Obligation.due_on).is_(None), col(Obligation.due_on), col(Obligation.id))
            .order_by(  # a stand-in may have a rung of their own: the later one speaks, of one day their own
                col(Reminder.fire_on), col(Reminder.person_id) == col(Delivery.person_id), col(Reminder.id).desc()
            )
        )
        found: dict[int, dict[int, Spoken]] = {}
        for row in self._session.exec(query):
            spoken = Spoken(*row)
            found.setdefault(spoken.reminder.delivery_id or 0, {})[spoken.obligation.id or 0] = spoken
        return {delivery_id: list(spoken.values()) for delivery_id, spoken in found.items()}
