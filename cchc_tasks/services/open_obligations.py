"""The daily work of the calendar: opens what the horizon has reached, closes undated duties of a year that is over."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.vocabulary import Outcome, Stage
from cchc_tasks.services.directory_applying import apply_due
from cchc_tasks.services.end_inputs import end_inputs
from cchc_tasks.services.opening import PlanOpener
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


def open_obligations(database: Database, *, on: date, horizon_months: int, actor: Actor, now: datetime) -> int:
    """Open every published plan's obligations up to the horizon behind `on`; a second run changes nothing.

    Changes of the directory whose day has come take effect first, so that each unit is given what is its own.
    """
    require(actor, Action.REMIND)
    with database.write(now) as uow:
        opened = open_due(uow, on=on, horizon_months=horizon_months, user=actor.user)
        closed = _close_ended(uow, on, actor.user)
        if opened or closed:
            uow.note(actor.user, "obligations.open", f"day:{on}", opened=opened, closed=closed)
        return opened


def open_due(uow: UnitOfWork, *, on: date, horizon_months: int, user: str) -> int:
    """The opening within a transaction, in somebody's name; says how many obligations were opened."""
    uow.obligations.hold_opening()
    apply_due(uow, on=on, user=user)
    opened = 0
    for plan in uow.plans.published():
        opener = PlanOpener(uow, plan, on=on, horizon_months=horizon_months)
        opened += opener.open(introduce=False)
    return opened


def _close_ended(uow: UnitOfWork, on: date, user: str) -> list[int]:
    """A "thường xuyên" duty ends with its year where its evidence was accepted; else it stays for the office to see."""
    closed = []
    for obligation in uow.obligations.ended_undated(on):
        proven = uow.evidence.submissions([obligation.id or 0]).get(obligation.id or 0, [])
        if any(one.outcome is Outcome.ACCEPTED for one in proven):
            obligation.stage = Stage.VERIFIED
            uow.rungs.cancel(obligation.id or 0)
            end_inputs(uow, obligation, user)
            closed.append(obligation.id or 0)
    return closed
