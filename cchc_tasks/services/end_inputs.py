"""Ends the sub-requests of an obligation that is over; shared by every deed that ends one."""

from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT, after
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.store.unit_of_work import UnitOfWork


def end_inputs(uow: UnitOfWork, parent: Obligation, user: str) -> list[int]:
    """What an ended obligation still waited for is needed no more (thôi thực hiện); gives the ids.

    What was handed in already stays for the asking unit to accept.
    """
    ended = []
    for one in uow.inputs.held(parent.id or 0):
        if one.stage in WAITING_FOR_UNIT:
            one.stage = after("thôi thực hiện", one.stage)
            uow.rungs.cancel(one.id or 0)
            uow.note(user, "input.end", f"obligation:{one.id}", parent=parent.id)
            ended.append(one.id or 0)
    return ended
