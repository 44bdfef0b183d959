"""A whole year of the sample plan, every morning of it, against a story that a person can read and check.

year_2026.txt, and year_2023.txt for the real plan, were written down once and then read line by line against
docs/promises.md; a line that changes here is a mail somebody gets on another day.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.import_plan import import_plan
from tests.conftest import StandingClock
from tests.journeys.chain import PUBLISHED_ON, publish, publish_sample
from tests.journeys.year import Year, expected

REAL_PUBLISHED_ON = date(2023, 1, 16)


@pytest.fixture
def published(app_on: Callable[[str], Application], tmp_path: Path, request: pytest.FixtureRequest) -> Application:
    """The sample plan of 2026, published on 22 December 2025 with every proposal taken."""
    app = app_on(request.param)
    publish_sample(app, tmp_path)
    return app


@pytest.fixture
def real_year(app: Application, clock: StandingClock, shared: Path) -> Application:
    """The real plan of 36 duties among the units of the invented Sở, published with every proposal taken."""
    clock.moment = datetime(2023, 1, 16, 5, tzinfo=UTC)
    imported = import_plan(
        app.database,
        app.reader,
        next((shared / "seeds").glob("003_*.txt")),
        years=None,
        before_is_strict=False,
        replaces=None,
        actor=LOCAL_ADMINISTRATOR,
        now=clock.now(),
    )
    publish(app, imported.plan_id, REAL_PUBLISHED_ON)
    return app


class TestYear:
    @pytest.mark.parametrize("published", ["sqlite"], indirect=True)
    def test_brings_exactly_the_mails_and_standings_written_down(
        self, published: Application, clock: StandingClock
    ) -> None:
        story = list(Year(published, clock).days(PUBLISHED_ON, date(2027, 1, 15)))
        assert story == expected("year_2026.txt")
        with published.database.read() as uow:
            assert uow.journal.first_break() is None

    @pytest.mark.parametrize("published", ["postgresql"], indirect=True)
    def test_is_the_same_on_postgresql_for_a_quarter(self, published: Application, clock: StandingClock) -> None:
        story = list(Year(published, clock).days(PUBLISHED_ON, date(2026, 3, 31)))
        assert story == expected("year_2026.txt")[: len(story)]
        assert story[-1] != ""

    def test_of_the_real_plan_is_the_one_written_down(self, real_year: Application, clock: StandingClock) -> None:
        story = list(Year(real_year, clock).days(REAL_PUBLISHED_ON, date(2024, 1, 15)))
        assert story == expected("year_2023.txt")
