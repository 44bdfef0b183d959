"""A whole year of the sample plan, every morning of it, against a story that a person can read and check.

year_2026.txt was written down once and then read line by line against docs/promises.md; a line that changes here is
a mail somebody gets on another day.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from tests.conftest import StandingClock
from tests.journeys.chain import PUBLISHED_ON, publish_sample
from tests.journeys.year import Year, expected


@pytest.fixture
def published(app_on: Callable[[str], Application], tmp_path: Path, request: pytest.FixtureRequest) -> Application:
    """The sample plan of 2026, published on 22 December 2025 with every proposal taken."""
    app = app_on(request.param)
    publish_sample(app, tmp_path)
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
