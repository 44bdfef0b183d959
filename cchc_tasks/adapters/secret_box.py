"""Keeps small secrets encrypted in the database, under the data folder's secret key, which no backup holds."""

import base64
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cchc_tasks.domain.errors import SecretKeyChanged


class FernetBox:
    """Seals and opens with a key derived from the secret key's file for this purpose alone."""

    def __init__(self, key_file: Path) -> None:
        secret = key_file.read_bytes()
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cchc second factor").derive(secret)
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, secret: str) -> str:
        """The secret as it may be stored."""
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret again; raises SecretKeyChanged where it was sealed under another key."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SecretKeyChanged from None
