"""Passwords as argon2id hashes: 19 MiB and two passes each, and never more than a few computed at a time."""

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2  # a rush of sign-ins takes turns instead of taking the machine's memory and cores
_TURN = threading.BoundedSemaphore(AT_ONCE)
_HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)  # OWASP's least, 28 ms


class Argon2Passwords:
    """Hashes passwords and compares them; the same password typed in composed or decomposed letters is the same."""

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with _TURN:
            return _HASHER.hash(_normal(password))

    def matches(self, password: str, hashed: str | None) -> bool:
        """Whether the password is the hashed one; without a hash it is not, after the same work."""
        with _TURN:
            try:
                _HASHER.verify(hashed or _nobodys(), _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return hashed is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash("mật khẩu của không ai cả")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
