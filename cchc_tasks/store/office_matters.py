"""What waits for the secretariat and for the leaders, as tuples: a few rows of each, and how many there are in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import col

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import (
    DeliveryKind,
    DeliveryState,
    ExtensionState,
    FollowUpState,
    Frequency,
    PlanStage,
    Role,
    Stage,
)
from cchc_tasks.models.directory import Person, Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.follow_up import FollowUp
from cchc_tasks.models.obligation import Extension, Obligation, ResponsibleUnit
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.obligation_columns import NAMED
from cchc_tasks.store.store import Store

SENT_UP = frozenset({Stage.FORWARDED, Stage.VERIFIED})  # nothing is owed upward any more
EVERY = 1_000  # more than an office will ever leave waiting
STILL_OWED = WAITING_FOR_UNIT | {Stage.SUBMITTED}
COUNTED = STILL_OWED | SENT_UP


@dataclass(frozen=True, slots=True)
class NamedRow:
    """An obligation as a message names it, with its focal lead; `total` counts those beyond the limit too."""

    id: int
    duty_code: str
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    due_on: date
    unit: str
    total: int


@dataclass(frozen=True, slots=True)
class RequestRow(NamedRow):
    """The same with a request for a later day; `due_on` is the day as it is now."""

    asked_until: date
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class UpwardRow(NamedRow):
    """The same with who assigned it, by which document, and where it stands."""

    assigned_by: str
    document_type: str | None
    number: str | None
    plan_title: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A duty with a condition whose period has ended; `ended_on` is None where its year or its plan has."""

    obligation_id: int
    title: str
    condition: str | None
    ended_on: date | None
    total: int


@dataclass(frozen=True, slots=True)
class LateUnitRow:
    """A unit with late obligations."""

    unit_id: int
    code: str
    name: str
    jobs: int
    oldest_due_on: date
    total: int


