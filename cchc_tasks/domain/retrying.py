"""What a failed try means for a message and for its channel: when it is tried again, and by which way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cchc_tasks.domain.vocabulary import DeliveryState, Fault

MOST_TRIES = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
REST = timedelta(minutes=5)  # of a channel where nobody answers
DAWN = time(6)  # up to then nothing may disturb anybody (domain rule of Zalo; docs/settings.md)
ONE_DAY = timedelta(days=1)  # nobody is believed who asks for a longer wait


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message after a try, and what its channel and its person's address learn from it."""

    state: DeliveryState
    failures: int
    next_at: datetime | None = None
    rest_until: datetime | None = None  # the whole channel has nothing to try before
    passes_on: bool = False  # the person's next channel is to carry it
    marks_address: bool = False
    stops: bool = False


def verdict(
    fault: Fault | None, *, failures: int, wait: float | None, now: datetime, opens: time, chance: float
) -> Verdict:
    """What follows from a try that went so.

    `failures` counts the tries that failed before; `wait` is how many seconds the other side asked for; `now` is local
    and aware; `opens` is when the channel may be used in the morning; `chance` in [0, 1) spreads the next tries.
    """
    if fault is None:
        return Verdict(DeliveryState.SENT, failures)
    if fault is Fault.STOP:
        return Verdict(DeliveryState.DEFERRED, failures, stops=True)
    if fault in _PASSES:  # not the message's failure: it does not count
        until = _PASSES[fault](now, opens, _asked_for(wait))
        return Verdict(DeliveryState.DEFERRED, failures, until, until)
    if fault is not Fault.AGAIN:
        passes_on = fault in (Fault.BAD_ADDRESS, Fault.OTHER_CHANNEL)
        marks = fault is Fault.BAD_ADDRESS
        return Verdict(DeliveryState.FAILED, failures + 1, passes_on=passes_on, marks_address=marks)
    if failures + 1 >= MOST_TRIES:
        return Verdict(DeliveryState.DEAD, failures + 1)
    return Verdict(DeliveryState.DEFERRED, failures + 1, now + backoff(failures + 1, wait, chance))


def backoff(failures: int, wait: float | None, chance: float) -> timedelta:
    """How long to wait after so many failures: doubled each time up to an hour, spread by half around it.

    Where the other side asked for longer, that counts.
    """
    usual: timedelta = min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT) * (0.5 + chance)
    return max(usual, _asked_for(wait))


def _asked_for(wait: float | None) -> timedelta:
    return timedelta(seconds=min(wait, ONE_DAY.total_seconds())) if wait and wait > 0 else timedelta()


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


def _dawn_after(now: datetime) -> datetime:
    return _at(now if now.time() < DAWN else now + ONE_DAY, DAWN)


# When a channel that has nothing to offer now is worth another try: local time, its opening, what it asked for.
_PASSES: dict[Fault, Callable[[datetime, time, timedelta], datetime]] = {
    Fault.UNREACHABLE: lambda now, _, wait: now + max(REST, wait),
    Fault.TOMORROW: lambda now, opens, _: _at(now + ONE_DAY, opens),
    Fault.MORNING: lambda now, *_: _dawn_after(now),
}
