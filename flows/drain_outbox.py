"""Through the day: delivers what could not go out before."""

from datetime import date

from prefect import flow

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from flows.running import TIMEOUT, run_alone


@flow(name="drain-outbox", timeout_seconds=TIMEOUT, retries=2, retry_delay_seconds=60)
async def drain_outbox(on: date | None = None) -> str:
    """Deliver what is planned or was put off; decides nothing new."""
    return await run_alone("drain-outbox", on, _work)


def _work(app: Application, day: date) -> str:
    return app.drain(day, ENGINE).in_words()
