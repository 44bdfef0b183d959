"""Opens a published plan's obligations up to the horizon; what is open already is left as it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cchc_tasks.domain.occurrences import DueDate, by_month, due_dates, rule_from_json
from cchc_tasks.domain.periods import Years, last_day_of_month, quarter
from cchc_tasks.domain.regimes import due_on
from cchc_tasks.domain.regular_reports import are_meant, on_regime_dates
from cchc_tasks.domain.reminders import aim_day, bound_left
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind, Frequency, Responsibility, Stage, UnitKind
from cchc_tasks.models.duty import Assignment, Duty, DutyPart
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.services.resolving import working
from cchc_tasks.store.unit_of_work import UnitOfWork

RAREST_FIRST = (
    Frequency.YEARLY,
    Frequency.HALF_YEARLY,
    Frequency.QUARTERLY,
    Frequency.MONTHLY,
    Frequency.BIWEEKLY,
    Frequency.WEEKLY,
    Frequency.DAILY,
)
WEEKS = (Frequency.WEEKLY, Frequency.BIWEEKLY)
WAITS_FOR_EVENT = (DeadlineKind.ON_EVENT, DeadlineKind.RELATIVE)


@dataclass(slots=True)
class Slot:
    """A date (or none) on which a duty owes something, and what of it."""

    name: str
    due_on: date | None = None
    stated_on: date | None = None
    bound: Bound | None = None
    at: str | None = None
    period: str | None = None
    frequency: Frequency = Frequency.YEARLY
    labels: list[str] = field(default_factory=list)
    part_ids: set[int | None] = field(default_factory=set)
    waits: bool = False
    receipt_only: bool = False
    reporters: tuple[str, ...] | None = None  # a regime's line is owed only by those it addresses


class PlanOpener:
    """Opens obligations of one plan within a transaction."""

    def __init__(self, uow: UnitOfWork, plan: Plan, *, on: date, horizon_months: int) -> None:
        self._uow = uow
        self._plan = plan
        self._on = on
        self._until = _months_later(on, horizon_months)
        self._planner = RungPlanner(uow)
        self._regime = uow.office.regime(plan.regime_id) if plan.regime_id else None
        self._units = uow.directory.units()
        self._years = Years(plan.first_year, plan.last_year)

    def open(self, *, introduce: bool) -> int:
        """Open what is missing of every duty; says how many obligations that were."""
        return sum(
            self.open_duty(duty, introduce=introduce) for duty in self._uow.obligations.duties(self._plan.id or 0)
        )

    def open_duty(self, duty: Duty, *, introduce: bool) -> int:
        """Open what is missing of one duty, unless its condition was settled as not come about."""
        named = self._uow.obligations.assignments(duty.id or 0)
        opened = 0
        for slot, owners in self.missing(duty):
            for owed_by, leads in owners:
                self._open(duty, slot, owed_by, leads, named, introduce=introduce)
                opened += 1
        return opened

    def missing(self, duty: Duty) -> Iterator[tuple[Slot, list[tuple[str, list[int]]]]]:
        """The slots of a duty up to the horizon with those who owe them and have no obligation yet."""
        if duty.not_triggered_reason is not None:
            return
        duty_id = duty.id or 0
        there = self._uow.obligations.slots(duty_id)
        named = self._uow.obligations.assignments(duty_id)
        for slot in self._slots(duty, self._uow.obligations.parts(duty_id)):
            yield slot, [one for one in self._owners(named, slot) if (one[0], slot.name) not in there]

    def _slots(self, duty: Duty, parts: Sequence[DutyPart]) -> list[Slot]:
        slots: dict[str, Slot] = {}
        counted = {one.part_id for one in self._uow.obligations.deliverables(duty.id or 0) if one.at_least}
        for part in parts:
            for slot in self._part_slots(duty, part, is_quota=part.id in counted):
                same = slots.get(slot.name)
                slots[slot.name] = _joined(same, slot) if same else slot
        return [slot for slot in slots.values() if self._is_time_for(slot)]

    def _part_slots(self, duty: Duty, part: DutyPart, *, is_quota: bool) -> Iterator[Slot]:
        rule = rule_from_json(part.rule)
        waits = bool(duty.condition or part.condition) and duty.triggered_on is None
        labels = [part.label] if part.label else []
        if rule.kind is DeadlineKind.ONGOING:
            for year in self._years:
                yield Slot(f"year-{year}", period=f"{year}", labels=labels, part_ids={part.id}, waits=waits)
                yield from self._regime_lines(year, waits=waits)
            return
        dates = due_dates(rule, self._years, before_is_strict=self._plan.before_is_strict)
        frequency = rule.frequency or Frequency.YEARLY
        if is_quota and frequency in WEEKS:
            # "ít nhất 1 tuần/lần" is a number to reach, counted by the month, not 52 things to hand in
            dates, frequency = by_month(dates), Frequency.MONTHLY
        if not dates and rule.kind in WAITS_FOR_EVENT:
            waits = duty.triggered_on is None
            yield Slot(f"event-{part.position}", labels=labels, part_ids={part.id}, waits=waits)
        for due in self._on_regime(part, dates) if self._regime else dates:
            yield Slot(
                due.due_on.isoformat(),
                due_on=due.due_on,
                stated_on=due.stated_on,
                bound=rule.bound,
                at=rule.at,
                period=due.period,
                frequency=frequency,
                labels=labels,
                part_ids={part.id},
                waits=waits,
            )

    def _on_regime(self, part: DutyPart, dates: Sequence[DueDate]) -> Sequence[DueDate]:
        if self._regime is None or not self._plan.reports_follow_regime:
            return dates
        if not are_meant(part.label, rule_from_json(part.rule)):
            return dates
        return [on_regime_dates(due, self._regime) for due in dates]

    def _regime_lines(self, year: int, *, waits: bool) -> Iterator[Slot]:
        """Besides an ongoing duty, one dated line at each date of the regime (promise 5)."""
        for one in self._regime.dates if self._regime else ():
            day = due_on(one, year)
            yield Slot(
                f"regime-{year}-{one.period}",
                due_on=day,
                stated_on=day,
                bound=one.bound,
                period=f"{year}" if one.period == "Y" else f"{year}-{one.period}",
                frequency=Frequency.QUARTERLY,
                labels=[f"báo cáo {one.label}"],
                waits=waits,
                receipt_only=self._regime.receipt_only if self._regime else False,
                reporters=self._regime.reporters if self._regime else (),
            )

    def _is_time_for(self, slot: Slot) -> bool:
        """Nothing is opened beyond the horizon, nor for a day before the plan was issued or took another's place."""
        if slot.due_on is None:
            return not slot.name.startswith("year-") or slot.name <= f"year-{self._until.year}"
        since = [self._plan.issued_on, self._plan.published_on if self._plan.replaces_id else None]
        return slot.due_on <= self._until and all(day is None or slot.due_on >= day for day in since)

    def _owners(self, named: Sequence[Assignment], slot: Slot) -> list[tuple[str, list[int]]]:
        """Who owes a slot: each member of a group its own, the named units one together.

        Named and grouped are meant as of the slot's day; the work falls to those who work on it, or today where the
        day is past: a merged unit's successor. Nothing falls to a unit outside its days of validity.
        """
        day = slot.due_on or self._on
        leads = [one for one in named if one.responsibility is Responsibility.LEAD and _leads_in(one.period, slot)]
        each = {
            unit.id or 0: self._working([unit.id], day)
            for one in leads
            if one.group_id is not None
            for unit in self._uow.directory.members(one.group_id, day)
            if unit.kind is not UnitKind.EXTERNAL
        }
        joint = [one for one in self._working([one.unit_id for one in leads], day) if one not in each]
        owners = [*((str(unit_id), does) for unit_id, does in each.items()), ("joint", joint)]
        return [owner for owner in owners if owner[1] and self._is_addressed(slot, owner[1])]

    def _working(self, unit_ids: Iterable[int | None], day: date) -> list[int]:
        """The units that do the work of these on a day that is not past, each once."""
        named = [self._units[one] for one in unit_ids if one is not None]
        there = [working(self._uow, one, max(day, self._on)) for one in named]
        return list(dict.fromkeys(one.id or 0 for one in there if one is not None))

    def _is_addressed(self, slot: Slot, unit_ids: Sequence[int]) -> bool:
        if slot.reporters is None:
            return True
        return any(
            {self._units[one].kind.value, self._units[one].code} & set(slot.reporters)
            or self._uow.directory.group_codes(one, slot.due_on or self._on) & set(slot.reporters)
            for one in unit_ids
        )

    def _open(
        self,
        duty: Duty,
        slot: Slot,
        owed_by: str,
        leads: Sequence[int],
        named: Sequence[Assignment],
        *,
        introduce: bool,
    ) -> None:
        obligation = self.obligation(duty, slot, owed_by)
        cooperating = [one.unit_id for one in named if one.responsibility is Responsibility.COOPERATING]
        helping = self._working(cooperating, slot.due_on or self._on)
        wanted = [
            one.id or 0 for one in self._uow.obligations.deliverables(duty.id or 0) if one.part_id in slot.part_ids
        ]
        self._uow.obligations.open(obligation, leads, helping, wanted)
        self._planner.plan(obligation, leads, not_before=self._on, introduce=introduce)

    def obligation(self, duty: Duty, slot: Slot, owed_by: str) -> Obligation:
        """What would be opened for a slot; nothing is kept."""
        bound = bound_left(slot.bound, slot.due_on, slot.stated_on)
        return Obligation(
            duty_id=duty.id or 0,
            owed_by=owed_by,
            slot=slot.name,
            label="; ".join(slot.labels) or None,
            period=slot.period,
            frequency=slot.frequency,
            stated_on=slot.stated_on,
            due_on=slot.due_on,
            late_after=slot.due_on,
            aim_on=aim_day(slot.due_on, bound, self._planner.calendar) if slot.due_on else None,
            bound=slot.bound,
            at=slot.at,
            stage=Stage.DRAFT if slot.waits else Stage.OPEN,
            receipt_only=slot.receipt_only,
            opened_on=self._on,
        )


def _joined(first: Slot, second: Slot) -> Slot:
    """Two parts that fall on the same day share one obligation, reminded by the longer ladder."""
    finer, coarser = sorted((first, second), key=lambda slot: RAREST_FIRST.index(slot.frequency), reverse=True)
    first.labels = [*first.labels, *(label for label in second.labels if label not in first.labels)]
    first.part_ids |= second.part_ids
    first.waits = first.waits and second.waits
    first.period, first.frequency = finer.period, coarser.frequency
    first.stated_on = first.stated_on or second.stated_on
    first.bound, first.at = first.bound or second.bound, first.at or second.at
    return first


def _leads_in(period: str | None, slot: Slot) -> bool:
    """Whether a lead named for a period leads on a slot: of that period, or dated within it."""
    if period is None or period == slot.period:
        return True
    year, _, ordinal = period.partition("-Q")
    return bool(ordinal) and slot.due_on is not None and slot.due_on in quarter(int(year), int(ordinal))


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = last_day_of_month(year, month + 1)
    return last.replace(day=min(day.day, last.day))
