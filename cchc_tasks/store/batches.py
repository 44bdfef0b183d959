"""The ceiling of a morning: how many messages there are, and how many somebody has let go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState, UnitKind
from cchc_tasks.models.channel import BatchRelease
from cchc_tasks.models.directory import Person, Unit
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.store.rungs import MORNING
from cchc_tasks.store.store import Store

WAITING = (DeliveryState.PLANNED, DeliveryState.CLAIMED, DeliveryState.DEFERRED)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a morning's waiting messages are of a kind and go to a kind of unit."""

    kind: DeliveryKind
    unit_kind: UnitKind
    count: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the waiting messages."""

    id: int
    kind: DeliveryKind
    user: str
    person: str
    unit: str


class BatchStore(Store):
    """Counts a morning's messages and keeps who let how many go out."""

    def in_batch(self, on: date) -> int:
        """How many messages a morning has, sent or not; one that goes out in place of another is not counted again."""
        return self._count(on, (*WAITING, DeliveryState.SENT))

    def waiting(self, on: date) -> int:
        """How many of them have not gone out."""
        return self._count(on, WAITING)

    def released(self, on: date) -> int:
        """How many somebody has let go out; 0 where nobody has."""
        found = self._session.get(BatchRelease, on)
        return found.count if found else 0

    def release(self, on: date, count: int, by: str, at: datetime) -> None:
        """Let so many of a morning's messages go out; a later word takes the place of an earlier one."""
        on_sqlite = self._session.get_bind().dialect.name == "sqlite"
        new = (sqlite.insert if on_sqlite else postgresql.insert)(BatchRelease)
        said = {"count": count, "released_by": by, "released_at": at}
        statement = new.values(business_on=on, **said)
        self._session.execute(statement.on_conflict_do_update(index_elements=["business_on"], set_=said))

    def shares(self, on: date) -> Sequence[Share]:
        """The waiting messages by kind and kind of unit, the most first."""
        count = sa.func.count()
        query = (
            sa.select(col(Delivery.kind), col(Unit.kind), count)
            .join(Person, col(Person.id) == col(Delivery.person_id))
            .join(Unit, col(Unit.id) == col(Person.unit_id))
            .where(*_of_batch(on, WAITING))
            .group_by(col(Delivery.kind), col(Unit.kind))
            .order_by(count.desc(), col(Delivery.kind), col(Unit.kind))
        )
        return [Share(*row) for row in self._session.execute(query)]

    def samples(self, on: date, wanted: int) -> Sequence[Sample]:
        """Some of the waiting messages, from the first to the last at even steps."""
        query = (
            sa.select(col(Delivery.id), col(Delivery.kind), col(Person.user), col(Person.name), col(Unit.name))
            .join(Person, col(Person.id) == col(Delivery.person_id))
            .join(Unit, col(Unit.id) == col(Person.unit_id))
            .where(*_of_batch(on, WAITING))
            .order_by(col(Delivery.id))
        )
        count = self.waiting(on)
        places = sorted({place * count // wanted for place in range(wanted)})
        rows = (self._session.execute(query.offset(place).limit(1)).first() for place in places)
        return [Sample(*row) for row in rows if row is not None]

    def _count(self, on: date, states: Sequence[DeliveryState]) -> int:
        query = sa.select(sa.func.count()).select_from(Delivery).where(*_of_batch(on, states))
        count: int = self._session.execute(query).scalar_one()
        return count


def _of_batch(on: date, states: Sequence[DeliveryState]) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(Delivery.business_on) == on,
        col(Delivery.kind).in_(MORNING),
        col(Delivery.state).in_(states),
        col(Delivery.instead_of_id).is_(None),
    )
