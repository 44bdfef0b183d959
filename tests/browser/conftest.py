"""A real browser in front of a real server: the invented Sở on Tuesday 24 March 2026, one day for all tests."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.demo.deliveries import show_deliveries
from cchc_tasks.demo.show import fill_demo
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.sessions import start_session
from cchc_tasks.settings import Settings
from cchc_tasks.web.app import create_app
from cchc_tasks.web.session import COOKIE
from tests.conftest import CHECKOUT, StandingClock

TODAY = date(2026, 3, 24)
DESK, PHONE = {"width": 1366, "height": 820}, {"width": 390, "height": 844}
PICTURES = os.environ.get("CCHC_TEST_PICTURES")  # a folder outside git, for looking at what was tested


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser's tests in one process: one server and one browser serve them all."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="module")  # not longer: while it lives, its event loop keeps other tests from having one
def chromium() -> Iterator[Browser]:
    """The browser that `make test` found or installed."""
    path = os.environ.get("CCHC_TEST_BROWSER")
    if not path:
        pytest.skip("no browser: `make test` finds or installs one and names it in CCHC_TEST_BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """The invented Sở after its first quarter."""
    clock = StandingClock(datetime(2026, 3, 24, 1, 0, tzinfo=UTC))
    home = tmp_path_factory.mktemp("browser") / "var"
    settings = Settings(home=home, config=CHECKOUT / "config", session_idle_hours=24, batch_ceiling=20)
    application = create_application(settings, None, actor=LOCAL_ADMINISTRATOR, clock=clock)
    fill_demo(application, TODAY)
    show_deliveries(application, TODAY)
    application.remind(TODAY, LOCAL_ADMINISTRATOR)  # more than the ceiling: waits for somebody to look
    yield application
    application.database.close()


@pytest.fixture(scope="module")
def address(lived: Application) -> Iterator[str]:
    """A server on loopback; what its pages ask for elsewhere is noticed by `visit`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(create_app(lived, demo=True), host="127.0.0.1", port=port, log_level="critical", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


class Visitor:
    """One person's browser: pages, and everything they asked for that is not ours."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self._note(request.url))
        self.page: Page = context.new_page()
        self.page.on("console", lambda said: self._complain(said.text) if said.type == "error" else None)

    def go(self, path: str) -> Page:
        """Open a page of ours."""
        self.page.goto(f"{self.address}{path}")
        return self.page

    def picture(self, name: str) -> None:
        """Keep a picture of the page outside git, where a folder is named for it."""
        if PICTURES:
            width = (self.page.viewport_size or DESK)["width"]
            self.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)

    def _complain(self, words: str) -> None:
        if not words.startswith("Failed to load resource"):  # a form that was refused: its page says so
            self.complaints.append(words)

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "about:", "blob:")):
            self.foreign.append(url)


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, address: str, lived: Application) -> Iterator[Visit]:
    """Opens a browser for a signed-in person, on a desk or a phone, with script or without."""
    visitors: list[Visitor] = []

    def open_for(user: str | None, *, phone: bool = False, script: bool = True, dark: bool = False) -> Visitor:
        context = chromium.new_context(
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            locale="vi-VN",
        )
        if user is not None:
            context.add_cookies([{"name": COOKIE, "value": _session(lived, user), "url": address}])
        visitors.append(Visitor(context, address))
        return visitors[-1]

    yield open_for
    foreign = [url for visitor in visitors for url in visitor.foreign]
    complaints = [words for visitor in visitors for words in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert foreign == [], "a page asked for something outside"
    assert complaints == [], "the browser complained"


def _session(app: Application, user: str) -> str:
    with app.database.write(app.clock.now()) as uow:
        person = uow.directory.person_with_user(user)
        return start_session(uow, person.id or 0, complete=True, lasting=timedelta(days=7), now=app.clock.now())
