"""Before the morning's reminders: proposes what is to be followed up; the secretariat decides."""

from datetime import date

from prefect import flow

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from cchc_tasks.services.plan_follow_ups import plan_follow_ups as propose_late_duties
from flows.running import TIMEOUT, run_alone


@flow(name="plan-follow-ups", timeout_seconds=TIMEOUT, retries=2, retry_delay_seconds=60)
async def plan_follow_ups(on: date | None = None) -> str:
    """Propose what is late by another step; nothing is told to anybody, and a second run changes nothing."""
    return await run_alone("plan-follow-ups", on, _work)


def _work(app: Application, day: date) -> str:
    done = propose_late_duties(
        app.database, on=day, steps=app.settings.follow_up_days, actor=ENGINE, now=app.clock.now()
    )
    return done.in_words()
