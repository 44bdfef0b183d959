"""Keeps the questions that a plan raises, each once, numbered within the plan."""

from collections.abc import Iterable, Sequence

from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.vocabulary import Answer
from cchc_tasks.models.plan import Plan, PlanQuestion, PlanRow
from cchc_tasks.services.reading_rows import read_answered, row_questions
from cchc_tasks.services.remembering import offer
from cchc_tasks.store.unit_of_work import UnitOfWork


def ask(uow: UnitOfWork, plan_id: int, questions: Iterable[Question], row_id: int | None = None) -> None:
    """Keep questions behind those that are there already, each with what the office answered last time."""
    number = uow.plans.last_number(plan_id)
    plan, row = uow.plans.get(plan_id), uow.plans.row(row_id) if row_id is not None else None
    for asked in questions:
        number += 1
        question = offer(uow, plan, row, asked) if row else asked
        uow.plans.add_question(
            PlanQuestion(
                plan_id=plan_id,
                row_id=row_id,
                number=number,
                code=question.code,
                about=question.about,
                text=question.text,
                words=question.words,
                proposal=question.proposal,
                choices=list(question.choices),
            )
        )


def left_open(uow: UnitOfWork, plan: Plan, row: PlanRow, asked: Sequence[PlanQuestion]) -> list[Question]:
    """What a row still leaves unclear with its answers in place, apart from questions that wait for theirs.

    A question that its own answer did not settle ("31/6" for "31/6") is among them. A cell that the office left empty
    raises nothing more.
    """
    of_row = [one for one in asked if one.row_id == row.id]
    known = {(one.code, one.about, one.words) for one in of_row if one.answer is None}
    empty = {one.about for one in of_row if one.answer is Answer.LEFT_EMPTY}
    reading = read_answered(plan, row, of_row)
    return [
        question
        for question in row_questions(uow, plan, reading)
        if question.about not in empty and (question.code, question.about, question.words) not in known
    ]
