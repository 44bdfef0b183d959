"""An application with the published sample plan, and short ways to find things in it."""

from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.listing import ObligationLine, list_obligations
from tests.journeys.chain import PUBLISHED_ON, publish_sample


@pytest.fixture
def published(app: Application, tmp_path: Path) -> Application:
    """The sample plan of 2026, published on 22 December 2025."""
    publish_sample(app, tmp_path)
    return app


def lines_of(app: Application, code: str) -> list[ObligationLine]:
    """The obligations of a row of the appendix, by date."""
    lines = list_obligations(app.database, on=PUBLISHED_ON, actor=LOCAL_ADMINISTRATOR)
    return [line for line in lines if line.duty_code == code]
