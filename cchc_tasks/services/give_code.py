"""The second factor: a code of the telephone completes a session, and is good once."""

from datetime import datetime

from cchc_tasks.domain.errors import CodeWrong, SignInLocked
from cchc_tasks.domain.signing_in import Rules, until_in_words
from cchc_tasks.ports import SecretBox
from cchc_tasks.services.codes import step_of_code
from cchc_tasks.services.identity import count_outcome, credential_of, forgive, refuse_while_locked, subjects_of
from cchc_tasks.services.sessions import start_session, token_hash
from cchc_tasks.store.database import Database


def give_code(
    database: Database,
    box: SecretBox,
    person_id: int,
    token: str,
    code: str,
    *,
    address: str,
    rules: Rules,
    now: datetime,
) -> str:
    """Replace the incomplete session of this token by a complete one and give its token.

    Raises CodeWrong for a wrong, an old or a used code, and SignInLocked after five of them in a row.
    """
    with database.read() as uow:
        person = uow.directory.person(person_id)
    subjects = subjects_of(person.user, address)
    refuse_while_locked(database, subjects, rules=rules, now=now)
    complete = None
    with database.write(now) as uow:
        credential = credential_of(uow, person)
        step = step_of_code(box, credential, code, now)
        locked_until = count_outcome(uow, subjects, right=step is not None, now=now)
        if step is not None and not locked_until:
            credential.totp_last_step = step
            forgive(uow, subjects)
            uow.accounts.end_session(token_hash(token))
            complete = start_session(uow, person_id, complete=True, lasting=rules.lasting, now=now)
            uow.note(person.user, "session.second-factor", f"user:{person.user}")
    if locked_until:
        raise SignInLocked(until=until_in_words(locked_until, rules.zone))
    if complete is None:
        raise CodeWrong
    return complete