class OfficeMattersStore(Store):
    """Reads for the secretariat's morning and the leaders' week."""

    def last_told(self, role: Role) -> dict[int, tuple[date, datetime]]:
        """The business day of the last digest that reached each person of a role, and when the role's first one began.

        What that morning's digests say was gathered after that instant; whom none has reached is left out.
        """
        digests = sa.and_(col(Person.role) == role, col(Delivery.kind) == DeliveryKind.DIGEST)
        last = (
            sa.select(col(Delivery.person_id), sa.func.max(col(Delivery.business_on)))
            .join(Person, col(Person.id) == col(Delivery.person_id))
            .where(digests, col(Delivery.state) == DeliveryState.SENT)
            .group_by(col(Delivery.person_id))
        )
        told: dict[int, date] = dict(self._session.execute(last).tuples().all())
        started = (
            sa.select(
                col(Delivery.business_on),
                sa.func.min(sa.func.coalesce(col(DeliveryAttempt.started_at), col(Delivery.sent_at))),
            )
            .join(Person, col(Person.id) == col(Delivery.person_id))
            .join(DeliveryAttempt, col(DeliveryAttempt.delivery_id) == col(Delivery.id), isouter=True)
            .where(digests, col(Delivery.business_on).in_(set(told.values())))
            .group_by(col(Delivery.business_on))
        )
        began: dict[date, datetime] = dict(self._session.execute(started).tuples().all())
        return {person_id: (day, began[day]) for person_id, day in told.items()}

    def has_new(self, on: date, told_on: date, told_at: datetime, *, ahead: timedelta) -> bool:
        """Whether something waits that did not on the last morning of which the secretariat was told.

        A request, a proposed follow-up, a condition whose period ended since, work owed upward that came within
        `ahead` of its day; evidence is looked for in store/standings.py.
        """
        asked = sa.select(col(Extension.id)).where(
            col(Extension.state) == ExtensionState.ASKED, col(Extension.asked_at) > told_at
        )
        proposed = sa.select(col(FollowUp.id)).where(
            col(FollowUp.state) == FollowUpState.PROPOSED, col(FollowUp.proposed_on) > told_on
        )
        if any(self._session.execute(one.limit(1)).first() for one in (asked, proposed)):
            return True
        ended = (one.ended_on for one in self.conditions(on, limit=EVERY))
        came = (one.due_on for one in self.upward(on + ahead, limit=EVERY))
        return any((told_on <= day if day else told_on.year < on.year) for day in ended) or any(
            told_on + ahead < day for day in came
        )

    def requests(self, *, limit: int, before: datetime | None = None) -> Sequence[RequestRow]:
        """Requests for a later day that nobody has decided, the oldest first; only those asked before an instant."""
        query = _named(col(Extension.asked_until), col(Extension.asked_at)).join(
            Extension, col(Extension.obligation_id) == col(Obligation.id)
        )
        query = query.where(col(Extension.state) == ExtensionState.ASKED)
        if before is not None:
            query = query.where(col(Extension.asked_at) < before)
        query = query.order_by(col(Extension.asked_at), col(Extension.id)).limit(limit)
        return [RequestRow(*row) for row in self._session.execute(query)]

    def upward(self, until: date, *, limit: int, done_since: date | None = None) -> Sequence[UpwardRow]:
        """What the Sở still owes superior bodies up to a day, soonest first.

        With `done_since` also what fell due from that day on and has been sent up.
        """
        # Asked first, so that the few duties from above lead to their obligations and not all that are due.
        duties = self._session.execute(sa.select(col(Duty.id)).where(col(Duty.assigned_by).is_not(None))).scalars()
        from_above = duties.all()
        if not from_above:
            return []
        wanted: sa.ColumnElement[bool] = col(Obligation.stage).in_(STILL_OWED)
        if done_since is not None:
            sent = sa.and_(col(Obligation.stage).in_(SENT_UP), col(Obligation.due_on) >= done_since)
            wanted = sa.or_(wanted, sent)
        query = (
            _named(
                col(Duty.assigned_by),
                col(Plan.document_type),
                col(Plan.number),
                col(Plan.title),
                col(Obligation.stage),
            )
            .join(Plan, col(Plan.id) == col(Duty.plan_id))
            .where(col(Obligation.duty_id).in_(from_above))
            .where(col(Obligation.parent_id).is_(None))
            .where(col(Obligation.due_on) <= until, wanted)
            .order_by(col(Obligation.due_on), col(Obligation.id))
            .limit(limit)
        )
        return [UpwardRow(*row) for row in self._session.execute(query)]

    def conditions(self, on: date, *, limit: int) -> Sequence[ConditionRow]:
        """Duties whose condition nobody has spoken about though its period has ended, the longest ended first."""
        ended_on = sa.func.max(col(Obligation.due_on))
        of_year = sa.and_(col(Obligation.slot).like("year-%"), col(Obligation.slot) < f"year-{on.year}")
        of_plan = sa.and_(col(Obligation.slot).like("event-%"), col(Plan.last_year) < on.year)
        query = (
            sa.select(
                sa.func.min(col(Obligation.id)),
                col(Duty.title),
                col(Duty.condition),
                ended_on,
                sa.func.count().over(),
            )
            .select_from(Obligation)
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(Plan, col(Plan.id) == col(Duty.plan_id))
            .where(col(Obligation.stage) == Stage.DRAFT, col(Plan.stage) == PlanStage.PUBLISHED)
            .where(sa.or_(col(Obligation.due_on) < on, of_year, of_plan))
            .group_by(col(Duty.id), col(Duty.title), col(Duty.condition))
            .order_by(ended_on.is_(None), ended_on, col(Duty.id))
            .limit(limit)
        )
        return [ConditionRow(*row) for row in self._session.execute(query)]

    def reported(self, on: date, *, limit: int) -> Sequence[NamedRow]:
        """Late obligations that were taken to the leaders and still wait for their units, longest late first."""
        released = sa.select(col(FollowUp.obligation_id)).where(
            col(FollowUp.state) == FollowUpState.RELEASED, col(FollowUp.to_leaders)
        )
        query = (
            _named()
            .where(col(Obligation.id).in_(released), _late(on))
            .order_by(col(Obligation.due_on), col(Obligation.id))
            .limit(limit)
        )
        return [NamedRow(*row) for row in self._session.execute(query)]

    def late_units(self, on: date, *, limit: int) -> Sequence[LateUnitRow]:
        """Units with late obligations, the one that is longest late first."""
        oldest = sa.func.min(col(Obligation.due_on))
        query = (
            sa.select(col(Unit.id), col(Unit.code), col(Unit.name), sa.func.count(), oldest, sa.func.count().over())
            .select_from(Obligation)
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
            .join(Unit, col(Unit.id) == col(ResponsibleUnit.unit_id))
            .where(col(ResponsibleUnit.focal), _late(on))
            .group_by(col(Unit.id), col(Unit.code), col(Unit.name))
            .order_by(oldest, col(Unit.id))
            .limit(limit)
        )
        return [LateUnitRow(*row) for row in self._session.execute(query)]

    def progress(self, first: date, last: date) -> tuple[int, int]:
        """(done by the last day, all) of what fell due within a span of days; input asked by units is not counted."""
        done = sa.and_(col(Obligation.stage) == Stage.VERIFIED, col(Obligation.judged_on) <= last)
        query = sa.select(sa.func.count(sa.case((done, 1))), sa.func.count()).where(
            col(Obligation.due_on).between(first, last),
            col(Obligation.stage).in_(COUNTED),
            col(Obligation.parent_id).is_(None),
        )
        finished, whole = self._session.execute(query).one()
        return finished, whole


def _named(*beside: Mapped[Any]) -> sa.Select[Any]:
    """Obligations with their focal leads, in the order of NamedRow's fields and then what stands beside."""
    return (
        sa.select(*NAMED, col(Unit.name), sa.func.count().over(), *beside)
        .select_from(Obligation)
        .join(Duty, col(Duty.id) == col(Obligation.duty_id))
        .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
        .join(Unit, col(Unit.id) == col(ResponsibleUnit.unit_id))
        .where(col(ResponsibleUnit.focal))
    )


def _late(on: date) -> sa.ColumnElement[bool]:
    """Late work of the Sở: what units owe each other as input is nobody else's matter."""
    waits = col(Obligation.stage).in_(WAITING_FOR_UNIT)
    return sa.and_(waits, col(Obligation.late_after) < on, col(Obligation.parent_id).is_(None))
