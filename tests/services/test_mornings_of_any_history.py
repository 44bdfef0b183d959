"""Whatever is missed and planned anew: each morning says the newest step that is due, once, and nothing else."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.reminders import Ladder, Target, aim_day, rungs
from cchc_tasks.domain.vocabulary import Bound, DayKind
from cchc_tasks.models.calendar import LadderOverride
from cchc_tasks.services.decide_reminders import decide
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.unit_of_work import UnitOfWork
from tests.services.mornings import planned, say

FIRST = date(2026, 1, 26)  # three weeks before Tết
SPAN = 45
FOCAL, HEAD = "thanhtra.daumoi", "thanhtra.truong"
TEN = st.integers(0, SPAN)
STEPS = st.lists(st.integers(0, 30), unique=True, max_size=5).map(lambda days: tuple(sorted(days, reverse=True)))
AFTER = st.lists(st.integers(1, 10), unique=True, max_size=3).map(lambda days: tuple(sorted(days)))


@pytest.fixture
def owed(app: Application, tmp_path: Path) -> Application:
    """One obligation of which nobody has heard yet."""
    planned(app, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", ""))
    return app


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=STEPS,
    after=AFTER,
    due=st.integers(5, SPAN),
    bound=st.sampled_from([Bound.BEFORE, None]),
    off=st.sets(st.integers(1, SPAN), max_size=6),
    missed=st.sets(TEN, max_size=25),
    anew=st.dictionaries(TEN, st.booleans(), max_size=4),  # day → whether before its morning
)
def test_says_the_newest_due_step_once(
    owed: Application,
    before: tuple[int, ...],
    after: tuple[int, ...],
    due: int,
    bound: Bound | None,
    off: set[int],
    missed: set[int],
    anew: dict[int, bool],
) -> None:
    ladder = Ladder("yearly", before, after)
    with owed.database.rehearse(owed.clock.now()) as uow:
        uow.office.set_holidays([Holiday(_day(one), DayKind.OFF, "Nghỉ", "Công văn số 1/UBND") for one in off])
        calendar = uow.office.calendar()
        ((listed, _),) = uow.obligations.listing()
        obligation = uow.obligations.locked(listed.id or 0)
        obligation.due_on = obligation.stated_on = obligation.late_after = _day(due)
        obligation.bound = bound
        uow._session.add(
            LadderOverride(duty_id=obligation.duty_id, name="yearly", before=list(before), after=list(after))
        )
        uow.rungs.cancel(obligation.id or 0)
        obligation.due_version += 1
        planner = RungPlanner(uow)
        planner.plan(obligation, uow.obligations.leads([obligation.id or 0])[obligation.id or 0], not_before=FIRST)
        said: dict[str, list[tuple[date, str]]] = {FOCAL: [], HEAD: []}
        for number in range(SPAN + 15):
            day = _day(number)
            if anew.get(number) is True:
                RungPlanner(uow).plan_anew(obligation, not_before=day)
            if number not in missed:
                for user, rung in _morning(uow, owed, day):
                    said[user].append((day, rung))
            if anew.get(number) is False:
                RungPlanner(uow).plan_anew(obligation, not_before=day)
        target = Target(_day(due), aim_day(_day(due), bound, calendar))
        mornings = [
            day for day in map(_day, range(SPAN + 15)) if calendar.is_working(day) and (day - FIRST).days not in missed
        ]
        for user, early in ((FOCAL, True), (HEAD, False)):
            steps = rungs(ladder, target, calendar, not_before=FIRST, early=early)
            assert said[user] == list(_expected(mornings, [(one.fire_on, one.name) for one in steps]))


def _expected(mornings: list[date], steps: list[tuple[date, str]]) -> Iterator[tuple[date, str]]:
    last = None
    for morning in mornings:
        due = [name for day, name in steps if day <= morning]
        if due and due[-1] != last:
            last = due[-1]
            yield morning, last


def _morning(uow: UnitOfWork, app: Application, day: date) -> Iterator[tuple[str, str]]:
    decide(uow, on=day, now=app.clock.now())
    return ((user, line.split()[2]) for user, line in say(uow, day, app.clock.now()))


def _day(number: int) -> date:
    return FIRST + timedelta(number)
