"""A person's own account, and whom to ask for help with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Account:
    """What stands on the account's page."""

    user: str
    name: str
    role: Role
    unit: str
    password_since: datetime | None
    second_factor_since: datetime | None


def show_account(database: Database, person_id: int) -> Account:
    """The account of the signed-in person."""
    with database.read() as uow:
        person = uow.directory.person(person_id)
        credential = uow.accounts.credential(person_id)
        return Account(
            user=person.user,
            name=person.name,
            role=person.role,
            unit=uow.directory.unit(person.unit_id).name,
            password_since=credential.changed_at if credential else None,
            second_factor_since=credential.totp_confirmed_at if credential else None,
        )


def administrators(database: Database) -> Sequence[str]:
    """The names of those who help with accounts; known to everybody, so that a forgotten password is no dead end."""
    with database.read() as uow:
        return uow.people.names_of(Role.ADMINISTRATOR)
