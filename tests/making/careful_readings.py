"""Phrases with a careful officer's reading: written down apart from the grammar, by people who had not seen it.

`tests/readings/*.tsv` hold one phrase a line: phrase (\\n for a line break), where it stands, the plan's years, the
reading as JSON. A reading is a list of parts with every due date within those years; "ask" is "yes" where nobody could
know the date without asking and "may" where a question is as good as the reading; "accept" lists other sets of dates
that another careful officer would note.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cchc_tasks.domain.periods import Years

FOLDER = Path(__file__).parents[1] / "readings"
Dates = frozenset[date]


@dataclass(frozen=True, slots=True)
class CarefulReading:
    """A phrase, its plan's years, the dates it means, and whether it must or may be asked about."""

    phrase: str
    years: Years
    dates: Dates
    also: tuple[Dates, ...]
    must_ask: bool
    may_ask: bool

    def judge(self, found: Iterable[date], *, asked: bool) -> str:
        """ "exact", "asked" (a question that was not needed, and no wrong date) or "wrong"."""
        dates = frozenset(found)
        if self.must_ask:
            return "exact" if asked and dates <= self.dates else "wrong"
        if dates == self.dates or dates in self.also:
            return "asked" if asked and self.dates and not self.may_ask else "exact"
        if asked and dates <= self.dates:
            return "exact" if self.may_ask else "asked"
        return "asked" if asked and any(dates <= other for other in self.also) else "wrong"


def careful_readings(path: Path) -> list[CarefulReading]:
    """Every line of a table."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [_reading(*line.split("\t")[:4]) for line in lines if line]


def _reading(phrase: str, _where: str, years: str, gold: str) -> CarefulReading:
    parts: list[dict[str, Any]] = json.loads(gold)
    asks = {part.get("ask") for part in parts}
    return CarefulReading(
        phrase=phrase.replace("\\n", "\n"),
        years=Years.parse(years),
        dates=_dates(day for part in parts for day in part["due"]),
        also=tuple(_dates(days) for part in parts for days in part.get("accept", [])),
        must_ask="yes" in asks,
        may_ask=bool(asks - {None}),
    )


def _dates(days: Iterable[str]) -> Dates:
    return frozenset(date.fromisoformat(day) for day in days)
