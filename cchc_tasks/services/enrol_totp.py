"""A person turns on the second factor: a secret is made, shown once as a QR code, and confirmed by its first code."""

from dataclasses import dataclass
from datetime import datetime

import pyotp

from cchc_tasks.domain.errors import CodeWrong, SecondFactorOn
from cchc_tasks.domain.signing_in import Rules
from cchc_tasks.ports import SecretBox
from cchc_tasks.services.codes import step_of_code
from cchc_tasks.services.identity import credential_of
from cchc_tasks.services.sessions import start_session
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The key to type, and the address that a QR code carries."""

    key: str
    address: str


def offer_totp(database: Database, box: SecretBox, person_id: int, *, issuer: str, now: datetime) -> Enrolment:
    """The person's secret, made when first asked for and the same until confirmed; raises SecondFactorOn."""
    with database.write(now) as uow:
        person = uow.directory.person(person_id)
        credential = credential_of(uow, person)
        if credential.totp_confirmed_at is not None:
            raise SecondFactorOn
        if credential.totp_secret is None:
            credential.totp_secret = box.seal(pyotp.random_base32())
        key = box.open(credential.totp_secret)
    return Enrolment(key, pyotp.TOTP(key).provisioning_uri(name=person.user, issuer_name=issuer))


def confirm_totp(database: Database, box: SecretBox, person_id: int, code: str, *, rules: Rules, now: datetime) -> str:
    """Turn the second factor on with its first code; every session ends, and a new complete one begins.

    Gives the new token. Raises CodeWrong or SecondFactorOn, and then nothing has changed.
    """
    with database.write(now) as uow:
        person = uow.directory.person(person_id)
        credential = credential_of(uow, person)
        if credential.totp_confirmed_at is not None:
            raise SecondFactorOn
        step = step_of_code(box, credential, code, now)
        if step is None:
            raise CodeWrong
        credential.totp_last_step = step
        credential.totp_confirmed_at = now
        uow.accounts.end_sessions(person_id)
        uow.note(person.user, "user.second-factor", f"user:{person.user}")
        return start_session(uow, person_id, complete=True, lasting=rules.lasting, now=now)
