"""A morning's reminders as one: open, decide, deliver. The command and the flow share it."""

from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.channel_hours import MORNING
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.ports import Clock, DigestWriter, Notifier
from cchc_tasks.services.composing import LinkFor
from cchc_tasks.services.decide_reminders import Decided, decide_reminders
from cchc_tasks.services.deliver import Delivered, deliver
from cchc_tasks.services.open_obligations import open_obligations
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a morning brought."""

    opened: int
    decided: Decided
    delivered: Delivered

    def in_words(self) -> str:
        """Counts alone, for a heartbeat: no names, no addresses."""
        return self.delivered.in_words() if self.decided.working_day else "ngày nghỉ, không gửi"


def remind(
    database: Database,
    notifier: Notifier | None,
    writer: DigestWriter,
    clock: Clock,
    *,
    on: date,
    lease: timedelta,
    base_url: str,
    link_for: LinkFor | None = None,
    horizon_months: int,
    actor: Actor,
) -> Reminded:
    """Do a business day's reminders as if at seven; on a day off everything is opened, nothing goes out.

    Twice sends nothing twice. Where the channel opens later than seven, what was decided waits for the later runs.
    """
    opened = open_obligations(database, on=on, horizon_months=horizon_months, actor=actor, now=clock.now())
    decided = decide_reminders(database, on=on, actor=actor, now=clock.now())
    with database.read() as uow:
        open_at_seven = MORNING in uow.office.hours(Channel.MAIL)
    if not decided.working_day or not open_at_seven:
        return Reminded(opened, decided, Delivered())
    delivered = deliver(
        database, notifier, writer, clock, on=on, lease=lease, base_url=base_url, link_for=link_for, actor=actor
    )
    return Reminded(opened, decided, delivered)
