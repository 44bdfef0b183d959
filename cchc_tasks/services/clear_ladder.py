"""The office takes back a ladder that stood in for another in one plan, duty or unit."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import LadderNotOverridden
from cchc_tasks.services.ladder_places import LadderPlace, check_name, found_place
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database


def clear_ladder(database: Database, name: str, place: LadderPlace, *, actor: Actor, on: date, now: datetime) -> int:
    """Let the more general ladder hold again; says how many obligations were planned anew from `on` on.

    Raises LadderUnknown, LadderNotOverridden, PlanUnknown, DutyUnknown, UnitUnknown, NoRight.
    """
    require(actor, Action.MANAGE_REMINDING)
    check_name(name)
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        found = found_place(uow, place)
        row = None if place.everywhere else uow.office.override(name, **found.columns)
        if row is None:
            raise LadderNotOverridden(name=name, place=found.name)
        uow.office.remove_override(row)
        touched = uow.touched.on_ladder(name, **found.columns)
        RungPlanner(uow).plan_anew_all(touched, not_before=on)
        uow.note(actor.user, "ladder.clear", f"ladder:{name}", place=found.columns, replanned=len(touched))
        return len(touched)
