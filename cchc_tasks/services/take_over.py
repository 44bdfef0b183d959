"""Publishing a new version of a plan: running duties pass on to it, changed or lost ones as the office decided."""

from cchc_tasks.domain.errors import PlanNotPublished
from cchc_tasks.domain.lifecycle import after
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import PlanStage, Stage
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.asking import ask
from cchc_tasks.services.plan_changes import KEEP, DutyChange, changes_in_work, decision, version_questions
from cchc_tasks.store.unit_of_work import UnitOfWork

_ENDED = (Stage.VERIFIED, Stage.DROPPED, Stage.NOT_TRIGGERED)


def ask_about_versions(uow: UnitOfWork, plan: Plan) -> None:
    """Ask about each changed or lost row that has no answer yet, or whose duty units began to work on since.

    The obligations are held meanwhile, so that what is decided is decided about them as they are.
    """
    uow.obligations.hold_of_plan(plan.replaces_id or 0)
    asked = uow.plans.questions(plan.id or 0)
    waiting = {one.words for one in asked if one.about == "version" and one.answer is None}
    for change in changes_in_work(uow, plan):
        duty = change.duty
        if duty is not None and decision(change, asked) is None and f"{duty.id}" not in waiting:
            ask(uow, plan.id or 0, version_questions(change), change.row.id if change.row else None)


def take_over(uow: UnitOfWork, plan: Plan) -> frozenset[int]:
    """Pass the running duties to the plan that replaces theirs; gives the rows that need no duty of their own.

    What units have handed in, and what is verified, stays with its duty. Raises PlanNotPublished where the version
    before is no longer the one in force.
    """
    before = uow.plans.locked(plan.replaces_id or 0)
    if before.stage is not PlanStage.PUBLISHED:
        raise PlanNotPublished(plan=before.id)
    asked = uow.plans.questions(plan.id or 0)
    served = set()
    for change in changes_in_work(uow, plan):
        if change.duty is None:
            continue
        if change.goes_on or decision(change, asked) == KEEP:
            _pass_on(change, plan, change.duty)
            served.add(change.row.id or 0 if change.row else 0)
        else:
            _drop(uow, change.duty)
    before.stage = PlanStage.REPLACED
    return frozenset(served)


def _pass_on(change: DutyChange, plan: Plan, duty: Duty) -> None:
    """The duty runs on in the new plan; under its new row where that only words it otherwise."""
    duty.plan_id = plan.id or 0
    if change.goes_on and change.row is not None:
        row = change.row
        duty.row_id, duty.code, duty.area, duty.title = row.id or 0, row.code, row.group, row.title
        duty.search_words = search_key(f"{row.code} {row.group or ''} {row.title}")


def _drop(uow: UnitOfWork, duty: Duty) -> None:
    for one in uow.obligations.of_duty(duty.id or 0):
        if one.stage not in _ENDED:
            one.stage = after("thôi thực hiện", one.stage)
            uow.outbox.cancel(one.id or 0)
