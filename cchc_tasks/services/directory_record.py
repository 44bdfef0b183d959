"""The office records that units are renamed, merged or closed on a day by a document."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.directory_changes import change_in_words, passed_in_words
from cchc_tasks.domain.vocabulary import DirectoryDeed
from cchc_tasks.models.directory import DirectoryChange
from cchc_tasks.services.directory_applying import apply_change, apply_due
from cchc_tasks.services.directory_checking import WantedChange, checked
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Recorded:
    """One unit's change in words: its number, what happens, and what that moves where it took effect at once."""

    change_id: int
    words: str
    valid_on: date
    applied: bool
    passed: tuple[str, ...]


def record_change(
    database: Database, wanted: WantedChange, *, today: date, actor: Actor, now: datetime
) -> list[Recorded]:
    """Keep a change for each unit named; one of today or before takes effect at once, all or none.

    Raises UnitUnknown, UnitClosed, UnitClosingAlready, UnitNeeded, DirectoryDayTooEarly, NoRight and the InputErrors
    of what was left out.
    """
    require(actor, Action.MANAGE_DIRECTORY)
    with database.write(now) as uow:
        return _record(uow, wanted, today=today, at_once=wanted.on <= today, actor=actor, now=now)


def preview_change(
    database: Database, wanted: WantedChange, *, today: date, actor: Actor, now: datetime
) -> list[Recorded]:
    """What a change would move if its day were today; nothing is kept. Raises the same."""
    require(actor, Action.MANAGE_DIRECTORY)
    with database.rehearse(now) as uow:
        return _record(uow, wanted, today=today, at_once=True, actor=actor, now=now)


def _record(
    uow: UnitOfWork, wanted: WantedChange, *, today: date, at_once: bool, actor: Actor, now: datetime
) -> list[Recorded]:
    uow.obligations.hold_opening()  # changes and openings come one after the other
    apply_due(uow, on=today, user=actor.user)  # what an outage kept waiting comes first
    into = uow.directory.unit_with_code(wanted.into) if wanted.deed is DirectoryDeed.MERGE else None
    recorded = []
    for code in dict.fromkeys(wanted.units):
        unit = checked(uow, wanted, code, into)
        change = DirectoryChange(
            deed=wanted.deed,
            unit_id=unit.id or 0,
            into_id=into.id if into else None,
            name=wanted.name if wanted.deed is DirectoryDeed.RENAME else None,
            number=wanted.number,
            reason=wanted.why if wanted.deed is DirectoryDeed.CLOSE else None,
            valid_on=wanted.on,
            recorded_by=actor.user,
            recorded_at=now,
        )
        change_id = uow.directory_changes.add(change)
        into_name = into.name if into else None
        words = change_in_words(wanted.deed, unit.name, into=into_name, name=wanted.name)
        passed: tuple[str, ...] = ()
        if at_once:
            moved = apply_change(uow, change, on=today, user=actor.user)
            passed = tuple(passed_in_words(wanted.deed, moved, into_name))
        else:
            _note_waiting(uow, change, actor)
        recorded.append(Recorded(change_id, words, wanted.on, at_once, passed))
    return recorded


def _note_waiting(uow: UnitOfWork, change: DirectoryChange, actor: Actor) -> None:
    uow.note(
        actor.user,
        "directory.record",
        f"unit:{change.unit_id}",
        change=change.id,
        deed=change.deed,
        into=change.into_id,
        name=change.name,
        on=change.valid_on,
        number=change.number,
        why=change.reason,
    )
