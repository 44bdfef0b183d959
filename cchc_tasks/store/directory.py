"""Units, groups and people: who is meant by a name, and who is written to."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select

from cchc_tasks.domain.directory import DirectorySeed, UnitSeed
from cchc_tasks.domain.errors import UnitUnknown, UserUnknown
from cchc_tasks.domain.reading.units import unit_key
from cchc_tasks.domain.vocabulary import Channel, Role, UnitKind
from cchc_tasks.models.directory import Alias, Contact, FormerName, GroupMember, Person, Unit, UnitGroup
from cchc_tasks.store.store import Store


class DirectoryStore(Store):
    """Reads and fills the directory."""

    def is_empty(self) -> bool:
        """Whether no unit was ever entered."""
        return self._session.exec(select(func.count()).select_from(Unit)).one() == 0

    def named(self, name: str) -> Unit | UnitGroup | None:
        """The unit or group that a plan means by this name, or None."""
        alias = self._session.exec(select(Alias).where(Alias.key == unit_key(name))).first()
        if alias is None:
            return None
        if alias.unit_id is not None:
            return self._session.get_one(Unit, alias.unit_id)
        return self._session.get_one(UnitGroup, alias.group_id)

    def names(self) -> Sequence[str]:
        """Every name that resolves, as written: what a misspelt one is compared with."""
        return self._session.exec(select(Alias.text)).all()

    def names_of_units(self) -> dict[int, list[str]]:
        """Every name that means a unit, as written, by the unit's id."""
        query = select(Alias).where(col(Alias.unit_id).is_not(None)).order_by(col(Alias.id))
        found: dict[int, list[str]] = {}
        for alias in self._session.exec(query):
            found.setdefault(alias.unit_id or 0, []).append(alias.text)
        return found

    def owners_of_names(self) -> Sequence[tuple[str, int | None, int | None]]:
        """Every name by its lookup key, with the id of the unit or group that it means."""
        query = select(col(Alias.key), col(Alias.unit_id), col(Alias.group_id))
        return [(key, unit_id, group_id) for key, unit_id, group_id in self._session.exec(query)]

    def unit(self, unit_id: int) -> Unit:
        """A unit by its id."""
        return self._session.get_one(Unit, unit_id)

    def unit_with_code(self, code: str) -> Unit:
        """A unit by its code; raises UnitUnknown."""
        found = self._session.exec(select(Unit).where(Unit.code == code)).first()
        if found is None:
            raise UnitUnknown(unit=code)
        return found

    def units(self) -> dict[int, Unit]:
        """All units by id."""
        return {unit.id or 0: unit for unit in self._session.exec(select(Unit))}

    def names_on(self, day: date, unit_ids: Collection[int] | None = None) -> dict[int, str]:
        """The units' names as they were on a day: of these units, or of all."""
        units, former = select(col(Unit.id), col(Unit.name)), select(FormerName).where(FormerName.valid_to >= day)
        if unit_ids is not None:
            units = units.where(col(Unit.id).in_(unit_ids))
            former = former.where(col(FormerName.unit_id).in_(unit_ids))
        names = {unit_id or 0: name for unit_id, name in self._session.exec(units)}
        latest_first = former.order_by(col(FormerName.valid_to).desc(), col(FormerName.id).desc())
        return names | {one.unit_id: one.name for one in self._session.exec(latest_first)}

    def keep_former_name(self, unit: Unit, until: date) -> None:
        """Remember that a unit bears its present name up to a day."""
        self._session.add(FormerName(unit_id=unit.id or 0, name=unit.name, valid_to=until))

    def add_name(self, name: str, *, unit_id: int | None = None, group_id: int | None = None) -> None:
        """Let one more name mean a unit or a group; a name that resolves already is left as it is."""
        key = unit_key(name)
        if self._session.exec(select(Alias.id).where(Alias.key == key)).first() is None:
            self._session.add(Alias(key=key, text=name, unit_id=unit_id, group_id=group_id))

    def authority(self) -> Unit:
        """The Sở itself."""
        return self._session.exec(select(Unit).where(Unit.kind == UnitKind.AUTHORITY)).one()

    def secretariat(self) -> Unit:
        """The unit where the secretariat's people sit: what a new plan proposes as its own."""
        query = select(Unit).join(Person, col(Person.unit_id) == Unit.id).where(Person.role == Role.SECRETARIAT)
        return self._session.exec(query.order_by(col(Person.id)).limit(1)).one()

    def members(self, group_id: int, on: date) -> Sequence[Unit]:
        """The units that belong to a group on a day, in the directory's order."""
        query = (
            select(Unit)
            .join(GroupMember, col(GroupMember.unit_id) == Unit.id)
            .where(GroupMember.group_id == group_id)
            .where(*valid(GroupMember, on), *valid(Unit, on))
            .order_by(col(Unit.id))
        )
        return self._session.exec(query).all()

    def groups(self) -> Sequence[UnitGroup]:
        """All groups, in the directory's order."""
        return self._session.exec(select(UnitGroup).order_by(col(UnitGroup.id))).all()

    def memberships(self, on: date) -> dict[int, list[int]]:
        """The ids of the units that belong to each group on a day."""
        query = (
            select(col(GroupMember.group_id), col(GroupMember.unit_id))
            .join(Unit, col(Unit.id) == GroupMember.unit_id)
            .where(*valid(GroupMember, on), *valid(Unit, on))
            .order_by(col(GroupMember.unit_id))
        )
        found: dict[int, list[int]] = {}
        for group_id, unit_id in self._session.exec(query):
            found.setdefault(group_id, []).append(unit_id)
        return found

    def add_unit(self, seed: UnitSeed) -> Unit:
        """Keep a new unit, still without one above it, under its own name and code."""
        unit = Unit(**_unit_columns(seed))
        unit_id = self._keep(unit)
        self._add_aliases((seed.name, seed.code), unit_id=unit_id)
        return unit

    def add_group(self, group: UnitGroup) -> UnitGroup:
        """Keep a new group."""
        self._keep(group)
        return group

    def add_member(self, group_id: int, unit_id: int, valid_from: date | None = None) -> None:
        """Let a unit belong to a group from a day on."""
        self._session.add(GroupMember(group_id=group_id, unit_id=unit_id, valid_from=valid_from))

    def group_codes(self, unit_id: int, on: date) -> frozenset[str]:
        """The codes of the groups a unit belongs to on a day."""
        query = (
            select(UnitGroup.code)
            .join(GroupMember, col(GroupMember.group_id) == UnitGroup.id)
            .where(GroupMember.unit_id == unit_id, *valid(GroupMember, on))
        )
        return frozenset(self._session.exec(query))

    def person(self, person_id: int) -> Person:
        """A person by id."""
        return self._session.get_one(Person, person_id)

    def person_with_user(self, user: str) -> Person:
        """The active person with this user name; raises UserUnknown."""
        found = self._session.exec(select(Person).where(Person.user == user, col(Person.active))).first()
        if found is None:
            raise UserUnknown(user=user)
        return found

    def people(self, unit_ids: Collection[int], roles: Collection[Role]) -> Sequence[Person]:
        """The active people of these units in these roles."""
        query = select(Person).where(col(Person.unit_id).in_(unit_ids), col(Person.role).in_(roles), col(Person.active))
        return self._session.exec(query.order_by(col(Person.id))).all()

    def fill(self, seed: DirectorySeed) -> None:
        """Enter a checked directory into an empty database."""
        units = {one.code: Unit(**_unit_columns(one)) for one in seed.units}
        self._session.add_all(units.values())
        self._session.flush()
        for one in seed.units:
            if one.parent:
                units[one.code].parent_id = units[one.parent].id
            self._add_aliases((one.name, one.code, *one.aliases), unit_id=units[one.code].id)
        self._fill_groups(seed, units)
        for someone in seed.people:
            person_id = self._keep(
                Person(user=someone.user, name=someone.name, role=someone.role, unit_id=units[someone.unit].id or 0)
            )
            if someone.mail:
                self._session.add(Contact(person_id=person_id, channel=Channel.MAIL, address=someone.mail))
        self._session.flush()

    def _fill_groups(self, seed: DirectorySeed, units: dict[str, Unit]) -> None:
        for one in seed.groups:
            stands_for = units[one.stands_for].id if one.stands_for else None
            group_id = self._keep(UnitGroup(code=one.code, name=one.name, stands_for_id=stands_for, reason=one.reason))
            self._add_aliases((one.name, *one.aliases), group_id=group_id)
            self._session.add_all(
                GroupMember(group_id=group_id, unit_id=units[member].id or 0) for member in one.members
            )

    def _add_aliases(self, names: Iterable[str], unit_id: int | None = None, group_id: int | None = None) -> None:
        by_key = {unit_key(name): name for name in reversed(tuple(names))}
        self._session.add_all(
            Alias(key=key, text=name, unit_id=unit_id, group_id=group_id) for key, name in by_key.items()
        )


def _unit_columns(seed: UnitSeed) -> dict[str, Any]:
    return {
        "code": seed.code,
        "name": seed.name,
        "kind": seed.kind,
        "valid_from": seed.valid_from,
        "valid_to": seed.valid_to,
    }


def valid(table: type[Unit] | type[GroupMember], on: date) -> tuple[ColumnElement[bool], ...]:
    """Those that are in force on a day."""
    return (
        or_(col(table.valid_from).is_(None), col(table.valid_from) <= on),
        or_(col(table.valid_to).is_(None), col(table.valid_to) >= on),
    )
