"""Plans anew what a change of working days touches; shared by every deed that changes the calendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from cchc_tasks.domain.reminders import aim_day, bound_left
from cchc_tasks.domain.vocabulary import UnitKind
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.touched import OWED
from cchc_tasks.store.unit_of_work import UnitOfWork

FARTHEST = timedelta(days=10)  # no rung and no last working day is moved farther: the longest Tết was nine days


def replan_around(uow: UnitOfWork, spans: Iterable[tuple[date, date]], *, on: date) -> int:
    """Set the last working day anew and plan from `on` on, for all that is near the changed days.

    `spans` are the days that changed, both ends included; the caller holds the opening of obligations, so that none is
    opened by the old days meanwhile. Says how many obligations were planned anew.
    """
    wide = [(first - FARTHEST, last + FARTHEST) for first, last in spans]
    near = uow.touched.around(_joined(wide))
    planner = RungPlanner(uow)
    for one in near:
        if one.due_on is not None:
            one.aim_on = aim_day(one.due_on, bound_left(one.bound, one.due_on, one.stated_on), planner.calendar)
    owed = [one for one in near if one.stage in OWED]
    planner.plan_anew_all(owed, not_before=on)
    return len(owed)


def replan_break(uow: UnitOfWork, kind: UnitKind, first: date, last: date, *, on: date) -> int:
    """The same for a break that was entered or taken away: it touches the people of one kind of units, and no aim."""
    near = uow.touched.heard_in(kind, [(first - FARTHEST, last + FARTHEST)])
    RungPlanner(uow).plan_anew_all(near, not_before=on)
    return len(near)


def _joined(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Spans that meet become one: a year's calendar is asked for in a few pieces."""
    joined: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
