"""A change of the directory takes effect: names, people, groups and open work pass on, within one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from cchc_tasks.domain.directory_changes import Passed
from cchc_tasks.domain.lifecycle import after
from cchc_tasks.domain.vocabulary import DirectoryDeed, Responsibility, Role
from cchc_tasks.models.directory import DirectoryChange, Unit
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.services.end_inputs import end_inputs
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.services.resolving import working
from cchc_tasks.store.unit_of_work import UnitOfWork


def apply_due(uow: UnitOfWork, *, on: date, user: str) -> int:
    """Apply every change whose day has come and that waits still, each with its own day; says how many.

    The caller holds the opening (uow.obligations.hold_opening).
    """
    due = uow.directory_changes.waiting(until=on)
    for change in due:
        apply_change(uow, change, on=on, user=user)
    return len(due)


def apply_change(uow: UnitOfWork, change: DirectoryChange, *, on: date, user: str) -> Passed:
    """Let a change take effect as of its own day; reminders are planned anew from `on`."""
    unit = uow.directory.unit(change.unit_id)
    passed = {DirectoryDeed.RENAME: _rename, DirectoryDeed.MERGE: _merge, DirectoryDeed.CLOSE: _close}[change.deed](
        uow, change, unit, on, user
    )
    change.applied_at = uow.now
    uow.note(
        user,
        f"directory.{change.deed.value.lower()}",
        f"unit:{unit.id}",
        change=change.id,
        on=change.valid_on,
        number=change.number,
        moved=passed.moved,
        ended=passed.ended,
        left=passed.left,
        people=passed.people,
        without_lead=passed.without_lead,
    )
    return passed


def _rename(uow: UnitOfWork, change: DirectoryChange, unit: Unit, _on: date, _user: str) -> Passed:
    uow.directory.keep_former_name(unit, change.valid_on - timedelta(days=1))
    uow.directory.add_name(unit.name, unit_id=unit.id)
    unit.name = change.name or unit.name
    uow.directory.add_name(unit.name, unit_id=unit.id)
    return Passed()


def _merge(uow: UnitOfWork, change: DirectoryChange, unit: Unit, on: date, user: str) -> Passed:
    into = uow.directory.unit(change.into_id or 0)
    unit.valid_to, unit.successor_id = change.valid_on - timedelta(days=1), into.id
    _pass_children(uow, unit, into)
    _pass_memberships(uow, change, into)
    uow.directory_changes.move_secretariat(unit.id or 0, into.id)
    moved, no_longer_heads = _move_people(uow, unit, into)
    passed = _Work(uow, change, unit, on, user).pass_to(into)
    return replace(passed, people=moved, no_longer_heads=no_longer_heads)


def _close(uow: UnitOfWork, change: DirectoryChange, unit: Unit, on: date, user: str) -> Passed:
    without_lead = _without_lead(uow, change, unit)
    unit.valid_to = change.valid_on - timedelta(days=1)
    for child in uow.directory_changes.children(unit.id or 0):
        child.parent_id = unit.parent_id
    _pass_memberships(uow, change, None)
    uow.directory_changes.move_secretariat(unit.id or 0, None)
    people = uow.directory_changes.people(unit.id or 0)
    for person in people:
        person.active = False
        uow.accounts.end_sessions(person.id or 0)
    passed = _Work(uow, change, unit, on, user).end()
    return replace(passed, people=tuple(one.name for one in people), without_lead=without_lead)


def _pass_children(uow: UnitOfWork, unit: Unit, into: Unit) -> None:
    if _is_below(uow, into, unit):
        into.parent_id = unit.parent_id
    for child in uow.directory_changes.children(unit.id or 0):
        child.parent_id = into.id


def _is_below(uow: UnitOfWork, one: Unit, unit: Unit) -> bool:
    seen: set[int | None] = set()
    while one.parent_id is not None and one.id not in seen:
        if one.parent_id == unit.id:
            return True
        seen.add(one.id)
        one = uow.directory.unit(one.parent_id)
    return False


def _pass_memberships(uow: UnitOfWork, change: DirectoryChange, into: Unit | None) -> None:
    """The unit leaves its groups the day before; its successor joins those it does not belong to yet."""
    there = {one.group_id for one in uow.directory_changes.memberships(into.id or 0, change.valid_on)} if into else ()
    for one in uow.directory_changes.memberships(change.unit_id, change.valid_on):
        if into is not None and one.group_id not in there:
            uow.directory.add_member(one.group_id, into.id or 0, max(one.valid_from or date.min, change.valid_on))
        one.valid_to = change.valid_on - timedelta(days=1)


def _move_people(uow: UnitOfWork, unit: Unit, into: Unit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The unit's people work for the successor; a head stays head only where that has none of its own."""
    led = any(one.role is Role.HEAD for one in uow.directory_changes.people(into.id or 0))
    moved, no_longer_heads = [], []
    for person in uow.directory_changes.people(unit.id or 0):
        person.unit_id = into.id or 0
        moved.append(person.name)
        if person.role is Role.HEAD and led:
            person.role = Role.FOCAL
            no_longer_heads.append(person.name)
    return tuple(moved), tuple(no_longer_heads)


def _without_lead(uow: UnitOfWork, change: DirectoryChange, unit: Unit) -> tuple[str, ...]:
    """The duties in force that this unit alone leads on the day it closes."""
    named = [one.id or 0 for one in uow.directory.units().values() if _leads_to(uow, one, unit, change.valid_on)]
    found = []
    for duty, leads in uow.directory_changes.led_by(named).values():
        others = [one for one in leads if one.unit_id not in named]
        if not any(_is_led(uow, one.unit_id, one.group_id, change.valid_on) for one in others):
            found.append(f"{duty.code}. {duty.title}")
    return tuple(found)


