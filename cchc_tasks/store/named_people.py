"""Who was assigned by name inside a unit, and until which day of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from cchc_tasks.models.directory import Person
from cchc_tasks.models.obligation import NamedPerson
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Somebody assigned by name; `named_by` is the name of who did it, else the user name."""

    user: str
    name: str
    active: bool
    due_on: date | None
    named_by: str
    named_at: datetime


class NamedPeopleStore(Store):
    """Reads and keeps the people assigned by name."""

    def rows(self, obligation_id: int) -> Sequence[NamedRow]:
        """The people of an obligation, in the order in which they were named."""
        by = aliased(Person)
        query = (
            sa.select(
                col(Person.user),
                col(Person.name),
                col(Person.active),
                col(NamedPerson.due_on),
                sa.func.coalesce(by.name, col(NamedPerson.named_by)),
                col(NamedPerson.named_at),
            )
            .select_from(NamedPerson)
            .join(Person, col(Person.id) == col(NamedPerson.person_id))
            .outerjoin(by, col(by.user) == col(NamedPerson.named_by))
            .where(col(NamedPerson.obligation_id) == obligation_id)
            .order_by(col(NamedPerson.id))
        )
        return [NamedRow(*row) for row in self._session.execute(query)]

    def find(self, obligation_id: int, person_id: int) -> NamedPerson | None:
        """The assignment of a person, if there is one."""
        query = select(NamedPerson).where(
            NamedPerson.obligation_id == obligation_id, NamedPerson.person_id == person_id
        )
        return self._session.exec(query).first()

    def add(self, named: NamedPerson) -> None:
        """Keep a new assignment."""
        self._keep(named)

    def remove(self, named: NamedPerson) -> None:
        """Forget an assignment; the journal remembers it."""
        self._session.delete(named)
        self._session.flush()
