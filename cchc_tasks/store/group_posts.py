"""Messages to groups of a chat, each in the name of whoever posted it."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, func, select

from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.store.store import Store

UNUSED = (DeliveryState.CANCELLED, DeliveryState.FAILED)


class GroupPostStore(Store):
    """Plans such messages, and knows where earlier ones went."""

    def groups(self, limit: int = 10) -> Sequence[str]:
        """The groups that were written to, the latest first; none that refused it."""
        query = (
            select(Delivery.recipient)
            .where(
                Delivery.kind == DeliveryKind.GROUP,
                col(Delivery.recipient).is_not(None),
                col(Delivery.state).not_in(UNUSED),
            )
            .group_by(col(Delivery.recipient))
            .order_by(func.max(Delivery.id).desc())
            .limit(limit)
        )
        return [one for one in self._session.exec(query) if one]

    def plan(self, person_id: int, group_id: str, subject: str, text: str, on: date) -> int | None:
        """Plan a person's message of a day to a group and give its number; None where there is one already.

        One that never went out and never will gives its place to the new one.
        """
        query = select(Delivery).where(
            Delivery.person_id == person_id,
            Delivery.channel == Channel.ZALO_GROUP,
            Delivery.business_on == on,
            Delivery.kind == DeliveryKind.GROUP,
        )
        delivery = self._session.exec(query.with_for_update()).first()
        if delivery is None:
            delivery = Delivery(
                person_id=person_id,
                channel=Channel.ZALO_GROUP,
                business_on=on,
                kind=DeliveryKind.GROUP,
                state=DeliveryState.PLANNED,
            )
            self._session.add(delivery)
        elif delivery.state not in UNUSED or delivery.sent_at is not None:
            return None
        delivery.state, delivery.failures, delivery.next_at = DeliveryState.PLANNED, 0, None
        delivery.recipient, delivery.subject, delivery.text = group_id, subject, text
        self._session.flush()
        return delivery.id
