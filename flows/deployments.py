"""The deployments: one for each flow, at the times that stand in the domain's table."""

from collections.abc import Coroutine
from datetime import date
from typing import Any

from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.schedules import Cron

from cchc_tasks.domain.schedules import SCHEDULES
from flows.drain_outbox import drain_outbox
from flows.housekeeping import housekeeping
from flows.open_obligations import open_obligations
from flows.plan_follow_ups import plan_follow_ups
from flows.send_reminders import send_reminders

FLOWS: tuple[Flow[[date | None], Coroutine[Any, Any, str]], ...] = (
    housekeeping,
    open_obligations,
    plan_follow_ups,
    send_reminders,
    drain_outbox,
)


async def deployments(time_zone: str) -> list[RunnerDeployment]:
    """One deployment for each flow, named like it; raises KeyError for a flow without a schedule."""
    times = {one.flow: one.cron for one in SCHEDULES}
    return [
        await flow.ato_deployment(name=flow.name, schedules=[Cron(times[flow.name], timezone=time_zone)])
        for flow in FLOWS
    ]
