"""A person comes in with user name and password; what is still missing then is the next step."""

from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.errors import SignInFailed, SignInLocked, UserUnknown
from cchc_tasks.domain.signing_in import Rules, Step, next_step, until_in_words
from cchc_tasks.models.account import Credential
from cchc_tasks.models.directory import Person
from cchc_tasks.ports import Passwords
from cchc_tasks.services.identity import count_outcome, forgive, refuse_while_locked, subjects_of
from cchc_tasks.services.sessions import start_session
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CameIn:
    """The new session's token, and the step that stands before its completion."""

    token: str
    step: Step | None


def sign_in(
    database: Database,
    passwords: Passwords,
    user: str,
    password: str,
    *,
    address: str,
    rules: Rules,
    now: datetime,
) -> CameIn:
    """Begin a session.

    An unknown user, a wrong password and a disabled person are one and the same SignInFailed, after the same work.
    Raises SignInLocked, also for a right password, while the user name or the address rests.
    """
    subjects = subjects_of(user, address)
    refuse_while_locked(database, subjects, rules=rules, now=now)
    with database.read() as uow:
        known = _known(uow, user)
    right = passwords.matches(password, known[1].password_hash if known else None)
    with database.write(now) as uow:
        locked_until = count_outcome(uow, subjects, right=right, now=now)
        came_in = _begin(uow, *known, rules, now) if known and right and not locked_until else None
        if came_in and came_in.step is not Step.GIVE_CODE:
            forgive(uow, subjects)  # with a second factor only its code ends the count
    if locked_until:
        raise SignInLocked(until=until_in_words(locked_until, rules.zone))
    if came_in is None:
        raise SignInFailed
    return came_in


def _known(uow: UnitOfWork, user: str) -> tuple[Person, Credential] | None:
    try:
        person = uow.directory.person_with_user(user)
    except UserUnknown:
        return None
    credential = uow.accounts.credential(person.id or 0)
    return (person, credential) if credential else None


def _begin(uow: UnitOfWork, person: Person, credential: Credential, rules: Rules, now: datetime) -> CameIn | None:
    held = uow.accounts.locked_credential(person.id or 0)
    if held is None or held.password_hash != credential.password_hash:
        return None  # the password was changed while this one was compared
    step = next_step(
        person.role,
        must_change=held.must_change,
        has_second_factor=held.totp_confirmed_at is not None,
        demanded=rules.second_factor,
    )
    token = start_session(uow, person.id or 0, complete=step is None, lasting=rules.lasting, now=now)
    uow.note(person.user, "session.begin", f"user:{person.user}", complete=step is None)
    return CameIn(token, step)
