"""Plans the rungs of an obligation for the people who are to hear of it; shared by every deed that moves a date."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, zip_longest
from typing import Any

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.office_calendar import ONE_DAY, Break, OfficeCalendar
from cchc_tasks.domain.reminders import (
    INTRODUCTION,
    SUPPLEMENT,
    Ladder,
    Target,
    aim_day,
    bound_left,
    is_follow_up,
    rungs,
)
from cchc_tasks.domain.vocabulary import Role, Stage, UnitKind
from cchc_tasks.models.calendar import LadderOverride
from cchc_tasks.models.directory import Person
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.store.rungs import Unsaid
from cchc_tasks.store.unit_of_work import UnitOfWork

HEARS_FIRST = (Role.FOCAL, Role.HEAD)
PlannedSteps = tuple[tuple[str, date, date | None], ...]  # (rung, its day, the day of the next one)
AT_ONCE = 500  # obligations looked up in one query


@dataclass(slots=True)
class Hearer:
    """Somebody who is to hear of an obligation once it is late, and with `early` before that as well."""

    person: Person
    early: bool = False
    by_name: bool = False  # assigned by the head, perhaps with a day of their own
    own_day: date | None = None


@dataclass(slots=True)
class Heard:
    """When somebody last heard of an obligation, since when they wait for a word, and whether it is the first."""

    told_on: date | None
    waiting_since: date | None = None
    introducing: bool = False


@dataclass(slots=True)
class Crew:
    """The people of one unit who hear of its obligations."""

    focal: list[Person] = field(default_factory=list)
    heads: list[Person] = field(default_factory=list)


class RungPlanner:
    """Holds the calendars, the ladders and the people of one transaction while rungs are planned in it."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self.calendar = uow.office.calendar()
        self._calendars: dict[UnitKind, OfficeCalendar] = {}
        self._kinds: dict[int, UnitKind] = {}
        self._found: dict[object, PlannedSteps] = {}
        self._ladders = _Ladders(uow)
        self._crews: dict[int, Crew] = {}
        self._secretariat: Sequence[Person] | None = None

    def plan(
        self, obligation: Obligation, leads: Collection[int], *, not_before: date, introduce: bool = False
    ) -> None:
        """Plan what remains of the ladder from a day on; with `introduce`, a first word about the duty as well."""
        named = self._uow.obligations.named([obligation.id or 0]).get(obligation.id or 0, [])
        told = self.rungs_of(obligation, leads, named, not_before, introduce=introduce)
        self._uow.rungs.plan([row for one, steps in told for row in _rows(obligation, one.person.id or 0, steps)])

    def plan_anew(self, obligation: Obligation, *, not_before: date) -> None:
        """Cancel what has not gone out and plan against the present date, as another version of it (promise 11)."""
        self.plan_anew_all([obligation], not_before=not_before)

    def plan_anew_all(self, obligations: Iterable[Obligation], *, not_before: date) -> None:
        """The same for many at once.

        Who comes to hear of it only now is introduced to it, and so is who was still to be. Who waits for a word gets
        it, and nobody hears of it twice in one morning. What was released to the leaders stays so while it is late.
        """
        waiting = iter(obligations)
        while some := list(islice(waiting, AT_ONCE)):
            ids = [one.id or 0 for one in some]
            unsaid = _by_obligation(self._uow.rungs.cancel(*ids))  # first: what goes out from now on speaks after us
            told = self._uow.rungs.told(ids)
            leads, named = self._uow.obligations.leads(ids), self._uow.obligations.named(ids)
            rows: list[dict[str, Any]] = []
            for one in some:
                one.due_version += 1
                number = one.id or 0
                heard = _heard(told.get(number, {}), unsaid[number])
                planned = self.rungs_of(one, leads.get(number, []), named.get(number, []), not_before, heard=heard)
                rows += [row for hearer, steps in planned for row in _rows(one, hearer.person.id or 0, steps)]
                rows += _released(one, unsaid[number], not_before)
            self._uow.rungs.plan(rows)

    def tell(self, obligation: Obligation, person_ids: Collection[int], rung: str, on: date) -> None:
        """Plan one step for named people, on the working day on or after a day."""
        fire_on = self.calendar.working_day_on_or_after(on)
        steps = _followed([(rung, fire_on)])
        self._uow.rungs.plan([row for one in sorted(person_ids) for row in _rows(obligation, one, steps)])

    def rungs_of(
        self,
        obligation: Obligation,
        leads: Collection[int],
        named: Sequence[tuple[Person, date | None]],
        not_before: date,
        *,
        introduce: bool = False,
        heard: Mapping[int, Heard] | None = None,
    ) -> Iterator[tuple[Hearer, PlannedSteps]]:
        """(hearer, steps) for everybody who is to hear of an obligation; nobody while it is not owed.

        `named` are the people assigned by name, each with the day set for them. `heard` says what people heard or were
        to hear before, where it is planned anew.
        """
        if obligation.stage not in WAITING_FOR_UNIT:
            return
        for one in self._hearers(obligation, leads, named):
            since, is_new = not_before, introduce and one.early
            if heard is not None:
                since, is_new = self._goes_on(one, heard, not_before)
            yield one, self._steps(obligation, one, since, introduce=is_new)

    def _goes_on(self, hearer: Hearer, heard: Mapping[int, Heard], not_before: date) -> tuple[date, bool]:
        """(first day of the steps, whether they are introduced) for somebody of whose ladder a part may be behind.

        Who waits for a word since an earlier day still gets it, and so does who would have got it on a day that has
        become a day off: its step moved to the working day before. Nobody hears of it twice in one morning.
        """
        before = heard.get(hearer.person.id or 0)
        if before is None:
            return not_before, hearer.early and (hearer.by_name or bool(heard))
        since = self._calendar(self._kind(hearer.person)).working_day_on_or_before(not_before)
        if before.waiting_since is not None:
            since = min(since, before.waiting_since)
        if before.told_on is not None:
            since = max(since, before.told_on + ONE_DAY)
        return since, before.introducing

    def _hearers(
        self, obligation: Obligation, leads: Collection[int], named: Sequence[tuple[Person, date | None]]
    ) -> list[Hearer]:
        """Each person once. Who is in two of the roles hears what either hears."""
        self._find_crews(leads)
        found: dict[int, Hearer] = {}

        def add(person: Person, *, early: bool) -> Hearer:
            one = found.setdefault(person.id or 0, Hearer(person))
            one.early = one.early or early
            return one

        for unit_id in leads:
            crew = self._crews[unit_id]
            for person in crew.focal or crew.heads:
                add(person, early=True)
            for person in crew.heads:
                add(person, early=False)
        for person, own_day in named:
            one = add(person, early=True)
            one.by_name, one.own_day = True, own_day
        if self._uow.obligations.duty(obligation.duty_id).assigned_by is not None and obligation.parent_id is None:
            for person in self._of_secretariat():  # the Sở owes it upward
                add(person, early=True)
        return [found[one] for one in sorted(found)]

    def _steps(self, obligation: Obligation, hearer: Hearer, since: date, *, introduce: bool) -> PlannedSteps:
        own_day = hearer.own_day if hearer.own_day is not None and hearer.own_day >= since else None
        target = self._target(obligation, own_day)
        ladder = self._ladders.of(obligation, hearer.person.unit_id)
        said = 0
        if ladder.at_most is not None and obligation.id is not None:
            said = self._uow.rungs.said(obligation.id, hearer.person.id or 0)
        kind = self._kind(hearer.person)
        alike = (ladder, target, kind, since, said, hearer.early, introduce)
        if alike not in self._found:  # a thousand schools owe the same on the same day
            steps = [(INTRODUCTION, self.calendar.working_day_on_or_after(since))] if introduce else []
            if target is not None:
                found = rungs(ladder, target, self._calendar(kind), not_before=since, said=said, early=hearer.early)
                steps += [(one.name, one.fire_on) for one in found]
            self._found[alike] = _followed(steps)
        return self._found[alike]

    def _target(self, obligation: Obligation, own_day: date | None) -> Target | None:
        """The days to speak of: late is what is past the due day, or past the hạn bổ sung where that is later.

        The hạn bổ sung before the due day is aimed at first, as the hạn nội bộ is and the day set for a person.
        """
        until = obligation.supplement_due_on if obligation.stage is Stage.RETURNED else None
        if until is not None and (obligation.due_on is None or until >= obligation.due_on):
            return Target(until, aim_day(until, None, self.calendar), self._aim(own_day))
        if obligation.due_on is None:
            return None
        bound = bound_left(obligation.bound, obligation.due_on, obligation.stated_on)
        earlier = own_day or until or obligation.internal_due_on
        return Target(obligation.due_on, aim_day(obligation.due_on, bound, self.calendar), self._aim(earlier))

    def _aim(self, day: date | None) -> date | None:
        return aim_day(day, None, self.calendar) if day else None

    def _kind(self, person: Person) -> UnitKind:
        if person.unit_id not in self._kinds:
            self._kinds[person.unit_id] = self._uow.directory.unit(person.unit_id).kind
        return self._kinds[person.unit_id]

    def _calendar(self, kind: UnitKind) -> OfficeCalendar:
        if kind not in self._calendars:
            breaks = [Break(one.first_on, one.last_on) for one in self._uow.office.breaks() if one.kind is kind]
            self._calendars[kind] = self.calendar.with_breaks(breaks)
        return self._calendars[kind]

    def _find_crews(self, unit_ids: Collection[int]) -> None:
        missing = [one for one in unit_ids if one not in self._crews]
        if not missing:
            return
        self._crews |= {one: Crew() for one in missing}
        for person in self._uow.directory.people(missing, HEARS_FIRST):
            crew = self._crews[person.unit_id]
            (crew.heads if person.role is Role.HEAD else crew.focal).append(person)

    def _of_secretariat(self) -> Sequence[Person]:
        if self._secretariat is None:
            self._secretariat = self._uow.people.in_role(Role.SECRETARIAT)
        return self._secretariat


