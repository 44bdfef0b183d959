"""Of two takers of a lease exactly one gets it, and a killed holder's ends by itself."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from cchc_tasks.services.beat import beat
from cchc_tasks.services.run_lease import release_lease, take_lease
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

NOW = datetime(2026, 3, 24, 0, 0, tzinfo=UTC)
LASTING = timedelta(minutes=30)
Take = Callable[..., bool]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database of each kind, at the newest schema."""
    made = Database(database_url)
    schema.upgrade(made)
    yield made
    made.close()


@pytest.fixture
def take(database: Database) -> Take:
    """Takes the lease of the reminders for a holder, a while after NOW."""

    def try_it(holder: str, after: timedelta = timedelta()) -> bool:
        return take_lease(database, "send-reminders", holder=holder, lasting=LASTING, now=NOW + after)

    return try_it


class TestLease:
    def test_goes_to_exactly_one_of_eight_takers_at_once(self, take: Take) -> None:
        ready = Barrier(8)

        def try_it(number: int) -> bool:
            ready.wait()
            return take(f"run-{number}")

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(try_it, range(8))) == 1

    def test_of_a_killed_holder_is_taken_over_at_its_end_by_exactly_one(self, take: Take) -> None:
        assert take("killed")
        assert not take("next", LASTING - timedelta(seconds=1))
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(lambda number: take(f"run-{number}", LASTING), range(4))) == 1

    def test_is_made_longer_by_its_own_holder(self, take: Take) -> None:
        assert take("one")
        assert take("one", timedelta(minutes=20))
        assert not take("another", timedelta(minutes=40))

    def test_is_not_given_back_by_one_who_lost_it(self, database: Database, take: Take) -> None:
        assert take("slow")
        assert take("next", LASTING)
        release_lease(database, "send-reminders", holder="slow", now=NOW + LASTING)
        assert not take("third", LASTING)
        release_lease(database, "send-reminders", holder="next", now=NOW + LASTING)
        assert take("third", LASTING)


class TestHeartbeat:
    def test_keeps_the_last_sign_of_life_of_each_part(self, database: Database) -> None:
        beat(database, "runner", now=NOW)
        beat(database, "send-reminders", "41 lượt gửi, 0 hoãn, 1 lỗi", now=NOW)
        beat(database, "runner", now=NOW + timedelta(minutes=1))
        with database.read() as uow:
            runner, reminders = uow.running.heartbeat("runner"), uow.running.heartbeat("send-reminders")
            assert uow.running.heartbeat("drain-outbox") is None
        assert runner
        assert reminders
        assert (runner.beaten_at, reminders.said) == (NOW + timedelta(minutes=1), "41 lượt gửi, 0 hoãn, 1 lỗi")
