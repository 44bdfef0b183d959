"""Which step an incomplete session still has to take."""

from cchc_tasks.domain.signing_in import Rules, Step, next_step
from cchc_tasks.store.database import Database


def pending_step(database: Database, person_id: int, *, rules: Rules) -> Step | None:
    """The step a person's password leaves to do; None where signing in anew would complete at once."""
    with database.read() as uow:
        person = uow.directory.person(person_id)
        credential = uow.accounts.credential(person_id)
    if credential is None:
        return None
    return next_step(
        person.role,
        must_change=credential.must_change,
        has_second_factor=credential.totp_confirmed_at is not None,
        demanded=rules.second_factor,
    )
