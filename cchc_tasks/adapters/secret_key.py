"""The system's secret keys: the lines of a file in the data folder, or what the environment says between commas.

The first seals and signs, all open and read. A key is what its line says; earlier releases took the whole file, its
last line's end included, so what that gave opens as well.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_tasks.domain.errors import (
    SecretKeyFromEnvironment,
    SecretKeyMissing,
    SecretKeyTooShort,
    SecretKeyUnwritable,
)

LEAST_LETTERS = 32


class SecretKeys:
    """Reads the keys anew each time, so that a running process follows a rotation."""

    def __init__(self, file: Path, environment: str = "") -> None:
        self._file, self._environment = file, environment

    def __repr__(self) -> str:
        return f"SecretKeys({self._file})"

    @property
    def from_environment(self) -> bool:
        """Whether the file plays no part."""
        return bool(self._environment)

    def read(self) -> tuple[bytes, ...]:
        """The keys, the sealing one first; raises SecretKeyMissing or SecretKeyTooShort."""
        if self._environment:
            return _between_commas(self._environment)
        try:
            content = self._file.read_bytes()
        except OSError:
            raise SecretKeyMissing(path=self._file) from None
        lines = [line.strip() for line in content.splitlines() if line.strip()]
        if not lines:
            raise SecretKeyMissing(path=self._file)
        return tuple(dict.fromkeys([*lines, content.splitlines(keepends=True)[-1]]))

    def make(self) -> None:
        """Begin with one new key; nothing where the environment holds it."""
        if not self._environment:
            _write(self._file, _new())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other rotations out until the block ends; raises SecretKeyFromEnvironment without a second key there."""
        if self._environment:
            if len(self.read()) == 1:
                raise SecretKeyFromEnvironment
            yield
            return
        folder = os.open(self._file.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def begin_new(self) -> None:
        """Put a new key before the others; the environment's order is the administrator's."""
        if not self._environment:
            self.read()
            self._replace(_new() + b"\n" + self._file.read_bytes())

    def drop_old(self) -> None:
        """Keep the sealing key alone; the environment's are the administrator's to drop."""
        if not self._environment:
            self._replace(self.read()[0])

    def _replace(self, content: bytes) -> None:
        """Another content in one step: whoever reads meanwhile, or after a power failure, finds the old or the new."""
        file = self._file.resolve()
        beside = file.with_name(f"{file.name}.new")
        try:
            beside.unlink(missing_ok=True)
            _write(beside, content)
            owner = file.stat()
            os.chown(beside, owner.st_uid, owner.st_gid)  # root may rotate what the service's account reads
            beside.replace(file)
            _sync(file.parent)
        except OSError:
            raise SecretKeyUnwritable(path=self._file) from None


def _between_commas(text: str) -> tuple[bytes, ...]:
    keys = tuple(dict.fromkeys(key.strip() for key in text.split(",") if key.strip()))
    if not keys or any(len(key) < LEAST_LETTERS for key in keys):
        raise SecretKeyTooShort(least=LEAST_LETTERS)
    return tuple(key.encode() for key in keys)


def _new() -> bytes:
    return secrets.token_urlsafe(32).encode()


def _write(path: Path, content: bytes) -> None:
    """A new file that its owner alone reads, on the disk before this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
