"""Mornings: deciding over 1,000,000 open obligations, beside one full aggregate scan of them in the same round."""

import resource
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr

from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.settings import Settings
from tests.benchmarks.timing import seconds
from tests.conftest import CHECKOUT, StandingClock, postgres_server
from tests.making.multitude import multitude

ON = date(2026, 3, 24)
ROUNDS = 5
LOST_DAYS = 30
NOW = datetime(2026, 3, 24, 0, 0, tzinfo=UTC)


def measure() -> Iterator[str]:
    """Medians of five rounds: the morning, the same again, thirty lost days, one obligation planned anew."""
    for kind in ("sqlite", "postgresql"):
        for count in (250_000, 1_000_000):
            with _filled(kind, count) as app:
                yield from _mornings(app, f"{kind}, {count:,} obligations")


def _mornings(app: Application, name: str) -> Iterator[str]:
    before = _resident()
    fresh, again, lost = [], [], []
    for _ in range(ROUNDS):
        scan = seconds(lambda: _scan(app))
        fresh.append((_decided(app, ON), scan))
        again.append((_decided(app, ON), scan))
        _forget(app)
    grown = _resident() - before
    for _ in range(ROUNDS):
        scan = seconds(lambda: _scan(app))
        lost.append((_decided(app, ON + timedelta(LOST_DAYS)), scan))
        _forget(app)
    yield f"{name}: {_count(app, ON)}"
    yield f"  the morning {_told(fresh)}; {grown:.0f} MiB more memory"
    yield f"  the same again {_told(again)}; thirty lost days {_told(lost)}"
    anew = statistics.median(_planned_anew(app, one) for one in range(20))
    yield f"  one obligation planned anew: {anew * 1000:.1f} ms"


def _told(pairs: list[tuple[float, float]]) -> str:
    median = statistics.median(one for one, _ in pairs)
    ratio = statistics.median(one / scan for one, scan in pairs)
    return f"{median * 1000:.0f} ms, ratio {ratio:.2f}"


def _scan(app: Application) -> None:
    """The limit: every obligation looked at once, by stage."""
    with app.database.engine.connect() as connection:
        connection.execute(
            sa.text("SELECT stage, frequency, COUNT(*), MIN(due_on), MAX(late_after) FROM obligation GROUP BY 1, 2")
        ).all()


def _decided(app: Application, on: date) -> float:
    return seconds(lambda: decide_reminders(app.database, on=on, actor=LOCAL_ADMINISTRATOR, now=NOW))


def _forget(app: Application) -> None:
    """Take the morning back, so that the next round finds the same."""
    with app.database.engine.execution_options(cchc_writes=True).begin() as connection:
        connection.execute(
            sa.text("UPDATE reminder SET delivery_id = NULL, state = 'PLANNED' WHERE delivery_id IS NOT NULL")
        )
        connection.execute(sa.text("DELETE FROM delivery"))


def _count(app: Application, on: date) -> str:
    planned = sa.text(
        "SELECT COUNT(*), COUNT(DISTINCT person_id) FROM reminder WHERE state = 'PLANNED' AND fire_on <= :on"
    )
    sent = sa.text("SELECT COUNT(*) FROM reminder WHERE state = 'SENT'")
    with app.database.engine.connect() as connection:
        due, people = connection.execute(planned, {"on": on}).one()
        history = connection.execute(sent).scalar_one()
    return f"{due:,} rungs due for {people:,} people, {history:,} rungs of history"


def _planned_anew(app: Application, number: int) -> float:
    def work() -> None:
        with app.database.write(NOW) as uow:
            obligation = uow.obligations.locked(50_000 + number)
            obligation.due_on = ON + timedelta(40)
            RungPlanner(uow).plan_anew(obligation, not_before=ON)

    return seconds(work)


def _resident() -> float:
    """The greatest memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _filled(kind: str, count: int) -> Iterator[Application]:
    with tempfile.TemporaryDirectory() as folder, _address(kind, Path(folder)) as url:
        settings = Settings(home=Path(folder) / "home", config=CHECKOUT / "config", database_url=SecretStr(url))
        app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR, clock=StandingClock(NOW))
        with closing(app.database):
            multitude(app, count, ON)
            yield app


@contextmanager
def _address(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'cchc.sqlite3'}"
        return
    with postgres_server() as server:
        yield server
