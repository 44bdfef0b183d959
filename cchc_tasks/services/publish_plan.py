"""Publishes a plan: its rows become duties, and the duties open their obligations."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import NothingToPublish, PartWithoutLead, PlanNoDraft, QuestionsOpen
from cchc_tasks.domain.reading.findings import DutyReading
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import Answer, PlanStage, Responsibility
from cchc_tasks.models.duty import Duty, DutyDeliverable, DutyPart
from cchc_tasks.models.plan import Plan, PlanRow
from cchc_tasks.services.answer_question import Settlement, settle
from cchc_tasks.services.asking import ask, left_open
from cchc_tasks.services.opening import PlanOpener
from cchc_tasks.services.reading_rows import is_left_out, read_answered
from cchc_tasks.services.resolving import Resolved, assignments, plan_day, resolve
from cchc_tasks.services.take_over import ask_about_versions, take_over
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: nothing when the plan was published before."""

    already: bool
    duties: int
    obligations: int
    left_empty: int


def publish_plan(
    database: Database,
    plan_id: int,
    *,
    on: date,
    accept_questions: bool,
    horizon_months: int,
    actor: Actor,
    now: datetime,
) -> Published:
    """Turn a draft into duties and obligations as of a day; a second call changes nothing.

    With `accept_questions` each open question takes its proposal; one without a proposal is left empty and stays
    listed. A new version takes the place of the one before in the same step. Raises QuestionsOpen, PartWithoutLead,
    NothingToPublish, PlanNotPublished, PlanNoDraft, PlanUnknown.
    """
    require(actor, Action.PUBLISH_PLAN)
    with database.write(now) as uow:
        plan = uow.plans.locked(plan_id)
        if plan.stage is PlanStage.DISCARDED:
            raise PlanNoDraft(plan=plan_id)
        if plan.stage is not PlanStage.DRAFT:
            return Published(already=True, duties=0, obligations=0, left_empty=0)
        _ask_again(uow, plan)
        if accept_questions:
            _accept(uow, plan, actor=actor)
        waiting = uow.plans.unsettled(plan_id)
        if not waiting:
            return _publish(uow, plan, on=on, horizon_months=horizon_months, actor=actor)
    # What was asked anew is kept: the office finds it among the plan's questions.
    raise QuestionsOpen(count=waiting, plan=plan_id)


def as_published(uow: UnitOfWork, plan: Plan, *, on: date, actor: Actor) -> None:
    """Make a draft what publishing would make of it, proposals taken, without opening anything: for a rehearsal."""
    _ask_again(uow, plan)
    _accept(uow, plan, actor=actor)
    _make_duties(uow, plan)
    plan.stage, plan.published_on = PlanStage.PUBLISHED, on


def _publish(uow: UnitOfWork, plan: Plan, *, on: date, horizon_months: int, actor: Actor) -> Published:
    """What is left to do where no question waits."""
    plan_id = plan.id or 0
    duties = _make_duties(uow, plan)
    plan.stage, plan.published_on = PlanStage.PUBLISHED, on
    opener = PlanOpener(uow, plan, on=on, horizon_months=horizon_months)
    opened = opener.open(introduce=True)
    left_empty = sum(one.answer is Answer.LEFT_EMPTY for one in uow.plans.questions(plan_id))
    uow.note(
        actor.user,
        "plan.publish",
        f"plan:{plan_id}",
        on=on,
        duties=duties,
        obligations=opened,
        left_empty=left_empty,
    )
    return Published(already=False, duties=duties, obligations=opened, left_empty=left_empty)


def _ask_again(uow: UnitOfWork, plan: Plan) -> None:
    """Ask what a row leaves unclear that nobody was asked: the directory or the reading may have changed since."""
    asked = uow.plans.questions(plan.id or 0)
    for row in uow.plans.rows(plan.id or 0):
        if not is_left_out(row, asked):
            ask(uow, plan.id or 0, left_open(uow, plan, row, asked), row.id)
    if plan.replaces_id is not None:
        ask_about_versions(uow, plan)


def _accept(uow: UnitOfWork, plan: Plan, *, actor: Actor) -> None:
    """Take each proposal; an answer may raise another question, which is settled in its turn."""
    while waiting := [one for one in uow.plans.questions(plan.id or 0) if one.answer is None]:
        # Whether a sentence assigns anything comes first: if not, nothing else of it is asked.
        for question in [one for one in waiting if one.about == "row"] or waiting:
            answer = Answer.ACCEPTED if question.proposal is not None else Answer.LEFT_EMPTY
            settle(uow, plan, question, Settlement(answer), actor=actor)


def _make_duties(uow: UnitOfWork, plan: Plan) -> int:
    """Make a duty of each row that assigns one and is not served by a duty of the version before; says how many."""
    questions = uow.plans.questions(plan.id or 0)
    assigning = [row for row in uow.plans.rows(plan.id or 0) if not is_left_out(row, questions)]
    if not assigning:
        raise NothingToPublish(plan=plan.id)
    served = take_over(uow, plan) if plan.replaces_id is not None else frozenset()
    readings = [(row, read_answered(plan, row, questions)) for row in assigning if row.id not in served]
    leads = {row.code: resolve(uow, reading.leads, plan_day(plan)) for row, reading in readings}
    without = [row.code for row, reading in readings if _lacks_lead(reading, leads[row.code])]
    if without:
        raise PartWithoutLead(rows=", ".join(without))
    for row, reading in readings:
        _make_duty(uow, plan, row, reading, leads[row.code])
    return len(assigning)


def _lacks_lead(reading: DutyReading, leads: list[Resolved]) -> bool:
    """Whether some part of the row would be owed by nobody."""
    able = {one.mention.text for one in leads if one.can_lead}
    if not able:
        return True
    dates = [date for part in reading.parts for date in part.occurrences]
    return any(not able.intersection(date.leads) for date in dates)


def _make_duty(uow: UnitOfWork, plan: Plan, row: PlanRow, reading: DutyReading, leads: list[Resolved]) -> None:
    duty_id = uow.obligations.add_duty(
        Duty(
            plan_id=plan.id or 0,
            row_id=row.id or 0,
            code=row.code,
            area=reading.row.group,
            title=reading.row.title,
            search_words=search_key(f"{row.code} {reading.row.group or ''} {reading.row.title}"),
            condition=reading.condition,
        )
    )
    position = 0
    for number, part in enumerate(reading.parts):
        part_id = uow.obligations.add_part(
            DutyPart(
                duty_id=duty_id, position=number, label=part.label, condition=part.condition, rule=part.rule.to_json()
            )
        )
        for item in part.deliverables:
            uow.obligations.add_to_duty(
                [
                    DutyDeliverable(
                        duty_id=duty_id,
                        part_id=part_id,
                        position=position,
                        title=item.title,
                        at_least=item.at_least,
                        unit=item.unit,
                    )
                ]
            )
            position += 1
    helping = resolve(uow, reading.cooperating, plan_day(plan))
    named = [
        *assignments(leads, Responsibility.LEAD, 0),
        *assignments(helping, Responsibility.COOPERATING, len(leads)),
    ]
    for one in named:
        one.duty_id = duty_id
    uow.obligations.add_to_duty(named)
