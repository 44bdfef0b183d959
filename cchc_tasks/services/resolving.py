"""From names as printed to units of the directory, as they stand on the plan's date."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_tasks.domain.reading.findings import Question, UnitMention
from cchc_tasks.domain.reading.units import nearest
from cchc_tasks.domain.vocabulary import Mode, Responsibility, UnitKind
from cchc_tasks.models.directory import Unit, UnitGroup
from cchc_tasks.models.duty import Assignment
from cchc_tasks.store.unit_of_work import UnitOfWork

EXTERNAL_REASON = "Cơ quan ngoài Sở, hệ thống không gửi thư."


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


def resolve(uow: UnitOfWork, mentions: Sequence[UnitMention]) -> list[Resolved]:
    """Look each name up in the directory; a group that stands for one unit becomes that unit."""
    return [_resolve(uow, mention) for mention in mentions]


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


def _resolve(uow: UnitOfWork, mention: UnitMention) -> Resolved:
    found = uow.directory.named(mention.text)
    if found is None:
        return Resolved(mention, reason="Tên này không có trong danh bạ.")
    if isinstance(found, Unit):
        return Resolved(mention, unit=found, reason=EXTERNAL_REASON if found.kind is UnitKind.EXTERNAL else None)
    if found.stands_for_id is not None:
        return Resolved(mention, unit=uow.directory.unit(found.stands_for_id), reason=found.reason)
    if found.reason is not None:
        return Resolved(mention, reason=found.reason)
    return Resolved(mention, group=found)


def _question(uow: UnitOfWork, one: Resolved, role: Responsibility) -> Question | None:
    text = one.mention.text
    about = "lead" if role is Responsibility.LEAD else "cooperating"
    part = "chủ trì" if role is Responsibility.LEAD else "phối hợp"
    if uow.directory.named(text) is None:
        proposal = nearest(text, uow.directory.names())
        hint = f", có phải là “{proposal}”?" if proposal else "."
        return Question("unit-unknown", about, f"Đơn vị {part} “{text}” không có trong danh bạ{hint}", proposal, text)
    if role is Responsibility.LEAD and not one.can_lead:
        return Question("lead-vague", about, f"“{text}” chủ trì, nhưng chưa rõ đơn vị nào. {one.reason}", words=text)
    if role is Responsibility.LEAD and one.unit and one.unit.kind is UnitKind.EXTERNAL:
        return Question(
            "lead-external", about, f"“{text}” chủ trì là cơ quan ngoài Sở; đơn vị nào của Sở theo dõi?", words=text
        )
    return None
