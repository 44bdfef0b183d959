"""The schedules: when each flow runs, in local time."""

from collections.abc import Coroutine
from datetime import date
from typing import Any

from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.schedules import Cron

from flows.drain_outbox import drain_outbox
from flows.housekeeping import housekeeping
from flows.open_obligations import open_obligations
from flows.plan_follow_ups import plan_follow_ups
from flows.send_reminders import send_reminders

SCHEDULES: tuple[tuple[Flow[[date | None], Coroutine[Any, Any, str]], str], ...] = (
    (housekeeping, "0 2 * * *"),
    (open_obligations, "0 3 * * *"),
    (plan_follow_ups, "30 6 * * *"),  # so that the morning's message can speak of what waits
    (send_reminders, "0 7 * * *"),
    (drain_outbox, "*/10 7-17 * * *"),  # within allowed hours, after the morning's run
)


async def deployments(time_zone: str) -> list[RunnerDeployment]:
    """One deployment for each flow, named like it."""
    return [
        await flow.ato_deployment(name=flow.name, schedules=[Cron(times, timezone=time_zone)])
        for flow, times in SCHEDULES
    ]
