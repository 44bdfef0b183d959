"""The office gives a ladder other steps, everywhere or for one plan, duty or unit."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.reminders import Ladder
from cchc_tasks.models.calendar import LadderOverride
from cchc_tasks.services.ladder_places import FoundPlace, LadderPlace, check_name, found_place
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


def set_ladder(database: Database, ladder: Ladder, place: LadderPlace, *, actor: Actor, on: date, now: datetime) -> int:
    """Keep the steps in place of those of before; says how many obligations were planned anew from `on` on.

    Raises LadderUnknown, PlanUnknown, DutyUnknown, UnitUnknown, NoRight.
    """
    require(actor, Action.MANAGE_REMINDING)
    check_name(ladder.name)
    with database.write(now) as uow:
        uow.obligations.hold_opening()
        found = found_place(uow, place)
        if place.everywhere:
            uow.office.change_ladder(ladder)
        else:
            _override(uow, ladder, found)
        touched = uow.touched.on_ladder(ladder.name, **found.columns)
        RungPlanner(uow).plan_anew_all(touched, not_before=on)
        uow.note(
            actor.user,
            "ladder.set",
            f"ladder:{ladder.name}",
            place=found.columns,
            before=ladder.before,
            after=ladder.after,
            at_most=ladder.at_most,
            replanned=len(touched),
        )
        return len(touched)


def _override(uow: UnitOfWork, ladder: Ladder, found: FoundPlace) -> None:
    row = uow.office.override(ladder.name, **found.columns)
    if row is None:
        row = LadderOverride(name=ladder.name, before=[], after=[], **found.columns)
    row.before, row.after, row.at_most = list(ladder.before), list(ladder.after), ladder.at_most
    uow.office.keep_override(row)
