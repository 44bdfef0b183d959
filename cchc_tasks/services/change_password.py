"""A person chooses a new password; every session ends but the new one that begins."""

from datetime import datetime

from cchc_tasks.domain.errors import PasswordUnchanged, PasswordWrong, SignInLocked
from cchc_tasks.domain.signing_in import Rules, check_password, next_step, until_in_words
from cchc_tasks.models.account import Credential
from cchc_tasks.models.directory import Person
from cchc_tasks.ports import Passwords
from cchc_tasks.services.identity import count_outcome, credential_of, refuse_while_locked, subjects_of
from cchc_tasks.services.sessions import start_session
from cchc_tasks.services.sign_in import CameIn
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


def change_password(
    database: Database,
    passwords: Passwords,
    person_id: int,
    present: str,
    new: str,
    *,
    address: str,
    complete: bool,
    rules: Rules,
    now: datetime,
) -> CameIn:
    """Keep a new password; `complete` says whether the session in use was complete.

    Raises PasswordWrong (counted like a failure to sign in), SignInLocked, PasswordUnchanged and what
    `check_password` raises; then the password is the old one.
    """
    with database.read() as uow:
        person = uow.directory.person(person_id)
        hashed = credential_of(uow, person).password_hash
    subjects = subjects_of(person.user, address)
    refuse_while_locked(database, subjects, rules=rules, now=now)
    right = passwords.matches(present, hashed)
    if right:
        check_password(new, person.user)
        if passwords.matches(new, hashed):
            raise PasswordUnchanged
    new_hash = passwords.hash(new) if right else ""
    came_in = None
    with database.write(now) as uow:
        credential = credential_of(uow, person)
        right = right and credential.password_hash == hashed
        locked_until = count_outcome(uow, subjects, right=right, now=now)
        if right and not locked_until:
            came_in = _replace(uow, person, credential, new_hash, complete=complete, rules=rules, now=now)
    if locked_until:
        raise SignInLocked(until=until_in_words(locked_until, rules.zone))
    if came_in is None:
        raise PasswordWrong
    return came_in


def _replace(
    uow: UnitOfWork,
    person: Person,
    credential: Credential,
    new_hash: str,
    *,
    complete: bool,
    rules: Rules,
    now: datetime,
) -> CameIn:
    credential.password_hash, credential.must_change, credential.changed_at = new_hash, False, now
    uow.accounts.end_sessions(credential.person_id)
    has_second_factor = credential.totp_confirmed_at is not None
    step = next_step(
        person.role,
        must_change=False,
        has_second_factor=has_second_factor and not complete,  # in a complete session the code was given
        demanded=rules.second_factor and not complete,
    )
    uow.note(person.user, "user.change-password", f"user:{person.user}")
    token = start_session(uow, credential.person_id, complete=step is None, lasting=rules.lasting, now=now)
    return CameIn(token, step)
