"""A figure that stands apart from its words: the name in one cell, "≥ 95" in another, the unit in a third."""

import re
from dataclasses import dataclass, replace

from cchc_tasks.domain.reading.findings import Question, Target
from cchc_tasks.domain.reading.targets import read_targets, target_questions


@dataclass(frozen=True, slots=True)
class Measured:
    """What is to be reached, in words, and the figure where there is one."""

    text: str
    target: Target | None


def is_amount(cell: str) -> bool:
    """Whether a cell holds a figure and no words of its own: "95", "≥ 95%", "Tối thiểu 02 lớp"."""
    return _AMOUNT.fullmatch(" ".join(cell.split())) is not None


def measured(name: str, cell: str, unit: str) -> tuple[Measured, tuple[Question, ...]]:
    """A figure read with the unit of its column, of its name's brackets or of its own; asks where there is none."""
    name, cell = " ".join(name.split()), " ".join(cell.split())
    if not any(map(str.isdecimal, cell)):
        return Measured(f"{name}: {cell}", None), ()
    beside = _UNIT_OF_NAME.search(name)
    unit = " ".join(unit.split()) or (beside[1] if beside else "")
    amount = cell if not unit or unit in cell or "%" in cell else _with_unit(cell, unit)
    subject = name[: beside.start()].strip() if beside else name
    if asked := target_questions(f"đạt {amount}", "indicators"):
        return Measured(f"{name}: {cell}", None), asked
    alone, whole = read_targets(f"đạt {amount}"), read_targets(f"{subject} {amount}")
    own = whole[len(read_targets(subject)) :]
    if len(alone or own) != 1:
        return Measured(f"{name}: {cell}", None), (_unclear(f"{name}: {cell}"),)
    target = (alone or own)[0]
    change = own[0].change if len(own) == 1 else None
    return Measured(name, replace(target, text=cell, change=change, phase=None)), ()


_AMOUNT = re.compile(
    r"(?:(?:đạt|trên|dưới|từ|ít nhất|tối thiểu|tối đa|không quá|không dưới|[<>≥≤=])\s*)*\d[\d.,/]*"
    r"\s*(?:[-–]\s*\d[\d.,]*)?\s*(?:%|[^\W\d]+(?:\s[^\W\d]+)?)?(?:\s*trở (?:lên|xuống))?",
    re.IGNORECASE,
)
_UNIT_OF_NAME = re.compile(
    r"\(\s*(?:đvt:?\s*|đơn vị(?: tính)?:?\s*)?(%|[^\W\d_]+(?: [^\W\d_]+)?)\s*\)\s*$", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r"\d(?!.*\d)[.,]?")


def _with_unit(cell: str, unit: str) -> str:
    """The unit behind the last number of a cell: "90 trở lên" is "90% trở lên"."""
    joined = unit if unit == "%" else f" {unit}"
    return _LAST_NUMBER.sub(lambda found: f"{found[0]}{joined}", cell)


def _unclear(words: str) -> Question:
    return Question("indicator-unclear", "indicators", f"Chưa rõ chỉ tiêu trong “{words}”.", None, words)