class _Ladders:
    """Which ladder holds: one set for the duty before one for the unit, that before the plan's, else the standard."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._standard = uow.office.ladders()
        self._set: Mapping[tuple[str, int], dict[str, Ladder]] = _by_place(uow.office.overrides())

    def of(self, obligation: Obligation, unit_id: int) -> Ladder:
        """The ladder of an obligation for the people of a unit."""
        name = SUPPLEMENT if obligation.stage is Stage.RETURNED else obligation.frequency.value
        if self._set:
            plan_id = self._uow.obligations.duty(obligation.duty_id).plan_id
            for where in (("duty", obligation.duty_id), ("unit", unit_id), ("plan", plan_id)):
                ladder = self._set.get(where, {}).get(name)
                if ladder is not None:
                    return ladder
        return self._standard[name]


def _by_place(overrides: Iterable[LadderOverride]) -> Mapping[tuple[str, int], dict[str, Ladder]]:
    found: dict[tuple[str, int], dict[str, Ladder]] = defaultdict(dict)
    for one in overrides:
        for where, place_id in (("duty", one.duty_id), ("unit", one.unit_id), ("plan", one.plan_id)):
            if place_id is not None:
                found[where, place_id][one.name] = Ladder(one.name, tuple(one.before), tuple(one.after), one.at_most)
    return found


def _by_obligation(unsaid: Iterable[Unsaid]) -> Mapping[int, list[Unsaid]]:
    found: dict[int, list[Unsaid]] = defaultdict(list)
    for one in unsaid:
        found[one.obligation_id].append(one)
    return found


def _heard(told: Mapping[int, date | None], unsaid: Collection[Unsaid]) -> dict[int, Heard]:
    """What each person heard of one obligation, or was to hear."""
    found = {one: Heard(told_on) for one, told_on in told.items()}
    for one in unsaid:
        before = found[one.person_id]
        before.waiting_since = min(before.waiting_since or one.fire_on, one.fire_on)
        before.introducing = before.introducing or one.rung == INTRODUCTION
    return found


def _released(obligation: Obligation, unsaid: Iterable[Unsaid], not_before: date) -> list[dict[str, Any]]:
    """What was released to the leaders and has not gone out, while it is late."""
    if obligation.stage not in WAITING_FOR_UNIT or obligation.due_on is None or obligation.due_on >= not_before:
        return []
    told = [one for one in unsaid if is_follow_up(one.rung)]
    return [row for it in told for row in _rows(obligation, it.person_id, _followed([(it.rung, it.fire_on)]))]


def _followed(steps: Sequence[tuple[str, date]]) -> PlannedSteps:
    """The steps of one person in order, each with the day from which the next one speaks in its place."""
    pairs = zip_longest(steps, steps[1:])
    return tuple((rung, fire_on, following[1] if following else None) for (rung, fire_on), following in pairs)


def _rows(obligation: Obligation, person_id: int, steps: PlannedSteps) -> list[dict[str, Any]]:
    return [
        {
            "obligation_id": obligation.id,
            "person_id": person_id,
            "rung": rung,
            "due_version": obligation.due_version,
            "fire_on": fire_on,
            "next_on": next_on,
        }
        for rung, fire_on, next_on in steps
    ]
