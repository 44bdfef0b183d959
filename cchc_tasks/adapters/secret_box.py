"""Keeps small secrets encrypted in the database, under the system's secret keys, which no backup holds."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cchc_tasks.adapters.secret_key import SecretKeys
from cchc_tasks.domain.errors import SecretKeyChanged

SECOND_FACTOR = b"cchc second factor"
CONNECTIONS = b"cchc connections"


class FernetBox:
    """Seals under the first key and opens under any, each derived for this purpose alone.

    The keys are read at each call: what is sealed within a transaction is under the key that stands first then, and a
    rotation finds it.
    """

    def __init__(self, keys: SecretKeys, purpose: bytes) -> None:
        self._keys, self._purpose = keys, purpose

    def seal(self, secret: str) -> str:
        """The secret as it may be stored."""
        return self._fernet().encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret again; raises SecretKeyChanged where it was sealed under another key."""
        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SecretKeyChanged from None

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(self._derived(key)) for key in self._keys.read()])

    def _derived(self, key: bytes) -> bytes:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=self._purpose).derive(key)
        return base64.urlsafe_b64encode(derived)
