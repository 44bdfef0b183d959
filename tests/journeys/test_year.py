"""A whole year of the sample plan, every morning of it, against a story that a person can read and check.

year_2026.txt was written down once and then read line by line against docs/promises.md; a line that changes here is
a mail somebody gets on another day.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.settings import Settings
from tests.conftest import StandingClock
from tests.journeys.chain import PUBLISHED_ON, publish_sample
from tests.journeys.year import Year, expected


@pytest.fixture
def published(
    settings: Settings,
    clock: StandingClock,
    tmp_path: Path,
    new_database: Callable[[str], str],
    request: pytest.FixtureRequest,
) -> Iterator[Application]:
    """The sample plan of 2026, published on 22 December 2025 with every proposal taken."""
    placed = settings.model_copy(update={"database_url": SecretStr(new_database(request.param))})
    app = create_application(placed, None, actor=LOCAL_ADMINISTRATOR, clock=clock)
    publish_sample(app, tmp_path)
    yield app
    app.database.close()


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
