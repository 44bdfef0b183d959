"""The database: SQLite or PostgreSQL behind one engine, and transactions that end in the journal."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlmodel import Session

from cchc_tasks.domain.errors import DatabaseLocked, DatabaseUnreachable, DatabaseUrlInvalid
from cchc_tasks.store.unit_of_work import UnitOfWork

BUSY_SECONDS = 10.0


class Database:
    """One database, opened once per process.

    `write(now)` gives a transaction that holds the writer's lock from its first statement (SQLite: BEGIN IMMEDIATE)
    and commits at the end of the block; `read()` gives one that is rolled back. Both raise DatabaseLocked where
    another writer held on for longer than `busy_seconds`.
    """

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.engine = _engine(url, busy_seconds)
        self._writing = self.engine.execution_options(cchc_writes=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of our own."""
        return self.engine.dialect.name == "sqlite"

    @property
    def kind(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def write(self, now: datetime) -> Iterator[UnitOfWork]:
        """A transaction that changes something; `now` stamps its journal entries."""
        with translated(), Session(self._writing, expire_on_commit=False) as session:
            uow = UnitOfWork(session, now)
            yield uow
            uow.finish()

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A consistent look; whatever is changed inside is forgotten."""
        with translated(), Session(self.engine, expire_on_commit=False) as session:
            yield UnitOfWork(session, now=None)  # closing rolls back

    @contextmanager
    def rehearse(self, now: datetime) -> Iterator[UnitOfWork]:
        """Like `write`, with everything taken back at the end: for showing what would happen."""
        with translated(), Session(self._writing, expire_on_commit=False) as session:
            yield UnitOfWork(session, now)  # closing rolls back

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _engine(url: str, busy_seconds: float) -> sa.Engine:
    try:
        place = sa.make_url(url)
        dialect = place.get_backend_name()
        if "@" in (place.host or ""):  # of a password whose "@" was not written as %40; its end would be shown
            raise DatabaseUrlInvalid
        if dialect == "postgresql":
            return sa.create_engine(url, pool_pre_ping=True)
        if dialect != "sqlite":
            raise DatabaseUrlInvalid
        engine = sa.create_engine(url, connect_args={"timeout": busy_seconds, "check_same_thread": False})
    except (ArgumentError, ImportError, ValueError):
        raise DatabaseUrlInvalid from None  # what they say repeats parts of the address
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transactions begin too late for BEGIN IMMEDIATE; we begin them ourselves.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("cchc_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver says into an Unavailable of our own."""
    try:
        yield
    except DatabaseError as error:
        if not isinstance(error, OperationalError) and type(error) is not DatabaseError:  # the latter: a damaged file
            raise
        words = str(error.orig).lower()
        if "locked" in words or "lock timeout" in words or "deadlock" in words:
            raise DatabaseLocked from error
        raise DatabaseUnreachable(reason=_first_line(error)) from error


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
