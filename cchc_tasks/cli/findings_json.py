"""What a document says beside its duties, as `cchc read --json` prints it (docs/commands.md)."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from cchc_tasks.domain.reading.citations import CitedDocument
from cchc_tasks.domain.reading.findings import Target
from cchc_tasks.domain.reading.indicators import Indicator
from cchc_tasks.domain.reading.regime import RegimeLine
from cchc_tasks.domain.reading.reported_figures import ReportedFigure
from cchc_tasks.domain.reading.rubric_rows.criteria import Criterion
from cchc_tasks.domain.reading.rubric_rows.formulas import formula_text
from cchc_tasks.domain.vocabulary import FindingKind


def kept_as_json(findings: Mapping[FindingKind, Sequence[Any]]) -> dict[str, list[dict[str, Any]]]:
    """What was kept beside a plan, under the keys of `cchc read --json`."""
    return {
        "regime": regime_as_json(findings[FindingKind.REGIME]),
        "indicators": indicators_as_json(findings[FindingKind.INDICATOR]),
        "criteria": criteria_as_json(findings[FindingKind.CRITERION]),
        "references": citations_as_json(findings[FindingKind.CITATION]),
        "figures": figures_as_json(findings[FindingKind.FIGURE]),
    }


def targets_as_json(targets: Iterable[Target]) -> list[dict[str, Any]]:
    """Targets as plain dicts; a value is a whole number where it is one, else a decimal fraction."""
    return [
        {
            "text": one.text,
            "comparator": one.comparator,
            "target": number(one.value),
            "upper": None if one.upper is None else number(one.upper),
            "unit": one.unit,
            "of": one.of,
            "change": one.change,
            "phase": one.phase,
        }
        for one in targets
    ]


def number(value: Fraction) -> int | float:
    """A whole number where it is one, else a decimal fraction."""
    return value.numerator if value.denominator == 1 else float(value)


def regime_as_json(lines: Iterable[RegimeLine]) -> list[dict[str, Any]]:
    """Each date on which a report is owed; a report without dates once, its dates null."""
    return [
        {
            "label": line.label,
            "due_on": due and due.due_on.isoformat(),
            "stated_on": due and due.stated_on and due.stated_on.isoformat(),
            "period": due and due.period,
            "bound": line.bound and line.bound.value,
            "reporters": list(line.reporters),
            "receiver": line.receiver,
            "through": line.through,
            "level": line.level,
        }
        for line in lines
        for due in line.occurrences or (None,)
    ]


def indicators_as_json(indicators: Iterable[Indicator]) -> list[dict[str, Any]]:
    """Each printed target once with its first figure; `targets` has all of them."""
    found = []
    for _, same in groupby(indicators, key=lambda one: (one.phase, one.number, one.area, one.text)):
        figures = list(same)
        first = figures[0]
        targets = targets_as_json(one.target for one in figures if one.target)
        found.append(
            {
                "phase": first.phase,
                "area": first.area,
                "number": first.number or None,
                "text": first.text,
                "comparator": targets[0]["comparator"] if targets else None,
                "target": targets[0]["target"] if targets else None,
                "unit": targets[0]["unit"] if targets else None,
                "lead": "; ".join(unit.text for unit in first.leads) or None,
                "section": next((unit.section for unit in first.leads if unit.section), None),
                "cooperating": [unit.text for unit in first.cooperating],
                "targets": targets,
            }
        )
    return found


def criteria_as_json(criteria: Iterable[Criterion]) -> list[dict[str, Any]]:
    """All rows of a rubric; a heading has no points of its own. Thresholds count as bands, shares as formulas."""
    return [
        {
            "code": one.code,
            "title": one.title,
            "units": [unit.text for unit in one.units],
            "scheme": one.scheme_family,
            "max_points": None if one.is_heading or one.max_points is None else number(one.max_points),
            "levels": [{"text": level.text, "points": number(level.points)} for level in one.levels],
            "formula": None if one.formula is None else formula_text(one.formula),
        }
        for one in criteria
    ]


def citations_as_json(citations: Iterable[CitedDocument]) -> list[dict[str, Any]]:
    """Each cited document once."""
    return [
        {
            "type": one.type,
            "number": one.number,
            "dated": one.dated and one.dated.isoformat(),
            "issuer": one.issuer,
            "subject": one.subject,
            "mentions": one.mentions,
        }
        for one in citations
    ]


def figures_as_json(figures: Iterable[ReportedFigure]) -> list[dict[str, Any]]:
    """Each count of a report with its parts and what became of the check."""
    return [
        {
            "label": one.label,
            "value": number(one.value),
            "unit": one.unit,
            "share": None if one.share is None else number(one.share),
            "parts": figures_as_json(one.parts),
            "outcome": one.outcome,
        }
        for one in figures
    ]
