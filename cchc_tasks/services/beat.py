"""A part of the engine says that it is alive and what it did."""

from datetime import datetime

from cchc_tasks.store.database import Database


def beat(database: Database, name: str, said: str = "", *, now: datetime) -> None:
    """Keep the heartbeat; `said` is a short sentence with counts, without names."""
    with database.write(now) as uow:
        uow.running.beat(name, now, said)
