"""Proposals to take late obligations further, what was decided about them, and the letters made of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from cchc_tasks.domain.errors import FollowUpUnknown, LetterUnknown
from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import FollowUpState, Frequency, Stage
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.follow_up import FollowUp, Letter
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.obligation_columns import TITLED
from cchc_tasks.store.store import Store

DECIDED = (FollowUpState.RELEASED, FollowUpState.DECLINED)


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A proposal that waits for a decision, with its focal lead."""

    id: int
    days: int
    obligation_id: int
    stage: Stage
    due_on: date
    duty_code: str
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter with how much it is about."""

    id: int
    made_on: date
    made_by: str
    made_at: datetime
    duties: int


@dataclass(frozen=True, slots=True)
class LateRow:
    """What a letter says of one obligation: its duty, the document that assigned it, the day that had passed."""

    obligation_id: int
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    due_on: date
    plan_title: str
    plan_number: str | None
    plan_kind: str | None
    plan_issued_on: date | None


class FollowUpStore(Store):
    """Proposes, settles and keeps follow-ups."""

    def propose(self, on: date, steps: Collection[int]) -> int:
        """Keep a proposal for each late obligation at the highest step of days that it has reached; says how many.

        Not again for a version of its date, nor where that step was decided since the obligation became late: a
        person assigned meanwhile plans anew, but makes nothing later than it was.
        """
        late = sa.select(
            col(Obligation.id), col(Obligation.due_version), _step(on, steps).label("days"), col(Obligation.due_on)
        ).where(_late(on), col(Obligation.due_on) <= on - timedelta(min(steps)))
        reached = late.add_columns(col(Obligation.late_after)).subquery()
        known = (
            sa.select(col(FollowUp.id))
            .where(
                col(FollowUp.obligation_id) == reached.c.id,
                col(FollowUp.days) >= reached.c.days,
                sa.or_(
                    col(FollowUp.due_version) == reached.c.due_version,
                    sa.and_(col(FollowUp.state).in_(DECIDED), col(FollowUp.proposed_on) > reached.c.late_after),
                ),
            )
            .exists()
        )
        found = self._session.execute(sa.select(reached).where(~known).order_by(reached.c.id)).all()
        rows = [
            {
                "obligation_id": row.id,
                "due_version": row.due_version,
                "days": row.days,
                "due_on": row.due_on,
                "proposed_on": on,
                "state": FollowUpState.PROPOSED,
                "to_leaders": False,
            }
            for row in found
        ]
        if rows:
            self._session.execute(self._insert().on_conflict_do_nothing(), rows)
        return len(rows)

    def settle(self, on: date) -> int:
        """Close what need not be decided any more: answered, dated anew, or overtaken by a higher step."""
        higher = aliased(FollowUp)
        overtaken = (
            sa.select(col(higher.id))
            .where(
                col(higher.obligation_id) == col(FollowUp.obligation_id),
                col(higher.due_version) == col(FollowUp.due_version),
                col(higher.days) > col(FollowUp.days),
            )
            .exists()
        )
        closed = (
            sa.update(FollowUp)
            .where(col(FollowUp.state) == FollowUpState.PROPOSED, sa.or_(~_stands(on), overtaken))
            .values(state=FollowUpState.SETTLED)
            .execution_options(synchronize_session=False)
        )
        return cast("sa.CursorResult[Any]", self._session.execute(closed)).rowcount

    def waiting(self, on: date, *, limit: int) -> Sequence[ProposedRow]:
        """What waits for a decision, each unit's together, the unit that is longest late first."""
        first = sa.func.min(col(FollowUp.due_on)).over(partition_by=col(ResponsibleUnit.unit_id))
        query = (
            sa.select(
                col(FollowUp.id),
                col(FollowUp.days),
                col(Obligation.id),
                col(Obligation.stage),
                col(FollowUp.due_on),
                col(Duty.code),
                col(Duty.title),
                col(Obligation.label),
                col(Obligation.period),
                col(Obligation.frequency),
                col(Unit.id),
                col(Unit.name),
            )
            .select_from(FollowUp)
            .join(Obligation, col(Obligation.id) == col(FollowUp.obligation_id))
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(Obligation.id))
            .join(Unit, col(Unit.id) == col(ResponsibleUnit.unit_id))
            .where(col(FollowUp.state) == FollowUpState.PROPOSED, _stands(on), col(ResponsibleUnit.focal))
            .order_by(first, col(ResponsibleUnit.unit_id), col(FollowUp.due_on), col(FollowUp.id))
            .limit(limit)
        )
        return [ProposedRow(*row) for row in self._session.execute(query)]

    def count_waiting(self, on: date) -> tuple[int, int]:
        """How many obligations wait for a decision, and of how many units."""
        query = (
            sa.select(sa.func.count(), sa.func.count(sa.distinct(col(ResponsibleUnit.unit_id))))
            .select_from(FollowUp)
            .join(ResponsibleUnit, col(ResponsibleUnit.obligation_id) == col(FollowUp.obligation_id))
            .where(col(FollowUp.state) == FollowUpState.PROPOSED, _stands(on), col(ResponsibleUnit.focal))
        )
        jobs, units = self._session.execute(query).one()
        return jobs, units

    def locked(self, follow_up_ids: Collection[int]) -> Sequence[FollowUp]:
        """These proposals as they are now, in order, held until the transaction ends; raises FollowUpUnknown."""
        query = select(FollowUp).where(col(FollowUp.id).in_(follow_up_ids)).order_by(col(FollowUp.id)).with_for_update()
        found = self._session.exec(query.execution_options(populate_existing=True)).all()
        missing = sorted(set(follow_up_ids) - {one.id for one in found})
        if missing:
            raise FollowUpUnknown(follow_up=missing[0])
        return found

    def decided_with(self, follow_up_id: int) -> Sequence[FollowUp]:
        """All that was decided together with this proposal; nothing where it waits or does not exist."""
        one = self._session.get(FollowUp, follow_up_id)
        if one is None or one.decided_at is None:
            return []
        same_moment = select(FollowUp).where(
            FollowUp.decided_at == one.decided_at, FollowUp.decided_by == one.decided_by, FollowUp.state == one.state
        )
        found = self._session.exec(same_moment.order_by(col(FollowUp.id))).all()
        return [other for other in found if (other.letter_id, other.to_leaders) == (one.letter_id, one.to_leaders)]

    def add_letter(self, letter: Letter) -> int:
        """Keep a letter and give its id."""
        return self._keep(letter)

    def letter(self, letter_id: int) -> Letter:
        """A letter by id; raises LetterUnknown."""
        letter = self._session.get(Letter, letter_id)
        if letter is None:
            raise LetterUnknown(letter=letter_id)
        return letter

    def letters(self, *, limit: int) -> Sequence[LetterRow]:
        """The letters that were made, the newest first."""
        query = (
            sa.select(
                col(Letter.id),
                col(Letter.made_on),
                col(Letter.made_by),
                col(Letter.made_at),
                sa.func.count(col(FollowUp.id)),
            )
            .join(FollowUp, col(FollowUp.letter_id) == col(Letter.id))
            .group_by(col(Letter.id))
            .order_by(col(Letter.id).desc())
            .limit(limit)
        )
        return [LetterRow(*row) for row in self._session.execute(query)]

    def of_letter(self, letter_id: int) -> Sequence[LateRow]:
        """What a letter is about."""
        query = (
            sa.select(
                *TITLED,
                col(FollowUp.due_on),
                col(Plan.title),
                col(Plan.number),
                col(Plan.document_type),
                col(Plan.issued_on),
            )
            .select_from(FollowUp)
            .join(Obligation, col(Obligation.id) == col(FollowUp.obligation_id))
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .join(Plan, col(Plan.id) == col(Duty.plan_id))
            .where(col(FollowUp.letter_id) == letter_id)
            .order_by(col(FollowUp.due_on), col(FollowUp.id))
        )
        return [LateRow(*row) for row in self._session.execute(query)]

    def _insert(self) -> sqlite.Insert | postgresql.Insert:
        on_sqlite = self._session.get_bind().dialect.name == "sqlite"
        return sqlite.insert(FollowUp) if on_sqlite else postgresql.insert(FollowUp)


def _late(on: date) -> sa.ColumnElement[bool]:
    """Late work of the Sở: what units owe each other as input is nobody else's matter."""
    waits = col(Obligation.stage).in_(WAITING_FOR_UNIT)
    return sa.and_(waits, col(Obligation.late_after) < on, col(Obligation.parent_id).is_(None))


def _step(on: date, steps: Collection[int]) -> sa.ColumnElement[int]:
    """The highest step that a late obligation has reached."""
    reached = [(col(Obligation.due_on) <= on - timedelta(step), step) for step in sorted(steps, reverse=True)]
    return sa.case(*reached)


def _stands(on: date) -> sa.ColumnElement[bool]:
    """Whether the obligation of a proposal is still late by the date that was spoken of."""
    return (
        sa.select(col(Obligation.id))
        .where(
            col(Obligation.id) == col(FollowUp.obligation_id),
            col(Obligation.due_version) == col(FollowUp.due_version),
            _late(on),
        )
        .correlate(FollowUp)
        .exists()
    )
