"""Through the day: delivers what could not go out before, does a morning whose own run was lost, looks round.

What came back is taken first, so that what another channel is to carry goes out with this run.
"""

from datetime import date
from zoneinfo import ZoneInfo

from prefect import flow

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from cchc_tasks.domain.schedules import REMINDERS
from cchc_tasks.services.beat import beat
from cchc_tasks.services.collect_bounces import collect_bounces
from cchc_tasks.services.morning_missed import morning_missed
from cchc_tasks.services.watch_engine import watch_engine
from flows.lease import held
from flows.running import BUSY, TIMEOUT, run_alone, told_outside


@flow(name="drain-outbox", timeout_seconds=TIMEOUT, retries=2, retry_delay_seconds=60)
async def drain_outbox(on: date | None = None) -> str:
    """Deliver what is planned or was put off; decide only where this morning's run never came to its end."""
    return await run_alone("drain-outbox", on, _work)


def _work(app: Application, day: date) -> str:
    zone = ZoneInfo(app.settings.time_zone)
    mails = app.bounce_mailbox()
    returned = collect_bounces(app.database, mails, on=day, now=app.clock.now()) if mails else ""
    said = _drain(app, day, zone)
    watch_engine(app.database, on=day, now=app.clock.now(), zone=zone, alarm=app.alarm())
    return f"{said}; {returned}" if returned else said


def _drain(app: Application, day: date, zone: ZoneInfo) -> str:
    if not morning_missed(app.database, on=day, zone=zone):
        return app.drain(day, ENGINE).in_words()
    with held(app.database, app.clock, REMINDERS, "drain-outbox") as ours:
        if not ours:
            return BUSY  # the morning's run is at work
        with told_outside(app):
            said = app.remind(day, ENGINE).in_words()
        beat(app.database, REMINDERS, said, now=app.clock.now())
        return said
