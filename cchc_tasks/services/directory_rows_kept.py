"""Writes the compared rows of an import into the directory, within a transaction."""

from collections.abc import Iterable
from datetime import date

from cchc_tasks.domain.directory import GroupSeed, PersonSeed, UnitSeed
from cchc_tasks.domain.directory_comparison import Comparison, group_code
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.models.directory import Person, Unit, UnitGroup
from cchc_tasks.store.unit_of_work import UnitOfWork


def keep_rows(uow: UnitOfWork, compared: Comparison, today: date) -> frozenset[int]:
    """Add and update everything that changes; gives the units in which somebody is to hear of the open work anew."""
    kept = _Keeping(uow, today)
    for unit, _ in compared.units:
        kept.unit(unit.seed)
    for unit, _ in compared.units:  # once all are there: one above may stand further down
        kept.place(unit.seed)
    for group, _ in compared.groups:
        kept.group(group.seed)
    for unit, _ in compared.units:
        kept.join(unit.seed, unit.groups)
    for person, _ in compared.people:
        kept.person(person.seed)
    return frozenset(kept.heard_anew)


class _Keeping:
    """The directory by codes and user names while it is written to."""

    def __init__(self, uow: UnitOfWork, today: date) -> None:
        self._uow, self._today = uow, today
        self._units = {one.code: one for one in uow.directory.units().values()}
        self._groups = {one.code: one for one in uow.directory.groups()}
        self._members = {group_id: set(ids) for group_id, ids in uow.directory.memberships(today).items()}
        self.heard_anew: set[int] = set()

    def unit(self, seed: UnitSeed) -> None:
        """Add a unit, or correct its name and kind."""
        unit = self._units.get(seed.code)
        if unit is None:
            unit = self._units[seed.code] = self._uow.directory.add_unit(seed)
        unit.name, unit.kind = seed.name, seed.kind
        for name in (seed.name, *seed.aliases):
            self._uow.directory.add_name(name, unit_id=unit.id)

    def place(self, seed: UnitSeed) -> None:
        """Put a unit below another one."""
        if seed.parent:
            self._units[seed.code].parent_id = self._units[seed.parent].id

    def group(self, seed: GroupSeed) -> None:
        """Add a group, or correct its name; its members join."""
        group = self._groups.get(seed.code)
        if group is None:
            stands_for = self._units[seed.stands_for].id if seed.stands_for else None
            made = UnitGroup(code=seed.code, name=seed.name, stands_for_id=stands_for, reason=seed.reason)
            group = self._groups[seed.code] = self._uow.directory.add_group(made)
        group.name = seed.name
        for name in (seed.name, *seed.aliases):
            self._uow.directory.add_name(name, group_id=group.id)
        for code in seed.members:
            self._join(group, self._units[code])

    def join(self, seed: UnitSeed, groups: Iterable[str]) -> None:
        """Let a unit belong to the groups that its row calls by code or name."""
        names = {code: one.name for code, one in self._groups.items()}
        for called in groups:
            code = group_code(called, names)
            if code is not None:
                self._join(self._groups[code], self._units[seed.code])

    def person(self, seed: PersonSeed) -> None:
        """Add a person, or correct name, role, unit and mail; in another role one signs in anew, as it asks."""
        unit_id = self._units[seed.unit].id or 0
        if not self._uow.people.exists(seed.user):
            made = Person(user=seed.user, name=seed.name, role=seed.role, unit_id=unit_id)
            self._uow.people.add(made, seed.mail)
            self.heard_anew.add(unit_id)
            return
        person = self._uow.people.with_user(seed.user)
        if (person.unit_id, person.role) != (unit_id, seed.role):
            self.heard_anew |= {person.unit_id, unit_id}
        if person.role is not seed.role:
            self._uow.accounts.end_sessions(person.id or 0)
        person.name, person.role, person.unit_id = seed.name, seed.role, unit_id
        if seed.mail:
            self._uow.contacts.set(person.id or 0, Channel.MAIL, seed.mail)

    def _join(self, group: UnitGroup, unit: Unit) -> None:
        """Members join today: work of before is none of theirs."""
        there = self._members.setdefault(group.id or 0, set())
        if unit.id not in there:
            there.add(unit.id or 0)
            self._uow.directory.add_member(
                group.id or 0, unit.id or 0, max(unit.valid_from or self._today, self._today)
            )
