"""At night: opens the obligations that the horizon has reached."""

from datetime import date

from prefect import flow

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from cchc_tasks.services.open_obligations import open_obligations as open_due_obligations
from flows.running import TIMEOUT, run_alone


@flow(name="open-obligations", timeout_seconds=TIMEOUT, retries=2, retry_delay_seconds=60)
async def open_obligations(on: date | None = None) -> str:
    """Open what is due to be opened; a second run changes nothing."""
    return await run_alone("open-obligations", on, _work)


def _work(app: Application, day: date) -> str:
    opened = open_due_obligations(
        app.database, on=day, horizon_months=app.settings.horizon_months, actor=ENGINE, now=app.clock.now()
    )
    return f"mở {opened} việc theo kỳ"
