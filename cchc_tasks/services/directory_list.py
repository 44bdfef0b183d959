"""The directory as it stands on a day: units with their people, groups with their members, changes to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import DirectoryDeed, UnitKind
from cchc_tasks.models.directory import DirectoryChange, Unit
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork
from cchc_tasks.store.work import PersonRow


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit under its name of the day, with its active people; `successor` has its work after `valid_to`."""

    code: str
    name: str
    kind: UnitKind
    parent: str | None
    other_names: tuple[str, ...]
    people: tuple[PersonRow, ...]
    valid_from: date | None
    valid_to: date | None
    successor: str | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with the names of its members on the day, the unit it stands for, or why it reaches nobody."""

    code: str
    name: str
    members: tuple[str, ...]
    stands_for: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change that waits for its day."""

    id: int
    deed: DirectoryDeed
    unit: str
    into: str | None
    name: str | None
    number: str
    reason: str | None
    valid_on: date


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """The directory of a day; `ended` are the units that had ended by then."""

    on: date
    units: tuple[UnitLine, ...]
    ended: tuple[UnitLine, ...]
    groups: tuple[GroupLine, ...]
    changes: tuple[ChangeLine, ...]

    @property
    def people(self) -> int:
        """How many people the units have."""
        return sum(len(one.people) for one in self.units)

    def of_kind(self, kind: UnitKind) -> tuple[UnitLine, ...]:
        """The units of a kind."""
        return tuple(one for one in self.units if one.kind is kind)


@dataclass(frozen=True, slots=True)
class _Found:
    names: Mapping[int, str]
    aliases: Mapping[int, Sequence[str]]
    people: Mapping[int, Sequence[PersonRow]]


def list_directory(database: Database, *, on: date, actor: Actor, text: str = "") -> DirectoryPage:
    """The directory on a day; with `text` only the units whose code, names or people hold it. Raises NoRight."""
    require(actor, Action.SEE_DIRECTORY)
    with database.read() as uow:
        units = uow.directory.units()
        found = _Found(uow.directory.names_on(on), uow.directory.names_of_units(), _people(uow, list(units)))
        lines = {one.id: _line(one, found) for one in units.values() if one.valid_from is None or one.valid_from <= on}
        wanted = [one for one in lines.values() if _holds(one, search_key(text))]
        return DirectoryPage(
            on=on,
            units=tuple(one for one in wanted if one.valid_to is None or on <= one.valid_to),
            ended=tuple(one for one in wanted if one.valid_to is not None and one.valid_to < on),
            groups=tuple(_groups(uow, on, found.names)),
            changes=tuple(_change(one, units) for one in uow.directory_changes.waiting()),
        )


def _people(uow: UnitOfWork, unit_ids: Sequence[int]) -> dict[int, list[PersonRow]]:
    found: dict[int, list[PersonRow]] = {}
    for person in uow.work.people(unit_ids):
        if person.active:
            found.setdefault(person.unit_id, []).append(person)
    return found


def _line(unit: Unit, found: _Found) -> UnitLine:
    unit_id = unit.id or 0
    name = found.names[unit_id]
    return UnitLine(
        code=unit.code,
        name=name,
        kind=unit.kind,
        parent=found.names[unit.parent_id] if unit.parent_id else None,
        other_names=tuple(one for one in found.aliases.get(unit_id, ()) if one not in (name, unit.code)),
        people=tuple(found.people.get(unit_id, ())),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        successor=found.names[unit.successor_id] if unit.successor_id else None,
    )


def _holds(line: UnitLine, words: str) -> bool:
    texts = (line.code, line.name, *line.other_names, *(one.name for one in line.people))
    return not words or any(words in search_key(one) for one in texts)


def _groups(uow: UnitOfWork, on: date, names: Mapping[int, str]) -> list[GroupLine]:
    members = uow.directory.memberships(on)
    return [
        GroupLine(
            code=one.code,
            name=one.name,
            members=tuple(names[member] for member in members.get(one.id or 0, ())),
            stands_for=names[one.stands_for_id] if one.stands_for_id else None,
            reason=one.reason,
        )
        for one in uow.directory.groups()
    ]


def _change(one: DirectoryChange, units: Mapping[int, Unit]) -> ChangeLine:
    return ChangeLine(
        id=one.id or 0,
        deed=one.deed,
        unit=units[one.unit_id].name,
        into=units[one.into_id].name if one.into_id else None,
        name=one.name,
        number=one.number,
        reason=one.reason,
        valid_on=one.valid_on,
    )
