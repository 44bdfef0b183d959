"""Finds obligations among very many: filters, a page of rows, and counts, all by the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from cchc_tasks.domain.vocabulary import Frequency, PlanStage, Responsibility, Stage, Standing
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.standings import standing_of
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; None or empty leaves a filter out. `words` are search keys, each of which must occur."""

    words: tuple[str, ...] = ()
    standings: frozenset[Standing] = frozenset()
    unit_id: int | None = None
    area: str | None = None
    due_from: date | None = None
    due_to: date | None = None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One obligation of a page."""

    id: int
    duty_code: str
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    due_on: date | None
    late_after: date | None
    judged_on: date | None
    stage: Stage
    word: str | None

    @property
    def standing(self) -> Standing | None:
        """How it stands; None for what is not counted."""
        return Standing(self.word) if self.word else None


class SearchStore(Store):
    """Reads pages of obligations as tuples."""

    def page(
        self,
        filters: Filters,
        only_units: Collection[int] | None,
        *,
        on: date,
        due_soon_days: Mapping[str, int],
        first: int,
        size: int,
    ) -> Sequence[FoundRow]:
        """Rows by date, undated ones last; `only_units` limits them to what these units lead."""
        stands = standing_of(on, due_soon_days)
        query = (
            sa.select(
                col(Obligation.id),
                col(Duty.code),
                col(Duty.title),
                col(Obligation.label),
                col(Obligation.period),
                col(Obligation.frequency),
                col(Obligation.due_on),
                col(Obligation.late_after),
                col(Obligation.judged_on),
                col(Obligation.stage),
                stands,
            )
            .select_from(Obligation)
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .where(*_conditions(filters, only_units, stands))
            .order_by(col(Obligation.due_on).is_(None), col(Obligation.due_on), col(Obligation.id))
            .offset(first)
            .limit(size)
        )
        return [FoundRow(*row) for row in self._session.execute(query)]

    def count(
        self,
        filters: Filters,
        only_units: Collection[int] | None,
        *,
        on: date,
        due_soon_days: Mapping[str, int],
    ) -> tuple[int, int]:
        """How many duties and how many obligations fit."""
        stands = standing_of(on, due_soon_days)
        query = (
            sa.select(sa.func.count(sa.distinct(col(Obligation.duty_id))), sa.func.count())
            .select_from(Obligation)
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .where(*_conditions(filters, only_units, stands))
        )
        duties, obligations = self._session.execute(query).one()
        return duties, obligations

    def lead_names(self, obligation_ids: Collection[int]) -> dict[int, list[str]]:
        """The names of the leads by obligation, the focal one first."""
        query = (
            sa.select(col(ResponsibleUnit.obligation_id), col(Unit.name))
            .join(Unit, col(Unit.id) == col(ResponsibleUnit.unit_id))
            .where(col(ResponsibleUnit.obligation_id).in_(obligation_ids))
            .where(col(ResponsibleUnit.responsibility) == Responsibility.LEAD)
            .order_by(col(ResponsibleUnit.id))
        )
        found: dict[int, list[str]] = {}
        for obligation_id, name in self._session.execute(query):
            found.setdefault(obligation_id, []).append(name)
        return found

    def areas(self) -> Sequence[str]:
        """The areas of published plans, in print order."""
        query = (
            sa.select(col(Duty.area))
            .join(Plan, col(Plan.id) == col(Duty.plan_id))
            .where(col(Plan.stage) == PlanStage.PUBLISHED, col(Duty.area).is_not(None))
            .group_by(col(Duty.area))
            .order_by(sa.func.min(col(Duty.id)))
        )
        return [area for (area,) in self._session.execute(query) if area]

    def years(self) -> tuple[int, int] | None:
        """The first and last year of published plans."""
        query = sa.select(sa.func.min(col(Plan.first_year)), sa.func.max(col(Plan.last_year)))
        first, last = self._session.execute(query.where(col(Plan.stage) == PlanStage.PUBLISHED)).one()
        return (first, last) if first else None


def _conditions(
    filters: Filters, only_units: Collection[int] | None, stands: sa.ColumnElement[Any]
) -> list[sa.ColumnElement[bool]]:
    wanted = [col(Duty.search_words).contains(word, autoescape=True) for word in filters.words]
    if filters.standings:
        wanted.append(stands.in_([one.value for one in filters.standings]))
    if filters.area:
        wanted.append(col(Duty.area) == filters.area)
    if filters.due_from and filters.due_to:
        wanted.append(col(Obligation.due_on).between(filters.due_from, filters.due_to))
    for units in ([filters.unit_id] if filters.unit_id else None, only_units):
        if units is not None:
            led = sa.select(col(ResponsibleUnit.obligation_id)).where(
                col(ResponsibleUnit.unit_id).in_(units), col(ResponsibleUnit.responsibility) == Responsibility.LEAD
            )
            wanted.append(col(Obligation.id).in_(led))
    return wanted
