"""The people with accounts, disabled ones included: listed, added, found by name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col, func, select

from cchc_tasks.domain.errors import UserUnknown
from cchc_tasks.domain.vocabulary import Channel, Role
from cchc_tasks.models.account import Credential
from cchc_tasks.models.directory import Contact, Person, Unit
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class UserLine:
    """A person as the administrator's list shows one."""

    user: str
    name: str
    role: Role
    unit: str
    mail: str | None
    active: bool
    has_password: bool
    has_second_factor: bool


class PeopleStore(Store):
    """Reads and keeps people."""

    def lines(self) -> Sequence[UserLine]:
        """Everybody, by user name."""
        query = (
            sa.select(
                col(Person.user),
                col(Person.name),
                col(Person.role),
                col(Unit.name),
                col(Contact.address),
                col(Person.active),
                col(Credential.person_id).is_not(None),
                col(Credential.totp_confirmed_at).is_not(None),
            )
            .join(Unit, col(Unit.id) == Person.unit_id)
            .outerjoin(Contact, (col(Contact.person_id) == Person.id) & (col(Contact.channel) == Channel.MAIL))
            .outerjoin(Credential, col(Credential.person_id) == Person.id)
            .order_by(col(Person.user))
        )
        return [UserLine(*row) for row in self._session.execute(query)]

    def by_id(self, person_ids: Collection[int]) -> dict[int, Person]:
        """These people, active or not, by id."""
        return {one.id or 0: one for one in self._session.exec(select(Person).where(col(Person.id).in_(person_ids)))}

    def with_user(self, user: str) -> Person:
        """The person with this user name, active or not; raises UserUnknown."""
        found = self._session.exec(select(Person).where(Person.user == user)).first()
        if found is None:
            raise UserUnknown(user=user)
        return found

    def names_of(self, role: Role) -> Sequence[str]:
        """The names of the active people in a role."""
        query = select(Person.name).where(Person.role == role, col(Person.active)).order_by(col(Person.id))
        return self._session.exec(query).all()

    def in_role(self, role: Role) -> Sequence[Person]:
        """The active people in a role."""
        query = select(Person).where(Person.role == role, col(Person.active)).order_by(col(Person.id))
        return self._session.exec(query).all()

    def exists(self, user: str) -> bool:
        """Whether the user name is taken, whatever its capitals."""
        taken = select(func.count()).select_from(Person).where(func.lower(Person.user) == user.lower())
        return self._session.exec(taken).one() > 0

    def add(self, person: Person, mail: str | None) -> int:
        """Keep a new person and where mail reaches them; gives the id."""
        person_id = self._keep(person)
        if mail:
            self._session.add(Contact(person_id=person_id, channel=Channel.MAIL, address=mail))
        return person_id
