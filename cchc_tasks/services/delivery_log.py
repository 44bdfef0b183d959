"""Lượt gửi: what was sent to whom, what was not and why, and each message as it went out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.delivery_deeds import Deed, is_held, possible
from cchc_tasks.domain.delivery_words import Course
from cchc_tasks.domain.errors import UserUnknown
from cchc_tasks.domain.history_in_words import deed_in_words
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Channel, DeliveryState
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt
from cchc_tasks.store.database import Database
from cchc_tasks.store.delivery_log import DeliveryRow, Narrowed, Recipient
from cchc_tasks.store.unit_of_work import UnitOfWork

PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, as the page was asked; `text` is looked for in the person's and the unit's name."""

    on: date | None = None
    states: frozenset[DeliveryState] = frozenset()  # none stands for all
    channel: Channel | None = None
    text: str = ""
    page: int = 1
    returned: bool = False  # only what was sent and came back


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log; `counts` and `returned`, which is a part of the sent, leave out how one stands."""

    rows: tuple[DeliveryRow, ...]
    counts: Mapping[DeliveryState, int]
    returned: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DoneTo:
    """What somebody did with a delivery, and when."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery: whom to, what it spoke of (id and title), every try, which others go in its place, what was done.

    `replacing` holds the deliveries in its place, by number and channel.
    """

    delivery: Delivery
    recipient: Recipient
    row: DeliveryRow
    spoken: tuple[tuple[int, str], ...]
    attempts: tuple[DeliveryAttempt, ...]
    replacing: tuple[tuple[int, Channel], ...]
    deeds: tuple[DoneTo, ...]

    def course(self, now: datetime) -> Course:
        """What became of it, to be put into words."""
        return self.row.course(now)

    def possible(self, now: datetime) -> tuple[Deed, ...]:
        """What can be done with it."""
        held = is_held(self.row.state, self.row.claimed_until, now)
        return possible(
            self.row.state, held=held, kept=self.delivery.text is not None, replaced=self.row.other is not None
        )


def delivery_log(database: Database, wanted: Wanted, *, actor: Actor) -> LogPage:
    """Deliveries, newest first; raises NoRight."""
    require(actor, Action.SEE_DELIVERIES)
    with database.read() as uow:
        narrowed = Narrowed(wanted.on, _people(uow, wanted.text), wanted.channel)
        counts, returned = uow.delivery_log.counts(narrowed), uow.delivery_log.returned(narrowed)
        fitting = sum(count for state, count in counts.items() if not wanted.states or state in wanted.states)
        if wanted.returned:
            fitting, narrowed = returned, replace(narrowed, returned=True)
        pages = max(1, -(-fitting // PAGE))
        page = min(max(1, wanted.page), pages)
        rows = uow.delivery_log.page(narrowed, wanted.states, first=(page - 1) * PAGE, size=PAGE)
    return LogPage(tuple(rows), counts, returned, page, pages)


def show_delivery(database: Database, delivery_id: int, *, actor: Actor) -> Sent:
    """One delivery as it went out; raises NoRight, DeliveryUnknown."""
    require(actor, Action.SEE_DELIVERIES)
    with database.read() as uow:
        delivery, recipient = uow.delivery_log.one(delivery_id)
        spoken = tuple(
            (row.id, obligation_title(row.title, row.label, row.period, row.frequency))
            for row in uow.delivery_log.spoken(delivery_id)
        )
        return Sent(
            delivery=delivery,
            recipient=recipient,
            row=uow.delivery_log.row(delivery_id),
            spoken=spoken,
            attempts=tuple(uow.outbox.attempts(delivery_id)),
            replacing=tuple(uow.delivery_log.in_place_of(delivery)),
            deeds=tuple(_done_to(uow, delivery_id)),
        )


def _done_to(uow: UnitOfWork, delivery_id: int) -> Iterator[DoneTo]:
    names: dict[str, str] = {}
    for entry in uow.journal.entries(f"delivery:{delivery_id}"):
        if entry.actor not in names:
            names[entry.actor] = _name(uow, entry.actor)
        yield DoneTo(entry.at, names[entry.actor], deed_in_words(entry.action, json.loads(entry.details)))


def _name(uow: UnitOfWork, user: str) -> str:
    try:
        return uow.directory.person_with_user(user).name
    except UserUnknown:
        return user


def _people(uow: UnitOfWork, text: str) -> frozenset[int] | None:
    """Who is meant; names are few and compared here, because no database folds diacritics the same way."""
    words = search_key(text).split()
    if not words:
        return None
    named = ((one.id, search_key(f"{one.person} {one.unit}")) for one in uow.delivery_log.recipients())
    return frozenset(person_id for person_id, key in named if all(word in key for word in words))
