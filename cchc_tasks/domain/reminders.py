"""Reminders: which steps a ladder has, on which day each step falls, and which one speaks for an item on a morning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.office_calendar import OfficeCalendar
from cchc_tasks.domain.vocabulary import Bound

INTRODUCTION = "introduction"
SUPPLEMENT = "supplement"


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps for one frequency, in days: `before` the aim day (0 is the day itself) and `after` the due day."""

    name: str  # a Frequency's word, or "supplement" for a hạn bổ sung
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """A step with its day. Those after the due day also go to the head of the unit."""

    name: str  # "before-7", "before-0", "after-3", "introduction"
    fire_on: date
    to_head: bool


def aim_day(due_on: date, bound: Bound | None, calendar: OfficeCalendar) -> date:
    """The last working day at which reminders aim: before a "trước ngày", on or before any other date (promise 2)."""
    if bound is Bound.BEFORE:
        return calendar.working_day_before(due_on)
    return calendar.working_day_on_or_before(due_on)


def bound_left(bound: Bound | None, due_on: date | None, stated_on: date | None) -> Bound | None:
    """The bound that still holds against the due day: a "trước" that was strictly taken is in the due day already."""
    return None if stated_on is not None and due_on != stated_on else bound


def rungs(
    ladder: Ladder, aim_on: date, due_on: date, calendar: OfficeCalendar, *, not_before: date
) -> tuple[Rung, ...]:
    """The steps that remain from `not_before` on, in order.

    A step before the day that meets a day off moves earlier, never later (promise 10); one after the day waits for
    the next working morning, for it must not speak before anything is late. Steps older than `not_before` are left
    out: an introduction takes their place (promise 8).
    """
    early = (
        Rung(f"before-{days}", calendar.working_day_on_or_before(aim_on - timedelta(days=days)), to_head=False)
        for days in ladder.before
    )
    late = (
        Rung(f"after-{days}", calendar.working_day_on_or_after(due_on + timedelta(days=days)), to_head=True)
        for days in ladder.after
    )
    return tuple(
        sorted((rung for rung in (*early, *late) if rung.fire_on >= not_before), key=lambda rung: rung.fire_on)
    )


def most_urgent(names: Iterable[str]) -> str:
    """Of several steps due on one morning, the one that is said: the latest of the ladder."""
    return max(names, key=_place)


def _place(name: str) -> int:
    if name == INTRODUCTION:
        return -10_000
    side, _, days = name.partition("-")
    return int(days) if side == "after" else -int(days)
