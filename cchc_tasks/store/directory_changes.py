"""Changes of the directory by document, and everything of a unit that a change passes on or ends."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, func, select

from cchc_tasks.domain.errors import DirectoryChangeUnknown
from cchc_tasks.domain.lifecycle import WAITING_FOR_OFFICE, WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import PlanStage, ReminderState, Responsibility, Stage
from cchc_tasks.models.directory import DirectoryChange, GroupMember, Person, Unit
from cchc_tasks.models.duty import Assignment, Duty
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.store import Store

UNFINISHED = WAITING_FOR_UNIT | WAITING_FOR_OFFICE | {Stage.DRAFT, Stage.SUSPENDED}


class DirectoryChangeStore(Store):
    """Reads and keeps changes, and moves what belongs to a unit."""

    def add(self, change: DirectoryChange) -> int:
        """Keep a change and give its id."""
        return self._keep(change)

    def locked(self, change_id: int) -> DirectoryChange:
        """A change as it is now, held until the transaction ends; raises DirectoryChangeUnknown."""
        query = select(DirectoryChange).where(DirectoryChange.id == change_id).with_for_update()
        change = self._session.exec(query.execution_options(populate_existing=True)).first()
        if change is None:
            raise DirectoryChangeUnknown(change=change_id)
        return change

    def take_back(self, change: DirectoryChange) -> None:
        """Forget a change; the journal keeps that it was recorded."""
        self._session.delete(change)

    def waiting(self, until: date | None = None) -> Sequence[DirectoryChange]:
        """Changes not applied yet, up to a day or all, in the order in which they take effect."""
        query = select(DirectoryChange).where(col(DirectoryChange.applied_at).is_(None))
        if until is not None:
            query = query.where(DirectoryChange.valid_on <= until)
        return self._session.exec(query.order_by(col(DirectoryChange.valid_on), col(DirectoryChange.id))).all()

    def about(self, unit_id: int) -> Sequence[DirectoryChange]:
        """Every change that names a unit, as the one changed or the one merged into, by day."""
        query = select(DirectoryChange).where(
            sa.or_(col(DirectoryChange.unit_id) == unit_id, col(DirectoryChange.into_id) == unit_id)
        )
        return self._session.exec(query.order_by(col(DirectoryChange.valid_on), col(DirectoryChange.id))).all()

    def hold_work(self, unit_id: int) -> Sequence[Obligation]:
        """The unfinished obligations a unit has a part in, as they are now, held until the transaction ends."""
        mine = select(ResponsibleUnit.obligation_id).where(ResponsibleUnit.unit_id == unit_id)
        query = (
            select(Obligation)
            .where(col(Obligation.id).in_(mine), col(Obligation.stage).in_(UNFINISHED))
            .order_by(col(Obligation.id))
            .with_for_update(of=Obligation)
        )
        return self._session.exec(query.execution_options(populate_existing=True)).all()

    def parts(self, obligation_ids: Collection[int]) -> dict[int, list[ResponsibleUnit]]:
        """The units' parts by obligation, in order."""
        query = select(ResponsibleUnit).where(col(ResponsibleUnit.obligation_id).in_(obligation_ids))
        found: dict[int, list[ResponsibleUnit]] = {}
        for part in self._session.exec(query.order_by(col(ResponsibleUnit.id))):
            found.setdefault(part.obligation_id, []).append(part)
        return found

    def remove_part(self, part: ResponsibleUnit) -> None:
        """Take a unit out of an obligation, at once: another may get its place in the same transaction."""
        self._session.delete(part)
        self._session.flush()

    def owed(self, owed_by: str, duty_ids: Collection[int]) -> set[tuple[int, str]]:
        """The (duty, slot) pairs that one already owes, whatever became of them."""
        query = select(col(Obligation.duty_id), col(Obligation.slot)).where(
            Obligation.owed_by == owed_by, col(Obligation.duty_id).in_(duty_ids)
        )
        return {(duty_id, slot) for duty_id, slot in self._session.exec(query)}

    def planned_rungs(self, obligation_ids: Collection[int]) -> int:
        """How many rungs of these obligations are still to come."""
        query = select(func.count()).select_from(Reminder)
        query = query.where(col(Reminder.obligation_id).in_(obligation_ids), Reminder.state == ReminderState.PLANNED)
        return self._session.exec(query).one()

    def people(self, unit_id: int) -> Sequence[Person]:
        """The active people of a unit."""
        query = select(Person).where(Person.unit_id == unit_id, col(Person.active)).order_by(col(Person.id))
        return self._session.exec(query).all()

    def children(self, unit_id: int) -> Sequence[Unit]:
        """The units directly below a unit."""
        return self._session.exec(select(Unit).where(Unit.parent_id == unit_id).order_by(col(Unit.id))).all()

    def memberships(self, unit_id: int, on: date) -> Sequence[GroupMember]:
        """A unit's memberships that reach this day or begin later."""
        query = select(GroupMember).where(
            GroupMember.unit_id == unit_id,
            sa.or_(col(GroupMember.valid_to).is_(None), col(GroupMember.valid_to) >= on),
        )
        return self._session.exec(query.order_by(col(GroupMember.id))).all()

    def move_secretariat(self, unit_id: int, into_id: int | None) -> None:
        """Let the plans in work that one unit looks after be looked after by another, or by the office's own."""
        self._session.execute(
            sa.update(Plan)
            .where(col(Plan.secretariat_id) == unit_id, col(Plan.stage).in_((PlanStage.DRAFT, PlanStage.PUBLISHED)))
            .values(secretariat_id=into_id)
        )

    def led_by(self, unit_ids: Collection[int]) -> dict[int, tuple[Duty, list[Assignment]]]:
        """The duties in force that name one of these units as lead, with all who are named as leads."""
        naming = select(Assignment.duty_id).where(
            col(Assignment.unit_id).in_(unit_ids), Assignment.responsibility == Responsibility.LEAD
        )
        query = (
            select(Duty, Assignment)
            .join(Assignment, col(Assignment.duty_id) == Duty.id)
            .join(Plan, col(Plan.id) == Duty.plan_id)
            .where(
                col(Duty.id).in_(naming),
                Plan.stage == PlanStage.PUBLISHED,
                Assignment.responsibility == Responsibility.LEAD,
            )
            .order_by(col(Duty.id), col(Assignment.position))
        )
        found: dict[int, tuple[Duty, list[Assignment]]] = {}
        for duty, assignment in self._session.exec(query):
            found.setdefault(duty.id or 0, (duty, []))[1].append(assignment)
        return found
