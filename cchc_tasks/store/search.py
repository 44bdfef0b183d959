"""Finds obligations among very many: filters, a page of rows, and counts, all by the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from cchc_tasks.domain.lifecycle import WAITING_FOR_OFFICE, WAITING_FOR_UNIT
from cchc_tasks.domain.searching import NamedPeriod
from cchc_tasks.domain.vocabulary import Frequency, PlanStage, Responsibility, Stage, Standing
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.evidence import Proves
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.obligation_columns import NAMED
from cchc_tasks.store.standings import NOT_INPUT, standing_of
from cchc_tasks.store.store import Store

# The stages in which an obligation can stand so: they have an index, which a computed standing has not.
_STAGES = dict.fromkeys(Standing, WAITING_FOR_UNIT) | {
    Standing.AWAITING: WAITING_FOR_OFFICE,
    Standing.DONE_ON_TIME: frozenset({Stage.VERIFIED}),
    Standing.DONE_LATE: frozenset({Stage.VERIFIED}),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; None or empty leaves a filter out."""

    words: tuple[tuple[str, frozenset[str]], ...] = ()  # a search key, and the labels of parts in which it occurs
    periods: tuple[NamedPeriod, ...] = ()
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


@dataclass(frozen=True, slots=True)
class ProvenRow:
    """One obligation that a piece of evidence is for."""

    id: int
    duty_code: str
    title: str
    label: str | None
    period: str | None
    frequency: Frequency
    due_on: date | None
    judged_on: date | None
    receipt_only: bool


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
        """Rows by date, undated ones last; `only_units` limits them to what these units lead.

        What units ask of each other is found by those units alone, so that the office counts here what it counts
        everywhere.
        """
        stands = standing_of(on, due_soon_days)
        query = (
            sa.select(
                *NAMED,
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

    def proven(self, evidence_id: int) -> list[ProvenRow]:
        """The obligations that a piece of evidence is for."""
        query = (
            sa.select(
                *NAMED,
                col(Obligation.judged_on),
                col(Obligation.receipt_only),
            )
            .select_from(Proves)
            .join(Obligation, col(Obligation.id) == col(Proves.obligation_id))
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
            .where(col(Proves.evidence_id) == evidence_id)
            .order_by(col(Obligation.id))
        )
        return [ProvenRow(*row) for row in self._session.execute(query)]

    def labels(self) -> list[str]:
        """What the parts of duties are called, each name once."""
        query = sa.select(col(Obligation.label)).where(col(Obligation.label).is_not(None)).distinct()
        return [label for (label,) in self._session.execute(query)]

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
    wanted = [_of_word(*one) for one in filters.words] + [_of_period(one) for one in filters.periods]
    if only_units is None:
        wanted.append(NOT_INPUT)
    if filters.area:
        wanted.append(_of_duties(col(Duty.area) == filters.area))
    if filters.standings:
        wanted.append(_stand(filters.standings, stands))
    if filters.due_from and filters.due_to:
        wanted.append(col(Obligation.due_on).between(filters.due_from, filters.due_to))
    for units in ([filters.unit_id] if filters.unit_id else None, only_units):
        if units is not None:
            led = sa.select(col(ResponsibleUnit.obligation_id)).where(
                col(ResponsibleUnit.unit_id).in_(units), col(ResponsibleUnit.responsibility) == Responsibility.LEAD
            )
            wanted.append(col(Obligation.id).in_(led))
    return wanted


def _of_duties(wanted: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """What is asked of the duty, asked once for each duty and not for each of its obligations."""
    return col(Obligation.duty_id).in_(sa.select(col(Duty.id)).where(wanted))


def _of_word(word: str, labels: Collection[str]) -> sa.ColumnElement[bool]:
    of_duty = _of_duties(col(Duty.search_words).contains(word, autoescape=True))
    return sa.or_(of_duty, col(Obligation.label).in_(labels)) if labels else of_duty


def _of_period(period: NamedPeriod) -> sa.ColumnElement[bool]:
    title = col(Duty.search_words) + " "
    printed = sa.or_(*(title.contains(phrase, autoescape=True) for phrase in period.phrases))
    return sa.or_(col(Obligation.period).endswith(period.ending, autoescape=True), _of_duties(printed))


def _stand(standings: Collection[Standing], stands: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    stages = frozenset[Stage]().union(*(_STAGES[one] for one in standings))
    by_stage = col(Obligation.stage).in_(stages)
    settled = all(one in standings for one, possible in _STAGES.items() if possible <= stages)
    return by_stage if settled else sa.and_(by_stage, stands.in_([one.value for one in standings]))
