"""Hands out a file that was submitted, whole and only to those who may see it."""

from dataclasses import dataclass
from typing import BinaryIO

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.file_kinds import HEAD_BYTES, shown_as
from cchc_tasks.ports import EvidenceVault
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file with the name it was handed in with, its length, as what it may be shown (None: not), its bytes."""

    name: str
    size: int
    media_type: str | None
    content: BinaryIO


def read_evidence_file(database: Database, vault: EvidenceVault, item_id: int, *, actor: Actor) -> EvidenceFile:
    """Open a file; the caller closes it. Raises EvidenceFileUnknown, NoRight, VaultDamaged."""
    with database.read() as uow:
        item, unit_ids = uow.work.evidence_file(item_id)
        require(actor, Action.SEE_EVIDENCE, unit_ids)
    content = vault.open(item.sha256 or "")
    media_type = shown_as(content.read(HEAD_BYTES))
    content.seek(0)
    return EvidenceFile(item.text, item.size or 0, media_type, content)
