"""An application with the published sample plan, and short ways to find things in it."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.ports import Notifier
from cchc_tasks.services.deliver import Delivered
from cchc_tasks.services.drain import drain
from cchc_tasks.services.listing import ObligationLine, list_obligations
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from tests.conftest import actor_of
from tests.journeys.chain import PUBLISHED_ON
from tests.making.copied_office import overlay, prepared
from tests.making.delivering import TERMS, by_mail
from tests.services.extended import with_plan

TODAY = date(2026, 3, 24)
NOON = datetime(2026, 3, 24, 5, tzinfo=UTC)


@pytest.fixture
def published(app: Application, sample_home: Path) -> Application:
    """The sample plan of 2026, published on 22 December 2025."""
    overlay(sample_home, app)
    return app


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office whose plan has five duties of the inspectorate, published on 22 December 2025."""
    folder = tmp_path_factory.mktemp("small")
    return prepared(folder, lambda app: with_plan(app, folder))


@pytest.fixture
def small_office(app: Application, small_home: Path) -> Application:
    """That office, for one test to change."""
    overlay(small_home, app)
    return app


def lines_of(app: Application, code: str) -> list[ObligationLine]:
    """The obligations of a row of the appendix, by date."""
    lines = list_obligations(app.database, on=PUBLISHED_ON, actor=LOCAL_ADMINISTRATOR)
    return [line for line in lines if line.duty_code == code]


def decide(app: Application, evidence_id: int, decision: Decision) -> None:
    """The secretariat decides about a submission at noon of 24 March 2026."""
    verify_evidence(
        app.database,
        evidence_id,
        decision,
        actor=actor_of(app, "vp.thuongtruc1"),
        today=TODAY,
        now=NOON,
        supplement_working_days=3,
    )


def drained(app: Application, notifier: Notifier | None, on: date) -> Delivered:
    """What the day's later runs send."""
    return drain(
        app.database,
        by_mail(notifier),
        app.writer,
        app.clock,
        on=on,
        at=time(12),
        terms=TERMS,
        actor=LOCAL_ADMINISTRATOR,
    )
