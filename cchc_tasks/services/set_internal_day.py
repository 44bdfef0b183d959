"""The secretariat sets or clears the day at which reminders aim; late stays judged by the due day."""

from collections import defaultdict
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.services.preview_internal_day import InternalDays, chosen_obligations, sorted_out
from cchc_tasks.store.database import Database
from cchc_tasks.store.internal_days import Chosen
from cchc_tasks.store.unit_of_work import UnitOfWork


def set_internal_day(
    database: Database, chosen: Chosen, on: date | None, *, actor: Actor, today: date, now: datetime
) -> InternalDays:
    """Set `on` for the chosen obligations, or clear with None, and plan their reminders anew, all at once.

    It is set only where the unit is awaited and the day lies on or before the due day; the others are given back with
    the reason and stay as they are. What is opened later is not touched. Raises NoRight, InternalDayPast,
    PlanUnknown or ObligationUnknown.
    """
    require(actor, Action.SET_INTERNAL_DAY)
    with database.write(now) as uow:
        found = chosen_obligations(uow, chosen, hold=True)
        done = sorted_out(found, on, today=today)
        changing = {line.id for line in done.changed}
        changed = [row.obligation for row in found if row.obligation.id in changing]
        for obligation in changed:
            obligation.internal_due_on = on
        RungPlanner(uow).plan_anew_all(changed, not_before=today)
        _note(uow, actor, chosen, on, changed)
        return done


def _note(uow: UnitOfWork, actor: Actor, chosen: Chosen, on: date | None, changed: list[Obligation]) -> None:
    """Each named one has its own entry; of a whole plan's thousands each duty has one, which its pages show."""
    by_subject: dict[str, list[int | None]] = defaultdict(list)
    for one in changed:
        by_subject[f"obligation:{one.id}" if chosen.plan_id is None else f"duty:{one.duty_id}"].append(one.id)
    for subject, ids in by_subject.items():
        uow.note(actor.user, "obligation.internal-day", subject, on=on, obligations=ids)
