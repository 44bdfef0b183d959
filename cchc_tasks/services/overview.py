"""Tổng quan: how the whole office stands on a day, and what needs a hand first."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Standing
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.dispatches import is_dispatch
from cchc_tasks.store.database import Database
from cchc_tasks.store.standings import OverdueRow, WaitingRow
from cchc_tasks.store.unit_of_work import UnitOfWork

DAYS_AHEAD = 14
OVERDUE_SHOWN = 60
WAITING_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """Obligations by standing, of an area or a unit; `duties` is None where duties are not counted."""

    name: str
    code: str | None
    counts: Mapping[Standing, int]
    duties: int | None = None

    @property
    def total(self) -> int:
        """All that are counted."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Those that were verified."""
        return self.counts.get(Standing.DONE_ON_TIME, 0) + self.counts.get(Standing.DONE_LATE, 0)

    @property
    def done_percent(self) -> int | None:
        """Verified ones in a hundred of those with a deadline; None where none has one."""
        dated = self.total - self.counts.get(Standing.NO_DEADLINE, 0)
        return round(100 * self.done / dated) if dated else None


@dataclass(frozen=True, slots=True)
class Late:
    """A late obligation: what, whose, since when."""

    id: int
    title: str
    unit_id: int
    unit: str
    head: str | None
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Evidence that waits for its verification."""

    evidence_id: int
    unit: str
    title: str
    days: int


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A coming day, how much falls due on it, and whether it is worked."""

    day: date
    count: int
    working: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of the page. `waiting` is None for those who do not verify."""

    plans: tuple[str, ...]
    late_jobs: int
    late_units: int
    late: tuple[Late, ...]
    ahead: tuple[DayAhead, ...]
    to_verify: int
    longest_wait: int
    waiting: tuple[Waiting, ...]
    verifies: bool
    areas: tuple[Tally, ...]
    units: tuple[Tally, ...]

    @property
    def whole(self) -> Tally:
        """The sum over all areas."""
        counts: Counter[Standing] = sum((Counter(one.counts) for one in self.areas), Counter())
        return Tally("Cộng", None, counts, sum(one.duties or 0 for one in self.areas))

    @property
    def due_ahead(self) -> int:
        """What falls due in the coming days."""
        return sum(one.count for one in self.ahead)

    @property
    def peaks(self) -> tuple[DayAhead, ...]:
        """The one or two days on which most falls due, in order; none where nothing stands out."""
        busiest = sorted(self.ahead, key=lambda one: -one.count)[:2]
        mean = self.due_ahead / len(self.ahead)
        return tuple(sorted((one for one in busiest if one.count > 2 * mean), key=lambda one: one.day))


def overview(database: Database, *, on: date, actor: Actor) -> Overview:
    """The office on a day, for those who see all of it; raises NoRight for a unit's people."""
    require(actor, Action.SEE_OVERVIEW)
    with database.read() as uow:
        found = uow.standings.tallies(on, uow.office.due_soon_days())
        late_jobs, late_units = uow.standings.count_overdue(on)
        waiting = uow.standings.waiting(limit=WAITING_SHOWN)
        return Overview(
            plans=tuple(_plan(one.title, one.number) for one in uow.plans.published() if _is_of_year(one, on)),
            late_jobs=late_jobs,
            late_units=late_units,
            late=_late(uow, uow.standings.overdue(on, limit=OVERDUE_SHOWN), on),
            ahead=_ahead(uow, on),
            to_verify=uow.standings.count_waiting(),
            longest_wait=max(((on - one.received_on).days for one in waiting), default=0),
            waiting=tuple(_waiting(one, on) for one in waiting),
            verifies=scope(actor, Action.VERIFY) is not Scope.NOTHING,
            areas=_areas(uow, on, found),
            units=_units(uow, found),
        )


def _areas(uow: UnitOfWork, on: date, found: Sequence[tuple[str | None, int, str, int]]) -> tuple[Tally, ...]:
    counts: dict[str | None, Counter[Standing]] = defaultdict(Counter)
    for area, _, word, count in found:
        counts[area][Standing(word)] += count
    return tuple(
        Tally(area or "Không ghi lĩnh vực", area, counts[area], duties)
        for area, duties in uow.standings.duties_by_area(on)
    )


def _units(uow: UnitOfWork, found: Sequence[tuple[str | None, int, str, int]]) -> tuple[Tally, ...]:
    counts: dict[int, Counter[Standing]] = defaultdict(Counter)
    for _, unit_id, word, count in found:
        counts[unit_id][Standing(word)] += count
    units = uow.directory.units()
    return tuple(Tally(units[one].name, units[one].code, counts[one]) for one in sorted(counts))


def _late(uow: UnitOfWork, rows: Sequence[OverdueRow], on: date) -> tuple[Late, ...]:
    heads = uow.standings.heads({row.unit_id for row in rows})
    return tuple(
        Late(
            id=row.id,
            title=obligation_title(row.title, row.label, row.period, row.frequency),
            unit_id=row.unit_id,
            unit=row.unit,
            head=heads.get(row.unit_id),
            due_on=row.due_on,
            days=(on - row.due_on).days,
        )
        for row in rows
    )


def _waiting(row: WaitingRow, on: date) -> Waiting:
    title = obligation_title(row.title, row.label, row.period, row.frequency)
    return Waiting(row.evidence_id, row.unit, title, (on - row.received_on).days)


def _ahead(uow: UnitOfWork, on: date) -> tuple[DayAhead, ...]:
    days = [on + timedelta(offset) for offset in range(DAYS_AHEAD)]
    counts = dict(uow.standings.due_between(days[0], days[-1]))
    calendar = uow.office.calendar()
    return tuple(DayAhead(day, counts.get(day, 0), calendar.is_working(day)) for day in days)


def _is_of_year(plan: Plan, on: date) -> bool:
    return plan.first_year <= on.year <= plan.last_year and not is_dispatch(plan)


def _plan(title: str, number: str | None) -> str:
    return f"{title}, số {number}" if number else title
