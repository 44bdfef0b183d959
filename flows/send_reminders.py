"""Every morning: the reminders; the calendar decides whether anything goes out."""

from datetime import date

from prefect import flow

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from flows.running import TIMEOUT, run_alone, told_outside


@flow(name="send-reminders", timeout_seconds=TIMEOUT, retries=2, retry_delay_seconds=60)
async def send_reminders(on: date | None = None) -> str:
    """Open, decide and deliver for a business day; what was missed goes out with it."""
    return await run_alone("send-reminders", on, _work)


def _work(app: Application, day: date) -> str:
    with told_outside(app):
        return app.remind(day, ENGINE).in_words()
