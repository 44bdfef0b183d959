"""Runs that an earlier life of the runner left pending or running: marked as crashed, for nobody else would."""

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import State, StateType
from prefect.states import Crashed

ENDED: State[None] = Crashed(message="The process ended while this run was under way.")
LEFT_BEHIND = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


async def reconcile(client: PrefectClient) -> int:
    """Settle what was left behind, before this runner takes up anything; says how many."""
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=LEFT_BEHIND))
    runs = await client.read_flow_runs(flow_run_filter=FlowRunFilter(state=state))
    for run in runs:
        await client.set_flow_run_state(run.id, ENDED, force=True)
    return len(runs)
