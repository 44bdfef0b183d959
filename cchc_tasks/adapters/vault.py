"""The evidence vault: files kept under their SHA-256 in the data folder, never overwritten, checked on every read."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cchc_tasks.domain.errors import FileEmpty, FileMissing, FileTooLarge, FileUnreadable, VaultDamaged
from cchc_tasks.ports import StoredFile

PIECE = 1024 * 1024


class FolderVault:
    """A vault in one folder; `limit_mb` is the most a single file may hold."""

    def __init__(self, folder: Path, *, limit_mb: int) -> None:
        self._folder = folder
        self._limit_mb = limit_mb

    def store(self, path: Path) -> StoredFile:
        """Stream a file in while hashing it; the vault keeps one copy of equal files."""
        if not path.exists():
            raise FileMissing(path=path.name)
        if not path.is_file():
            raise FileUnreadable(path=path.name)  # a pipe or a device would never end
        try:
            source = path.open("rb")
        except OSError as error:
            raise FileUnreadable(path=path.name) from error
        with source:
            return self._keep(source, path.name)

    def open(self, sha256: str) -> BinaryIO:
        """The stored bytes; raises VaultDamaged where they are missing or are not what was stored."""
        if self.check(sha256):
            raise VaultDamaged(sha256=sha256)
        return self._place(sha256).open("rb")

    def check(self, sha256: str) -> str | None:
        """None when the file is whole, else one Vietnamese sentence."""
        place = self._place(sha256)
        if not place.is_file():
            return f"Kho tài liệu thiếu tệp {sha256}."
        with place.open("rb") as stored:
            whole = hashlib.file_digest(stored, "sha256").hexdigest() == sha256
        return None if whole else f"Tệp {sha256} trong kho tài liệu đã bị thay đổi."

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every stored file: its place below the vault's folder, and where it is now."""
        for path in sorted(self._folder.glob("??/*")):
            yield path.relative_to(self._folder).as_posix(), path

    def _keep(self, source: BinaryIO, name: str) -> StoredFile:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as target:
                digest, size = self._copy(source, target, name)
                target.flush()
                os.fsync(target.fileno())
            self._move(Path(temporary), digest)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
        return StoredFile(digest, size)

    def _copy(self, source: BinaryIO, target: BinaryIO, name: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        while piece := source.read(PIECE):
            size += len(piece)
            if size > self._limit_mb * 1024 * 1024:
                raise FileTooLarge(path=name, limit_mb=self._limit_mb)
            digest.update(piece)
            target.write(piece)
        if size == 0:
            raise FileEmpty(path=name)
        return digest.hexdigest(), size

    def _move(self, temporary: Path, sha256: str) -> None:
        place = self._place(sha256)
        place.parent.mkdir(exist_ok=True)
        if self.check(sha256) is None:
            return  # the same content is kept once
        temporary.chmod(0o440)
        temporary.replace(place)  # new, or in the place of a copy that was damaged

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
