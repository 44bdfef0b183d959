"""From names as printed to units of the directory, as they stand on the plan's date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.reading.findings import Question, UnitMention
from cchc_tasks.domain.reading.units import nearest
from cchc_tasks.domain.vocabulary import Mode, Responsibility, UnitKind
from cchc_tasks.models.directory import Unit, UnitGroup
from cchc_tasks.models.duty import Assignment
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.unit_of_work import UnitOfWork

EXTERNAL_REASON = "Cơ quan ngoài Sở, hệ thống không gửi thư."
CLOSED_REASON = "Đơn vị này không hoạt động vào ngày của kế hoạch."
_WHOLE = 100  # per cent


@dataclass(frozen=True, slots=True)
class Resolved:
    """A name and whom it means: a unit, a group, or nobody with the reason why."""

    mention: UnitMention
    unit: Unit | None = None
    group: UnitGroup | None = None
    reason: str | None = None

    @property
    def can_lead(self) -> bool:
        """Whether somebody can be held to it."""
        return self.unit is not None or self.group is not None


def plan_day(plan: Plan) -> date:
    """The day on which a plan's names are meant: its date of issue, else the first day of its years."""
    return plan.issued_on or date(plan.first_year, 1, 1)


def resolve(uow: UnitOfWork, mentions: Sequence[UnitMention], on: date) -> list[Resolved]:
    """Look each name up in the directory, as it stands on a day.

    A unit merged before that day becomes its successor, a group that stands for one unit becomes that unit.
    """
    return [_resolve(uow, mention, on) for mention in mentions]


def unit_questions(uow: UnitOfWork, resolved: Sequence[Resolved], role: Responsibility) -> list[Question]:
    """What the office must say: unknown names anywhere, and leads nobody can be held to."""
    return [question for one in resolved if (question := _question(uow, one, role))]


def assignments(resolved: Sequence[Resolved], role: Responsibility, first_position: int) -> list[Assignment]:
    """The rows to keep for a duty, in print order; `duty_id` is set by the caller."""
    return [
        Assignment(
            duty_id=0,
            position=first_position + offset,
            responsibility=role,
            mode=Mode.EACH if one.group else Mode.JOINT,
            text=one.mention.text,
            section=one.mention.section,
            period=one.mention.period,
            unit_id=one.unit.id if one.unit else None,
            group_id=one.group.id if one.group else None,
            reason=one.reason,
        )
        for offset, one in enumerate(resolved)
    ]


def working(uow: UnitOfWork, named: Unit, on: date) -> Unit | None:
    """The unit itself, or the one that came after it, working on a day; None where none does."""
    unit: Unit | None = named
    passed: set[int | None] = set()
    while unit is not None and unit.id not in passed:
        if (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or on <= unit.valid_to):
            return unit
        passed.add(unit.id)
        unit = uow.directory.unit(unit.successor_id) if unit.successor_id is not None else None
    return None


def _resolve(uow: UnitOfWork, mention: UnitMention, on: date) -> Resolved:
    found = uow.directory.named(mention.text)
    if found is None:
        return Resolved(mention, reason="Tên này không có trong danh bạ.")
    if isinstance(found, Unit):
        return _resolved_unit(uow, mention, found, on)
    if found.stands_for_id is not None:
        return _resolved_unit(uow, mention, uow.directory.unit(found.stands_for_id), on, found.reason)
    if found.reason is not None:
        return Resolved(mention, reason=found.reason)
    return Resolved(mention, group=found)


def _resolved_unit(uow: UnitOfWork, mention: UnitMention, named: Unit, on: date, reason: str | None = None) -> Resolved:
    unit = working(uow, named, on)
    if unit is None:
        return Resolved(mention, reason=CLOSED_REASON)
    return Resolved(mention, unit=unit, reason=EXTERNAL_REASON if unit.kind is UnitKind.EXTERNAL else reason)


def _question(uow: UnitOfWork, one: Resolved, role: Responsibility) -> Question | None:
    text = one.mention.text
    about = "lead" if role is Responsibility.LEAD else "cooperating"
    part = "chủ trì" if role is Responsibility.LEAD else "phối hợp"
    if uow.directory.named(text) is None:
        proposal = nearest(text, uow.directory.names())
        hint = f", có phải là “{proposal}”?" if proposal else "."
        return Question("unit-unknown", about, f"Đơn vị {part} “{text}” không có trong danh bạ{hint}", proposal, text)
    share = one.mention.share
    if role is Responsibility.LEAD and share is not None and share < _WHOLE:
        return Question("lead-share", about, f"Chỉ {share}% “{text}” chủ trì, cần ghi rõ tên từng đơn vị.")
    if role is Responsibility.LEAD and not one.can_lead:
        return Question("lead-vague", about, f"“{text}” chủ trì, nhưng chưa rõ đơn vị nào. {one.reason}", words=text)
    if role is Responsibility.LEAD and one.unit and one.unit.kind is UnitKind.EXTERNAL:
        return Question(
            "lead-external", about, f"“{text}” chủ trì là cơ quan ngoài Sở; đơn vị nào của Sở theo dõi?", words=text
        )
    return None
