"""Offers what the Office answered last time to the same words, and remembers what it has just answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import CELLS, Question
from cchc_tasks.domain.reading.units import read_units
from cchc_tasks.domain.remembered_answers import carried_over, phrase_key
from cchc_tasks.domain.vocabulary import Answer
from cchc_tasks.models.plan import Plan, PlanQuestion, PlanRow
from cchc_tasks.services.reading_rows import read_answered, row_questions
from cchc_tasks.services.resolving import CLOSED_REASON, Resolved, plan_day, resolve
from cchc_tasks.store.unit_of_work import UnitOfWork


def offer(uow: UnitOfWork, plan: Plan, row: PlanRow, question: Question) -> Question:
    """The question with the remembered answer as its proposal and said so; as it is where none may be offered."""
    key = _key(plan, row, question)
    last = uow.remembered_answers.of(key) if key else None
    if last is None or last.question.answered_text is None:
        return question
    answer = carried_over(question.about, last.question.answered_text, _years(last.plan), _years(plan))
    if answer is None or not _serves(uow, plan, row, question, answer):
        return question
    text = f"{question.text} Lần trước đã trả lời: “{last.question.answered_text}” (kế hoạch {span(last.plan)})."
    if answer != last.question.answered_text:
        text += f" Nay đề xuất: “{answer}”."
    return replace(question, text=text, proposal=answer)


def remember(uow: UnitOfWork, plan: Plan, question: PlanQuestion) -> None:
    """Keep the answer of a settled question for the next time; one that was taken back is offered no more."""
    if question.row_id is None or question.id is None:
        return
    key = _key(plan, uow.plans.row(question.row_id), question)
    if key and question.answered_text is not None:
        uow.remembered_answers.keep(key, question.id)
    else:
        uow.remembered_answers.forget_question(question.id)


def span(plan: Plan) -> str:
    """The years of a plan in words: "2025", "2021-2025"."""
    return f"{plan.first_year}" if plan.first_year == plan.last_year else f"{plan.first_year}-{plan.last_year}"


def _years(plan: Plan) -> Years:
    return Years(plan.first_year, plan.last_year)


def _key(plan: Plan, row: PlanRow, question: Question | PlanQuestion) -> str | None:
    if question.about not in CELLS or not question.words:
        return None
    cell = row.cells.get(question.about, "")
    return phrase_key(question.code, question.about, question.words, cell, _years(plan))


def _serves(uow: UnitOfWork, plan: Plan, row: PlanRow, question: Question, answer: str) -> bool:
    """Whether it would be taken here: it is among the choices, its units work, and its cell is clear with it."""
    if question.choices and answer not in question.choices:
        return False
    if question.about in ("lead", "cooperating"):
        on = plan_day(plan)
        named = resolve(uow, read_units(answer, _years(plan)).units, on)
        if not all(_works(uow, one, on) for one in named):
            return False
    answered = [one for one in uow.plans.questions(plan.id or 0) if one.row_id == row.id]
    given = PlanQuestion(
        plan_id=plan.id or 0,
        row_id=row.id,
        number=0,
        code=question.code,
        about=question.about,
        text=question.text,
        words=question.words,
        answer=Answer.WRITTEN,
        answered_text=answer,
    )
    left = _open(uow, plan, row, question.about, answered) - {(question.code, question.words)}
    return _open(uow, plan, row, question.about, [*answered, given]) <= left


def _open(
    uow: UnitOfWork, plan: Plan, row: PlanRow, cell: str, answered: Sequence[PlanQuestion]
) -> set[tuple[str, str | None]]:
    """What a cell of the row asks with these answers in place."""
    questions = row_questions(uow, plan, read_answered(plan, row, answered))
    return {(one.code, one.words) for one in questions if one.about == cell}


def _works(uow: UnitOfWork, one: Resolved, on: date) -> bool:
    """Whether a name still leads to somebody on a day; one that leads to nobody is asked about elsewhere."""
    if one.group is not None:
        return bool(uow.directory.members(one.group.id or 0, on))
    return one.reason != CLOSED_REASON
