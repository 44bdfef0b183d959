"""Lays a plan beside the one before it, row by row."""

from dataclasses import dataclass

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import NothingToCompare
from cchc_tasks.domain.plan_versions import RowChange, compare_rows
from cchc_tasks.services.dispatches import refuse_dispatch
from cchc_tasks.services.plan_changes import printed
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which plans were compared, and what became of each row."""

    before: int
    after: int
    rows: tuple[RowChange, ...]


def compare_plans(database: Database, plan_id: int, other_id: int | None, *, actor: Actor) -> Comparison:
    """Compare a plan with another, else with the one it replaces or was made from.

    Raises PlanUnknown, NothingToCompare, PlanIsDispatch.
    """
    require(actor, Action.SEE_PLANS)
    with database.read() as uow:
        plan = uow.plans.get(plan_id)
        refuse_dispatch(plan)
        before = other_id or plan.replaces_id or plan.carried_from_id
        if before is None:
            raise NothingToCompare(plan=plan_id)
        refuse_dispatch(uow.plans.get(before))
        old, new = ([printed(row) for row in uow.plans.rows(one)] for one in (before, plan_id))
        return Comparison(before, plan_id, compare_rows(old, new))
