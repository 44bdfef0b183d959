"""A morning above the ceiling waits until somebody has looked at it and lets it go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import BatchNothingWaits, DeliveriesMoreThanSeen
from cchc_tasks.store.batches import Sample, Share
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

SAMPLES = 5


@dataclass(frozen=True, slots=True)
class HeldBatch:
    """A morning that waits: how many wait, of how many, the ceiling, what they are, and some to look at."""

    on: date
    waiting: int
    all: int
    ceiling: int
    shares: Sequence[Share]
    samples: Sequence[Sample]


def batch_held(uow: UnitOfWork, on: date, ceiling: int) -> int | None:
    """How many messages of a morning wait behind the ceiling; None where they may go out."""
    if uow.batches.in_batch(on) <= max(ceiling, uow.batches.released(on)):
        return None
    return uow.batches.waiting(on) or None


def held_batch(database: Database, on: date, ceiling: int, *, actor: Actor) -> HeldBatch | None:
    """The same with what has to be seen before it is let go; None where nothing waits. Raises NoRight."""
    require(actor, Action.SEE_DELIVERIES)
    with database.read() as uow:
        waiting = batch_held(uow, on, ceiling)
        if waiting is None:
            return None
        every, shares = uow.batches.in_batch(on), uow.batches.shares(on)
        return HeldBatch(on, waiting, every, ceiling, shares, uow.batches.samples(on, SAMPLES))


def release_batch(database: Database, on: date, *, actor: Actor, now: datetime, seen: int | None = None) -> int:
    """Let the messages that a morning has now go out, and say how many wait; more than that ask again.

    `seen` is how many the page showed to be waiting. Raises NoRight, BatchNothingWaits or DeliveriesMoreThanSeen.
    """
    require(actor, Action.MANAGE_DELIVERIES)
    with database.write(now) as uow:
        uow.mornings.hold_deciding()  # a morning that is just being decided is counted whole
        waiting, every = uow.batches.waiting(on), uow.batches.in_batch(on)
        if not waiting:
            raise BatchNothingWaits(day=short_date(on))
        if seen is not None and waiting > seen:
            raise DeliveriesMoreThanSeen(seen=seen, count=waiting)
        uow.batches.release(on, every, actor.user, now)
        uow.note(actor.user, "batch.release", f"batch:{on.isoformat()}", count=every, waiting=waiting)
        return waiting
