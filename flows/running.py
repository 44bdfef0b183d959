"""What every flow shares: the application, the day, the lease that keeps two runs apart, heartbeat and artifact."""

import asyncio
import ctypes
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from prefect import get_run_logger
from prefect.artifacts import acreate_markdown_artifact
from prefect.runtime import flow_run

from cchc_tasks.bootstrap import Application, open_application
from cchc_tasks.domain.business_day import business_day
from cchc_tasks.services.beat import beat
from cchc_tasks.services.run_lease import release_lease, take_lease
from cchc_tasks.settings import load_settings

LOG = logging.getLogger(__name__)
PR_SET_PDEATHSIG = 1
LASTING = timedelta(seconds=40)
TIMEOUT = 25 * 60
BUSY = "lượt chạy khác đang giữ việc này"


async def run_alone(name: str, on: date | None, work: Callable[[Application, date], str]) -> str:
    """Do the work of a flow in a thread, unless another run of it is at work; gives what it says of itself.

    `work` gets the application and the business day, and answers a short sentence with counts, without names: it
    becomes the heartbeat and the artifact, which anybody at Prefect's pages may read.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # a run does not outlive its runner unseen
    said = await asyncio.to_thread(_run, name, on, work, str(flow_run.id))
    get_run_logger().info(said)
    await acreate_markdown_artifact(said, key=name)
    return said


def _run(name: str, on: date | None, work: Callable[[Application, date], str], holder: str) -> str:
    app = open_application(load_settings())
    try:
        day = on or business_day(flow_run.scheduled_start_time, app.clock.now(), ZoneInfo(app.settings.time_zone))
        with _held(app, name, holder) as held:
            if not held:
                return BUSY
            said = work(app, day)
        beat(app.database, name, said, now=app.clock.now())
        return said
    finally:
        app.database.close()


@contextmanager
def _held(app: Application, name: str, holder: str) -> Iterator[bool]:
    """Whether this run holds the flow's lease, which is renewed for as long as the block lasts.

    A lease lasts short, so that a killed run keeps the next one waiting for a moment only.
    """
    if not take_lease(app.database, name, holder=holder, lasting=LASTING, now=app.clock.now()):
        yield False
        return
    done = threading.Event()

    def renew() -> None:
        while not done.wait(LASTING.total_seconds() / 4):
            try:
                take_lease(app.database, name, holder=holder, lasting=LASTING, now=app.clock.now())
            except Exception:  # a database that is busy for a moment must not end the renewing; the next one is near
                LOG.exception("The lease of %s could not be renewed.", name)

    renewing = threading.Thread(target=renew)
    renewing.start()
    try:
        yield True
    finally:
        done.set()
        renewing.join()
        release_lease(app.database, name, holder=holder, now=app.clock.now())
