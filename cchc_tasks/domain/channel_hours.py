"""Between which hours of a local day a channel may be used."""

import re
from dataclasses import dataclass
from datetime import time

from cchc_tasks.domain.errors import HoursInvalid

MORNING = time(7)  # when a day's reminders are decided and sent
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Hours:
    """From the opening on, up to but not at the closing."""

    opens: time
    closes: time

    def __contains__(self, at: time) -> bool:
        return self.opens <= at < self.closes

    def __str__(self) -> str:
        return f"{self.opens:%H:%M} – {self.closes:%H:%M}"


USUAL = Hours(MORNING, time(18))  # where the office has set nothing


def read_hours(opens: str, closes: str) -> Hours:
    """Hours as people type them ("07:00", "7:00"); raises HoursInvalid."""
    hours = Hours(_clock(opens), _clock(closes))
    if hours.opens >= hours.closes:
        raise HoursInvalid
    return hours


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise HoursInvalid
    return time(int(found[1]), int(found[2]))
