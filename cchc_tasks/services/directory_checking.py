"""What a change of the directory must fulfil before it is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import (
    CloseReasonMissing,
    DirectoryDayTooEarly,
    DocumentNumberMissing,
    NewNameMissing,
    UnitClosed,
    UnitClosingAlready,
    UnitMergedIntoExternal,
    UnitMergedIntoItself,
    UnitNameTaken,
    UnitNeeded,
)
from cchc_tasks.domain.lengths import NAME, NUMBER, WORDS, held_short
from cchc_tasks.domain.vocabulary import DirectoryDeed, Role, UnitKind
from cchc_tasks.models.directory import Unit
from cchc_tasks.services.resolving import working
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class WantedChange:
    """What is to happen to units, by their codes: a new `name`, the unit they merge `into`, or `why` they close."""

    deed: DirectoryDeed
    units: tuple[str, ...]
    on: date
    number: str
    name: str = ""
    into: str = ""
    why: str = ""


def checked(uow: UnitOfWork, wanted: WantedChange, code: str, into: Unit | None) -> Unit:
    """The unit of this code, where the change can happen to it on its day; raises what stands against it."""
    unit = uow.directory.unit_with_code(code)
    held_short("Số, ký hiệu văn bản", wanted.number, NUMBER)
    held_short("Tên mới", wanted.name, NAME)
    held_short("Lý do", wanted.why, WORDS)
    if not wanted.number:
        raise DocumentNumberMissing
    _refuse_day(uow, unit, wanted.on)
    if wanted.deed is DirectoryDeed.RENAME:
        _refuse_name(uow, unit, wanted)
        return unit
    _refuse_needed(uow, unit, closing=wanted.deed is DirectoryDeed.CLOSE)
    if wanted.deed is DirectoryDeed.CLOSE and not wanted.why:
        raise CloseReasonMissing
    if into is not None:
        if into.id == unit.id:
            raise UnitMergedIntoItself(unit=unit.name)
        if into.kind is UnitKind.EXTERNAL:
            raise UnitMergedIntoExternal(unit=into.name)
        _refuse_ended(uow, into, wanted.on)
        _refuse_before(into, wanted.on, [])
    return unit


def _refuse_day(uow: UnitOfWork, unit: Unit, on: date) -> None:
    """A unit that has ended changes no more, and no change may come before what is recorded about the unit."""
    _refuse_ended(uow, unit, None)
    _refuse_before(unit, on, [one.valid_on for one in uow.directory_changes.about(unit.id or 0)])


def _refuse_before(unit: Unit, on: date, recorded: Sequence[date]) -> None:
    latest = max((day for day in (*recorded, unit.valid_from) if day is not None), default=on)
    if on < latest:
        raise DirectoryDayTooEarly(unit=unit.name, day=short_date(on), recorded=short_date(latest))


def _refuse_ended(uow: UnitOfWork, unit: Unit, on: date | None) -> None:
    """Refuse a unit that has ended or will, by a day or at all."""
    if unit.valid_to is not None and (on is None or unit.valid_to < on):
        raise UnitClosed(unit=unit.name, day=short_date(unit.valid_to + timedelta(days=1)))
    for one in uow.directory_changes.about(unit.id or 0):
        ends = one.deed is not DirectoryDeed.RENAME and one.unit_id == unit.id and one.applied_at is None
        if ends and (on is None or one.valid_on <= on):
            raise UnitClosingAlready(unit=unit.name, day=short_date(one.valid_on))


def _refuse_name(uow: UnitOfWork, unit: Unit, wanted: WantedChange) -> None:
    """A name is one's own, new, or that of a unit whose work this one does since they merged."""
    if not wanted.name or wanted.name == unit.name:
        raise NewNameMissing(unit=unit.name)
    owner = uow.directory.named(wanted.name)
    does_its_work = isinstance(owner, Unit) and working(uow, owner, wanted.on) is unit
    if owner is not None and not does_its_work:
        raise UnitNameTaken(name=wanted.name, owner=owner.name)


def _refuse_needed(uow: UnitOfWork, unit: Unit, *, closing: bool) -> None:
    """The Sở itself and the unit of the secretariat's people have to be there.

    Closing a unit disables the accounts of its people, and an administrator's is not the office's to disable.
    """
    if unit.kind is UnitKind.AUTHORITY:
        raise UnitNeeded(unit=unit.name, part="cơ quan chủ quản của hệ thống")
    roles = {person.role for person in uow.directory_changes.people(unit.id or 0)}
    if Role.SECRETARIAT in roles:
        raise UnitNeeded(unit=unit.name, part="nơi công tác của người thường trực CCHC")
    if closing and Role.ADMINISTRATOR in roles:
        raise UnitNeeded(unit=unit.name, part="nơi công tác của người quản trị hệ thống")
