"""Looks round through the day: what has been silent too long becomes an alert, by another way than the silent one."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cchc_tasks.domain.channels import TRAITS
from cchc_tasks.domain.schedules import REMINDERS
from cchc_tasks.services.engine_health import engine_health, moment_in_words
from cchc_tasks.services.raise_alert import Alarm, raise_alert
from cchc_tasks.store.database import Database

PATIENCE = timedelta(hours=1)  # an hour without an answer is more than a server's new start
LONG_SILENT = timedelta(days=1)  # a machine that was off for a night makes up for it by itself


def watch_engine(database: Database, *, on: date, now: datetime, zone: ZoneInfo, alarm: Alarm | None = None) -> None:
    """Raise an alert for each channel where nobody answers, and for each flow that has been silent for a day.

    Each is raised once a day. The morning's run is left out: a lost one is done by whoever calls this.
    """
    with database.read() as uow:
        unreached = uow.measures.unreached_since(on)
    for channel, since in unreached.items():
        if now - since >= PATIENCE:
            words, moment = TRAITS[channel].words, moment_in_words(since, zone)
            text = f"Không kết nối được kênh {words} từ {moment}; thư đang chờ gửi lại."
            raise_alert(database, source=channel.value, text=text, on=on, now=now, not_by=channel, alarm=alarm)
    for one in engine_health(database, on=on, now=now, zone=zone).pulses:
        if one.flow != REMINDERS and one.silent_since and now - one.silent_since >= LONG_SILENT:
            text = f"{one.name} đã ngừng từ {moment_in_words(one.silent_since, zone)}."
            raise_alert(database, source=one.flow, text=text, on=on, now=now, alarm=alarm)
