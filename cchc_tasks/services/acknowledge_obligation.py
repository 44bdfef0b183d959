"""A unit says that it has seen what it owes (tiếp nhận)."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.lifecycle import after
from cchc_tasks.store.database import Database


def acknowledge_obligation(
    database: Database, obligation_id: int, *, actor: Actor, now: datetime, by_link: bool = False
) -> None:
    """Move an obligation from OPEN to ACKNOWLEDGED; raises StageForbids, NoRight, ObligationUnknown.

    `by_link` says in the journal that the actor came by a signed link, without a password.
    """
    with database.write(now) as uow:
        obligation = uow.obligations.locked(obligation_id)
        require(actor, Action.ACKNOWLEDGE, frozenset(uow.obligations.leads([obligation_id])[obligation_id]))
        obligation.stage = after("tiếp nhận", obligation.stage)
        uow.note(actor.user, "obligation.acknowledge", f"obligation:{obligation_id}", by_link=by_link)
