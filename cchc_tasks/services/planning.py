"""Plans the rungs of an obligation for the people who are to hear of it; shared by every deed that moves a date."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from cchc_tasks.domain.reminders import INTRODUCTION, SUPPLEMENT, Ladder, aim_day, bound_left, rungs
from cchc_tasks.domain.vocabulary import Bound, Role, Stage
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.store.unit_of_work import UnitOfWork

HEARS_FIRST = (Role.FOCAL, Role.HEAD)


class RungPlanner:
    """Holds the calendar, the ladders and the people of one transaction while rungs are planned in it."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self.calendar = uow.office.calendar()
        self._ladders = uow.office.ladders()
        self._people: dict[int, dict[Role, list[int]]] = {}

    def plan(
        self, obligation: Obligation, leads: Collection[int], *, not_before: date, introduce: bool = False
    ) -> None:
        """Plan what remains of the ladder from a day on; with `introduce`, a first word about the duty as well."""
        if obligation.id is None or obligation.stage not in (Stage.OPEN, Stage.ACKNOWLEDGED, Stage.RETURNED):
            return
        planned: list[dict[str, Any]] = []
        focal, heads = self._recipients(leads)
        if introduce:
            planned += self._rows(obligation, INTRODUCTION, self.calendar.working_day_on_or_after(not_before), focal)
        due_on, bound = _reminded_day(obligation)
        if due_on is not None:
            ladder = self._ladder(obligation)
            aim_on = aim_day(due_on, bound, self.calendar)
            for rung in rungs(ladder, aim_on, due_on, self.calendar, not_before=not_before):
                planned += self._rows(obligation, rung.name, rung.fire_on, focal | heads if rung.to_head else focal)
        self._uow.outbox.plan(planned)

    def plan_anew(self, obligation: Obligation, *, not_before: date) -> None:
        """Cancel what has not gone out and plan against the present date, as another version of it (promise 11)."""
        if obligation.id is None:
            return
        self._uow.outbox.cancel(obligation.id)
        obligation.due_version += 1
        self.plan(obligation, self._uow.obligations.leads([obligation.id])[obligation.id], not_before=not_before)

    def _ladder(self, obligation: Obligation) -> Ladder:
        return self._ladders[SUPPLEMENT if obligation.stage is Stage.RETURNED else obligation.frequency.value]

    def _recipients(self, unit_ids: Collection[int]) -> tuple[set[int], set[int]]:
        missing = [one for one in unit_ids if one not in self._people]
        if missing:
            self._people |= {one: defaultdict(list) for one in missing}
            for person in self._uow.directory.people(missing, HEARS_FIRST):
                self._people[person.unit_id][person.role].append(person.id or 0)
        heads = {one for unit in unit_ids for one in self._people[unit][Role.HEAD]}
        focal = {one for unit in unit_ids for one in self._people[unit][Role.FOCAL] or self._people[unit][Role.HEAD]}
        return focal, heads

    @staticmethod
    def _rows(obligation: Obligation, rung: str, fire_on: date, people: Collection[int]) -> Sequence[dict[str, Any]]:
        return [
            {
                "obligation_id": obligation.id,
                "person_id": person_id,
                "rung": rung,
                "due_version": obligation.due_version,
                "fire_on": fire_on,
            }
            for person_id in sorted(people)
        ]


def _reminded_day(obligation: Obligation) -> tuple[date | None, Bound | None]:
    """The day reminders speak of: the hạn bổ sung while the unit has to complete something, else the due day."""
    if obligation.stage is Stage.RETURNED and obligation.supplement_due_on is not None:
        return obligation.supplement_due_on, None
    return obligation.due_on, bound_left(obligation.bound, obligation.due_on, obligation.stated_on)
