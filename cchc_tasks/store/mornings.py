"""Mornings: who gets which message on a day, decided for everybody in one statement."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, case, literal, or_, true, type_coerce, update
from sqlalchemy import select as sa_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, ReminderState
from cchc_tasks.models.channel import ChannelSetting
from cchc_tasks.models.directory import Contact, Person
from cchc_tasks.models.journal import Lock
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.store.outbox import OUTLIVES_ITS_DAY, UNSENT
from cchc_tasks.store.rungs import AT_ONCE, MORNING
from cchc_tasks.store.store import Store

DECIDING = "deciding-reminders"
LONGEST_LEASE = timedelta(hours=1)  # a longer one comes from a clock that has been set back since
INTRODUCES, SPEAKS = 0, 1  # what is due for a person: nothing but introductions, or more


class MorningStore(Store):
    """Decides a morning at once: one message for everybody for whom something is due."""

    def hold_deciding(self) -> None:
        """Let only one transaction at a time decide what goes out."""
        self._session.exec(select(Lock).where(Lock.name == DECIDING).with_for_update()).one()

    def release_older(self, on: date, now: datetime) -> None:
        """Cancel unsent deliveries of earlier days and free their rungs for this morning."""
        stale = and_(
            col(Delivery.business_on) < on,
            ~OUTLIVES_ITS_DAY,
            col(Delivery.state).in_((*UNSENT, DeliveryState.CLAIMED, DeliveryState.FAILED, DeliveryState.DEAD)),
            or_(
                col(Delivery.state) != DeliveryState.CLAIMED,
                col(Delivery.claimed_until) < now,
                col(Delivery.claimed_until) > now + LONGEST_LEASE,
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
        says = func.coalesce(_first_due(on, SPEAKS, col(Reminder.rung) != INTRODUCTION), _first_due(on, INTRODUCES))
        people = (
            select(hears.label("hears"), says.label("says"))
            .where(col(Person.active), hears.is_not(None), hears.not_in(_served(on)))
            .cte("people")
            .prefix_with("MATERIALIZED")  # else it is sought anew for each of the places that use it
        )
        only_new = func.max(people.c.says) == INTRODUCES
        kind = case((only_new, DeliveryKind.INTRODUCTION.value), else_=DeliveryKind.DIGEST.value)
        spoken_to = select(people.c.hears, literal(on), kind).where(people.c.says.is_not(None))
        return self._add(spoken_to.group_by(people.c.hears))

    def add_for(self, kinds: Mapping[int, DeliveryKind], on: date, *, not_by: Channel | None = None) -> int:
        """Plan a message of a kind for each of these people who has none for the morning; says how many were added.

        None goes by the channel `not_by` where the person has another.
        """
        if not kinds:
            return 0
        kind = case(*((col(Person.id) == one, word.value) for one, word in kinds.items()))
        wanted = and_(col(Person.id).in_(kinds), col(Person.id).not_in(_served(on)))
        return self._add(select(col(Person.id).label("hears"), literal(on), kind).where(wanted), not_by)

    def told_since(self, first: date, kind: DeliveryKind) -> frozenset[int]:
        """The people for whom a message of a kind was sent, or is on its way, since a day."""
        query = select(Delivery.person_id).where(
            Delivery.business_on >= first, Delivery.kind == kind, Delivery.state != DeliveryState.CANCELLED
        )
        return frozenset(self._session.exec(query))

    def _add(self, people: Select[Any], not_by: Channel | None = None) -> int:
        """Insert deliveries from rows of (hears, day, kind), leaving out those that are there; says how many.

        SQLite takes ON CONFLICT only behind a SELECT that has a WHERE, and counts no rows of a statement that begins
        with WITH.
        """
        hearers = people.cte("hearers")
        way = _way_of(hearers.c.hears, not_by)
        columns = sa_select(hearers, way, literal(DeliveryState.PLANNED.value), literal(0)).where(true())
        columns = columns.order_by(hearers.c.hears)  # so that they go out in the same order everywhere
        names = ("person_id", "business_on", "kind", "channel", "state", "failures")
        on_sqlite = self._session.get_bind().dialect.name == "sqlite"
        new = (sqlite.insert if on_sqlite else postgresql.insert)(Delivery).from_select(names, columns)
        return len(self._session.execute(new.on_conflict_do_nothing().returning(col(Delivery.id))).all())


def _way_of(hears: ColumnElement[Any], not_by: Channel | None) -> ColumnElement[str]:
    """The channel by which a person is written to: the first of their good addresses, else of any; mail without one.

    Whether a channel works today is for the run that delivers to see.
    """
    first = (
        select(type_coerce(col(Contact.channel), String))
        .join(ChannelSetting, col(ChannelSetting.channel) == col(Contact.channel))
        .where(col(Contact.person_id) == hears, col(ChannelSetting.enabled))
        .where(col(Contact.channel).is_distinct_from(not_by.value if not_by else None))
        .order_by(col(Contact.bad_since).is_not(None), col(Contact.rank), col(Contact.id))
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(first, literal(Channel.MAIL.value))


def _first_due(on: date, found: int, *wanted: ColumnElement[bool]) -> ScalarSelect[int]:
    """`found` if a rung of the person is due and not yet sent, and its obligation waits for its unit; else NULL.

    Each person's rungs are gone through by the index until one is found, so that neither how much is due nor how much
    is open matters. A join over all that is due reads every obligation on PostgreSQL, which cannot guess how little
    it is: a planned rung is hardly ever of a day that is behind.
    """
    return (
        select(literal(found))
        .select_from(Reminder)
        .join(Obligation, col(Obligation.id) == Reminder.obligation_id)
        .where(
            Reminder.person_id == Person.id,
            Reminder.state == ReminderState.PLANNED,
            col(Reminder.delivery_id).is_(None),
            Reminder.fire_on <= on,
            or_(col(Reminder.next_on).is_(None), col(Reminder.next_on) > on),
            Reminder.due_version == Obligation.due_version,
            col(Obligation.stage).in_(WAITING_FOR_UNIT),
            *wanted,
        )
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


def _served(on: date) -> SelectOfScalar[int]:
    """The people who have a message for a morning already."""
    return select(Delivery.person_id).where(Delivery.business_on == on, col(Delivery.kind).in_(MORNING))


def _hears(hearers: Mapping[int, int | None]) -> ColumnElement[Any]:
    """Who hears what is for a person: the stand-in of an absent one, NULL where it waits."""
    if not hearers:
        return cast("ColumnElement[int]", col(Person.id))
    return case(*((col(Person.id) == one, stand_in) for one, stand_in in hearers.items()), else_=Person.id)
