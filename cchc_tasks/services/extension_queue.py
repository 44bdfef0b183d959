"""Đề nghị gia hạn: the requests that wait, the longest first, and one of them with what was asked before it."""

from dataclasses import dataclass

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import ExtensionUnknown
from cchc_tasks.domain.vocabulary import ExtensionState
from cchc_tasks.services.list_extensions import ExtensionLine, extension_lines
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ExtensionQueue:
    """The requests that wait, and the one that is looked at (None where none waits and none was asked for)."""

    waiting: tuple[ExtensionLine, ...]
    looked: ExtensionLine | None
    earlier: tuple[ExtensionLine, ...]  # of the same obligation, in order
    decided: ExtensionLine | None  # what was decided a moment ago, to be said once


def extension_queue(
    database: Database, extension_id: int | None, *, decided: int | None = None, actor: Actor
) -> ExtensionQueue:
    """The queue with the request asked for, or the one that has waited longest. Raises NoRight, ExtensionUnknown."""
    require(actor, Action.DECIDE_EXTENSION)
    with database.read() as uow:
        waiting = extension_lines(uow, uow.extensions.rows(state=ExtensionState.ASKED))
        asked = extension_id or (waiting[0].id if waiting else None)
        of_this = _with_earlier(uow, asked) if asked else []
        return ExtensionQueue(
            waiting=tuple(waiting),
            looked=of_this[-1] if of_this else None,
            earlier=tuple(of_this[:-1]),
            decided=_decided(uow, decided) if decided else None,
        )


def _with_earlier(uow: UnitOfWork, extension_id: int) -> list[ExtensionLine]:
    """A request behind those that were asked before it for the same obligation."""
    obligation_id = uow.extensions.get(extension_id).obligation_id
    return [
        one for one in extension_lines(uow, uow.extensions.rows(obligation_id=obligation_id)) if one.id <= extension_id
    ]


def _decided(uow: UnitOfWork, extension_id: int) -> ExtensionLine | None:
    """What was decided a moment ago; None where there is no such request or it still waits."""
    try:
        line = _with_earlier(uow, extension_id)[-1]
    except ExtensionUnknown:
        return None
    return None if line.state is ExtensionState.ASKED else line
