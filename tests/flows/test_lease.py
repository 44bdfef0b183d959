"""A run at work keeps its lease however long it takes, and gives it back however it ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from cchc_tasks.adapters.clock import SystemClock
from cchc_tasks.services.run_lease import take_lease
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database
from flows.lease import held
from tests.flows.system import until

FLOW = "send-reminders"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database at the newest schema."""
    made = Database(f"sqlite:///{tmp_path / 'cchc.sqlite3'}")
    schema.upgrade(made)
    yield made
    made.close()


def taken_by_another(database: Database, after: timedelta = timedelta()) -> bool:
    lasting = timedelta(minutes=1)
    return take_lease(database, FLOW, holder="another", lasting=lasting, now=datetime.now(UTC) + after)


def held_until(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.execute(sa.text("SELECT held_until FROM run_lease")).scalar_one())


class TestHeld:
    def test_is_renewed_while_the_run_is_at_work(self, database: Database) -> None:
        with held(database, SystemClock(), FLOW, "one", timedelta(seconds=8)) as ours:
            assert ours
            first = held_until(database)
            assert until(lambda: held_until(database) > first, 60)

    def test_keeps_another_run_away_and_is_free_after_it(self, database: Database) -> None:
        with held(database, SystemClock(), FLOW, "one"):
            assert not taken_by_another(database)
            with held(database, SystemClock(), FLOW, "two") as ours:
                assert not ours
        assert taken_by_another(database)

    def test_is_free_after_a_run_that_failed(self, database: Database) -> None:
        with pytest.raises(ValueError, match="broken"), held(database, SystemClock(), FLOW, "one"):
            raise ValueError("broken")
        assert taken_by_another(database)
