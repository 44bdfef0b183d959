"""A morning's reminders as one: open, decide, deliver. The command and the flow share it."""

from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.channel_hours import MORNING
from cchc_tasks.ports import Clock, DigestWriter, Ways
from cchc_tasks.services.decide_reminders import Decided, decide_reminders
from cchc_tasks.services.deliver import Delivered, Terms, deliver
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
    ways: Ways,
    writer: DigestWriter,
    clock: Clock,
    *,
    on: date,
    terms: Terms,
    horizon_months: int,
    actor: Actor,
) -> Reminded:
    """Do a business day's reminders as if at seven; on a day off everything is opened, nothing goes out.

    Twice sends nothing twice; what could not go out is tried now, whenever its next try was to be, and so is a channel
    that stopped. Where a channel opens later than seven, what was decided for it waits for later runs.
    """
    opened = open_obligations(database, on=on, horizon_months=horizon_months, actor=actor, now=clock.now())
    decided = decide_reminders(database, on=on, actor=actor, now=clock.now())
    if not decided.working_day:
        return Reminded(opened, decided, Delivered())
    delivered = deliver(database, ways, writer, clock, on=on, at=MORNING, terms=terms, actor=actor, afresh=True)
    return Reminded(opened, decided, delivered)
