"""Absences: who is away on which days, and who hears in their place."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from cchc_tasks.domain.errors import AbsenceUnknown
from cchc_tasks.models.directory import Absence, Person, Unit
from cchc_tasks.store.store import Store


class Away(NamedTuple):
    """An absence with the people in it; the stand-in is None where nobody hears."""

    absence: Absence
    person: Person
    unit: Unit
    stand_in: Person | None


class AbsenceStore(Store):
    """Reads and keeps absences."""

    def hold(self, person_ids: Collection[int]) -> None:
        """Let nobody else record absences of these people until the transaction ends."""
        query = select(Person).where(col(Person.id).in_(person_ids)).order_by(col(Person.id)).with_for_update()
        self._session.exec(query).all()

    def add(self, absence: Absence) -> int:
        """Keep an absence and give its id."""
        return self._keep(absence)

    def locked(self, absence_id: int) -> Absence:
        """An absence by id, held until the transaction ends; raises AbsenceUnknown."""
        query = select(Absence).where(Absence.id == absence_id).with_for_update()
        absence = self._session.exec(query.execution_options(populate_existing=True)).first()
        if absence is None:
            raise AbsenceUnknown(number=absence_id)
        return absence

    def remove(self, absence: Absence) -> None:
        """Forget an absence that never began."""
        self._session.delete(absence)
        self._session.flush()

    def within(self, person_ids: Collection[int], first: date, last: date) -> Sequence[Absence]:
        """The absences of these people that share a day with a span, in order."""
        query = select(Absence).where(
            col(Absence.person_id).in_(person_ids), Absence.first_on <= last, Absence.last_on >= first
        )
        return self._session.exec(query.order_by(col(Absence.first_on), col(Absence.id))).all()

    def listing(self, since: date, unit_id: int | None = None) -> Sequence[Away]:
        """The absences of a unit, or of everybody, that end on a day or later; the first to begin stands first."""
        stand_in = aliased(Person)
        query = (
            select(Absence, Person, Unit, stand_in)
            .join(Person, col(Person.id) == Absence.person_id)
            .join(Unit, col(Unit.id) == Person.unit_id)
            .outerjoin(stand_in, col(stand_in.id) == Absence.stand_in_id)
            .where(Absence.last_on >= since)
            .order_by(col(Absence.first_on), col(Absence.id))
        )
        if unit_id is not None:
            query = query.where(Person.unit_id == unit_id)
        return [Away(*row) for row in self._session.exec(query)]

    def hearers(self, on: date) -> dict[int, int | None]:
        """Everybody absent on a day, with who hears in their place then.

        A stand-in who is away too is followed to theirs; None where the chain ends with nobody, with an account that
        was closed, or in a circle: what was planned then waits.
        """
        query = (
            select(col(Absence.person_id), col(Person.id))
            .outerjoin(Person, (col(Person.id) == Absence.stand_in_id) & col(Person.active))
            .where(Absence.first_on <= on, Absence.last_on >= on)
        )
        stand_ins: dict[int, int | None] = dict(self._session.exec(query).all())
        return {person: _end_of_chain(person, stand_ins) for person in stand_ins}


def _end_of_chain(person: int, stand_ins: dict[int, int | None]) -> int | None:
    passed = {person}
    hearer = stand_ins[person]
    while hearer is not None and hearer in stand_ins:
        if hearer in passed:
            return None
        passed.add(hearer)
        hearer = stand_ins[hearer]
    return hearer
