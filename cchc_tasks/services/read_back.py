"""Văn bản giao và cách hiểu: each cell of the printed row beside what the system makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from cchc_tasks.domain.dates_in_words import full_date, short_date
from cchc_tasks.domain.extensions import Granted, extended_in_words
from cchc_tasks.domain.periods import period_in_words
from cchc_tasks.domain.vocabulary import Answer, Bound, Responsibility
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.duty import Assignment, DutyDeliverable
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.plan import PlanQuestion, PlanRow
from cchc_tasks.store.obligation_page import SisterRow

DATES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the cell raised, and how the office settled it."""

    text: str
    answer: str
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell: as printed, as understood (the first line says most), and the questions about it."""

    name: str
    verbatim: str
    meaning: tuple[str, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the appendix with what one obligation took from it."""

    row: PlanRow
    obligation: Obligation
    sisters: Sequence[SisterRow]
    parts: Sequence[tuple[Unit, Responsibility]]
    checklist: Sequence[DutyDeliverable]
    questions: Sequence[PlanQuestion]
    named: Sequence[Assignment]
    granted: Sequence[Granted] = ()


def read_back(read: ReadRow) -> tuple[CellReading, ...]:
    """The cells in print order."""
    return (
        CellReading("Nhiệm vụ", f"{read.row.number}. {read.row.title}", _task(read), _asked(read, "title", "group")),
        CellReading("Sản phẩm", read.row.cells.get("product", ""), _products(read), _asked(read, "product")),
        CellReading("Thời gian", read.row.cells.get("time", ""), _time(read), _asked(read, "time")),
        CellReading("Chủ trì", read.row.cells.get("lead", ""), _leads(read), _asked(read, "lead")),
        CellReading("Phối hợp", read.row.cells.get("cooperating", ""), _helping(read), _asked(read, "cooperating")),
    )


def _task(read: ReadRow) -> tuple[str, ...]:
    group = (f"Lĩnh vực: {read.row.group}",) if read.row.group else ()
    if not read.sisters:
        return "Một việc", *group
    period = read.obligation.period
    this = f", trang này là {period_in_words(period)}" if period else ""
    return f"{len(read.sisters) + 1} việc theo kỳ{this}", *group


def _products(read: ReadRow) -> tuple[str, ...]:
    if not read.checklist:
        return ("Không ghi sản phẩm cho kỳ này",)
    return f"{len(read.checklist)} sản phẩm phải nộp", *(wanted(one) for one in read.checklist)


def wanted(item: DutyDeliverable) -> str:
    """A deliverable with its number: "Tin, bài (ít nhất 01 tin, bài)"."""
    return (
        f"{item.title} (ít nhất {item.at_least:02d} {item.unit or ''}".rstrip() + ")" if item.at_least else item.title
    )


def _time(read: ReadRow) -> tuple[str, ...]:
    one = read.obligation
    if one.due_on is None:
        return ("Không có thời hạn", "thực hiện trong năm, nộp khi có kết quả")
    lines = [f"Hạn {full_date(one.due_on)}" + (f", trước {one.at}" if one.at else "")]
    extended = extended_in_words(read.granted)
    lines += [extended] if extended else []
    lines += [f"hạn nội bộ: {full_date(one.internal_due_on)}"] if one.internal_due_on else []
    lines += [f"ngày làm việc cuối: {full_date(one.aim_on)}"] if one.aim_on and one.aim_on != one.due_on else []
    lines.append(f"quá hạn từ {full_date(one.due_on + timedelta(days=1))}")
    others = [short_date(sister.due_on) for sister in read.sisters if sister.due_on]
    more = f" và {len(others) - DATES_SHOWN} kỳ nữa" if len(others) > DATES_SHOWN else ""
    return *lines, *([f"các kỳ khác: {', '.join(others[:DATES_SHOWN])}{more}"] if others else [])


def stated(obligation: Obligation, granted: Sequence[Granted]) -> str:
    """Where the due day comes from: extensions, the printed day with its bound, or the period's end."""
    extended = extended_in_words(granted)
    if extended:
        return extended
    if obligation.stated_on is None:
        period = obligation.period
        return f"ngày cuối của {period_in_words(period)}" if period else "theo cách hiểu thời gian thực hiện"
    bound = "trước ngày" if obligation.bound is Bound.BEFORE else "ngày"
    return f"ngày ghi: {bound} {short_date(obligation.stated_on)}"


def _leads(read: ReadRow) -> tuple[str, ...]:
    names = [unit.name for unit, part in read.parts if part is Responsibility.LEAD]
    if read.obligation.parent_id is not None:
        return names[0], "được đơn vị chủ trì đề nghị phối hợp"
    if read.obligation.owed_by != "joint":
        return names[0], "từng đơn vị nộp kết quả của mình"
    if len(names) == 1:
        return (names[0],)
    return ", ".join(names), f"nộp chung một kết quả, đầu mối là {names[0]}"


def _helping(read: ReadRow) -> tuple[str, ...]:
    names = [unit.name for unit, part in read.parts if part is Responsibility.COOPERATING]
    others = [one for one in read.named if one.responsibility is Responsibility.COOPERATING and one.unit_id is None]
    names += [one.text for one in others if one.group_id is not None]
    unknown = tuple(f"{one.text}: {one.reason}" for one in others if one.group_id is None and one.reason)
    if not names:
        return unknown or ("Không có đơn vị phối hợp",)
    return ", ".join(names), "không nhận thư nhắc", *unknown


def _asked(read: ReadRow, *cells: str) -> tuple[Asked, ...]:
    return tuple(Asked(one.text, _answer(one), one.answered_by) for one in read.questions if one.about in cells)


def _answer(question: PlanQuestion) -> str:
    if question.answer is Answer.LEFT_EMPTY:
        return "để trống"
    return question.answered_text or question.proposal or "chưa trả lời"
