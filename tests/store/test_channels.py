"""How many messages may be claimed in a minute, for all at once; stops that end by themselves; bad addresses."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

NOW = datetime(2026, 3, 24, 0, 0, 30, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database of each kind, at the newest schema, with ten messages a minute by Telegram."""
    made = Database(database_url)
    schema.upgrade(made)
    with made.write(NOW) as uow:
        uow.channels.set(Channel.TELEGRAM, enabled=True, per_minute=10, at_once=2)
    yield made
    made.close()


def claimable(database: Database, now: datetime = NOW, wanted: int = 4) -> int:
    with database.write(now) as uow:
        return uow.channels.claimable(Channel.TELEGRAM, now, wanted)


class TestMinute:
    def test_is_shared_by_all_who_claim_at_once(self, database: Database) -> None:
        together = Barrier(2)

        def claim(_: int) -> int:
            together.wait()
            return sum(claimable(database, wanted=1) for _ in range(8))

        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(claim, range(2))) == 10

    def test_gives_what_is_left_and_begins_anew_with_the_next_one(self, database: Database) -> None:
        assert [claimable(database) for _ in range(4)] == [4, 4, 2, 0]
        assert claimable(database, NOW + timedelta(seconds=30)) == 4
        assert claimable(database, NOW, wanted=9) == 6  # a clock that is a little behind counts in the same minute

    def test_has_no_end_where_no_speed_is_set(self, database: Database) -> None:
        with database.write(NOW) as uow:
            assert uow.channels.claimable(Channel.MAIL, NOW, 5_000) == 5_000


class TestStanding:
    def test_still_gives_nothing_until_all_begin_afresh(self, database: Database) -> None:
        with database.write(NOW) as uow:
            assert uow.channels.stop(Channel.TELEGRAM, "sai mã", NOW)
            assert not uow.channels.stop(Channel.TELEGRAM, "vẫn sai mã", NOW + timedelta(hours=1))
            assert uow.channels.of(Channel.TELEGRAM).stopped_why == "sai mã"
            assert Channel.TELEGRAM not in uow.channels.usable()
        assert claimable(database) == 0
        with database.write(NOW) as uow:
            uow.channels.resume_all()
            assert Channel.TELEGRAM in uow.channels.usable()
            assert uow.channels.stop(Channel.TELEGRAM, "lại sai mã", NOW)

    def test_still_or_resting_ends_at_a_word(self, database: Database) -> None:
        with database.write(NOW) as uow:
            uow.channels.stop(Channel.TELEGRAM, "sai mã", NOW)
            uow.channels.rest(Channel.TELEGRAM, NOW + timedelta(minutes=5))
            uow.channels.rest(Channel.TELEGRAM, NOW + timedelta(minutes=2))
            assert uow.channels.of(Channel.TELEGRAM).resting_until == NOW + timedelta(minutes=5)
            assert uow.channels.resume(Channel.TELEGRAM)
            assert not uow.channels.resume(Channel.TELEGRAM)
        assert claimable(database) == 4

    def test_in_a_rest_gives_nothing_but_is_among_the_usable(self, database: Database) -> None:
        with database.write(NOW) as uow:
            uow.channels.rest(Channel.TELEGRAM, NOW + timedelta(minutes=5))
            assert Channel.TELEGRAM in uow.channels.usable()
        assert claimable(database) == 0
        assert claimable(database, NOW + timedelta(minutes=5)) == 4

    def test_off_is_not_usable(self, database: Database) -> None:
        with database.write(NOW) as uow:
            uow.channels.set(Channel.TELEGRAM, enabled=False, per_minute=None, at_once=1)
            assert uow.channels.usable() == frozenset(Channel) - {Channel.TELEGRAM}
        assert claimable(database) == 0
