"""A document read as a plan: each row of its appendix with its leads, products and dates, and what is to be asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from cchc_tasks.domain import periods
from cchc_tasks.domain.occurrences import LAST, DeadlineRule, DueDate, due_dates
from cchc_tasks.domain.periods import Period, Years
from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.deliverables import (
    match_deliverables,
    read_condition,
    read_deliverables,
    read_periodicity,
)
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import (
    DatedPart,
    DeadlineReading,
    Deliverable,
    DutyReading,
    LedDate,
    Part,
    PlanReading,
    Question,
    Row,
    UnitMention,
)
from cchc_tasks.domain.reading.header import read_header
from cchc_tasks.domain.reading.units import read_units
from cchc_tasks.domain.vocabulary import DeadlineKind, Frequency


def read_plan(document: SourceDocument, years: Years | None = None, *, before_is_strict: bool = False) -> PlanReading:
    """Read header and appendix; the years given stand before those of the title.

    Raises NoAppendix or TableWithoutColumns.
    """
    header, questions = read_header(document)
    if years is not None:
        header = replace(header, years=years)
        questions = tuple(question for question in questions if question.about != "years")
    rows, of_table = read_rows(document)
    duties = tuple(read_duty(row, header.years, before_is_strict=before_is_strict) for row in rows)
    return PlanReading(header, duties, (*questions, *of_table))


def read_duty(row: Row, years: Years | None, *, before_is_strict: bool = False) -> DutyReading:
    """Read one row's cells as they are; without years only days that name theirs are dated."""
    lead = read_units(row.cells["lead"], years)
    helping = read_units(row.cells["cooperating"], years)
    leads = _in_role("lead", lead.units, helping.units)
    time, span = _with_periodicity(read_deadline(row.cells["time"], years), row.cells["product"], years)
    condition = read_condition(row.title)
    deliverables = read_deliverables(row.cells["product"])
    undelivered = [
        DatedPart(
            label=part.label,
            rule=part.rule,
            condition=part.condition or condition,
            occurrences=tuple(
                LedDate(due, _leads_on(due, leads))
                for due in due_dates(part.rule, span, before_is_strict=before_is_strict)
            ),
        )
        for part in time.parts
    ]
    parts, unmatched = _with_deliverables(undelivered, time.parts, deliverables, row.cells["product"])
    return DutyReading(
        row=row,
        leads=leads,
        cooperating=_in_role("cooperating", helping.units, lead.units),
        deliverables=deliverables,
        parts=parts,
        condition=condition,
        questions=(
            *row.questions,
            *time.questions,
            *_about("lead", lead.questions),
            *_about("cooperating", helping.questions),
            *_lead_missing(row),
            *unmatched,
        ),
    )


