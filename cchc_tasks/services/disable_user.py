"""An administrator closes an account: the person signs in no more and is written to no more; the history stays."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.store.database import Database


def disable_user(database: Database, user: str, *, actor: Actor, now: datetime) -> None:
    """Close an account and end its sessions at once; closing it twice changes nothing. Raises UserUnknown, NoRight."""
    require(actor, Action.MANAGE_USERS)
    with database.write(now) as uow:
        person = uow.people.with_user(user)
        uow.accounts.end_sessions(person.id or 0)
        if person.active:
            person.active = False
            uow.note(actor.user, "user.disable", f"user:{user}")
