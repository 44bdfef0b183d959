"""The outbox: who gets a message on a morning, and how each delivery moves along under leases and attempts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Select, Subquery, and_, case, literal, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, ReminderState
from cchc_tasks.models.directory import Person
from cchc_tasks.models.journal import Lock
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt, Reminder
from cchc_tasks.store.rungs import AT_ONCE, MORNING
from cchc_tasks.store.store import Store

DECIDING = "deciding-reminders"
UNSENT = (DeliveryState.PLANNED, DeliveryState.DEFERRED)


class OutboxStore(Store):
    """Plans a morning's deliveries at once, and moves each along, one short transaction a step."""

    def hold_deciding(self) -> None:
        """Let only one transaction at a time decide what goes out."""
        self._session.exec(select(Lock).where(Lock.name == DECIDING).with_for_update()).one()

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
        due = _due(on, hearers)
        hears = _hears(due.c.person_id, hearers)
        only_new = func.max(case((due.c.rung == INTRODUCTION, 0), else_=1)) == 0
        kind = case((only_new, DeliveryKind.INTRODUCTION.value), else_=DeliveryKind.DIGEST.value)
        heard = and_(hears.is_not(None), hears.not_in(_served(on)))
        return self._add(select(hears, literal(on), kind).where(heard).group_by(hears))

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


def _due(on: date, hearers: Mapping[int, int | None]) -> Subquery:
    """(person_id, rung) of what is due and not yet sent: the obligation waits for its unit, the person is active.

    What is due for those who are served already is left out first, before anything is looked up for it.
    """
    unserved = col(Reminder.person_id).not_in(_served(on))
    return (
        select(Reminder.person_id, Reminder.rung)
        .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
        .join(Person, col(Person.id) == Reminder.person_id)
        .where(
            Reminder.state == ReminderState.PLANNED,
            col(Reminder.delivery_id).is_(None),
            Reminder.fire_on <= on,
            or_(col(Reminder.next_on).is_(None), col(Reminder.next_on) > on),
            or_(col(Reminder.person_id).in_(hearers), unserved) if hearers else unserved,
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
