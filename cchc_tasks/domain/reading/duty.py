"""A row understood: who leads, what must exist and when, and what is to be asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from cchc_tasks.domain import periods
from cchc_tasks.domain.occurrences import LAST, DeadlineRule, DueDate, due_dates
from cchc_tasks.domain.periods import Period, Years
from cchc_tasks.domain.reading.conditions import read_condition
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.deliverables import match_deliverables, read_deliverables
from cchc_tasks.domain.reading.findings import (
    DatedPart,
    DeadlineReading,
    Deliverable,
    DutyReading,
    LedDate,
    Part,
    Question,
    Row,
    Target,
    UnitMention,
)
from cchc_tasks.domain.reading.periodicity import read_periodicity
from cchc_tasks.domain.reading.targets import read_targets, target_questions
from cchc_tasks.domain.reading.units import read_units
from cchc_tasks.domain.vocabulary import DeadlineKind, Frequency


def read_duty(row: Row, years: Years | None, *, before_is_strict: bool = False) -> DutyReading:
    """Read one row's cells as they are; without years only days that name theirs are dated."""
    return DutyReader(years, before_is_strict=before_is_strict).read(row)


class DutyReader:
    """Reads the rows of one document; words that stand in many of its cells are read once."""

    def __init__(self, years: Years | None, *, before_is_strict: bool = False) -> None:
        self._years = years
        self._before_is_strict = before_is_strict
        self._units = cache(lambda cell: read_units(cell, years))
        self._deadline = cache(lambda phrase: read_deadline(phrase, years))
        self._deliverables = cache(read_deliverables)
        self._targets = cache(read_targets)
        self._target_questions = cache(target_questions)

    def read(self, row: Row) -> DutyReading:
        """The row's cells as they are."""
        lead, helping = self._units(row.cells["lead"]), self._units(row.cells["cooperating"])
        leads = _in_role("lead", lead.units, helping.units)
        time = self._deadline(row.cells["time"])
        condition = read_condition(row.title)
        deliverables = self._deliverables(row.cells["product"])
        rhythms, span = _rhythms(time, deliverables, self._years)
        dated = [
            self._dated(part, own, span, leads, condition)
            for part, own in rhythms or [(part, ()) for part in time.parts]
        ]
        parts, unmatched = (dated, ()) if rhythms else _with_deliverables(dated, time.parts, deliverables, row)
        return DutyReading(
            row=row,
            leads=leads,
            cooperating=_in_role("cooperating", helping.units, lead.units),
            deliverables=deliverables,
            parts=tuple(parts),
            condition=condition,
            questions=(
                *row.questions,
                *_of_time(time, deliverables, rhythms),
                *_about("lead", lead.questions),
                *_about("cooperating", helping.questions),
                *_lead_missing(row, leads, lead.questions),
                *unmatched,
                *self._target_questions(row.title, "title"),
                *self._target_questions(row.cells["product"], "product"),
            ),
            targets=self._all_targets(row.title, deliverables),
        )

    def _dated(
        self,
        part: Part,
        own: tuple[Deliverable, ...],
        span: Years | None,
        leads: Sequence[UnitMention],
        condition: str | None,
    ) -> DatedPart:
        dates = due_dates(part.rule, span, before_is_strict=self._before_is_strict)
        return DatedPart(
            label=part.label,
            rule=part.rule,
            condition=part.condition or condition,
            occurrences=tuple(LedDate(due, _leads_on(due, leads)) for due in dates),
            deliverables=own,
        )

    def _all_targets(self, title: str, deliverables: Sequence[Deliverable]) -> tuple[Target, ...]:
        """The figures of the task and its products; a number of products is their quantity, no target beside it."""
        of_products = (target for one in deliverables if not one.at_least for target in self._targets(one.title))
        return (*self._targets(title), *of_products)


