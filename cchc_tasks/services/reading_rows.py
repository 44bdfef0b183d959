"""Reads a stored row again with the office's answers in the place of the words they settle."""

from collections.abc import Sequence

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.duty import read_duty
from cchc_tasks.domain.reading.findings import CELLS, DutyReading, Question, Row
from cchc_tasks.domain.vocabulary import Answer, Responsibility, RowSource
from cchc_tasks.models.plan import Plan, PlanQuestion, PlanRow
from cchc_tasks.services.resolving import plan_day, resolve, unit_questions
from cchc_tasks.store.unit_of_work import UnitOfWork

ASSIGN, LEAVE_OUT = "giao thành nhiệm vụ", "không giao"


def is_left_out(row: PlanRow, questions: Sequence[PlanQuestion]) -> bool:
    """Whether a row assigns nothing: a sentence of the prose of which the office has not said that it does."""
    answers = [one.answered_text for one in questions if one.row_id == row.id and one.about == "row"]
    return row.source is RowSource.PROSE and ASSIGN not in answers[-1:]


def read_answered(
    plan: Plan,
    row: PlanRow,
    questions: Sequence[PlanQuestion],
) -> DutyReading:
    """The reading of a row after its settled questions; what was left empty stays empty."""
    cells = dict(row.cells)
    group = row.group
    for question in questions:
        if question.row_id != row.id or question.answer is None:
            continue
        if question.about == "group" and question.answered_text:
            group = question.answered_text
        elif question.about in CELLS:
            cells[question.about] = _settled(cells.get(question.about, ""), question)
    title = row.title
    for question in questions:
        if question.row_id == row.id and question.about == "title" and question.answered_text:
            title = _settled(title, question)
    again = Row(id=row.code, number=row.number, group=group, title=title, cells=cells)
    years = Years(plan.first_year, plan.last_year)
    return read_duty(again, years, before_is_strict=plan.before_is_strict)


def row_questions(uow: UnitOfWork, plan: Plan, duty: DutyReading) -> list[Question]:
    """Everything a row leaves open: what was not read, and names that lead to nobody."""
    on = plan_day(plan)
    leads = unit_questions(uow, resolve(uow, duty.leads, on), Responsibility.LEAD)
    helping = unit_questions(uow, resolve(uow, duty.cooperating, on), Responsibility.COOPERATING)
    return [*duty.questions, *leads, *helping]


def _settled(cell: str, question: PlanQuestion) -> str:
    if question.answer is Answer.LEFT_EMPTY:
        # Nothing dated is opened from a time cell that was left empty; a unit that was left empty is left out.
        whole = question.about == "time" or question.words is None
        return "" if whole else cell.replace(question.words or "", "").strip(" ,;")
    answer = question.answered_text or ""
    return cell.replace(question.words, answer) if question.words and question.words in cell else answer
