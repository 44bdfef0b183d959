"""What setting or clearing an internal day would change, and what it would leave as it is and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import ObligationUnknown
from cchc_tasks.domain.internal_days import LeftOut, hold_not_past, left_out
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import PlanStage
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.database import Database
from cchc_tasks.store.internal_days import Chosen, FoundRow
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class InternalDayLine:
    """One of the chosen obligations; `reason` says why it is left as it is, None where it changes."""

    id: int
    duty_code: str
    title: str
    unit: str
    due_on: date | None
    internal_due_on: date | None  # as it was before
    reason: LeftOut | None


@dataclass(frozen=True, slots=True)
class InternalDays:
    """The chosen obligations by date: those that change, and those that do not."""

    changed: tuple[InternalDayLine, ...]
    left_out: tuple[InternalDayLine, ...]


def preview_internal_day(
    database: Database, chosen: Chosen, on: date | None, *, actor: Actor, today: date
) -> InternalDays:
    """What would happen; `on` is the day to set, or None to clear. Raises as set_internal_day does."""
    require(actor, Action.SET_INTERNAL_DAY)
    with database.read() as uow:
        return sorted_out(chosen_obligations(uow, chosen, hold=False), on, today=today)


def plans_in_force(database: Database, *, actor: Actor) -> tuple[Plan, ...]:
    """The plans whose obligations can be chosen, in the order they were imported. Raises NoRight."""
    require(actor, Action.SET_INTERNAL_DAY)
    with database.read() as uow:
        return tuple(one for one in uow.plans.all() if one.stage is PlanStage.PUBLISHED)


def chosen_obligations(uow: UnitOfWork, chosen: Chosen, *, hold: bool) -> Sequence[FoundRow]:
    """What is meant; raises PlanUnknown or ObligationUnknown."""
    if chosen.plan_id is not None:
        uow.plans.get(chosen.plan_id)
    found = uow.internal_days.found(chosen, hold=hold)
    missing = set(chosen.obligation_ids) - {row.obligation.id for row in found}
    if missing:
        raise ObligationUnknown(obligation=min(missing))
    return found


def sorted_out(found: Sequence[FoundRow], on: date | None, *, today: date) -> InternalDays:
    """Which of them change and which do not; raises InternalDayPast."""
    hold_not_past(on, today)
    lines = sorted((_line(row, on) for row in found), key=lambda line: (line.due_on or date.max, line.id))
    return InternalDays(
        changed=tuple(line for line in lines if line.reason is None),
        left_out=tuple(line for line in lines if line.reason is not None),
    )


def _line(row: FoundRow, on: date | None) -> InternalDayLine:
    one = row.obligation
    return InternalDayLine(
        id=one.id or 0,
        duty_code=row.duty.code,
        title=obligation_title(row.duty.title, one.label, one.period, one.frequency),
        unit=row.unit,
        due_on=one.due_on,
        internal_due_on=one.internal_due_on,
        reason=left_out(
            on,
            stage=one.stage,
            due_on=one.due_on,
            internal_due_on=one.internal_due_on,
            is_input=one.parent_id is not None,
        ),
    )
