"""An extension asked or decided in the same moment as something else: one of the two comes first, as a whole."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import ExtensionDecided
from cchc_tasks.domain.vocabulary import ExtensionState, Stage
from cchc_tasks.services.set_internal_day import set_internal_day
from cchc_tasks.store.internal_days import Chosen
from tests.conftest import actor_of
from tests.services.extended import (
    APRIL_15,
    MARCH_24,
    MARCH_31,
    OFFICE,
    ask,
    grant,
    kept,
    noon,
    refuse,
    request_of,
    rungs,
    submit,
    with_plan,
)
from tests.services.test_two_at_once import at_once


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def anywhere(app_on: Callable[[str], Application], tmp_path: Path, request: pytest.FixtureRequest) -> Application:
    """The inspectorate's plan on each kind of database."""
    return with_plan(app_on(request.param), tmp_path)


class TestTwoAtOnce:
    def test_two_requests_become_one(self, anywhere: Application) -> None:
        results = at_once(*[lambda: ask(anywhere, "1", APRIL_15)] * 3)
        assert sorted(type(one).__name__ for one in results) == ["ExtensionAskedAlready"] * 2 + ["int"]

    def test_two_decisions_become_one(self, anywhere: Application) -> None:
        asked = ask(anywhere, "1", APRIL_15)
        results = at_once(lambda: grant(anywhere, asked), lambda: refuse(anywhere, asked))
        assert [type(one) for one in results].count(ExtensionDecided) == 1
        granted = request_of(anywhere, asked).state is ExtensionState.GRANTED
        assert kept(anywhere, "1").due_on == (APRIL_15 if granted else MARCH_31)

    def test_a_grant_and_a_submission_end_with_no_reminder_of_either_day(self, anywhere: Application) -> None:
        asked = ask(anywhere, "1", APRIL_15)
        granted, handed = at_once(lambda: grant(anywhere, asked), lambda: submit(anywhere, "1", MARCH_24))
        assert isinstance(handed, int)
        assert (kept(anywhere, "1").stage, rungs(anywhere, "1")) == (Stage.SUBMITTED, [])
        came_first = isinstance(granted, date)
        assert kept(anywhere, "1").due_on == (APRIL_15 if came_first else MARCH_31)
        state = request_of(anywhere, asked).state
        assert state is (ExtensionState.GRANTED if came_first else ExtensionState.WITHDRAWN)

    def test_a_grant_and_an_internal_day_leave_one_ladder(self, anywhere: Application) -> None:
        asked, internal = ask(anywhere, "1", APRIL_15), date(2026, 3, 27)
        office_side = actor_of(anywhere, OFFICE)
        granted, _ = at_once(
            lambda: grant(anywhere, asked),
            lambda: set_internal_day(
                anywhere.database, Chosen(plan_id=1), internal, actor=office_side, today=MARCH_24, now=noon(MARCH_24)
            ),
        )
        one = kept(anywhere, "1")
        assert (granted, one.due_on) == (APRIL_15, APRIL_15)
        assert one.internal_due_on in (None, internal)
        steps = rungs(anywhere, "1")
        assert len({name for name, _ in steps}) == len(steps)
        assert ("before-0", one.internal_due_on or APRIL_15) in steps
