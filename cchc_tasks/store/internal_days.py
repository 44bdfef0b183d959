"""The obligations for which an internal day is set at once: by their numbers, or by plan, frequency and days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from cchc_tasks.domain.vocabulary import Frequency, Responsibility
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which obligations are meant: those of these numbers, or of one plan as far as the rest narrows it."""

    obligation_ids: tuple[int, ...] = ()
    plan_id: int | None = None
    frequency: Frequency | None = None
    due_from: date | None = None
    due_to: date | None = None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """An obligation with its duty and the unit that leads it, the focal one of several."""

    obligation: Obligation
    duty: Duty
    unit: str


class InternalDayStore(Store):
    """Finds what an internal day is to be set for."""

    def found(self, chosen: Chosen, *, hold: bool) -> Sequence[FoundRow]:
        """The chosen obligations as they are now; with `hold`, held until the transaction ends."""
        unit = (
            select(Unit.name)
            .join(ResponsibleUnit, col(ResponsibleUnit.unit_id) == Unit.id)
            .where(ResponsibleUnit.obligation_id == Obligation.id)
            .where(ResponsibleUnit.responsibility == Responsibility.LEAD)
            .order_by(col(ResponsibleUnit.focal).desc(), col(ResponsibleUnit.id))
            .limit(1)
            .correlate(Obligation)
            .scalar_subquery()
        )
        query = select(Obligation, Duty, unit).join(Duty, col(Duty.id) == Obligation.duty_id)
        if chosen.plan_id is None:
            query = query.where(col(Obligation.id).in_(chosen.obligation_ids))
        else:
            query = query.where(Duty.plan_id == chosen.plan_id)
        if chosen.frequency is not None:
            query = query.where(Obligation.frequency == chosen.frequency)
        if chosen.due_from is not None:
            query = query.where(col(Obligation.due_on) >= chosen.due_from)
        if chosen.due_to is not None:
            query = query.where(col(Obligation.due_on) <= chosen.due_to)
        query = query.order_by(col(Obligation.id))
        if hold:
            query = query.with_for_update(of=Obligation)
        return [FoundRow(*row) for row in self._session.exec(query.execution_options(populate_existing=True))]
