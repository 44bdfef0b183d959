"""The lease that keeps two runs of one flow apart: short, and renewed for as long as its run is at work."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from cchc_tasks.ports import Clock
from cchc_tasks.services.run_lease import release_lease, take_lease
from cchc_tasks.store.database import Database

LASTING = timedelta(seconds=40)
LOG = logging.getLogger(__name__)


@contextmanager
def held(database: Database, clock: Clock, name: str, holder: str, lasting: timedelta = LASTING) -> Iterator[bool]:
    """Whether this run holds the flow's lease, which is renewed for as long as the block lasts.

    A lease lasts short, so that a killed run keeps the next one waiting for a moment only.
    """
    if not take_lease(database, name, holder=holder, lasting=lasting, now=clock.now()):
        yield False
        return
    done = threading.Event()

    def renew() -> None:
        while not done.wait(lasting.total_seconds() / 4):
            try:
                take_lease(database, name, holder=holder, lasting=lasting, now=clock.now())
            except Exception:  # a database that is busy for a moment must not end the renewing; the next one is near
                LOG.exception("The lease of %s could not be renewed.", name)

    renewing = threading.Thread(target=renew)
    renewing.start()
    try:
        yield True
    finally:
        done.set()
        renewing.join()
        release_lease(database, name, holder=holder, now=clock.now())
