"""A unit says of several obligations at once that it has seen them."""

from collections.abc import Collection
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.lifecycle import after
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.store.database import Database


def acknowledge_several(database: Database, obligation_ids: Collection[int], *, actor: Actor, now: datetime) -> int:
    """Acknowledge those that are still new and say how many; one that was acknowledged meanwhile is left as it is.

    Raises NoRight or ObligationUnknown, and then nothing has changed.
    """
    with database.write(now) as uow:
        leads = uow.obligations.leads(obligation_ids)
        count = 0
        for obligation_id in sorted(set(obligation_ids)):
            obligation = uow.obligations.locked(obligation_id)
            require(actor, Action.ACKNOWLEDGE, frozenset(leads.get(obligation_id, ())))
            if obligation.stage is Stage.OPEN:
                obligation.stage = after("tiếp nhận", obligation.stage)
                uow.note(actor.user, "obligation.acknowledge", f"obligation:{obligation_id}")
                count += 1
        return count
