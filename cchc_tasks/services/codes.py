"""Time-based codes (RFC 6238): which half-minute a code belongs to."""

import hmac
from datetime import datetime

import pyotp

from cchc_tasks.domain.signing_in import CODE_SECONDS
from cchc_tasks.models.account import Credential
from cchc_tasks.ports import SecretBox


def step_of_code(box: SecretBox, credential: Credential, code: str, now: datetime) -> int | None:
    """The half-minute of a code, one early or late allowed; None for a wrong code and for one that was used.

    Every code up to the last accepted one counts as used (RFC 6238, section 5.2). Raises SecretKeyChanged.
    """
    if credential.totp_secret is None:
        return None
    totp = pyotp.TOTP(box.open(credential.totp_secret), interval=CODE_SECONDS)
    typed = "".join(code.split()).encode()
    present = int(now.timestamp()) // CODE_SECONDS
    for step in (present, present - 1, present + 1):
        fresh = credential.totp_last_step is None or step > credential.totp_last_step
        if fresh and hmac.compare_digest(totp.generate_otp(step).encode(), typed):
            return step
    return None
