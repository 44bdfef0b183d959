"""Days on which something is due as a calendar file (RFC 5545), which calendars take in as whole-day events."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Event

from cchc_tasks.domain.one_line import one_line
from cchc_tasks.ports import DueDate

FILE_NAME = "han-nop.ics"
MIME_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
_PRODUCT = "-//cchc//nhac viec//VI"
_END = b"END:VCALENDAR\r\n"
# What stands in an event that is kept, until it goes out.
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_STAMP = b"\r\nDTSTAMP:19700101T000000Z\r\n"


def due_calendar(dates: Sequence[DueDate], host: str, now: datetime) -> bytes:
    """The file: an event for each date, made `now`. The same key at the same host is the same event to a calendar."""
    stamp = f"\r\nDTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}\r\n".encode()
    events = (_event(due, host).replace(_STAMP, stamp, 1) for due in dates)
    return _shell().removesuffix(_END) + b"".join(events) + _END


@lru_cache
def _shell() -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return bytes(calendar.to_ical())


@lru_cache(maxsize=2048)  # the people of a unit hear of the same dates, and writing an event takes long
def _event(due: DueDate, host: str) -> bytes:
    event = Event()
    event.add("uid", f"{due.key}@{host}")
    event.add("dtstamp", _ANY_TIME)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("sequence", due.version)
    event.add("summary", one_line(due.title))
    event.add("url", due.link)
    event.add("transp", "TRANSPARENT")  # a day on which something is due is not a day on which nobody has time
    return bytes(event.to_ical())
