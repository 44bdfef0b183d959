"""What stands around every page: the agency's two lines, the person's unit, and the counts beside the menu."""

from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.access import Action, Actor, Scope, scope
from cchc_tasks.domain.letterhead import letterhead
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Frame:
    """The two lines, the unit of the signed-in person, and counts; a count is None where it is not the person's."""

    superior: str
    authority: str
    unit: str | None = None
    own_jobs: int | None = None
    to_verify: int | None = None
    to_follow_up: int | None = None
    to_extend: int | None = None


def frame(database: Database, *, actor: Actor | None, on: date) -> Frame:
    """The frame of one page; before signing in only the two lines."""
    with database.read() as uow:
        superior, authority = letterhead(uow.directory.authority().name)
        if actor is None or actor.unit_id is None:
            return Frame(superior, authority)
        soon = max(uow.office.due_soon_days().values(), default=0)
        return Frame(
            superior,
            authority,
            unit=uow.directory.unit(actor.unit_id).name,
            own_jobs=uow.standings.count_open(actor.unit_id, on, on + timedelta(soon))
            if _may(actor, Action.SUBMIT)
            else None,
            to_verify=uow.standings.count_waiting() if _may(actor, Action.VERIFY) else None,
            to_follow_up=uow.follow_ups.count_waiting(on)[0] if _may(actor, Action.FOLLOW_UP) else None,
            to_extend=uow.extensions.count_asked() if _may(actor, Action.DECIDE_EXTENSION) else None,
        )


def _may(actor: Actor, action: Action) -> bool:
    return scope(actor, action) is not Scope.NOTHING
