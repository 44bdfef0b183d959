"""What becomes of a delivery whose message came back."""

from datetime import datetime

from sqlalchemy import and_, update
from sqlmodel import col, select

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import Known, ReminderState
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.store.store import Store


class BounceStore(Store):
    """Marks deliveries as returned, and takes back that they said anything."""

    def mark_returned(self, delivery_id: int, at: datetime) -> None:
        """Keep that the message came back."""
        self._change(update(Delivery).where(col(Delivery.id) == delivery_id).values(known=Known.RETURNED, known_at=at))

    def unsay(self, delivery_id: int, *, into: int | None) -> int:
        """Plan again what the message spoke of, as far as it still waits for its units; says how many rungs.

        Another delivery takes them over or, without one, the next morning of their people.
        """
        still = and_(
            col(Obligation.id) == col(Reminder.obligation_id),
            col(Obligation.due_version) == col(Reminder.due_version),
            col(Obligation.stage).in_(WAITING_FOR_UNIT),
        )
        return self._change(
            update(Reminder)
            .where(
                col(Reminder.delivery_id) == delivery_id,
                col(Reminder.state) == ReminderState.SENT,
                select(Obligation.id).where(still).exists(),
            )
            .values(state=ReminderState.PLANNED, delivery_id=into)
        )
