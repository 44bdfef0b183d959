"""Whom somebody means who gives work away: units and groups by code or name, as they are on a day."""

from collections.abc import Sequence
from datetime import date

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import GroupWithoutMembers, UnitExternal, UnitNotWorking
from cchc_tasks.domain.vocabulary import Mode, Responsibility, UnitKind
from cchc_tasks.models.directory import Unit, UnitGroup
from cchc_tasks.models.duty import Assignment
from cchc_tasks.services.resolving import EXTERNAL_REASON
from cchc_tasks.store.unit_of_work import UnitOfWork

Addressee = Unit | UnitGroup


def working_unit(unit: Unit, on: date) -> Unit:
    """The unit itself, if it can be given work on a day; raises UnitExternal, UnitNotWorking."""
    if unit.kind is UnitKind.EXTERNAL:
        raise UnitExternal(unit=unit.name)
    if (unit.valid_from is not None and on < unit.valid_from) or (unit.valid_to is not None and unit.valid_to < on):
        raise UnitNotWorking(unit=unit.name, day=short_date(on))
    return unit


def leads(uow: UnitOfWork, names: Sequence[str], on: date) -> list[Addressee]:
    """Those who are to owe something, each once.

    Raises UnitUnknown, UnitExternal, UnitNotWorking, and GroupWithoutMembers for a group nobody can be held to.
    """
    return [_able(uow, one, on) for one in _each_once(uow, names)]


def helpers(uow: UnitOfWork, names: Sequence[str], leading: Sequence[Addressee]) -> list[Addressee]:
    """Those who cooperate, bodies outside among them, without those who lead; raises UnitUnknown."""
    return [one for one in _each_once(uow, names) if one not in leading]


def assigned(duty_id: int, those: Sequence[Addressee], part: Responsibility, first_position: int) -> list[Assignment]:
    """The rows to keep for a duty: a group's members owe one result each, named units one together."""
    return [
        Assignment(
            duty_id=duty_id,
            position=first_position + offset,
            responsibility=part,
            mode=Mode.JOINT if isinstance(one, Unit) else Mode.EACH,
            text=one.name,
            unit_id=one.id if isinstance(one, Unit) else None,
            group_id=one.id if isinstance(one, UnitGroup) else None,
            reason=EXTERNAL_REASON if isinstance(one, Unit) and one.kind is UnitKind.EXTERNAL else None,
        )
        for offset, one in enumerate(those)
    ]


def _each_once(uow: UnitOfWork, names: Sequence[str]) -> list[Addressee]:
    called = dict.fromkeys(name.strip() for name in names if name.strip())  # a list pasted twice is looked up once
    found = [uow.addressees.called(name) for name in called]
    return list({(type(one), one.id): one for one in found}.values())


def _able(uow: UnitOfWork, one: Addressee, on: date) -> Addressee:
    if isinstance(one, Unit):
        return working_unit(one, on)
    if not any(unit.kind is not UnitKind.EXTERNAL for unit in uow.directory.members(one.id or 0, on)):
        raise GroupWithoutMembers(group=one.name, day=short_date(on))
    return one
