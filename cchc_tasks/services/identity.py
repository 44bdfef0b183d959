"""What the services of signing in share: who somebody is, and counting what went wrong."""

from collections.abc import Sequence
from datetime import datetime

from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.errors import PasswordNeverSet, SignInLocked
from cchc_tasks.domain.signing_in import Rules, lock_after, until_in_words
from cchc_tasks.models.account import Credential
from cchc_tasks.models.directory import Person
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


def subjects_of(user: str, address: str) -> tuple[str, str]:
    """What failures are counted by: the user name, whatever its capitals, and the address it came from."""
    return f"user:{user.casefold()[:80]}", f"from:{address[:80]}"


def refuse_while_locked(database: Database, subjects: Sequence[str], *, rules: Rules, now: datetime) -> None:
    """Raise SignInLocked while one of the subjects rests; the attempt is counted and does not prolong the rest."""
    with database.write(now) as uow:
        locked_until = resting_until(uow, subjects, now)
        if locked_until is not None:
            _count(uow, subjects, now)
    if locked_until is not None:
        raise SignInLocked(until=until_in_words(locked_until, rules.zone))


def resting_until(uow: UnitOfWork, subjects: Sequence[str], now: datetime) -> datetime | None:
    """Until when one of the subjects rests; None where none does. Nothing is counted."""
    ends = [one.locked_until for subject in subjects if (one := uow.accounts.failure(subject)) and one.locked_until]
    return max((end for end in ends if end > now), default=None)


def count_outcome(uow: UnitOfWork, subjects: Sequence[str], *, right: bool, now: datetime) -> datetime | None:
    """Within the transaction that judges an attempt: count a wrong one; gives until when a lock stands.

    A lock that began while the attempt was under way counts for it too, so that a rush of guesses tells no more than
    five in a row would, and a right answer among them is refused.
    """
    locked_until = resting_until(uow, subjects, now)
    if locked_until is not None or not right:
        _count(uow, subjects, now)
    return locked_until


def forgive(uow: UnitOfWork, subjects: Sequence[str]) -> None:
    """Forget the failures once somebody has come in."""
    for subject in subjects:
        uow.accounts.forgive(subject)


def credential_of(uow: UnitOfWork, person: Person) -> Credential:
    """A person's credential, held until the transaction ends; raises PasswordNeverSet."""
    credential = uow.accounts.locked_credential(person.id or 0)
    if credential is None:
        raise PasswordNeverSet(user=person.user)
    return credential


def as_actor(person: Person) -> Actor:
    """A person as one who acts."""
    return Actor(user=person.user, name=person.name, role=person.role, unit_id=person.unit_id)


def _count(uow: UnitOfWork, subjects: Sequence[str], now: datetime) -> None:
    for subject in subjects:
        counted = uow.accounts.counter(subject, now)
        counted.failures += 1
        counted.last_at = now
        rest = lock_after(counted.failures)
        if rest and not (counted.locked_until and counted.locked_until > now):
            counted.locked_until = now + rest
            uow.note("hệ thống", "sign-in.lock", subject, failures=counted.failures, until=counted.locked_until)
