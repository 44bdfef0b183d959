"""The office takes a recorded change of the directory back before its day."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import DirectoryChangeApplied
from cchc_tasks.store.database import Database


def take_back_change(database: Database, change_id: int, *, actor: Actor, now: datetime) -> None:
    """Forget a change that waits for its day. Raises DirectoryChangeUnknown, DirectoryChangeApplied, NoRight."""
    require(actor, Action.MANAGE_DIRECTORY)
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        change = uow.directory_changes.locked(change_id)
        if change.applied_at is not None:
            raise DirectoryChangeApplied(change=change_id, day=short_date(change.valid_on))
        uow.directory_changes.take_back(change)
        uow.note(
            actor.user,
            "directory.take-back",
            f"unit:{change.unit_id}",
            change=change_id,
            deed=change.deed,
            on=change.valid_on,
            number=change.number,
        )
