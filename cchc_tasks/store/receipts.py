"""What the other side tells afterwards: of a message, and of the people it knows by an address."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select

from cchc_tasks.domain.vocabulary import Channel, DeliveryState, Known
from cchc_tasks.models.directory import Contact, Person
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.store.store import Store

_IN_ORDER = tuple(Known)  # each says more than the one before
LOST = (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.DEAD)  # where a try may have got through unheard


class ReceiptStore(Store):
    """Finds what is meant and keeps what was told of it."""

    def by_reference(self, reference: str, channels: Collection[Channel]) -> Delivery | None:
        """The delivery that the other side calls so, its row held; the newest of several."""
        meant = Delivery.provider_reference == reference, col(Delivery.channel).in_(channels)
        return self._held(*meant)

    def numbered(self, delivery_id: int, channels: Collection[Channel]) -> Delivery | None:
        """The delivery with this number, its row held."""
        return self._held(Delivery.id == delivery_id, col(Delivery.channel).in_(channels))

    def learn(self, delivery: Delivery, known: Known, at: datetime) -> bool:
        """Keep what is known of a message from now on; false where as much or more was known already."""
        if delivery.known is not None and _IN_ORDER.index(known) <= _IN_ORDER.index(delivery.known):
            return False
        delivery.known, delivery.known_at = known, at
        self._session.flush()
        return True

    def prove(self, delivery: Delivery, at: datetime) -> bool:
        """A message whose answer was lost has arrived all the same: it is not sent again; false where it was not lost.

        What it said was never kept, for nobody knew that it was out.
        """
        if delivery.sent_at is not None or delivery.state not in LOST:
            return False
        delivery.state, delivery.sent_at, delivery.next_at = DeliveryState.SENT, at, None
        self._session.flush()
        return True

    def reached_at(self, channel: Channel, address: str) -> Sequence[tuple[Person, Contact]]:
        """The people, active or not, who are reached at an address; their contacts' rows held."""
        query = (
            select(Person, Contact)
            .where(Contact.person_id == Person.id, Contact.channel == channel, Contact.address == address)
            .order_by(col(Contact.id))
            .with_for_update(of=Contact)
        )
        return self._session.exec(query.execution_options(populate_existing=True)).all()

    def heard(self, contact: Contact, at: datetime) -> None:
        """Keep when a contact's person last wrote to us; an older moment changes nothing."""
        contact.last_heard_at = max(at, contact.last_heard_at or at)
        self._session.flush()

    def _held(self, *meant: object) -> Delivery | None:
        query = select(Delivery).where(*meant).order_by(col(Delivery.id).desc()).limit(1).with_for_update()  # type: ignore[arg-type]
        return self._session.exec(query.execution_options(populate_existing=True)).first()
