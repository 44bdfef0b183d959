"""The outbox: rungs that are due, the deliveries they go out with, leases and attempts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy import ColumnElement, CursorResult, Select, Subquery, Update, and_, case, insert, literal, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, ReminderState
from cchc_tasks.models.directory import Person
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.journal import Lock
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt, Reminder
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.store import Store

DECIDING = "deciding-reminders"
AT_ONCE = 500  # ids in one statement
UNSENT = (DeliveryState.PLANNED, DeliveryState.DEFERRED)
MORNING = (DeliveryKind.DIGEST, DeliveryKind.INTRODUCTION, DeliveryKind.WEEKLY)


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


class OutboxStore(Store):
    """Plans rungs, groups them into deliveries, and moves deliveries along, one short transaction a step."""

    def hold_deciding(self) -> None:
        """Let only one transaction at a time decide what goes out."""
        self._session.exec(select(Lock).where(Lock.name == DECIDING).with_for_update()).one()

    def plan(self, reminders: Sequence[dict[str, Any]]) -> None:
        """Keep planned rungs, one row each."""
        if reminders:
            self._session.execute(insert(Reminder), [{"state": ReminderState.PLANNED, **one} for one in reminders])

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

    def release_older(self, on: date, now: datetime) -> None:
        """Cancel unsent deliveries of earlier days and free their rungs for this morning."""
        stale = and_(
            col(Delivery.business_on) < on,
            col(Delivery.kind) != DeliveryKind.ALERT,  # an alert stays true until it is told
            or_(
                col(Delivery.state).in_((*UNSENT, DeliveryState.FAILED)),
                and_(col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.claimed_until) < now),
            ),
        )
        # held, so that no run claims one of them meanwhile
        held = select(Delivery.id).where(stale).order_by(col(Delivery.id)).with_for_update()
        ids = [one for one in self._session.exec(held) if one is not None]
        for first in range(0, len(ids), AT_ONCE):
            some = ids[first : first + AT_ONCE]
            self._change(
                update(Reminder)
                .where(
                    col(Reminder.delivery_id).in_(some),
                    col(Reminder.state).in_((ReminderState.PLANNED, ReminderState.MERGED)),
                )
                .values(delivery_id=None, state=ReminderState.PLANNED)
            )
            self._change(update(Delivery).where(col(Delivery.id).in_(some)).values(state=DeliveryState.CANCELLED))

    def plan_morning(self, on: date, hearers: Mapping[int, int | None]) -> int:
        """Plan a message for everybody for whom a rung is due and not yet sent; says how many were added.

        It is a digest, or an introduction where there is nothing but new duties. `hearers` says who hears in place of
        an absent person (None: it waits). Who has a message for the morning gets no other: what it does not take with
        it waits for the next.
        """
        due = _due(on)
        hears = _hears(due.c.person_id, hearers)
        only_new = func.max(case((due.c.rung == INTRODUCTION, 0), else_=1)) == 0
        kind = case((only_new, DeliveryKind.INTRODUCTION.value), else_=DeliveryKind.DIGEST.value)
        heard = and_(hears.is_not(None), hears.not_in(_served(on)))
        return self._add(select(hears, literal(on), kind).where(heard).group_by(hears))

    def attach(self, delivery: Delivery, on: date, hearers: Mapping[int, int | None]) -> None:
        """Let a morning's message take with it what is due for its person and those the person stands in for.

        Rungs in whose place a later one speaks by now are merged into it (promise 8). Who is away since it was decided
        takes nothing: it waits for the stand-in's next morning.
        """
        if delivery.kind not in MORNING or delivery.person_id in hearers:
            return
        heard = [delivery.person_id, *(one for one, stand_in in hearers.items() if stand_in == delivery.person_id)]
        loose = and_(
            col(Reminder.person_id).in_(heard),
            col(Reminder.state) == ReminderState.PLANNED,
            col(Reminder.delivery_id).is_(None),
            col(Reminder.fire_on) <= on,
            select(Obligation.id)
            .where(col(Obligation.id) == col(Reminder.obligation_id), col(Obligation.stage).in_(WAITING_FOR_UNIT))
            .exists(),
        )
        self._change(
            update(Reminder)
            .where(loose, col(Reminder.next_on) <= on)
            .values(state=ReminderState.MERGED, delivery_id=delivery.id)
        )
        self._change(update(Reminder).where(loose).values(delivery_id=delivery.id))

    def add_for(self, kinds: Mapping[int, DeliveryKind], on: date) -> int:
        """Plan a message of a kind for each of these people who has none for the morning; says how many were added."""
        if not kinds:
            return 0
        people = case(*((col(Person.id) == one, word.value) for one, word in kinds.items()))
        wanted = and_(col(Person.id).in_(kinds), col(Person.id).not_in(_served(on)))
        return self._add(select(Person.id, literal(on), people).where(wanted))

    def told_since(self, first: date, kind: DeliveryKind) -> frozenset[int]:
        """The people for whom a message of a kind was sent, or is on its way, since a day."""
        query = select(Delivery.person_id).where(
            Delivery.business_on >= first, Delivery.kind == kind, Delivery.state != DeliveryState.CANCELLED
        )
        return frozenset(self._session.exec(query))

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

    def taken(self, delivery_id: int) -> Sequence[int]:
        """The ids of the rungs for which a delivery speaks as it stands now."""
        query = select(Reminder.id).where(Reminder.delivery_id == delivery_id, Reminder.state == ReminderState.PLANNED)
        return [one for one in self._session.exec(query) if one is not None]

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

    def rungs_of(self, delivery_id: int) -> Sequence[Spoken]:
        """What a delivery speaks of, as far as its obligations still wait for their units; soonest first, each once."""
        query = (
            select(Reminder, Obligation, Duty, Plan)
            .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
            .join(Duty, col(Duty.id) == Obligation.duty_id)
            .join(Plan, col(Plan.id) == Duty.plan_id)
            .join(Delivery, col(Delivery.id) == Reminder.delivery_id)
            .where(
                Reminder.delivery_id == delivery_id,
                Reminder.state == ReminderState.PLANNED,
                col(Obligation.stage).in_(WAITING_FOR_UNIT),
            )
            .order_by(col(Obligation.due_on).is_(None), col(Obligation.due_on), col(Obligation.id))
            .order_by(  # a stand-in may have a rung of their own: the later one speaks, of one day their own
                col(Reminder.fire_on).desc(), col(Reminder.person_id) != col(Delivery.person_id), col(Reminder.id)
            )
        )
        found = [Spoken(*row) for row in self._session.exec(query)]
        return list({one.obligation.id: one for one in reversed(found)}.values())[::-1]

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

    def _add(self, people: Select[Any]) -> int:
        """Insert deliveries by mail from rows of (person, day, kind), leaving out those that are there.

        SQLite takes ON CONFLICT only behind a SELECT that has a WHERE.
        """
        columns = people.add_columns(literal(Channel.MAIL.value), literal(DeliveryState.PLANNED.value), literal(0))
        names = ("person_id", "business_on", "kind", "channel", "state", "failures")
        on_sqlite = self._session.get_bind().dialect.name == "sqlite"
        new = (sqlite.insert if on_sqlite else postgresql.insert)(Delivery).from_select(names, columns)
        statement = new.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
        return cast("CursorResult[Any]", self._session.execute(statement)).rowcount

    def _change(self, statement: Update) -> int:
        result = self._session.execute(statement.execution_options(synchronize_session=False))
        return cast("CursorResult[Any]", result).rowcount


def _due(on: date) -> Subquery:
    """(person_id, rung) of what is due and not yet sent: the obligation waits for its unit, the person is active."""
    return (
        select(Reminder.person_id, Reminder.rung)
        .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
        .join(Person, col(Person.id) == Reminder.person_id)
        .where(
            Reminder.state == ReminderState.PLANNED,
            col(Reminder.delivery_id).is_(None),
            Reminder.fire_on <= on,
            or_(col(Reminder.next_on).is_(None), col(Reminder.next_on) > on),
            Reminder.due_version == Obligation.due_version,
            col(Obligation.stage).in_(WAITING_FOR_UNIT),
            col(Person.active),
        )
        .subquery("due")
    )


def _served(on: date) -> SelectOfScalar[int]:
    """The people who have a message for a morning already."""
    return select(Delivery.person_id).where(
        Delivery.business_on == on, col(Delivery.channel) == Channel.MAIL, col(Delivery.kind).in_(MORNING)
    )


def _hears(person_id: ColumnElement[int], hearers: Mapping[int, int | None]) -> ColumnElement[Any]:
    """Who hears what is for a person: the stand-in of an absent one, NULL where it waits."""
    if not hearers:
        return person_id
    return case(*((person_id == one, stand_in) for one, stand_in in hearers.items()), else_=person_id)


def _free(on: date, now: datetime) -> ColumnElement[bool]:
    return and_(
        col(Delivery.business_on) <= on,
        or_(
            col(Delivery.state) == DeliveryState.PLANNED,
            and_(col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.claimed_until) < now),
        ),
    )
