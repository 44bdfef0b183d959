"""Pages: with 1,000 and with 100,000 obligations, beside the same page rendered from what is in memory already."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, Actor
from cchc_tasks.services.engine_health import engine_health
from cchc_tasks.services.overview import overview
from cchc_tasks.services.search_obligations import Wanted, search_obligations
from cchc_tasks.services.sessions import start_session
from cchc_tasks.settings import Settings
from cchc_tasks.web.app import create_app
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligations import STANDINGS
from cchc_tasks.web.session import COOKIE, Who
from tests.conftest import CHECKOUT, StandingClock
from tests.making.crowd import crowd

ON = date(2026, 3, 24)
VIEWS = 40


def measure() -> Iterator[str]:
    """Median and p95 of each page in milliseconds, and p95 to p95 of the page from memory."""
    for count in (1_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            app = _application(Path(folder), count)
            with closing(app.database):
                yield from _pages(app, count)


def _pages(app: Application, count: int) -> Iterator[str]:
    web = create_app(app)
    _add_memory_pages(web, app)
    with TestClient(web) as client:
        client.cookies.set(COOKIE, _session(app))
        for path in ("/nhiem-vu", "/tong-quan"):
            real = _times(lambda path=path: client.get(path))
            memory = _times(lambda path=path: client.get(f"/bo-nho{path}"))
            yield (
                f"{path} with {count:,} obligations: median {statistics.median(real) * 1000:.0f} ms, "
                f"p95 {_p95(real) * 1000:.0f} ms; from memory p95 {_p95(memory) * 1000:.0f} ms, "
                f"ratio {_p95(real) / _p95(memory):.1f}"
            )


def _add_memory_pages(web: FastAPI, app: Application) -> None:
    """The same templates over the same values, found once: what a page costs when its rows cost nothing."""
    actor: Actor = LOCAL_ADMINISTRATOR
    found = search_obligations(app.database, Wanted(), on=ON, actor=actor)
    seen = overview(app.database, on=ON, actor=actor)
    health = engine_health(app.database, on=ON, now=app.clock.now(), zone=ZoneInfo(app.settings.time_zone))
    listed = {"asked": {}, "standings": STANDINGS, "chosen": "chua-xong", "unknown": [], "tags": [], "at": _nowhere}

    def list_page(request: Request, who: Who) -> object:
        return page(request, "danh-sach.html", found=found, **listed)  # type: ignore[arg-type]

    def overview_page(request: Request, who: Who) -> object:
        return page(request, "tong-quan.html", seen=seen, health=health)

    # beside the table of rights, which is for the product's own routes
    apart = FastAPI()
    apart.state.application, apart.state.demo = app, False
    apart.get("/nhiem-vu", response_model=None)(list_page)
    apart.get("/tong-quan", response_model=None)(overview_page)
    web.mount("/bo-nho", apart)


def _nowhere(_asked: object, **_changed: object) -> str:
    return "/nhiem-vu?trang=2"


def _application(folder: Path, count: int) -> Application:
    clock = StandingClock(datetime(2026, 3, 24, 1, 0, tzinfo=UTC))
    settings = Settings(home=folder / "home", config=CHECKOUT / "config")
    app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR, clock=clock)
    crowd(app, count, ON)
    return app


def _session(app: Application) -> str:
    with app.database.write(app.clock.now()) as uow:
        person = uow.directory.person_with_user("vp.thuongtruc1")
        return start_session(uow, person.id or 0, complete=True, lasting=timedelta(days=1), now=app.clock.now())


def _times(work: Callable[[], object]) -> list[float]:
    work()
    found = []
    for _ in range(VIEWS):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return found


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]
