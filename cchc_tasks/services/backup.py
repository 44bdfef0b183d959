"""Takes a backup while the system runs, and brings one back into an empty data folder and database."""

import tempfile
from datetime import datetime
from pathlib import Path

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import BackupOfOtherKind, DatabaseNotEmpty, FileMissing, HomeNotEmpty
from cchc_tasks.ports import Archive, EvidenceVault
from cchc_tasks.store import snapshot
from cchc_tasks.store.database import Database

SNAPSHOT = "database"
VAULT = "vault"


def back_up(
    database: Database, vault: EvidenceVault, archive: Archive, target: Path, *, actor: Actor, now: datetime
) -> None:
    """Write database and vault to one file, without the secret key.

    The snapshot comes first: whatever it refers to is in the vault already, and nothing ever leaves the vault.
    Raises BackupExists, and on PostgreSQL DumpToolMissing or DumpToolTooOld.
    """
    require(actor, Action.MANAGE_SYSTEM)
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        copy = Path(folder) / SNAPSHOT
        snapshot.take(database, copy)
        stored = ((f"{VAULT}/{name}", file) for name, file in vault.files())
        facts = {"database": database.kind, "taken_at": now.isoformat()}
        archive.write(target, facts, [(SNAPSHOT, copy), *stored])
    with database.write(now) as uow:
        uow.note(actor.user, "system.backup", "system", file=target.name)


def restore(database: Database, home: Path, archive: Archive, source: Path, *, actor: Actor) -> None:
    """Bring a backup back; only into an empty data folder and an empty database of the same kind.

    Raises FileMissing, HomeNotEmpty, DatabaseNotEmpty, BackupDamaged or BackupOfOtherKind, and then nothing was kept.
    """
    require(actor, Action.MANAGE_SYSTEM)
    if not source.is_file():
        raise FileMissing(path=source)
    if home.exists() and any(home.iterdir()):
        raise HomeNotEmpty(home=home)
    if not database.is_sqlite and not snapshot.is_empty(database):
        raise DatabaseNotEmpty
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".cchc-", dir=home.parent) as folder:
        facts = archive.read(source, Path(folder))
        if facts["database"] != database.kind:
            raise BackupOfOtherKind(kind=facts["database"], here=database.kind)
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        snapshot.put_back(database, Path(folder) / SNAPSHOT)
        if (Path(folder) / VAULT).is_dir():
            (Path(folder) / VAULT).rename(home / VAULT)
