"""Looks whether the journal's chain holds and whether every file of the vault is what was handed in."""

from cchc_tasks.ports import EvidenceVault
from cchc_tasks.store.database import Database


def check_database(database: Database, vault: EvidenceVault) -> list[str]:
    """What is wrong, one Vietnamese sentence each; an empty list when all is whole."""
    with database.read() as uow:
        broken = uow.journal.first_break()
        hashes = uow.evidence.stored_hashes()
    found = [broken] if broken else []
    return found + [wrong for sha256 in hashes if (wrong := vault.check(sha256))]
