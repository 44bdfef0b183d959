"""A person leaves: the session is forgotten, and its token is worth nothing from then on."""

from datetime import datetime

from cchc_tasks.domain.access import Actor
from cchc_tasks.services.sessions import token_hash
from cchc_tasks.store.database import Database


def sign_out(database: Database, token: str, *, actor: Actor, now: datetime) -> None:
    """End one session; one that is gone already is no error."""
    with database.write(now) as uow:
        uow.accounts.end_session(token_hash(token))
        uow.note(actor.user, "session.end", f"user:{actor.user}")
