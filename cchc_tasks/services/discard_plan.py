"""The office drops a draft that was imported wrongly; its file may then be imported again."""

import hashlib
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import PlanNoDraft
from cchc_tasks.domain.vocabulary import PlanStage
from cchc_tasks.store.database import Database


def discard_plan(database: Database, plan_id: int, *, actor: Actor, now: datetime) -> None:
    """Set a draft aside for ever; what was read of it stays to be looked at. Raises PlanNoDraft, PlanUnknown."""
    require(actor, Action.IMPORT_PLAN)
    with database.write(now) as uow:
        plan = uow.plans.locked(plan_id)
        if plan.stage is not PlanStage.DRAFT:
            raise PlanNoDraft(plan=plan_id)
        uow.note(actor.user, "plan.discard", f"plan:{plan_id}", file=plan.file_name, sha256=plan.file_sha256)
        plan.stage = PlanStage.DISCARDED
        # A file is kept once among the plans that count; this one leaves its place to the next import.
        plan.file_sha256 = hashlib.sha256(f"{plan.file_sha256} {plan_id}".encode()).hexdigest()
