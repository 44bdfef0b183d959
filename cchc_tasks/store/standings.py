"""How obligations stand, worked out by the database by the rule of domain/lifecycle.standing, for lists and counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from cchc_tasks.domain.lifecycle import WAITING_FOR_OFFICE, WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import Frequency, PlanStage, Responsibility, Role, Stage, Standing
from cchc_tasks.models.directory import Person, Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.evidence import Evidence, Proves, Revision, Verification
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.obligation_columns import NAMED
from cchc_tasks.store.store import Store

# What units ask of each other is theirs: the office counts what is owed to it.
NOT_INPUT = col(Obligation.parent_id).is_(None)


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """One late obligation with its focal lead."""

    id: int
    duty_code: str
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    due_on: date
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One piece of evidence that waits for its verification."""

    evidence_id: int
    unit: str
    obligation_id: int
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    received_on: date


def standing_of(on: date, due_soon_days: Mapping[str, int]) -> sa.ColumnElement[str | None]:
    """The Standing's word of each obligation on a day; NULL for those that are not counted."""
    late_after, stage = col(Obligation.late_after), col(Obligation.stage)
    last_soon = sa.case(
        *(
            (col(Obligation.frequency) == one, on + timedelta(due_soon_days[one.value]))
            for one in Frequency
            if one.value in due_soon_days
        ),
        else_=on,
    )
    waits = stage.in_(WAITING_FOR_UNIT)
    return sa.case(
        (stage.in_(WAITING_FOR_OFFICE), Standing.AWAITING.value),
        (
            sa.and_(stage == Stage.VERIFIED, col(Obligation.judged_on) > col(Obligation.due_on)),
            Standing.DONE_LATE.value,
        ),
        (stage == Stage.VERIFIED, Standing.DONE_ON_TIME.value),
        (sa.and_(waits, late_after.is_(None)), Standing.NO_DEADLINE.value),
        (sa.and_(waits, late_after < on), Standing.OVERDUE.value),
        (sa.and_(waits, late_after <= last_soon), Standing.DUE_SOON.value),
        (waits, Standing.ON_TRACK.value),
        else_=sa.null(),
    )


