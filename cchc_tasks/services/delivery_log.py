"""Lượt gửi: what was sent to whom, what was not and why, and each message as it went out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt
from cchc_tasks.store.database import Database
from cchc_tasks.store.delivery_log import DeliveryRow

PAGE = 100


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log; `counts` are of the whole day or, without one, of all days."""

    rows: tuple[DeliveryRow, ...]
    counts: Mapping[DeliveryState, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery: whom to, what it spoke of (id and title), every try."""

    delivery: Delivery
    person: str
    spoken: tuple[tuple[int, str], ...]
    attempts: tuple[DeliveryAttempt, ...]


def delivery_log(
    database: Database, *, on: date | None, states: frozenset[DeliveryState], page: int, actor: Actor
) -> LogPage:
    """Deliveries, newest first; raises NoRight."""
    require(actor, Action.SEE_DELIVERIES)
    with database.read() as uow:
        counts = uow.delivery_log.counts(on)
        fitting = sum(count for state, count in counts.items() if not states or state in states)
        pages = max(1, -(-fitting // PAGE))
        page = min(max(1, page), pages)
        rows = uow.delivery_log.page(on, states, first=(page - 1) * PAGE, size=PAGE)
    return LogPage(tuple(rows), counts, page, pages)


def show_delivery(database: Database, delivery_id: int, *, actor: Actor) -> Sent:
    """One delivery as it went out; raises NoRight, DeliveryUnknown."""
    require(actor, Action.SEE_DELIVERIES)
    with database.read() as uow:
        delivery, person = uow.delivery_log.one(delivery_id)
        spoken = tuple(
            (row.id, obligation_title(row.title, row.label, row.period, row.frequency))
            for row in uow.delivery_log.spoken(delivery_id)
        )
        return Sent(delivery, person.name, spoken, tuple(uow.outbox.attempts(delivery_id)))
