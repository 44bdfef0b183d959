"""A backup as one compressed tar file: what kind it is, the database's snapshot, and the evidence vault."""

import json
import os
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cchc_tasks.domain.errors import BackupDamaged, BackupExists

KIND = "cchc-backup"
MANIFEST = "manifest.json"


class TarArchive:
    """Fulfils ports.Archive."""

    def write(self, target: Path, facts: dict[str, Any], members: Iterable[tuple[str, Path]]) -> None:
        """Write beside the target and move into place when whole; raises BackupExists."""
        if target.exists():
            raise BackupExists(path=target)
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        manifest = unfinished.with_name(f"{unfinished.name}.json")
        manifest.write_text(json.dumps({"kind": KIND, **facts}, ensure_ascii=False), encoding="utf-8")
        try:
            os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # nobody else's from the start
            with tarfile.open(unfinished, "w:gz") as archive:
                archive.add(manifest, MANIFEST)
                for name, file in members:
                    archive.add(file, name, recursive=False)
            os.link(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)
            manifest.unlink()

    def read(self, source: Path, into: Path) -> dict[str, Any]:
        """Unpack into a folder, never outside it, and give the facts; raises BackupDamaged."""
        try:
            with tarfile.open(source, "r:gz") as archive:
                archive.extractall(into, filter="data")
            facts: dict[str, Any] = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, EOFError, tarfile.TarError, ValueError) as error:
            raise BackupDamaged(path=source.name) from error
        if facts.get("kind") != KIND:
            raise BackupDamaged(path=source.name)
        return facts