class StandingStore(Store):
    """Counts of a whole office, as tuples: what the first pages open with."""

    def tallies(self, on: date, due_soon_days: Mapping[str, int]) -> Sequence[tuple[str | None, int, str, int]]:
        """(area, focal lead's id, standing, obligations) of the plans of the day's year, in one pass."""
        stands = standing_of(on, due_soon_days).label("stands")
        query = (
            sa.select(col(Duty.area), col(ResponsibleUnit.unit_id), stands, sa.func.count())
            .select_from(Obligation)
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
            .where(col(ResponsibleUnit.focal), col(Duty.plan_id).in_(_current(on)), NOT_INPUT)
            .group_by(col(Duty.area), col(ResponsibleUnit.unit_id), stands)
        )
        return [(area, unit, word, count) for area, unit, word, count in self._session.execute(query) if word]

    def duties_by_area(self, on: date) -> Sequence[tuple[str | None, int]]:
        """(area, duties) of the plans of the day's year, in print order."""
        query = (
            sa.select(col(Duty.area), sa.func.count())
            .where(col(Duty.plan_id).in_(_current(on)))
            .group_by(col(Duty.area))
            .order_by(sa.func.min(col(Duty.id)))
        )
        return [(area, count) for area, count in self._session.execute(query)]

    def due_between(self, first: date, last: date) -> Sequence[tuple[date, int]]:
        """(last day that is not late, obligations that still wait for their units) within a span of days."""
        day = col(Obligation.late_after)
        query = (
            sa.select(day, sa.func.count())
            .where(day.between(first, last), col(Obligation.stage).in_(WAITING_FOR_UNIT), NOT_INPUT)
            .group_by(day)
            .order_by(day)
        )
        return [(when, count) for when, count in self._session.execute(query)]

    def overdue(self, on: date, *, limit: int) -> Sequence[OverdueRow]:
        """The late obligations by the unit that is longest late, each unit's together, longest late first."""
        late = sa.and_(col(Obligation.late_after) < on, col(Obligation.stage).in_(WAITING_FOR_UNIT))
        first = sa.func.min(col(Obligation.due_on)).over(partition_by=col(ResponsibleUnit.unit_id))
        query = (
            sa.select(
                *NAMED,
                col(Unit.id),
                col(Unit.name),
            )
            .select_from(Obligation)
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
            .join(Unit, col(Unit.id) == col(ResponsibleUnit.unit_id))
            .where(late, col(ResponsibleUnit.focal), NOT_INPUT)
            .order_by(first, col(Unit.id), col(Obligation.due_on), col(Obligation.id))
            .limit(limit)
        )
        return [OverdueRow(*row) for row in self._session.execute(query)]

    def count_overdue(self, on: date) -> tuple[int, int]:
        """How many obligations are late, and of how many units."""
        query = (
            sa.select(sa.func.count(), sa.func.count(sa.distinct(col(ResponsibleUnit.unit_id))))
            .select_from(Obligation)
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
            .where(col(Obligation.late_after) < on, col(Obligation.stage).in_(WAITING_FOR_UNIT))
            .where(col(ResponsibleUnit.focal), NOT_INPUT)
        )
        jobs, units = self._session.execute(query).one()
        return jobs, units

    def waits_since(self, instant: datetime) -> bool:
        """Whether evidence that waits for its verification came in after an instant."""
        query = _undecided().where(col(Revision.submitted_at) > instant).limit(1)
        return self._session.execute(query).first() is not None

    def waiting(self, *, limit: int) -> Sequence[WaitingRow]:
        """Evidence that waits for its verification, the longest waiting first, each with its first obligation."""
        undecided = _undecided().order_by(col(Revision.received_on), col(Evidence.id)).limit(limit).subquery()
        proven = sa.select(sa.func.min(col(Proves.obligation_id))).where(
            col(Proves.evidence_id) == undecided.c.evidence_id
        )
        query = (
            sa.select(
                undecided.c.evidence_id,
                col(Unit.name),
                col(Obligation.id),
                col(Duty.title),
                col(Obligation.label),
                col(Obligation.period),
                col(Obligation.frequency),
                undecided.c.received_on,
            )
            .select_from(undecided)
            .join(Unit, col(Unit.id) == undecided.c.unit_id)
            .join(Obligation, col(Obligation.id) == proven.scalar_subquery())
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .order_by(undecided.c.received_on, undecided.c.evidence_id)
        )
        return [WaitingRow(*row) for row in self._session.execute(query)]

    def count_waiting(self) -> int:
        """How many pieces of evidence wait for their verification."""
        return self._count(sa.select(sa.func.count()).select_from(_undecided().subquery()))

    def count_open(self, unit_id: int, on: date, until: date) -> int:
        """What a unit has to do: late or due until a day."""
        query = (
            sa.select(sa.func.count())
            .select_from(Obligation)
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
            .where(col(ResponsibleUnit.unit_id) == unit_id, col(ResponsibleUnit.responsibility) == Responsibility.LEAD)
            .where(col(Obligation.stage).in_(WAITING_FOR_UNIT), col(Obligation.late_after) <= until)
        )
        return self._count(query)

    def _count(self, query: sa.Select[tuple[int]]) -> int:
        return int(self._session.execute(query).scalar_one())

    def heads(self, unit_ids: Collection[int]) -> dict[int, str]:
        """The heads of units by unit; a unit without one is left out."""
        query = sa.select(col(Person.unit_id), col(Person.name)).where(
            col(Person.unit_id).in_(unit_ids), col(Person.role) == Role.HEAD, col(Person.active)
        )
        return {row[0]: row[1] for row in self._session.execute(query.order_by(col(Person.id).desc()))}


def _current(on: date) -> sa.Select[tuple[int | None]]:
    return sa.select(col(Plan.id)).where(
        col(Plan.stage) == PlanStage.PUBLISHED, col(Plan.first_year) <= on.year, col(Plan.last_year) >= on.year
    )


def _undecided() -> sa.Select[Any]:
    """Revisions about which nothing was decided; a newer one comes only after a decision, so each is its newest.

    What was handed in as input waits for the unit that asked for it, not for the secretariat.
    """
    for_unit = (
        sa.select(col(Proves.evidence_id))
        .join(Obligation, col(Obligation.id) == col(Proves.obligation_id))
        .where(col(Proves.evidence_id) == col(Evidence.id), col(Obligation.parent_id).is_not(None))
        .exists()
    )
    return (
        sa.select(
            col(Evidence.id).label("evidence_id"),
            col(Evidence.unit_id).label("unit_id"),
            col(Revision.received_on).label("received_on"),
        )
        .join(Revision, col(Revision.evidence_id) == col(Evidence.id))
        .join(Verification, col(Verification.revision_id) == col(Revision.id), isouter=True)
        .where(col(Verification.id).is_(None), ~for_unit)
    )
