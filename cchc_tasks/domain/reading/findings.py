"""What reading yields: values only, each beside the words it came from, and a question for what stayed unread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cchc_tasks.domain.occurrences import DeadlineRule, DueDate
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.vocabulary import RowSource

CELLS = ("product", "time", "lead", "cooperating")  # of a row, beside its title; each is read


@dataclass(frozen=True, slots=True)
class Question:
    """Something the office has to say.

    `about` names the cell or field ("time", "lead", "cooperating", "product", "group", "number", "document", …);
    `proposal`, where there is one, is written the way the office would write the answer itself, so that an accepted
    proposal and a written answer are read by the same code. `words` are the words of the cell that the answer stands
    in for ("31/6" in "Kế hoạch trong quý I; báo cáo 31/6"); None means the whole cell or field.
    """

    code: str
    about: str
    text: str
    proposal: str | None = None
    words: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliverable:
    """One thing that must exist at the end; `at_least` where the words count it ("ít nhất 01 tin, bài")."""

    title: str
    at_least: int | None = None
    unit: str | None = None
    condition: str | None = None  # "nếu có": of this product alone


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be reached, as printed in `text`.

    `comparator` is "=", ">=", ">", "<=", "<" or "between" (then `upper` is the other end, both included). The value is
    exact: "1/3" is a third. `of` is what a share is a share of ("50% số TTHC": "số TTHC"). A change is measured
    against what was before: "increase", "decrease" or "multiple" ("gấp 1,5 lần"); None means a level.
    """

    text: str
    comparator: str
    value: Fraction
    unit: str
    of: str | None = None
    upper: Fraction | None = None
    change: str | None = None
    phase: str | None = None  # "đến năm 2025": when the figure is owed, where it says so itself


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit as printed, without the remarks around it; resolving it to the directory is a later step."""

    text: str
    role: str | None = None  # "lead", "cooperating" where the cell says so
    section: str | None = None  # a bracketed sub-unit: "bộ phận Pháp chế"
    period: str | None = None  # "2023-Q1", or "quý I" where no year is known: leads only then
    remark: str | None = None  # "tổng hợp báo cáo"
    share: int | None = None  # per cent of a group, chosen by name: "20% đơn vị trực thuộc"


@dataclass(frozen=True, slots=True)
class UnitCell:
    """The reading of a lead or cooperating cell."""

    cell: str
    units: tuple[UnitMention, ...]
    unread: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One dated (or undated) part of a time cell, with the label that ties it to its deliverables.

    `words` are the printed words of time that gave the rule ("trong quý I/2023").
    """

    label: str | None
    rule: DeadlineRule
    condition: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Printed words, and what the grammar holds them for, in a plain Vietnamese clause."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """The reading of a time phrase."""

    phrase: str
    parts: tuple[Part, ...]
    unread: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an appendix, or a sentence of the prose; joined over page breaks, its cells verbatim."""

    id: str  # "3a": the number, with a letter where a numbered task has several rows
    number: str
    group: str | None
    title: str
    cells: Mapping[str, str]
    questions: tuple[Question, ...] = ()
    source: RowSource = RowSource.APPENDIX


@dataclass(frozen=True, slots=True)
class DatedPart:
    """A part with the dates it gives within the plan's years, and the units that lead on each of them."""

    label: str | None
    rule: DeadlineRule
    condition: str | None
    occurrences: tuple["LedDate", ...]
    deliverables: tuple[Deliverable, ...] = ()


@dataclass(frozen=True, slots=True)
class LedDate:
    """A date and those who lead on it."""

    due: DueDate
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyReading:
    """A row understood: who leads, who cooperates, what must exist, and when."""

    row: Row
    leads: tuple[UnitMention, ...]
    cooperating: tuple[UnitMention, ...]
    deliverables: tuple[Deliverable, ...]
    parts: tuple[DatedPart, ...]
    condition: str | None
    questions: tuple[Question, ...]
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """What a document says of itself; None where it is blank or absent."""

    type: str | None = None
    number: str | None = None
    issued_on: date | None = None
    years: Years | None = None
    title: str | None = None
