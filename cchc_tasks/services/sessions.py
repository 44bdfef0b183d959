"""Sessions of signed-in browsers: begun, found again by their token, ended."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_tasks.domain.access import Actor
from cchc_tasks.models.account import WebSession
from cchc_tasks.services.identity import as_actor
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Found:
    """Whose session a token belongs to, and whether it may still be used."""

    actor: Actor
    person_id: int
    complete: bool
    alive: bool


def start_session(uow: UnitOfWork, person_id: int, *, complete: bool, lasting: timedelta, now: datetime) -> str:
    """Begin a session within a transaction and give its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    uow.accounts.add_session(
        WebSession(
            token_hash=token_hash(token),
            person_id=person_id,
            started_at=now,
            seen_at=now,
            ends_at=now + lasting,
            complete=complete,
        )
    )
    return token


def find_session(database: Database, token: str, *, idle: timedelta, now: datetime) -> Found | None:
    """The session of a token, alive or ended within the last week; None for any other token or a disabled person."""
    with database.read() as uow:
        session = uow.accounts.session(token_hash(token))
        if session is None:
            return None
        person = uow.directory.person(session.person_id)
    if not person.active:
        return None
    alive = now < session.ends_at and now - session.seen_at < idle
    if alive and now - session.seen_at > TOUCH_EVERY:
        _touch(database, session.token_hash, now)
    actor = as_actor(person)
    return Found(actor=actor, person_id=session.person_id, complete=session.complete, alive=alive)


def end_session(database: Database, token: str, *, now: datetime) -> None:
    """Forget a session; one that is gone already is no error."""
    with database.write(now) as uow:
        uow.accounts.end_session(token_hash(token))


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _touch(database: Database, hashed: str, now: datetime) -> None:
    with database.write(now) as uow:
        session = uow.accounts.session(hashed)
        if session is not None:
            session.seen_at = now
