"""The runner's process: waits for Prefect's server, settles what was left behind, serves the deployments, beats."""

import asyncio
import logging
import os
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.runner import Runner

from cchc_tasks.bootstrap import Application, open_application
from cchc_tasks.domain.schedules import RUNNER
from cchc_tasks.services.beat import beat
from cchc_tasks.settings import load_settings
from flows.deployments import deployments
from flows.reconcile import reconcile
from flows.watch import watch

BEAT_SECONDS = 60
PATIENCE_SECONDS = 120
LOG = logging.getLogger(__name__)


async def serve(report_to: str, remind_now: str | None) -> None:
    """Serve until the process is ended; failed runs are reported to `report_to`.

    `remind_now` is a day whose reminders are to run at once, beside the schedules: a demo does not wait for morning.
    """
    app = open_application(load_settings())
    await _wait_for_server()
    async with get_client() as client:
        await reconcile(client)
        await watch(client, report_to)
    beating = asyncio.create_task(_beat(app))
    runner = Runner(pause_on_shutdown=False)
    ids = {one.name: await runner.aadd_deployment(one) for one in await deployments(app.settings.time_zone)}
    if remind_now:
        await _remind_now(ids["send-reminders"], remind_now)
    try:
        await runner.start()
    finally:
        beating.cancel()


async def _wait_for_server() -> None:
    async with get_client() as client:
        for _ in range(PATIENCE_SECONDS * 2):
            if await client.api_healthcheck() is None:
                return
            await asyncio.sleep(0.5)
    raise TimeoutError("Prefect's server did not answer")


async def _remind_now(deployment_id: UUID, day: str) -> None:
    async with get_client() as client:
        await client.create_flow_run_from_deployment(deployment_id, parameters={"on": day})


async def _beat(app: Application) -> None:
    while True:
        try:
            await asyncio.to_thread(beat, app.database, RUNNER, now=app.clock.now())
        except Exception:  # a database that is busy or away for a moment must not end the beating for ever
            LOG.exception("The heartbeat could not be written.")
        await asyncio.sleep(BEAT_SECONDS)


if __name__ == "__main__":
    asyncio.run(serve(os.environ.pop("CCHC_REPORT_TO"), os.environ.pop("CCHC_REMIND_NOW", None)))
