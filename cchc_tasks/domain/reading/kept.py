"""Findings as JSON and back without loss, so that what a document said can be kept beside the plan it became."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from cchc_tasks.domain.occurrences import DueDate
from cchc_tasks.domain.reading.citations import CitedDocument
from cchc_tasks.domain.reading.findings import Target, UnitMention
from cchc_tasks.domain.reading.indicators import Indicator
from cchc_tasks.domain.reading.regime import RegimeLine
from cchc_tasks.domain.reading.reported_figures import ReportedFigure
from cchc_tasks.domain.reading.rubric_rows import criteria
from cchc_tasks.domain.vocabulary import Bound

_TYPE = "is"  # the key that names what an object was


class Keeper:
    """Turns values of the named classes, and what they hold, into plain JSON and back."""

    def __init__(self, classes: Iterable[type]) -> None:
        self._classes = {one.__name__: one for one in classes}

    def to_json(self, value: Any) -> Any:  # noqa: ANN401
        """Dataclasses, enumerations, fractions and days become objects that name their type; tuples become lists."""
        if value is None or (isinstance(value, (int, str)) and not isinstance(value, Enum)):
            return value
        if isinstance(value, tuple):
            return [self.to_json(one) for one in value]
        return self._object(value)

    def from_json(self, kept: Any) -> Any:  # noqa: ANN401
        """The value again, equal to the one that was kept."""
        if isinstance(kept, list):
            return tuple(map(self.from_json, kept))
        if not isinstance(kept, dict):
            return kept
        inner = {name: self.from_json(one) for name, one in kept.items() if name != _TYPE}
        match kept[_TYPE]:
            case "Mapping":
                return dict(inner["value"])
            case "Fraction":
                return Fraction(inner["value"])
            case "date":
                return date.fromisoformat(inner["value"])
            case name:
                return self._classes[name](**inner)

    def _object(self, value: object) -> dict[str, Any]:
        match value:
            case Enum():
                return {_TYPE: self._name(value), "value": value.value}
            case Fraction():
                return {_TYPE: "Fraction", "value": str(value)}
            case date():
                return {_TYPE: "date", "value": value.isoformat()}
            case Mapping():
                return {_TYPE: "Mapping", "value": [[name, self.to_json(one)] for name, one in value.items()]}
        if not is_dataclass(value):
            raise TypeError(f"not kept: {value!r}")
        held = {one.name: self.to_json(getattr(value, one.name)) for one in fields(value)}
        return {_TYPE: self._name(value)} | held

    def _name(self, value: object) -> str:
        name = type(value).__name__
        if self._classes.get(name) is not type(value):
            raise TypeError(f"not kept: {value!r}")
        return name


_OF_RUBRICS = (
    criteria.Criterion,
    criteria.Rule,
    criteria.Level,
    criteria.Range,
    criteria.Number,
    criteria.Named,
    criteria.Operation,
    criteria.Group,
    criteria.Bands,
    criteria.Thresholds,
    criteria.Proportional,
    criteria.Formula,
    criteria.Input,
    criteria.Additive,
    criteria.Item,
    criteria.HandJudged,
)
FINDINGS = Keeper(
    (RegimeLine, Bound, DueDate, Indicator, Target, UnitMention, CitedDocument, ReportedFigure, *_OF_RUBRICS)
)
