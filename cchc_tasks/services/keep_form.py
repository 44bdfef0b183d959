"""A form that arrived after its session had ended is kept for its sender, files and all."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.errors import FileEmpty, KeptFormsFull, KeptFormUnknown
from cchc_tasks.models.account import KeptForm
from cchc_tasks.ports import EvidenceVault
from cchc_tasks.store.database import Database

MOST_KEPT = 20  # forms of one person at a time; each may hold as much as an upload, and the vault forgets nothing


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a kept form: its field, its name, where it lies in the vault, its length in bytes."""

    field: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: where it was going, its fields in order, its files."""

    id: str
    path: str
    fields: Sequence[tuple[str, str]]
    files: Sequence[KeptFile]
    kept_at: datetime


def keep_form(
    database: Database,
    vault: EvidenceVault,
    person_id: int,
    *,
    path: str,
    fields: Sequence[tuple[str, str]],
    files: Sequence[tuple[str, Path]],
    actor: Actor,
    now: datetime,
) -> str:
    """Keep a form and give its id; `files` are fields with the paths of what came in. Empty files are left out.

    Raises KeptFormsFull, before anything is stored, where the person has as many as may be.
    """
    with database.read() as uow:
        if uow.accounts.kept_forms(person_id) >= MOST_KEPT:
            raise KeptFormsFull(most=MOST_KEPT)
    stored = [one for field, file in files if (one := _stored(vault, field, file))]
    form = KeptForm(
        id=secrets.token_urlsafe(18),
        person_id=person_id,
        path=path,
        fields=[list(one) for one in fields],
        files=[{"field": one.field, "name": one.name, "sha256": one.sha256, "size": one.size} for one in stored],
        kept_at=now,
    )
    with database.write(now) as uow:
        uow.accounts.add_kept_form(form)
        uow.note(actor.user, "form.keep", f"user:{actor.user}", path=path, files=[one.sha256 for one in stored])
    return form.id


def kept_form(database: Database, form_id: str, person_id: int) -> Kept:
    """What was kept for this person; raises KeptFormUnknown for everybody else, as if it were not there."""
    with database.read() as uow:
        form = uow.accounts.kept_form(form_id, person_id)
    if form is None:
        raise KeptFormUnknown
    fields = [(name, value) for name, value in form.fields]
    return Kept(form.id, form.path, fields, [KeptFile(**one) for one in form.files], form.kept_at)


def _stored(vault: EvidenceVault, field: str, file: Path) -> KeptFile | None:
    try:
        stored = vault.store(file)
    except FileEmpty:
        return None
    return KeptFile(field, file.name, stored.sha256, stored.size)
