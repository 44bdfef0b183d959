"""Duties and the obligations opened from them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlmodel import col, select

from cchc_tasks.domain.errors import DutyUnknown, ObligationUnknown
from cchc_tasks.domain.vocabulary import Responsibility, Stage
from cchc_tasks.models.directory import Person
from cchc_tasks.models.duty import Assignment, Duty, DutyDeliverable, DutyPart
from cchc_tasks.models.journal import Lock
from cchc_tasks.models.obligation import ChecklistItem, NamedPerson, Obligation, ResponsibleUnit
from cchc_tasks.store.store import Store

OPENING = "opening"


class ObligationStore(Store):
    """Reads and keeps duties and obligations."""

    def hold_opening(self) -> None:
        """Let only one transaction at a time open obligations."""
        self._session.exec(select(Lock).where(Lock.name == OPENING).with_for_update()).one()

    def add_duty(self, duty: Duty) -> int:
        """Keep a duty and give its id."""
        return self._keep(duty)

    def add_part(self, part: DutyPart) -> int:
        """Keep a part of a duty and give its id."""
        return self._keep(part)

    def add_to_duty(self, things: Iterable[DutyDeliverable | Assignment]) -> None:
        """Keep deliverables and assignments."""
        self._session.add_all(things)
        self._session.flush()

    def duty(self, duty_id: int) -> Duty:
        """A duty by id; raises DutyUnknown."""
        duty = self._session.get(Duty, duty_id)
        if duty is None:
            raise DutyUnknown(duty=duty_id)
        return duty

    def duties(self, plan_id: int) -> Sequence[Duty]:
        """The duties of a plan, in print order."""
        return self._session.exec(select(Duty).where(Duty.plan_id == plan_id).order_by(col(Duty.id))).all()

    def parts(self, duty_id: int) -> Sequence[DutyPart]:
        """The parts of a duty, in order."""
        query = select(DutyPart).where(DutyPart.duty_id == duty_id).order_by(col(DutyPart.position))
        return self._session.exec(query).all()

    def deliverables(self, duty_id: int) -> Sequence[DutyDeliverable]:
        """The deliverables of a duty, in order."""
        query = select(DutyDeliverable).where(DutyDeliverable.duty_id == duty_id)
        return self._session.exec(query.order_by(col(DutyDeliverable.position))).all()

    def assignments(self, duty_id: int) -> Sequence[Assignment]:
        """Who is named for a duty, in order."""
        query = select(Assignment).where(Assignment.duty_id == duty_id).order_by(col(Assignment.position))
        return self._session.exec(query).all()

    def slots(self, duty_id: int) -> frozenset[tuple[str, str]]:
        """The (owed_by, slot) pairs already opened for a duty."""
        query = select(col(Obligation.owed_by), col(Obligation.slot)).where(Obligation.duty_id == duty_id)
        return frozenset((owed_by, slot) for owed_by, slot in self._session.exec(query))

    def open(
        self, obligation: Obligation, leads: Sequence[int], cooperating: Iterable[int], deliverables: Iterable[int]
    ) -> int:
        """Keep a new obligation with its units (the first lead is the focal one) and checklist; give its id."""
        obligation_id = self._keep(obligation)
        helping = dict.fromkeys(unit_id for unit_id in cooperating if unit_id not in leads)
        parts = [(one, Responsibility.LEAD) for one in leads] + [(one, Responsibility.COOPERATING) for one in helping]
        self._session.add_all(
            ResponsibleUnit(
                obligation_id=obligation_id, unit_id=unit_id, responsibility=part, focal=unit_id == leads[0]
            )
            for unit_id, part in parts
        )
        self._session.add_all(
            ChecklistItem(obligation_id=obligation_id, deliverable_id=one) for one in dict.fromkeys(deliverables)
        )
        return obligation_id

    def get(self, obligation_id: int) -> Obligation:
        """An obligation by id; raises ObligationUnknown."""
        obligation = self._session.get(Obligation, obligation_id)
        if obligation is None:
            raise ObligationUnknown(obligation=obligation_id)
        return obligation

    def locked(self, obligation_id: int) -> Obligation:
        """An obligation by id as it is now, its row held until the transaction ends; raises ObligationUnknown."""
        query = select(Obligation).where(Obligation.id == obligation_id).with_for_update()
        obligation = self._session.exec(query.execution_options(populate_existing=True)).first()
        if obligation is None:
            raise ObligationUnknown(obligation=obligation_id)
        return obligation

    def of_duty(self, duty_id: int) -> Sequence[Obligation]:
        """The obligations opened from a duty."""
        query = select(Obligation).where(Obligation.duty_id == duty_id).order_by(col(Obligation.id))
        return self._session.exec(query).all()

    def hold_of_plan(self, plan_id: int) -> None:
        """Let nobody else change the obligations of a plan, as they are now, until the transaction ends."""
        query = select(Obligation).join(Duty, col(Duty.id) == Obligation.duty_id).where(Duty.plan_id == plan_id)
        query = query.order_by(col(Obligation.id)).with_for_update(of=Obligation)
        self._session.exec(query.execution_options(populate_existing=True)).all()

    def ended_undated(self, on: date) -> Sequence[Obligation]:
        """Undated obligations of a year that is over on this day and that are still open."""
        query = select(Obligation).where(
            col(Obligation.due_on).is_(None),
            col(Obligation.slot).like("year-%"),
            Obligation.slot < f"year-{on.year}",
            col(Obligation.stage).in_((Stage.OPEN, Stage.ACKNOWLEDGED, Stage.RETURNED)),
        )
        return self._session.exec(query).all()

    def listing(self, unit_ids: Collection[int] | None = None) -> Sequence[tuple[Obligation, Duty]]:
        """Obligations with their duties by date, of the leads among these units or of all; undated ones last.

        What units ask of each other is listed with a unit's, not with all.
        """
        query = select(Obligation, Duty).join(Duty, col(Duty.id) == Obligation.duty_id)
        if unit_ids is not None:
            led = select(ResponsibleUnit.obligation_id).where(
                col(ResponsibleUnit.unit_id).in_(unit_ids),
                ResponsibleUnit.responsibility == Responsibility.LEAD,
            )
            query = query.where(col(Obligation.id).in_(led))
        else:
            query = query.where(col(Obligation.parent_id).is_(None))
        query = query.order_by(col(Obligation.due_on).is_(None), col(Obligation.due_on), col(Obligation.id))
        return self._session.exec(query).all()

    def leads(self, obligation_ids: Collection[int] | None = None) -> dict[int, list[int]]:
        """The units that lead, by obligation, the focal one first."""
        query = select(col(ResponsibleUnit.obligation_id), col(ResponsibleUnit.unit_id)).where(
            ResponsibleUnit.responsibility == Responsibility.LEAD
        )
        if obligation_ids is not None:
            query = query.where(col(ResponsibleUnit.obligation_id).in_(obligation_ids))
        found: dict[int, list[int]] = {}
        for obligation_id, unit_id in self._session.exec(query.order_by(col(ResponsibleUnit.id))):
            found.setdefault(obligation_id, []).append(unit_id)
        return found

    def named(self, obligation_ids: Collection[int]) -> dict[int, list[tuple[Person, date | None]]]:
        """The active people assigned by name, each with the day set for them, by obligation."""
        query = (
            select(NamedPerson, Person)
            .join(Person, col(Person.id) == NamedPerson.person_id)
            .where(col(NamedPerson.obligation_id).in_(obligation_ids), col(Person.active))
            .order_by(col(NamedPerson.id))
        )
        found: dict[int, list[tuple[Person, date | None]]] = {}
        for one, person in self._session.exec(query):
            found.setdefault(one.obligation_id, []).append((person, one.due_on))
        return found

    def checklists(self, obligation_ids: Collection[int]) -> dict[int, list[DutyDeliverable]]:
        """What obligations must produce, in print order."""
        query = (
            select(col(ChecklistItem.obligation_id), DutyDeliverable)
            .join(DutyDeliverable, col(DutyDeliverable.id) == ChecklistItem.deliverable_id)
            .where(col(ChecklistItem.obligation_id).in_(obligation_ids))
            .order_by(col(DutyDeliverable.position))
        )
        found: dict[int, list[DutyDeliverable]] = {}
        for obligation_id, deliverable in self._session.exec(query):
            found.setdefault(obligation_id, []).append(deliverable)
        return found