def _in_role(role: str, own: Sequence[UnitMention], of_other_cell: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """The units of a cell but those it gives the other role, and those to whom the other cell gives this one."""
    here = [unit for unit in own if unit.role in (None, role)]
    return (*here, *(unit for unit in of_other_cell if unit.role == role))


def _with_periodicity(time: DeadlineReading, product: str, years: Years | None) -> tuple[DeadlineReading, Years | None]:
    """The time's reading and the years it speaks of; "Mỗi quý có …" among the products is finer than "Trong năm"."""
    finer = read_periodicity(product, years)
    coarse = all(_is_whole_year(part.rule) for part in time.parts)
    if finer is None or not coarse or finer.rule.frequency is Frequency.YEARLY or len(time.parts) > 1:
        return time, years
    if not time.phrase.strip():
        return replace(time, parts=(finer,), questions=()), years
    if not time.parts:
        return time, years
    whole = time.parts[0]
    numbers = [fixed.on.year for fixed in whole.rule.fixed]
    span = Years(min(numbers), max(numbers)) if numbers else years
    part = Part(label=whole.label or finer.label, rule=finer.rule, condition=whole.condition or finer.condition)
    return replace(time, parts=(part,)), span


def _is_whole_year(rule: DeadlineRule) -> bool:
    """ "Trong năm 2023", "hằng năm" or "thường xuyên": nothing nearer than the year is said."""
    if rule.kind is DeadlineKind.ONGOING:
        return True
    if rule.recurrence:
        yearly, last = rule.recurrence.frequency is Frequency.YEARLY, rule.recurrence.month == LAST
        return yearly and last and not rule.recurrence.printed
    return bool(rule.fixed) and all(fixed.period == f"{fixed.on.year}" for fixed in rule.fixed)


def _leads_on(due: DueDate, leads: Sequence[UnitMention]) -> tuple[str, ...]:
    """Those who lead on a date: the ones named for its period and those named without any; failing that, all."""
    on_it = [unit.text for unit in leads if unit.period is None or _falls_in(due, unit.period)]
    return tuple(dict.fromkeys(on_it or [unit.text for unit in leads]))


def _falls_in(due: DueDate, code: str) -> bool:
    """Whether a date closes the period of this code, or a month or quarter within it."""
    if due.period == code:
        return True
    own, period = due.period and _period(due.period), _period(code)
    if own and period:
        return own.first_on in period and own.last_on in period
    return period is not None and due.period is None and due.due_on in period


def _period(code: str) -> Period | None:
    """The period of a year, half, quarter or month code; None for a week's."""
    number, _, rest = code.partition("-")
    if not rest:
        return periods.year(int(number))
    if rest == "9M":
        return periods.nine_months(int(number))
    if rest.isdecimal():
        return periods.month(int(number), int(rest))
    kinds = {"H": periods.half, "Q": periods.quarter}
    return kinds[rest[0]](int(number), int(rest[1:])) if rest[0] in kinds else None


def _with_deliverables(
    parts: Sequence[DatedPart], read: Sequence[Part], deliverables: Sequence[Deliverable], cell: str
) -> tuple[tuple[DatedPart, ...], tuple[Question, ...]]:
    """Each part with its products; those of no part go to the one with the last date, and each raises a question."""
    if not parts:
        return (), ()
    matched, left = match_deliverables(read, deliverables)
    last = max(range(len(parts)), key=lambda index: (_last_date(parts[index]), index))
    filled = tuple(
        replace(part, deliverables=own + (left if index == last else ()))
        for index, (part, own) in enumerate(zip(parts, matched, strict=True))
    )
    return filled, tuple(_unmatched(one.title, cell, parts, parts[last]) for one in left)


def _last_date(part: DatedPart) -> date:
    return max((one.due.due_on for one in part.occurrences), default=date.min)


def _unmatched(title: str, cell: str, parts: Sequence[DatedPart], last: DatedPart) -> Question:
    """The answer writes a part's label before the product, so that the product cell read again ties the two.

    A title that is not printed in one piece can only be answered by writing the whole cell.
    """
    printed = re.search(r"\s+".join(map(re.escape, title.split())), cell)
    labels = dict.fromkeys(part.label for part in parts if part.label) if printed else {}
    return Question(
        code="deliverable-unmatched",
        about="product",
        text=f"Chưa rõ sản phẩm “{title}” thuộc phần nào của thời gian thực hiện"
        + (f", đề xuất phần “{last.label}”." if last.label in labels else ", tạm tính theo hạn cuối cùng."),
        proposal=f"{last.label}: {title}" if last.label in labels else None,
        words=printed[0] if printed else None,
        choices=tuple(f"{label}: {title}" for label in labels),
    )


def _about(cell: str, questions: Sequence[Question]) -> Iterator[Question]:
    return (replace(question, about=cell) for question in questions)


def _lead_missing(row: Row) -> Iterator[Question]:
    if not row.cells["lead"].strip():
        yield Question("lead-missing", "lead", f"Dòng {row.id} chưa ghi đơn vị chủ trì.")
