"""What people do with deliveries: send again, give another chance, call off; one at a time or all that fit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from cchc_tasks.domain.errors import DeliveryUnknown
from cchc_tasks.domain.vocabulary import Channel, DeliveryState, ReminderState
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.store.rungs import AT_ONCE
from cchc_tasks.store.store import Store

UNSAID = (ReminderState.PLANNED, ReminderState.MERGED)


@dataclass(frozen=True, slots=True)
class Fitting:
    """Which deliveries a deed for many is about; None leaves a limit out."""

    state: DeliveryState
    channel: Channel | None = None
    on: date | None = None


class DeliveryDeedStore(Store):
    """Holds deliveries and moves them, so that no run takes one meanwhile."""

    def locked(self, delivery_id: int) -> Delivery:
        """A delivery as it is now, its row held until the transaction ends; raises DeliveryUnknown."""
        query = select(Delivery).where(Delivery.id == delivery_id).with_for_update()
        found = self._session.exec(query.execution_options(populate_existing=True)).first()
        if found is None:
            raise DeliveryUnknown(delivery=delivery_id)
        return found

    def locked_fitting(self, fitting: Fitting, limit: int) -> Sequence[Delivery]:
        """What fits and has no other in its place, oldest first, each row held until the transaction ends."""
        query = select(Delivery).where(*_conditions(fitting)).order_by(col(Delivery.id)).limit(limit)
        return self._session.exec(query.with_for_update().execution_options(populate_existing=True)).all()

    def count_fitting(self, fitting: Fitting) -> int:
        """How many that are."""
        return self._session.exec(select(func.count()).select_from(Delivery).where(*_conditions(fitting))).one()

    def replaced_by(self, delivery: Delivery) -> int | None:
        """The delivery that goes out in place of this one; None where there is none."""
        query = select(Delivery.id).where(
            Delivery.person_id == delivery.person_id,
            Delivery.instead_of_id == delivery.id,
            Delivery.state != DeliveryState.CANCELLED,
        )
        return self._session.exec(query).first()

    def move(self, delivery_ids: Collection[int], state: DeliveryState) -> None:
        """Let deliveries begin anew, or end, in a state."""
        for some in _portions(delivery_ids):
            self._change(
                update(Delivery)
                .where(col(Delivery.id).in_(some))
                .values(state=state, failures=0, next_at=None, claim=None, claimed_until=None)
            )

    def cancel_rungs(self, delivery_ids: Collection[int]) -> None:
        """Let the steps that these deliveries have taken with them go unsaid.

        The same person's next step of each obligation still comes on its day.
        """
        for some in _portions(delivery_ids):
            taken = col(Reminder.delivery_id).in_(some), col(Reminder.state).in_(UNSAID)
            self._change(update(Reminder).where(*taken).values(state=ReminderState.CANCELLED))


def _conditions(fitting: Fitting) -> list[ColumnElement[bool]]:
    other = aliased(Delivery)
    replaced = select(other.id).where(
        col(other.person_id) == col(Delivery.person_id),
        col(other.instead_of_id) == col(Delivery.id),
        col(other.state) != DeliveryState.CANCELLED,
    )
    wanted = [col(Delivery.state) == fitting.state, ~replaced.correlate(Delivery).exists()]
    if fitting.channel is not None:
        wanted.append(col(Delivery.channel) == fitting.channel)
    if fitting.on is not None:
        wanted.append(col(Delivery.business_on) == fitting.on)
    return wanted


def _portions(ids: Collection[int]) -> list[list[int]]:
    every = list(ids)
    return [every[first : first + AT_ONCE] for first in range(0, len(every), AT_ONCE)]
