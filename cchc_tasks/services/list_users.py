"""The accounts there are, for the administrator."""

from collections.abc import Sequence

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.store.database import Database
from cchc_tasks.store.people import UserLine


def list_users(database: Database, *, actor: Actor) -> Sequence[UserLine]:
    """Everybody, disabled people included, by user name; raises NoRight."""
    require(actor, Action.MANAGE_USERS)
    with database.read() as uow:
        return uow.people.lines()
