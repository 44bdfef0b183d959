"""A database that does not answer is one clear refusal."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_tasks.domain.errors import DatabaseLocked, DatabaseUnreachable
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

NOW = datetime(2026, 3, 24, tzinfo=UTC)


class TestLockedDatabase:
    def test_is_said_after_the_busy_time(self, tmp_path: Path) -> None:
        file = tmp_path / "cchc.sqlite3"
        database = Database(f"sqlite:///{file}", busy_seconds=0.2)
        schema.upgrade(database)
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked), database.write(NOW) as uow:
            uow.note("vp.thuongtruc1", "test", "nothing")
        holder.execute("ROLLBACK")
        holder.close()
        with database.read() as uow:
            assert list(uow.journal.entries()) == []
        database.close()


class TestUnreachableDatabase:
    def test_is_said_without_the_password(self) -> None:
        database = Database("postgresql+psycopg://cchc:mat-khau-bi-mat@127.0.0.1:9/cchc")
        with pytest.raises(DatabaseUnreachable) as refused, database.read() as uow:
            uow.directory.is_empty()
        assert "mat-khau-bi-mat" not in str(refused.value)
        database.close()
