"""A plan's rows with what the system makes of them, the office's answers in their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.reading.findings import DutyReading
from cchc_tasks.domain.vocabulary import FindingKind
from cchc_tasks.models.plan import Plan, PlanQuestion, PlanRow
from cchc_tasks.services.keep_findings import kept_findings
from cchc_tasks.services.reading_rows import is_left_out, read_answered
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as printed, as understood, and what was asked about it; `left_out` where it assigns nothing."""

    row: PlanRow
    reading: DutyReading
    questions: Sequence[PlanQuestion]
    left_out: bool


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan, its rows in print order, and what its document says besides."""

    plan: Plan
    rows: tuple[ReadRow, ...]
    findings: Mapping[FindingKind, Sequence[Any]]


def show_plan(database: Database, plan_id: int, *, actor: Actor) -> ShownPlan:
    """The plan as it stands; raises PlanUnknown."""
    require(actor, Action.SEE_PLANS)
    with database.read() as uow:
        plan = uow.plans.get(plan_id)
        asked = uow.plans.questions(plan_id)
        rows = tuple(
            ReadRow(
                row,
                read_answered(plan, row, asked),
                [one for one in asked if one.row_id == row.id],
                is_left_out(row, asked),
            )
            for row in uow.plans.rows(plan_id)
        )
        return ShownPlan(plan, rows, {kind: kept_findings(uow, plan_id, kind) for kind in FindingKind})
