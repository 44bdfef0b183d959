"""At night: backup, a look whether all is whole, and tidying."""

from datetime import date

from prefect import flow

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from flows.running import TIMEOUT, run_alone


@flow(name="housekeeping", timeout_seconds=TIMEOUT, retries=2, retry_delay_seconds=60)
async def housekeeping(on: date | None = None) -> str:
    """Do the night's work; a second run the same night makes no second backup."""
    return await run_alone("housekeeping", on, _work)


def _work(app: Application, day: date) -> str:
    return app.housekeep(day, ENGINE).in_words()
