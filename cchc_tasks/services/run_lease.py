"""Keeps two runs of one flow apart: a lease with an end, so that a killed run holds nobody up for long."""

from datetime import datetime, timedelta

from cchc_tasks.store.database import Database


def take_lease(database: Database, name: str, *, holder: str, lasting: timedelta, now: datetime) -> bool:
    """Take the lease of a flow, or renew one's own; false while another run holds it."""
    with database.write(now) as uow:
        return uow.running.take_lease(name, holder, now + lasting, now)


def release_lease(database: Database, name: str, *, holder: str, now: datetime) -> None:
    """Give the lease back; one that another run has taken over meanwhile stays with it."""
    with database.write(now) as uow:
        uow.running.release_lease(name, holder)
