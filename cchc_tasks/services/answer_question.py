"""The office settles a question of a plan: takes the proposal, chooses, or writes its own words."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import AnswerNotUnderstood, ChoiceUnknown, NoProposal, PlanNoDraft, PlanPublishedAlready
from cchc_tasks.domain.reading.findings import CELLS
from cchc_tasks.domain.reading.header import read_identity
from cchc_tasks.domain.regular_reports import FOLLOW_REGIME
from cchc_tasks.domain.vocabulary import Answer, PlanStage
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.plan import Plan, PlanQuestion
from cchc_tasks.services.asking import ask, left_open
from cchc_tasks.services.plan_questions import REPLACES, STANDS_ALONE
from cchc_tasks.services.printed_regime import AS_PRINTED, regime_as_printed
from cchc_tasks.services.reading_rows import ASSIGN
from cchc_tasks.services.remembering import remember
from cchc_tasks.services.take_over import follow
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a question is settled; `text` is what was chosen or written, None for a proposal that is taken."""

    answer: Answer
    text: str | None = None


def answer_question(
    database: Database,
    plan_id: int,
    number: int,
    settlement: Settlement,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Settle one question of a draft; an answer that is not understood is refused and nothing changes.

    The answer is remembered: it is what the same words are proposed in the next plan.
    Raises QuestionUnknown, NoProposal, ChoiceUnknown, AnswerNotUnderstood, PlanPublishedAlready.
    """
    require(actor, Action.ANSWER_QUESTION)
    with database.write(now) as uow:
        plan = uow.plans.locked(plan_id)
        if plan.stage is PlanStage.DISCARDED:
            raise PlanNoDraft(plan=plan_id)
        if plan.stage is not PlanStage.DRAFT:
            raise PlanPublishedAlready(plan=plan_id)
        question = uow.plans.question(plan_id, number)
        settle(uow, plan, question, settlement, actor=actor)
        remember(uow, plan, question)  # not what is accepted in bulk: nobody looked at the words


def settle(uow: UnitOfWork, plan: Plan, question: PlanQuestion, settlement: Settlement, *, actor: Actor) -> None:
    """Apply a settlement within a transaction."""
    text = _text(question, settlement)
    question.answer = settlement.answer
    question.answered_text = text
    question.answered_by = actor.user
    question.answered_at = uow.now
    if text is not None and question.code == "prose-duty":
        _ask_or_withdraw(uow, plan, question)
    elif text is not None:
        _apply(uow, plan, question, text)
        if question.row_id is not None and question.about in (*CELLS, "title"):
            _must_be_understood(uow, plan, question)
    uow.note(
        actor.user,
        "question.answer" if text is not None else "question.leave-empty",
        f"plan:{plan.id}",
        question=question.number,
        answer="để trống" if text is None else text,
    )


def _ask_or_withdraw(uow: UnitOfWork, plan: Plan, question: PlanQuestion) -> None:
    """Ask what a sentence of the prose leaves unclear once it assigns a duty; of one that assigns none, nothing."""
    asked = [one for one in uow.plans.questions(plan.id or 0) if one.row_id == question.row_id]
    row = uow.plans.row(question.row_id or 0)
    if question.answered_text == ASSIGN:
        ask(uow, plan.id or 0, left_open(uow, plan, row, asked), row.id)
        return
    for other in asked:
        if other.answer is None:
            uow.plans.withdraw(other)


def _text(question: PlanQuestion, settlement: Settlement) -> str | None:
    match settlement.answer:
        case Answer.LEFT_EMPTY:
            return None
        case Answer.ACCEPTED:
            if question.proposal is None:
                raise NoProposal(question=question.number)
            return question.proposal
        case Answer.CHOSEN:
            if settlement.text not in question.choices:
                raise ChoiceUnknown(choice=settlement.text, choices="; ".join(question.choices) or "không có")
            return settlement.text
        case Answer.WRITTEN:
            text = " ".join((settlement.text or "").split())
            if not text:
                raise AnswerNotUnderstood(answer="", reason="câu trả lời để trống.")
            if question.choices and question.about != "secretariat" and text not in question.choices:
                raise ChoiceUnknown(choice=text, choices="; ".join(question.choices))
            return text


def _apply(uow: UnitOfWork, plan: Plan, question: PlanQuestion, text: str) -> None:
    """What an answer about the whole plan changes on it."""
    match question.code:
        case "document-number-blank":
            plan.number, plan.issued_on = _identity(text)
        case "plan-version":
            follow(uow, plan, None if text == STANDS_ALONE else int(text.removeprefix(REPLACES)))
        case "year-differs":
            plan.first_year = plan.last_year = int(text)  # one of the two years that were asked about
        case "title-differs":
            plan.title = text
        case "plan-secretariat":
            unit = uow.directory.named(text)
            if not isinstance(unit, Unit):
                raise AnswerNotUnderstood(answer=text, reason="không có đơn vị này trong danh bạ.")
            plan.secretariat_id = unit.id
        case "plan-regime" if text == AS_PRINTED:
            plan.regime_id = regime_as_printed(uow, plan)
        case "plan-regime":
            plan.regime_id = next(regime_id for regime_id, regime in uow.office.regimes() if regime.code == text)
        case "regular-reports":
            plan.reports_follow_regime = text == FOLLOW_REGIME


def _identity(text: str) -> tuple[str, date]:
    try:
        return read_identity(text)
    except ValueError as error:
        reason = "ghi theo mẫu: Số 15/KH-SGDĐT ngày 30/12/2022."
        raise AnswerNotUnderstood(answer=text, reason=reason) from error


def _must_be_understood(uow: UnitOfWork, plan: Plan, question: PlanQuestion) -> None:
    """Refuse an answer that is itself unclear; what it makes unclear elsewhere in the row is asked."""
    asked = uow.plans.questions(plan.id or 0)
    row = next(row for row in uow.plans.rows(plan.id or 0) if row.id == question.row_id)
    left = left_open(uow, plan, row, asked)
    for one in left:
        if one.about == question.about:
            raise AnswerNotUnderstood(answer=question.answered_text, reason=one.text)
    ask(uow, plan.id or 0, left, row.id)
