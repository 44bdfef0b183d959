"""What a plan changes in the one before it, row by row, and what the office has to decide about that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc_tasks.domain.plan_versions import Change, PrintedRow, RowChange, compare_rows
from cchc_tasks.domain.reading.conditions import read_condition
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.vocabulary import Answer, Stage
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.plan import Plan, PlanQuestion, PlanRow
from cchc_tasks.services.dispatches import is_dispatch
from cchc_tasks.store.unit_of_work import UnitOfWork

KEEP = "tiếp tục theo dòng đang thực hiện"
REPLACE = "thay bằng dòng mới"
DROP = "thôi thực hiện"
IN_WORK = "-in-work"  # behind the code of a question that says units have begun

CELL_IN_WORDS = {
    "group": "nhóm",
    "title": "nhiệm vụ",
    "product": "sản phẩm",
    "time": "thời gian",
    "lead": "chủ trì",
    "cooperating": "phối hợp",
}
_UNTOUCHED = (Stage.DRAFT, Stage.OPEN, Stage.DROPPED, Stage.NOT_TRIGGERED)
_BLANK = "để trống"
_MOST = 0.6  # of all rows of both plans
_WORDING = {"group", "title"}  # what may read otherwise without anybody owing anything else


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A change of a row, with the running duty and the new row it speaks of; `begun` counts what units work on."""

    change: RowChange
    duty: Duty | None = None
    row: PlanRow | None = None
    begun: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether the duty runs on unasked: nothing changed but words that bind nobody."""
        one = self.change
        if one.before is None or one.after is None or not _WORDING.issuperset(one.differing):
            return False
        return read_condition(one.before.title) == read_condition(one.after.title)


def printed(row: PlanRow) -> PrintedRow:
    """A kept row as it is compared."""
    return PrintedRow(row.id or 0, row.code, row.group, row.title, row.cells)


def likely_predecessor(uow: UnitOfWork, plan: Plan) -> Plan | None:
    """The published plan of the same years that most rows of this one stand in as well; None where none has most."""
    rows = [printed(row) for row in uow.plans.rows(plan.id or 0)]
    shares: list[tuple[float, Plan]] = []
    for other in uow.plans.published():
        if (other.first_year, other.last_year) == (plan.first_year, plan.last_year) and not is_dispatch(other):
            changes = compare_rows([printed(row) for row in uow.plans.rows(other.id or 0)], rows)
            both = sum(one.before is not None and one.after is not None for one in changes)
            shares.append((both / max(len(changes), 1), other))
    share, likely = max(shares, key=lambda one: one[0], default=(0, None))
    return likely if share >= _MOST else None


def changes_in_work(uow: UnitOfWork, plan: Plan) -> list[DutyChange]:
    """The rows of a new version beside the duties that run from the version before it."""
    duties = {one.row_id: one for one in uow.obligations.duties(plan.replaces_id or 0) if _runs(uow, one)}
    rows = {row.id: row for row in uow.plans.rows(plan.id or 0)}
    before = [printed(uow.plans.row(row_id)) for row_id in duties]
    found = []
    for one in compare_rows(before, [printed(row) for row in rows.values()]):
        duty = duties[one.before.row_id] if one.before else None
        begun = _begun(uow, duty) if duty else 0
        found.append(DutyChange(one, duty, rows[one.after.row_id] if one.after else None, begun))
    return found


def copy_answers(uow: UnitOfWork, old: PlanRow, new: PlanRow) -> None:
    """Give a row that reads as before the questions and answers of the one it was."""
    number = uow.plans.last_number(new.plan_id)
    for question in uow.plans.questions(old.plan_id):
        if question.row_id == old.id and question.about != "version" and question.answer is not None:
            number += 1
            kept = question.model_dump(exclude={"id", "plan_id", "row_id", "number"})
            uow.plans.add_question(PlanQuestion(plan_id=new.plan_id, row_id=new.id, number=number, **kept))


def version_questions(change: DutyChange) -> Iterator[Question]:
    """What the office has to choose for a row that was changed or is gone; nothing for the others."""
    if change.duty is None or change.goes_on:
        return
    one = change.change
    begun = f" Đã có {change.begun} việc theo kỳ được đơn vị tiếp nhận hoặc báo cáo." if change.begun else ""
    code = "row-gone" if one.change is Change.GONE else "row-changed"
    taken = DROP if one.change is Change.GONE else REPLACE
    what = "không còn trong bản mới" if one.change is Change.GONE else f"thay đổi {differences_in_words(one)}"
    yield Question(
        code=code + (IN_WORK if change.begun else ""),
        about="version",
        text=f"Nhiệm vụ {change.duty.code} “{change.duty.title}” {what}.{begun} Chọn: {KEEP}, hay {taken}?",
        proposal=KEEP if change.begun else taken,
        words=f"{change.duty.id}",
        choices=(KEEP, taken),
    )


def decision(change: DutyChange, asked: Sequence[PlanQuestion]) -> str | None:
    """What was chosen for a change; None where it was not asked, or asked before units began to work on it."""
    duty = change.duty
    answers = [one for one in asked if one.about == "version" and duty and one.words == f"{duty.id}"]
    if not answers:
        return None
    last = answers[-1]
    if last.answer is Answer.LEFT_EMPTY or last.answered_text == KEEP:
        return KEEP
    return last.answered_text if last.code.endswith(IN_WORK) or not change.begun else None


def differences_in_words(one: RowChange) -> str:
    """What reads otherwise: "thời gian (“Quý I” thành “Quý II”), chủ trì (“VP” thành “Thanh tra”)"."""
    if one.before is None or one.after is None:
        return ""
    pairs = [(CELL_IN_WORDS[name], one.before.words(name), one.after.words(name)) for name in one.differing]
    return ", ".join(f"{cell} (“{old or _BLANK}” thành “{new or _BLANK}”)" for cell, old, new in pairs)


def _runs(uow: UnitOfWork, duty: Duty) -> bool:
    obligations = uow.obligations.of_duty(duty.id or 0)
    return not obligations or any(one.stage is not Stage.DROPPED for one in obligations)


def _begun(uow: UnitOfWork, duty: Duty) -> int:
    return sum(one.stage not in _UNTOUCHED for one in uow.obligations.of_duty(duty.id or 0))
