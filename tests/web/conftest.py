"""Pages as a signed-in person gets them: the sample plan published, a browser without a screen."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.services.sessions import start_session
from cchc_tasks.web.app import create_app
from cchc_tasks.web.session import COOKIE, csrf_of
from tests.conftest import StandingClock
from tests.making.copied_office import overlay

HOST = "http://127.0.0.1:8700"
Browse = Callable[[str], TestClient]


@pytest.fixture
def published(app: Application, clock: StandingClock, sample_home: Path) -> Application:
    """The invented Sở with its plan of 2026 published; it is eight in the morning of Tuesday 24 March 2026."""
    overlay(sample_home, app)
    clock.moment = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)
    return app


@pytest.fixture
def browse(published: Application) -> Iterator[Browse]:
    """Gives a browser in which a person is signed in; redirects are not followed by themselves."""
    opened: list[TestClient] = []
    web = create_app(published, demo=True)

    def signed_in(user: str) -> TestClient:
        client = TestClient(web, base_url=HOST, follow_redirects=False, headers={"Origin": HOST})
        with published.database.write(published.clock.now()) as uow:
            person = uow.directory.person_with_user(user)
            token = start_session(
                uow, person.id or 0, complete=True, lasting=timedelta(days=7), now=published.clock.now()
            )
        client.cookies.set(COOKIE, token)
        client.headers["X-Test-Csrf"] = csrf_of(token)  # where tests find what a form would carry
        opened.append(client)
        return client

    yield signed_in
    for client in opened:
        client.close()


def statements(app: Application, work: Callable[[], object]) -> int:
    """How many statements reach the database meanwhile."""
    count = 0

    def seen(*_: object) -> None:
        nonlocal count
        count += 1

    sa.event.listen(app.database.engine, "before_cursor_execute", seen)
    work()
    sa.event.remove(app.database.engine, "before_cursor_execute", seen)
    return count
