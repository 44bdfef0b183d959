"""The readings of documents as `cchc read --json` prints them (docs/commands.md)."""

from collections.abc import Iterable
from typing import Any

from cchc_tasks.cli.findings_json import (
    citations_as_json,
    criteria_as_json,
    figures_as_json,
    indicators_as_json,
    regime_as_json,
    targets_as_json,
)
from cchc_tasks.domain.reading.findings import (
    CELLS,
    DatedPart,
    Deliverable,
    DutyReading,
    LedDate,
    Question,
)
from cchc_tasks.domain.reading.whole import DocumentReading


def document_as_json(reading: DocumentReading) -> dict[str, Any]:
    """A document's reading as plain dicts, lists and strings; days are ISO dates."""
    header = reading.header
    return {
        "document": {
            "type": header.type,
            "number": header.number,
            "issued_on": header.issued_on and header.issued_on.isoformat(),
            "years": [header.years.first, header.years.last] if header.years else [],
            "title": header.title,
        },
        "duties": [duty_as_json(duty) for duty in reading.duties],
        "regime": regime_as_json(reading.regime),
        "indicators": indicators_as_json(reading.indicators),
        "criteria": criteria_as_json(reading.criteria),
        "references": citations_as_json(reading.citations),
        "figures": figures_as_json(reading.figures),
        "questions": _questions(reading.questions),
    }


def duty_as_json(duty: DutyReading) -> dict[str, Any]:
    """A row's reading, its cells verbatim."""
    row = duty.row
    return {
        "id": row.id,
        "source": row.source.value,
        "group": row.group,
        "number": row.number,
        "title": row.title,
        "cells": {name: row.cells[name] for name in CELLS} | dict(row.cells),  # a note or a receiver stands behind
        "leads": list(dict.fromkeys(unit.text for unit in duty.leads)),
        "cooperating": list(dict.fromkeys(unit.text for unit in duty.cooperating)),
        "deliverables": _deliverables(duty.deliverables),
        "parts": [_part(part) for part in duty.parts],
        "targets": targets_as_json(duty.targets),
        "questions": _questions(duty.questions),
    }


def _part(part: DatedPart) -> dict[str, Any]:
    return {
        "label": part.label,
        "kind": part.rule.kind.value,
        "frequency": part.rule.frequency and part.rule.frequency.value,
        "bound": part.rule.bound and part.rule.bound.value,
        "condition": part.condition,
        "occurrences": [_occurrence(one) for one in part.occurrences],
    }


def _occurrence(one: LedDate) -> dict[str, Any]:
    return {
        "due_on": one.due.due_on.isoformat(),
        "stated_on": one.due.stated_on and one.due.stated_on.isoformat(),
        "period": one.due.period,
        "leads": list(one.leads),
    }


def _deliverables(deliverables: Iterable[Deliverable]) -> list[dict[str, Any]]:
    return [{"title": one.title, "quantity": one.at_least, "condition": one.condition} for one in deliverables]


def _questions(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [{"code": one.code, "about": one.about, "text": one.text, "proposal": one.proposal} for one in questions]
