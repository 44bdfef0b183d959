"""Sub-requests: what the units that lead an obligation ask of other units, and who leads what they are input of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from cchc_tasks.domain.vocabulary import Responsibility, Stage
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class InputRow:
    """One sub-request: what is asked of whom by whom (the focal lead of its parent), and where it stands."""

    id: int
    parent_id: int
    duty_title: str
    what: str
    unit_id: int
    unit: str
    asked_by: str
    due_on: date
    stage: Stage
    late_after: date


class InputStore(Store):
    """Reads the sub-requests of obligations."""

    def of_parent(self, parent_id: int) -> Sequence[Obligation]:
        """Every sub-request of an obligation, ended ones included, in the order in which they were asked."""
        query = select(Obligation).where(Obligation.parent_id == parent_id).order_by(col(Obligation.id))
        return self._session.exec(query).all()

    def held(self, parent_id: int) -> Sequence[Obligation]:
        """The same as they are now, their rows held until the transaction ends."""
        query = select(Obligation).where(Obligation.parent_id == parent_id).order_by(col(Obligation.id))
        return self._session.exec(query.with_for_update().execution_options(populate_existing=True)).all()

    def rows(self, parent_ids: Collection[int] | None, unit_ids: Collection[int] | None = None) -> Sequence[InputRow]:
        """Sub-requests of these parents (None: of all), asked by or of these units (None: of all), by date."""
        asked, parent_lead = aliased(ResponsibleUnit), aliased(ResponsibleUnit)
        unit, asker = aliased(Unit), aliased(Unit)
        columns = (
            col(Obligation.id),
            col(Obligation.parent_id),
            col(Duty.title),
            col(Obligation.label),
            col(unit.id),
            col(unit.name),
            col(asker.name),
            col(Obligation.due_on),
            col(Obligation.stage),
            col(Obligation.late_after),
        )
        query = (
            sa.select(*columns)
            .select_from(Obligation)
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(asked, sa.and_(col(asked.obligation_id) == col(Obligation.id), col(asked.focal)))
            .join(unit, col(unit.id) == col(asked.unit_id))
            .join(
                parent_lead,
                sa.and_(col(parent_lead.obligation_id) == col(Obligation.parent_id), col(parent_lead.focal)),
            )
            .join(asker, col(asker.id) == col(parent_lead.unit_id))
            .where(col(Obligation.parent_id).is_not(None))
            .order_by(col(Obligation.due_on), col(Obligation.id))
        )
        if parent_ids is not None:
            query = query.where(col(Obligation.parent_id).in_(parent_ids))
        if unit_ids is not None:
            led = sa.select(col(ResponsibleUnit.obligation_id)).where(
                col(ResponsibleUnit.unit_id).in_(unit_ids), col(ResponsibleUnit.responsibility) == Responsibility.LEAD
            )
            query = query.where(sa.or_(col(Obligation.id).in_(led), col(Obligation.parent_id).in_(led)))
        return [InputRow(*row) for row in self._session.execute(query)]

    def asking_units(self, obligation_ids: Collection[int]) -> dict[int, str]:
        """For those of these obligations that are sub-requests: the name of the unit that asks."""
        query = (
            sa.select(col(Obligation.id), col(Unit.name))
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.parent_id))
            .join(Unit, col(Unit.id) == col(ResponsibleUnit.unit_id))
            .where(col(Obligation.id).in_(obligation_ids), col(ResponsibleUnit.focal))
        )
        return {row[0]: row[1] for row in self._session.execute(query)}
