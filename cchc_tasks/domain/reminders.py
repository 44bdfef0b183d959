"""Reminders: which steps a ladder has, on which day each step falls, and which one speaks for an item on a morning."""

from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.office_calendar import OfficeCalendar
from cchc_tasks.domain.vocabulary import Bound

INTRODUCTION = "introduction"
LAST_DAY = "last-day"  # the last working day of the due day itself, where reminders aim at an earlier one
FOLLOW_UP = "follow-up"  # "follow-up-7": told to the leaders when the secretariat releases it
SUPPLEMENT = "supplement"


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps for one frequency, in days: `before` the aim day (0 is the day itself) and `after` the due day.

    `at_most` is the greatest number of times one person hears of one obligation; None sets no limit.
    """

    name: str  # a Frequency's word, or "supplement" for a hạn bổ sung
    before: tuple[int, ...]
    after: tuple[int, ...]
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The days reminders speak of: the due day, the last working day for it, and an earlier day aimed at, if any."""

    due_on: date
    aim_on: date
    first_on: date | None = None  # the last working day for a hạn nội bộ, or for the day a head set for a person


@dataclass(frozen=True, slots=True)
class Rung:
    """A step with its day. Those after the due day also go to the head of the unit."""

    name: str  # "before-7", "before-0", "last-day", "after-3"
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
    ladder: Ladder,
    target: Target,
    calendar: OfficeCalendar,
    *,
    not_before: date,
    said: int = 0,
    early: bool = True,
) -> tuple[Rung, ...]:
    """The steps that remain from `not_before` on, in order; `said` counts what the person heard of it already.

    Without `early` they are those for somebody who hears of it only once it is late, such as the head of a unit.

    A step before the day that meets a day off moves earlier, never later (promise 10); one after the day waits for
    the next working morning, for it must not speak before anything is late. Steps older than `not_before` are left
    out: an introduction takes their place (promise 8). Under a greatest number the steps nearest the day remain.
    """
    aimed_at = target.first_on or target.aim_on
    found = [
        Rung(f"before-{days}", calendar.working_day_on_or_before(aimed_at - timedelta(days=days)), to_head=False)
        for days in ladder.before
    ]
    if aimed_at < target.aim_on:
        found.append(Rung(LAST_DAY, calendar.working_day_on_or_before(target.aim_on), to_head=False))
    found += [
        Rung(f"after-{days}", calendar.working_day_on_or_after(target.due_on + timedelta(days=days)), to_head=True)
        for days in ladder.after
    ]
    remaining = [rung for rung in found if rung.fire_on >= not_before and (early or rung.to_head)]
    if ladder.at_most is not None:
        nearest = sorted(remaining, key=lambda rung: abs(place(rung.name)))
        remaining = nearest[: max(0, ladder.at_most - said)]
    return tuple(sorted(remaining, key=lambda rung: (rung.fire_on, place(rung.name))))


def place(name: str) -> int:
    """Where a step stands on its ladder: of several due on one morning the highest is said (promise 8)."""
    if name in _PLACES:
        return _PLACES[name]
    if is_follow_up(name):
        return 100_000
    side, _, days = name.partition("-")
    return 10 * int(days) if side == "after" else -10 * int(days)


def follow_up_after(days: int) -> str:
    """The step by which the leaders hear of something that is so many days late."""
    return f"{FOLLOW_UP}-{days}"


def is_follow_up(name: str) -> bool:
    """Whether a step is told to the leaders by the secretariat's release."""
    return name.startswith(FOLLOW_UP)


_PLACES = {INTRODUCTION: -100_000, LAST_DAY: 5}