def _in_role(role: str, own: Sequence[UnitMention], of_other_cell: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """The units of a cell but those it gives the other role, and those to whom the other cell gives this one."""
    here = [unit for unit in own if unit.role in (None, role)]
    return (*here, *(unit for unit in of_other_cell if unit.role == role))


_Share = tuple[Part, tuple[Deliverable, ...]]


def _rhythms(
    time: DeadlineReading, deliverables: Sequence[Deliverable], years: Years | None
) -> tuple[list[_Share], Years | None]:
    """The parts that products give themselves, with the years they return in; [] where the time cell decides.

    "Mỗi quý có …" among the products is finer than "Trong năm"; products that say nothing of it keep the year.
    """
    if len(time.parts) > 1 or not all(_is_whole_year(part.rule) for part in time.parts):
        return [], years
    if time.phrase.strip() and not time.parts:
        return [], years
    own = [(one, read_periodicity(one.title, years)) for one in deliverables]
    if not any(rhythm for _, rhythm in own):
        return [], years
    whole = time.parts[0] if time.parts else None
    rest = tuple(one for one, rhythm in own if not rhythm)
    shares: dict[DeadlineRule, _Share] = {whole.rule: (whole, rest)} if whole and rest else {}
    for one, rhythm in own:
        for part in rhythm:
            named = part if whole is None else _beside(part, whole)
            before, already = shares.get(part.rule, (named, ()))
            shares[part.rule] = (before, (*already, one))
    numbers = [fixed.on.year for fixed in whole.rule.fixed] if whole else []
    return list(shares.values()), Years(min(numbers), max(numbers)) if numbers else years


def _beside(part: Part, whole: Part) -> Part:
    return replace(part, label=whole.label or part.label, condition=whole.condition or part.condition)


def _of_time(
    time: DeadlineReading, deliverables: Sequence[Deliverable], rhythms: Sequence[_Share]
) -> tuple[Question, ...]:
    """The questions of the time cell; a blank one needs no answer where every product has its own rhythm."""
    dated = [one for _, own in rhythms for one in own]
    blank = not time.phrase.strip()
    return () if blank and deliverables and all(one in dated for one in deliverables) else time.questions


def _is_whole_year(rule: DeadlineRule) -> bool:
    """ "Trong năm 2023", "hằng năm" or "thường xuyên": nothing nearer than the year is said."""
    if rule.kind is DeadlineKind.ONGOING:
        return True
    if rule.recurrence:
        yearly, last = rule.recurrence.frequency is Frequency.YEARLY, rule.recurrence.month == LAST
        return yearly and last and not rule.recurrence.printed
    return bool(rule.fixed) and all(fixed.period == f"{fixed.on.year}" for fixed in rule.fixed)


def _leads_on(due: DueDate, leads: Sequence[UnitMention]) -> tuple[str, ...]:
    """Those who lead on a date: the ones named for its period and those named without any.

    Failing that, the ones named for a part of its period (of a half year: those of its quarters), and at last all.
    """
    always = [unit for unit in leads if unit.period is None]
    named = [unit for unit in leads if unit.period and _falls_in(due, unit.period)]
    if not named and not always:
        named = [unit for unit in leads if unit.period and due.period and _is_within(unit.period, due.period)]
    on_it = [unit for unit in leads if unit in always or unit in named]
    return tuple(dict.fromkeys(unit.text for unit in on_it or leads))


def _falls_in(due: DueDate, code: str) -> bool:
    """Whether a date closes the period of this code or one within it; without a period of its own the day decides."""
    if due.period and _period(due.period):
        return _is_within(due.period, code)
    period = _period(code)
    return due.period == code or (period is not None and due.due_on in period)


def _is_within(inner: str, outer: str) -> bool:
    own, period = _period(inner), _period(outer)
    return own is not None and period is not None and own.first_on in period and own.last_on in period


def _period(code: str) -> Period | None:
    """The period of a year, half, quarter or month code; None for a week's and for one without a year."""
    number, _, rest = code.partition("-")
    if not number.isdecimal():  # "quý I" of a plan without a year
        return None
    if not rest:
        return periods.year(int(number))
    if rest == "9M":
        return periods.nine_months(int(number))
    if rest.isdecimal():
        return periods.month(int(number), int(rest))
    kinds = {"H": periods.half, "Q": periods.quarter}
    return kinds[rest[0]](int(number), int(rest[1:])) if rest[0] in kinds else None


def _with_deliverables(
    parts: Sequence[DatedPart], read: Sequence[Part], deliverables: Sequence[Deliverable], row: Row
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
    return filled, tuple(_unmatched(one.title, row.cells["product"], parts, parts[last]) for one in left)


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


def _lead_missing(row: Row, leads: Sequence[UnitMention], asked: Sequence[Question]) -> Iterator[Question]:
    """Whether nobody leads, be the cell blank or "-"; "như trên" has its own question."""
    if not leads and not any(question.code == "unit-as-above" for question in asked):
        yield Question("lead-missing", "lead", f"Dòng {row.id} chưa ghi đơn vị chủ trì.")
