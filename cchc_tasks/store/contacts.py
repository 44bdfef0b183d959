"""Where people are reached: one address a channel, in the order in which they are tried."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select

from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.models.directory import Contact, Person
from cchc_tasks.store.store import Store


class ContactStore(Store):
    """Reads and keeps the contacts of people."""

    def of(self, person_id: int) -> Sequence[Contact]:
        """A person's contacts, the one to be tried first at the front."""
        query = select(Contact).where(Contact.person_id == person_id)
        return self._session.exec(query.order_by(col(Contact.rank), col(Contact.id))).all()

    def of_people(self, person_ids: Collection[int]) -> Sequence[Contact]:
        """The contacts of some people, in no order."""
        return self._session.exec(select(Contact).where(col(Contact.person_id).in_(person_ids))).all()

    def on(self, person_id: int, channel: Channel) -> Contact | None:
        """A person's contact on a channel."""
        query = select(Contact).where(Contact.person_id == person_id, Contact.channel == channel)
        return self._session.exec(query).first()

    def bad(self) -> Sequence[tuple[Person, Contact]]:
        """The addresses of active people that were left aside, the latest first."""
        query = select(Person, Contact).where(Contact.person_id == Person.id, col(Contact.bad_since).is_not(None))
        return self._session.exec(query.where(col(Person.active)).order_by(col(Contact.bad_since).desc())).all()

    def set(self, person_id: int, channel: Channel, address: str, rank: int | None = None) -> None:
        """Keep an address on a channel; another one than before is a fresh start, the same one stays as it fared.

        Without a rank it keeps its place among the person's others.
        """
        row = self.on(person_id, channel)
        if row is None:
            self._keep(Contact(person_id=person_id, channel=channel, address=address, rank=1 if rank is None else rank))
            return
        if row.address != address:
            row.address, row.bad_since, row.bad_why, row.last_heard_at = address, None, None, None
        row.rank = row.rank if rank is None else rank
        self._session.flush()

    def remove(self, person_id: int, channel: Channel) -> bool:
        """Forget a person's address on a channel; false where there was none."""
        row = self.on(person_id, channel)
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        return True

    def mark_bad(self, person_id: int, channel: Channel, why: str, at: datetime, address: str | None = None) -> bool:
        """Leave an address aside from now on; false where it was already, which keeps its reason.

        With `address` only that one: it may have been replaced since a message went to it.
        """
        row = self.on(person_id, channel)
        if row is None or row.bad_since is not None or address not in (None, row.address):
            return False
        row.bad_since, row.bad_why = at, why
        self._session.flush()
        return True

    def mark_good(self, person_id: int, channel: Channel) -> bool:
        """Use an address again; false where it was not left aside."""
        row = self.on(person_id, channel)
        if row is None or row.bad_since is None:
            return False
        row.bad_since = row.bad_why = None
        self._session.flush()
        return True
