"""An administrator gives a person a password good for one sign-in; what had locked the person out is forgotten."""

import secrets
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.models.account import Credential
from cchc_tasks.ports import Passwords
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

# Read out over the telephone: no letter that is taken for another.
LETTERS = "abcdefghkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4


def set_password(
    database: Database, passwords: Passwords, user: str, *, actor: Actor, now: datetime, reset_totp: bool = False
) -> str:
    """Give a person a new password and tell it once; every session of theirs ends.

    `reset_totp` also forgets the telephone, so that the second factor is set up anew. Raises UserUnknown, NoRight.
    """
    require(actor, Action.MANAGE_USERS)
    with database.write(now) as uow:
        person = uow.directory.person_with_user(user)
        password = give_password(uow, passwords, person.id or 0, now)
        credential = uow.accounts.credential(person.id or 0)
        if credential and reset_totp:
            credential.totp_secret = credential.totp_confirmed_at = credential.totp_last_step = None
        uow.accounts.end_sessions(person.id or 0)
        uow.accounts.forgive(f"user:{person.user.casefold()}")
        uow.note(actor.user, "user.set-password", f"user:{person.user}", reset_totp=reset_totp)
        return password


def give_password(uow: UnitOfWork, passwords: Passwords, person_id: int, now: datetime) -> str:
    """Within a transaction: keep a new one-time password and give it."""
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    hashed = passwords.hash(password)
    credential = uow.accounts.locked_credential(person_id)
    if credential is None:
        credential = Credential(person_id=person_id, password_hash=hashed, must_change=True, changed_at=now)
        uow.accounts.add_credential(credential)
    else:
        credential.password_hash, credential.must_change, credential.changed_at = hashed, True, now
    return password
