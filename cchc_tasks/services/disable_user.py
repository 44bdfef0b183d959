"""An administrator closes an account: the person signs in no more and is written to no more; the history stays."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database


def disable_user(database: Database, user: str, *, actor: Actor, on: date, now: datetime) -> int:
    """Close an account and end its sessions at once; closing it twice changes nothing.

    What the person was to hear of is planned anew from `on` on, so that the others of the unit hear of it, and what
    was assigned to them by name is theirs no more. Says how many obligations that were. Raises UserUnknown, NoRight.
    """
    require(actor, Action.MANAGE_USERS)
    with database.write(now) as uow:
        uow.obligations.hold_opening()  # so that nothing is planned for them meanwhile
        person = uow.people.with_user(user)
        person_id = person.id or 0
        uow.accounts.end_sessions(person_id)
        if not person.active:
            return 0
        person.active = False
        heard = uow.touched.heard_by(person_id)
        uow.touched.unname(person_id)
        RungPlanner(uow).plan_anew_all(heard, not_before=on)
        uow.note(actor.user, "user.disable", f"user:{user}", replanned=len(heard))
        return len(heard)
