"""Shows the messages of a morning as they would go out, to everybody or to one person; nothing is kept."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.ports import DigestWriter, Message
from cchc_tasks.services.composing import Composer
from cchc_tasks.services.decide_reminders import decide
from cchc_tasks.services.gathering import gather
from cchc_tasks.services.open_obligations import open_due
from cchc_tasks.store.database import Database
from cchc_tasks.store.outbox import UNSENT


def preview_reminders(
    database: Database,
    writer: DigestWriter,
    *,
    on: date,
    horizon_months: int,
    base_url: str,
    actor: Actor,
    now: datetime,
    user: str | None = None,
) -> list[Message]:
    """Open, decide and write the messages of a day in a transaction that is taken back.

    With `user` only those to this person, without an address as well; raises UserUnknown.
    """
    require(actor, Action.REMIND)
    with database.rehearse(now) as uow:
        only = None if user is None else uow.directory.person_with_user(user).id
        open_due(uow, on=on, horizon_months=horizon_months, user=actor.user)
        if not decide(uow, on=on, now=now).working_day:
            return []
        composer = Composer(uow, writer, on=on, base_url=base_url)
        planned = [one for one in uow.outbox.deliveries(on) if one.state in UNSENT and only in (None, one.person_id)]
        uow.rungs.attach(planned, on, uow.absences.hearers(on))
        gathered = gather(uow, planned)
        messages = [composer.compose(uow, gathered, delivery) for delivery in planned]
    return [message for message in messages if message is not None and (message.recipient or only)]
