"""Whether a morning's reminders have still to be done, because their run never came to its end."""

from datetime import date
from zoneinfo import ZoneInfo

from cchc_tasks.domain.schedules import REMINDERS
from cchc_tasks.store.database import Database


def morning_missed(database: Database, *, on: date, zone: ZoneInfo) -> bool:
    """True until the reminders' run of a local day has finished; a killed one never does."""
    with database.read() as uow:
        last = uow.running.heartbeat(REMINDERS)
    return last is None or last.beaten_at.astimezone(zone).date() < on
