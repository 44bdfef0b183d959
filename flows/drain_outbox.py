"""Through the day: delivers what could not go out before, and does a morning whose own run was lost."""

from datetime import date
from zoneinfo import ZoneInfo

from prefect import flow

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from cchc_tasks.services.beat import beat
from cchc_tasks.services.engine_health import REMINDERS
from cchc_tasks.services.morning_missed import morning_missed
from flows.lease import held
from flows.running import BUSY, TIMEOUT, run_alone


@flow(name="drain-outbox", timeout_seconds=TIMEOUT, retries=2, retry_delay_seconds=60)
async def drain_outbox(on: date | None = None) -> str:
    """Deliver what is planned or was put off; decide only where this morning's run never came to its end."""
    return await run_alone("drain-outbox", on, _work)


def _work(app: Application, day: date) -> str:
    zone = ZoneInfo(app.settings.time_zone)
    if not morning_missed(app.database, on=day, zone=zone):
        return app.drain(day, ENGINE).in_words()
    with held(app.database, app.clock, REMINDERS, "drain-outbox") as ours:
        if not ours:
            return BUSY  # the morning's run is at work
        said = app.remind(day, ENGINE).in_words()
        beat(app.database, REMINDERS, said, now=app.clock.now())
        return said
