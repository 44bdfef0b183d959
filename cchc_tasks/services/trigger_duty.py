"""The secretariat says that a condition has come about, or that it did not."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import DutyNotConditional, ReasonMissing
from cchc_tasks.domain.lifecycle import after
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


def trigger_duty(database: Database, duty_id: int, *, on: date, actor: Actor, now: datetime) -> int:
    """Give a conditional duty's waiting obligations to their units; says how many. Raises DutyNotConditional."""
    require(actor, Action.TRIGGER_DUTY)
    with database.write(now) as uow:
        waiting = _waiting(uow, duty_id)
        uow.obligations.duty(duty_id).triggered_on = on
        planner = RungPlanner(uow)
        for obligation in waiting:
            obligation.stage = after("giao", obligation.stage)
            leads = uow.obligations.leads([obligation.id or 0])[obligation.id or 0]
            planner.plan(obligation, leads, not_before=on, introduce=True)
        uow.note(actor.user, "duty.trigger", f"duty:{duty_id}", on=on, obligations=[one.id for one in waiting])
        return len(waiting)


def settle_not_triggered(database: Database, duty_id: int, *, why: str, actor: Actor, now: datetime) -> int:
    """Record that a condition did not come about; its obligations leave the counts. Raises DutyNotConditional."""
    require(actor, Action.TRIGGER_DUTY)
    if not why.strip():
        raise ReasonMissing
    with database.write(now) as uow:
        waiting = _waiting(uow, duty_id)
        uow.obligations.duty(duty_id).not_triggered_reason = why.strip()
        for obligation in waiting:
            obligation.stage = after("ghi không phát sinh", obligation.stage)
        uow.note(actor.user, "duty.not-triggered", f"duty:{duty_id}", why=why, obligations=[o.id for o in waiting])
        return len(waiting)


def _waiting(uow: UnitOfWork, duty_id: int) -> list[Obligation]:
    uow.obligations.duty(duty_id)
    waiting = [one for one in uow.obligations.of_duty(duty_id) if one.stage is Stage.DRAFT]
    if not waiting:
        raise DutyNotConditional(duty=duty_id)
    return waiting
