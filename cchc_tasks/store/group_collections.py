"""What the units of a group owe each: collections with who has not sent theirs yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import Frequency, Responsibility, Stage
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.store.store import Store

COUNTED = WAITING_FOR_UNIT | {Stage.SUBMITTED, Stage.FORWARDED, Stage.VERIFIED}


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One unit's obligation of a collection: a duty on a date, owed by each unit of a group."""

    duty_id: int
    slot: str
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    due_on: date
    unit_id: int
    stage: Stage


class GroupCollectionStore(Store):
    """Reads for the text that is copied into a group's chat."""

    def owed(self, unit_ids: Collection[int], until: date) -> Sequence[OwedRow]:
        """What these units owe, each its own, on the dates up to a day on which one of them is still awaited."""
        awaited = sa.select(col(Obligation.duty_id), col(Obligation.slot)).where(
            col(Obligation.stage).in_(WAITING_FOR_UNIT),
            col(Obligation.due_on) <= until,
            col(Obligation.owed_by).in_([str(one) for one in unit_ids]),
            col(Obligation.parent_id).is_(None),
        )
        wanted = awaited.distinct().subquery()
        query = (
            sa.select(
                col(Obligation.duty_id),
                col(Obligation.slot),
                col(Duty.title),
                col(Obligation.label),
                col(Obligation.period),
                col(Obligation.frequency),
                col(Obligation.due_on),
                col(ResponsibleUnit.unit_id),
                col(Obligation.stage),
            )
            .select_from(Obligation)
            .join(wanted, sa.and_(wanted.c.duty_id == col(Obligation.duty_id), wanted.c.slot == col(Obligation.slot)))
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
            .where(
                col(Obligation.owed_by) == sa.cast(col(ResponsibleUnit.unit_id), sa.String),
                col(ResponsibleUnit.unit_id).in_(unit_ids),
                col(ResponsibleUnit.responsibility) == Responsibility.LEAD,
                col(Obligation.stage).in_(COUNTED),
                col(Obligation.due_on) <= until,
            )
            .order_by(col(Obligation.due_on), col(Obligation.duty_id), col(Obligation.id))
        )
        return [OwedRow(*row) for row in self._session.execute(query)]
