"""Publishing a new version of a plan: running duties pass on to it, changed or lost ones as the office decided."""

from collections.abc import Sequence

from cchc_tasks.domain.errors import PlanNotPublished
from cchc_tasks.domain.lifecycle import after
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import PlanStage, Stage
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.plan import Plan, PlanQuestion
from cchc_tasks.services.asking import ask
from cchc_tasks.services.plan_changes import KEEP, DutyChange, changes_in_work, decision, version_questions
from cchc_tasks.services.plan_questions import version_after
from cchc_tasks.services.reading_rows import read_answered
from cchc_tasks.store.unit_of_work import UnitOfWork

_ENDED = (Stage.VERIFIED, Stage.DROPPED, Stage.NOT_TRIGGERED)


def hold_in_force(uow: UnitOfWork, plan_id: int) -> Plan:
    """A plan in force, held with its obligations: what is decided is decided about them as they are.

    Raises PlanNotPublished where it is a draft or another took its place.
    """
    if uow.plans.get(plan_id).stage is PlanStage.PUBLISHED:  # asked first: a draft may be held by who publishes it
        uow.obligations.hold_opening()
        plan = uow.plans.locked(plan_id)
        if plan.stage is PlanStage.PUBLISHED:
            uow.obligations.hold_of_plan(plan_id)
            return plan
    raise PlanNotPublished(plan=plan_id)


def follow(uow: UnitOfWork, plan: Plan, before_id: int | None) -> None:
    """Make a draft the new version of a plan, or of none; questions that were open about another one are taken back."""
    for one in uow.plans.questions(plan.id or 0):
        if one.about == "version" and one.answer is None:
            uow.plans.withdraw(one)
    plan.replaces_id = before_id
    if before_id is not None:
        ask_about_versions(uow, plan)


def ask_about_versions(uow: UnitOfWork, plan: Plan) -> None:
    """Ask about each changed or lost row that has no answer yet, or whose duty units began to work on since.

    Where another plan took the place of the one before meanwhile, ask instead whether this one is to replace that.
    """
    before = uow.plans.get(plan.replaces_id or 0)
    asked = uow.plans.questions(plan.id or 0)
    try:
        hold_in_force(uow, before.id or 0)
    except PlanNotPublished:
        if not any(one.code == "plan-version" and one.answer is None for one in asked):
            ask(uow, plan.id or 0, [version_after(before, _in_force_after(uow, before))])
        return
    waiting = {one.words: one for one in asked if one.about == "version" and one.answer is None}
    for change in changes_in_work(uow, plan):
        if change.duty is None or decision(change, asked) is not None:
            continue
        for question in version_questions(change):
            open_one = waiting.get(question.words)
            if open_one is not None and open_one.code == question.code:
                continue
            if open_one is not None:  # asked while nobody had begun: its proposal would end what is now in work
                uow.plans.withdraw(open_one)
            ask(uow, plan.id or 0, [question], change.row.id if change.row else None)


def take_over(uow: UnitOfWork, plan: Plan) -> frozenset[int]:
    """Pass the running duties to the plan that replaces theirs; gives the rows that need no duty of their own.

    What units have handed in, and what is verified, stays with its duty. Raises PlanNotPublished where the version
    before is no longer the one in force.
    """
    before = hold_in_force(uow, plan.replaces_id or 0)
    asked = uow.plans.questions(plan.id or 0)
    served = set()
    for change in changes_in_work(uow, plan):
        if change.duty is None:
            continue
        if change.goes_on or decision(change, asked) in (KEEP, None):
            _pass_on(change, plan, change.duty, asked)
            served.add(change.row.id or 0 if change.row else 0)
        else:
            _drop(uow, change.duty)
    before.stage = PlanStage.REPLACED
    return frozenset(served)


def _in_force_after(uow: UnitOfWork, plan: Plan) -> Plan:
    """The plan that is in force now in the place of one that was."""
    while after := uow.plans.successor(plan.id or 0):
        plan = after
    return plan


def _pass_on(change: DutyChange, plan: Plan, duty: Duty, asked: Sequence[PlanQuestion]) -> None:
    """The duty runs on in the new plan; under its new row where that only words it otherwise."""
    duty.plan_id = plan.id or 0
    if change.goes_on and change.row is not None:
        row = read_answered(plan, change.row, asked).row
        duty.row_id, duty.code, duty.area, duty.title = change.row.id or 0, row.id, row.group, row.title
        duty.search_words = search_key(f"{row.id} {row.group or ''} {row.title}")


def _drop(uow: UnitOfWork, duty: Duty) -> None:
    for one in uow.obligations.of_duty(duty.id or 0):
        if one.stage not in _ENDED:
            one.stage = after("thôi thực hiện", one.stage)
            uow.rungs.cancel(one.id or 0)
            uow.extensions.withdraw_open(one.id or 0)
