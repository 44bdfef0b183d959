"""Lets Prefect report runs that failed: an automation calls our own web, and that tells the administrators."""

from datetime import timedelta

from prefect.automations import Automation
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import EventTrigger, Posture
from pydantic import SecretStr

NAME = "cchc-failed-run"
BAD_ENDS = ("Failed", "Crashed", "TimedOut")
BODY = '{"flow": "{{ flow.name }}", "state": "{{ flow_run.state.name }}"}'


async def watch(client: PrefectClient, report_to: str) -> None:
    """Set up the block and the automation anew, so that each start leaves exactly one of them."""
    webhook = Webhook(method="POST", url=SecretStr(report_to), allow_private_urls=True)
    block_id = await webhook.save(NAME, overwrite=True, client=client)
    for old in await client.read_automations_by_name(NAME):
        await client.delete_automation(old.id)
    automation = Automation(
        name=NAME,
        trigger=EventTrigger(
            expect={f"prefect.flow-run.{end}" for end in BAD_ENDS},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=[CallWebhook(block_document_id=block_id, payload=BODY)],
    )
    await automation.acreate()
