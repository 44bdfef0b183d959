"""Mornings: who gets which message on a day, decided for everybody in one statement."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Select, and_, case, literal, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, ReminderState
from cchc_tasks.models.directory import Person
from cchc_tasks.models.journal import Lock
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.store.outbox import UNSENT
from cchc_tasks.store.rungs import AT_ONCE, MORNING
from cchc_tasks.store.store import Store

DECIDING = "deciding-reminders"


class MorningStore(Store):
    """Decides a morning at once: one message for everybody for whom something is due."""

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
        hears = _hears(hearers)
        unsaid = _unsaid(hears, on)
        since = self._session.exec(select(func.min(Reminder.fire_on)).where(unsaid)).one()
        if since is None:
            return 0
        only_new = func.max(case((col(Reminder.rung) == INTRODUCTION, 0), else_=1)) == 0
        kind = case((only_new, DeliveryKind.INTRODUCTION.value), else_=DeliveryKind.DIGEST.value)
        people = (
            select(hears, literal(on), kind)
            .select_from(Reminder)
            .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
            .join(Person, col(Person.id) == Reminder.person_id)
            .where(
                unsaid,
                # Says nothing new, but how few rungs are meant: PostgreSQL takes those of a day long gone to be planned
                # as often as those of a day to come, and would read every obligation for them.
                col(Reminder.fire_on) >= since,
                or_(col(Reminder.next_on).is_(None), col(Reminder.next_on) > on),
                col(Reminder.due_version) == col(Obligation.due_version),
                col(Obligation.stage).in_(WAITING_FOR_UNIT),
                col(Person.active),
            )
            .group_by(hears)
        )
        return self._add(people)

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


def _unsaid(hears: ColumnElement[Any], on: date) -> ColumnElement[bool]:
    """The rungs whose day has come, that no message has taken with it, and whose hearer is not served yet."""
    return and_(
        col(Reminder.state) == ReminderState.PLANNED,
        col(Reminder.delivery_id).is_(None),
        col(Reminder.fire_on) <= on,
        hears.is_not(None),
        hears.not_in(_served(on)),
    )


def _served(on: date) -> SelectOfScalar[int]:
    """The people who have a message for a morning already."""
    return select(Delivery.person_id).where(
        Delivery.business_on == on, col(Delivery.channel) == Channel.MAIL, col(Delivery.kind).in_(MORNING)
    )


def _hears(hearers: Mapping[int, int | None]) -> ColumnElement[Any]:
    """Who hears a rung: its person, the stand-in of an absent one, NULL where it waits."""
    person_id = cast("ColumnElement[int]", col(Reminder.person_id))
    if not hearers:
        return person_id
    return case(*((person_id == one, stand_in) for one, stand_in in hearers.items()), else_=person_id)