def _leads_to(uow: UnitOfWork, one: Unit, unit: Unit, on: date) -> bool:
    found = working(uow, one, on)
    return found is not None and found.id == unit.id


def _is_led(uow: UnitOfWork, unit_id: int | None, group_id: int | None, on: date) -> bool:
    if group_id is not None:
        return bool(uow.directory.members(group_id, on))
    return unit_id is not None and working(uow, uow.directory.unit(unit_id), on) is not None


class _Work:
    """The unfinished work of a unit while it passes on or ends."""

    def __init__(self, uow: UnitOfWork, change: DirectoryChange, unit: Unit, on: date, user: str) -> None:
        self._uow, self._change, self._unit, self._on, self._user = uow, change, unit, on, user
        self._work = uow.directory_changes.hold_work(unit.id or 0)
        ids = [one.id or 0 for one in self._work]
        self._parts = uow.directory_changes.parts(ids)
        self._rungs = uow.directory_changes.planned_rungs(
            [one for one in ids if self._mine(one).responsibility is Responsibility.LEAD]
        )

    def pass_to(self, into: Unit) -> Passed:
        """Let the successor take every part over; what it owes itself from the day on ends instead."""
        own = {one.id: one.duty_id for one in self._work if self._is_own(one)}
        taken = self._uow.directory_changes.owed(str(into.id), set(own.values()))
        ended, moved = [], []
        for one in self._work:
            from_day_on = _day_of(one, self._change.valid_on) >= self._change.valid_on
            doubled = one.id in own and (one.duty_id, one.slot) in taken
            if doubled and from_day_on:
                ended.append(one)
                continue
            if one.id in own and from_day_on:
                one.owed_by = str(into.id)  # so that the opener finds it with the successor
            if self._replace(one, into):
                moved.append(one)
        self._end(ended, "obligation.merged-away", into=into.name)
        self._planned_anew(self._uow.touched.led_by(into.id or 0))  # the people who came hear of all that it leads
        return Passed(moved=len(moved), ended=len(ended), rungs=self._rungs)

    def end(self) -> Passed:
        """End what nobody else leads; what others lead goes on without the unit."""
        ended, left = [], []
        for one in self._work:
            mine = self._mine(one.id or 0)
            others = [part for part in self._parts[one.id or 0] if part is not mine]
            leads = [part for part in others if part.responsibility is Responsibility.LEAD]
            if mine.responsibility is Responsibility.LEAD and not leads:
                ended.append(one)
                continue
            self._uow.directory_changes.remove_part(mine)
            if mine.focal:
                leads[0].focal = True
            self._note(one, "obligation.unit-left", unit=self._unit.name)
            if mine.responsibility is Responsibility.LEAD:
                one.lead_version += 1
                left.append(one)
        self._end(ended, "obligation.unit-closed", unit=self._unit.name, why=self._change.reason)
        self._planned_anew(left)
        return Passed(ended=len(ended), left=len(left), rungs=self._rungs)

    def _is_own(self, one: Obligation) -> bool:
        """Whether the unit owes it for itself, as each member of a group does; an input it was asked for is not so."""
        return one.owed_by == str(self._unit.id) and one.parent_id is None

    def _replace(self, one: Obligation, into: Unit) -> bool:
        """Put the successor in the unit's place, joining the two where it has a part already; whether it leads."""
        mine, parts = self._mine(one.id or 0), self._parts[one.id or 0]
        both = [part for part in parts if part is mine or part.unit_id == into.id]
        both.sort(key=lambda part: (part.responsibility is not Responsibility.LEAD, part.id or 0))
        kept, focal = both[0], any(part.focal for part in both)
        for part in both[1:]:
            self._uow.directory_changes.remove_part(part)
        kept.unit_id, kept.focal = into.id or 0, focal
        self._note(one, "obligation.pass-on", source=self._unit.name, into=into.name)
        if mine.responsibility is not Responsibility.LEAD:
            return False
        one.lead_version += 1
        return True

    def _end(self, ended: Sequence[Obligation], action: str, **facts: str | None) -> None:
        for one in ended:
            one.stage = after("thôi thực hiện", one.stage)
            self._uow.extensions.withdraw_open(one.id or 0)
            self._note(one, action, **facts)
        self._uow.rungs.cancel(*(one.id or 0 for one in ended))
        for one in ended:
            end_inputs(self._uow, one, self._user)

    def _planned_anew(self, obligations: Sequence[Obligation]) -> None:
        RungPlanner(self._uow).plan_anew_all(obligations, not_before=self._on)

    def _mine(self, obligation_id: int) -> ResponsibleUnit:
        return next(part for part in self._parts[obligation_id] if part.unit_id == self._unit.id)

    def _note(self, one: Obligation, action: str, **facts: str | None) -> None:
        self._uow.note(
            self._user,
            action,
            f"obligation:{one.id}",
            on=self._change.valid_on,
            number=self._change.number,
            **facts,
        )


def _day_of(one: Obligation, otherwise: date) -> date:
    """The day for which an obligation is owed: its due day, the last day of its year, else the day asked with."""
    if one.due_on is not None:
        return one.due_on
    year = one.slot.removeprefix("year-")
    return date(int(year), 12, 31) if one.slot.startswith("year-") and year.isdecimal() else otherwise
