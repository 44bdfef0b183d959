"""Which day a scheduled run works for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def business_day(scheduled_at: datetime | None, now: datetime, zone: ZoneInfo) -> date:
    """The later of the scheduled and the present local date.

    A scheduler may start a run a moment early, so that the scheduled day counts just before midnight; a run that
    starts late, after an outage, works for today and not for the morning it missed (docs/promises.md, promise 8).
    """
    today = now.astimezone(zone).date()
    return max(today, scheduled_at.astimezone(zone).date()) if scheduled_at else today
