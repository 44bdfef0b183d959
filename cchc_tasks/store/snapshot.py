"""A consistent copy of the whole database while others work on it, and its way back into an empty one."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from cchc_tasks.domain.errors import DumpFailed, DumpToolMissing, DumpToolTooOld
from cchc_tasks.store.database import Database, translated


def take(database: Database, target: Path) -> None:
    """Write a snapshot of the database to a file: a SQLite database, or PostgreSQL's custom dump.

    On PostgreSQL it needs a pg_dump at least as new as the server; raises DumpToolMissing or DumpToolTooOld.
    """
    if database.is_sqlite:
        with (
            translated(),
            closing(sqlite3.connect(_file(database))) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
        return
    _check_tool(database, "pg_dump")
    _run(database, "pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def put_back(database: Database, source: Path) -> None:
    """Fill an empty database from a snapshot of its own kind."""
    if database.is_sqlite:
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(_file(database))) as target:
            copy.backup(target)
        return
    _check_tool(database, "pg_restore")
    _run(database, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(source))


def is_empty(database: Database) -> bool:
    """Whether the database holds no table at all."""
    with translated(), database.engine.connect() as connection:
        return not sa.inspect(connection).get_table_names()


def _file(database: Database) -> str:
    return database.engine.url.database or ""


def _check_tool(database: Database, tool: str) -> None:
    if shutil.which(tool) is None:
        raise DumpToolMissing(tool=tool)
    said = subprocess.run(  # noqa: S603 - one of two fixed names
        [tool, "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"(\d+)(?:\.\d+)?", said)
    with translated(), database.engine.connect() as connection:
        server = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
    if found is None or int(found[1]) < server:
        raise DumpToolTooOld(tool=tool, version=found[1] if found else "?", server=server)


def _run(database: Database, tool: str, *options: str) -> None:
    """Run PostgreSQL's tool on this database; the password goes by the environment, never by the command line."""
    url = database.engine.url
    said = url.password or url.query.get("password")
    query = url.difference_update_query(["password"]).query
    place = sa.URL.create("postgresql", url.username, None, url.host, url.port, url.database, query).render_as_string()
    password = {"PGPASSWORD": str(said)} if said else {}
    done = subprocess.run(  # noqa: S603 - no shell; the address is our own setting
        [tool, *options, f"--dbname={place}"], env=os.environ | password, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()
        raise DumpFailed(tool=tool, reason=reason[-1] if reason else str(done.returncode))
