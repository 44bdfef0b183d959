"""What every flow shares: the application, the day, one run at a time, heartbeat and artifact."""

import asyncio
import ctypes
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from zoneinfo import ZoneInfo

from prefect import get_run_logger
from prefect.artifacts import acreate_markdown_artifact
from prefect.runtime import flow_run

from cchc_tasks.adapters.pinging import ping
from cchc_tasks.bootstrap import Application, open_application
from cchc_tasks.domain.business_day import business_day
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.services.beat import beat
from cchc_tasks.settings import load_settings
from flows.lease import held

PR_SET_PDEATHSIG = 1
TIMEOUT = 25 * 60
BUSY = "lượt chạy khác đang giữ việc này"
LOG = logging.getLogger(__name__)


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


@contextmanager
def told_outside(app: Application) -> Iterator[None]:
    """Tell the watch outside, where one is set, how the morning's reminders ended; a dead run tells it by silence."""
    try:
        yield
    except BaseException:
        _tell(app, failed=True)
        raise
    _tell(app, failed=False)


def _tell(app: Application, *, failed: bool) -> None:
    try:
        url = app.secret(SecretName.PING_URL)
    except Exception as error:  # the reminders are out: nothing that concerns the watch may undo that
        LOG.warning("The address of the watch outside could not be read (%s).", type(error).__name__)
        return
    if url:
        ping(url, failed=failed)


def _run(name: str, on: date | None, work: Callable[[Application, date], str], holder: str) -> str:
    app = open_application(load_settings())
    try:
        day = on or business_day(flow_run.scheduled_start_time, app.clock.now(), ZoneInfo(app.settings.time_zone))
        with held(app.database, app.clock, name, holder) as ours:
            if not ours:
                return BUSY
            said = work(app, day)
        beat(app.database, name, said, now=app.clock.now())
        return said
    finally:
        app.database.close()
