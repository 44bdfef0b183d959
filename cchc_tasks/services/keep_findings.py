"""Keeps beside a plan what its document says besides duties: regime, indicators, criteria, citations, figures."""

from collections.abc import Sequence
from typing import Any

from cchc_tasks.domain.reading.kept import FINDINGS
from cchc_tasks.domain.reading.whole import DocumentReading
from cchc_tasks.domain.vocabulary import FindingKind
from cchc_tasks.models.plan import PlanFinding
from cchc_tasks.store.unit_of_work import UnitOfWork


def keep_findings(uow: UnitOfWork, plan_id: int, reading: DocumentReading) -> dict[FindingKind, int]:
    """Keep each finding in print order, whole, so that what is computed later needs no second reading.

    Says how many there are of each kind.
    """
    found: dict[FindingKind, Sequence[object]] = {
        FindingKind.REGIME: reading.regime,
        FindingKind.INDICATOR: reading.indicators,
        FindingKind.CRITERION: reading.criteria,
        FindingKind.CITATION: reading.citations,
        FindingKind.FIGURE: reading.figures,
    }
    uow.plans.add_findings(
        PlanFinding(plan_id=plan_id, kind=kind, position=position, content=FINDINGS.to_json(one))
        for kind, values in found.items()
        for position, one in enumerate(values)
    )
    return {kind: len(values) for kind, values in found.items()}


def kept_findings(uow: UnitOfWork, plan_id: int, kind: FindingKind) -> tuple[Any, ...]:
    """The findings of a kind as they were read, in print order."""
    return tuple(FINDINGS.from_json(one.content) for one in uow.plans.findings(plan_id, kind))
