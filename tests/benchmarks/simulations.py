"""Simulating: a year of 100 duties of 3,000 units, beside counting as many (person, day) pairs."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from cchc_tasks.bootstrap import create_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.simulate import Simulated, Span, simulate
from cchc_tasks.settings import Settings
from tests.benchmarks.timing import seconds
from tests.conftest import CHECKOUT, StandingClock
from tests.making.multitude import unopened

DUTIES = 100
TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, 1, tzinfo=UTC)


def measure() -> Iterator[str]:
    """One run: every obligation of the year is thought through for each of its people."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home", config=CHECKOUT / "config")
        app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR, clock=StandingClock(NOW))
        with closing(app.database):
            unopened(app, DUTIES)
            found: list[Simulated] = []

            def whole_year() -> None:
                span = Span(TODAY, date(2026, 12, 31), nobody_answers=True)
                found.append(simulate(app.database, span, today=TODAY, actor=LOCAL_ADMINISTRATOR, now=NOW))

            took = seconds(whole_year)
    simulation = found[0].simulation
    rungs = simulation.items_told
    counting = seconds(lambda: _count(rungs))
    yield f"{simulation.messages:,} messages with {rungs:,} items in {took:.1f} s, ratio {took / counting:.0f}"


def _count(pairs: int) -> None:
    counts: Counter[tuple[int, int]] = Counter()
    for number in range(pairs):
        counts[number % 6_000, number % 250] += 1
