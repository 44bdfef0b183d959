"""The journal's chain holds whoever writes at once, and whatever is changed in it is noticed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from cchc_tasks.domain.errors import PlanUnknown
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

NOW = datetime(2026, 3, 24, 0, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database of each kind, at the newest schema."""
    made = Database(database_url)
    schema.upgrade(made)
    yield made
    made.close()


def first_break(database: Database) -> str | None:
    with database.read() as uow:
        return uow.journal.first_break()


def write(database: Database, *actions: str) -> None:
    with database.write(NOW) as uow:
        for action in actions:
            uow.note("vp.thuongtruc1", action, "plan:1", words="Kế hoạch số 04")


class TestChain:
    def test_holds_when_eight_threads_write_at_once(self, database: Database) -> None:
        def writes(thread: int) -> None:
            for turn in range(12):
                with database.write(NOW + timedelta(seconds=turn)) as uow:
                    uow.note(f"thread-{thread}", "test.write", f"turn:{turn}", thread=thread)
                    uow.note(f"thread-{thread}", "test.second", f"turn:{turn}")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(writes, range(8)))

        assert first_break(database) is None
        with database.read() as uow:
            entries = list(uow.journal.entries())
        assert [entry.number for entry in entries] == list(range(1, 8 * 12 * 2 + 1))
        assert all(
            a.subject == b.subject and a.actor == b.actor for a, b in zip(entries[::2], entries[1::2], strict=True)
        )

    def test_is_not_extended_by_a_transaction_that_fails(self, database: Database) -> None:
        write(database, "plan.import")

        def fails() -> None:
            with database.write(NOW) as uow:
                uow.note("vp.thuongtruc1", "plan.publish", "plan:1")
                uow.plans.get(404)

        with pytest.raises(PlanUnknown):
            fails()
        with database.read() as uow:
            assert [entry.action for entry in uow.journal.entries()] == ["plan.import"]
        assert first_break(database) is None

    @pytest.mark.parametrize(
        "tampering",
        [
            "UPDATE journal_entry SET actor = 'somebody' WHERE number = 2",
            "UPDATE journal_entry SET details = '{}' WHERE number = 1",
            "DELETE FROM journal_entry WHERE number = 2",
            "DELETE FROM journal_entry WHERE number = 3",
        ],
    )
    def test_shows_what_was_changed_or_taken_out(self, database: Database, tampering: str) -> None:
        write(database, "plan.import", "question.answer", "plan.publish")
        assert first_break(database) is None
        with database.engine.begin() as connection:
            connection.execute(sa.text(tampering))
        assert first_break(database) is not None

    def test_gives_instants_back_as_utc(self, database: Database) -> None:
        write(database, "plan.import")
        with database.read() as uow:
            (entry,) = uow.journal.entries()
        assert entry.at == NOW
        assert entry.at.utcoffset() == timedelta(0)
