"""Two people of one unit, or of two, in the same moment: nothing is lost, nothing stands twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import StageForbids
from cchc_tasks.domain.vocabulary import Outcome, Stage
from cchc_tasks.services.verify_evidence import Decision
from tests.services.conftest import decide
from tests.services.test_add_duty import NEW, AddedDuty, added, rungs
from tests.services.test_inputs import LEAD, LEAD_HEAD, ask, hand_in, own, stage
from tests.services.test_two_at_once import at_once


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def app(request: pytest.FixtureRequest, app_on: Callable[[str], Application]) -> Application:
    """The invented Sở on either database, without a plan."""
    return app_on(request.param)


class TestAtOnce:
    def test_one_document_takes_both_duties(self, app: Application) -> None:
        first, second = at_once(lambda: added(app), lambda: added(app, replace(NEW, title="Việc khác")))
        assert isinstance(first, AddedDuty), first
        assert isinstance(second, AddedDuty), second
        assert (first.plan_id == second.plan_id, first.duty_id == second.duty_id) == (True, False)

    def test_one_unit_is_asked_twice(self, app: Application) -> None:
        parent = own(app)
        first, second = at_once(lambda: ask(app, parent), lambda: ask(app, parent, user=LEAD_HEAD))
        with app.database.read() as uow:
            inputs = uow.inputs.of_parent(parent)
            assert {one.id for one in inputs} == {first, second}
            assert {one.slot for one in inputs} == {f"ask-{parent}-1", f"ask-{parent}-2"}

    def test_input_comes_or_is_needed_no_more(self, app: Application) -> None:
        parent = own(app)
        asked, evidence = ask(app, parent), hand_in(app, parent, user=LEAD)
        accepted, handed = at_once(
            lambda: decide(app, evidence, Decision(Outcome.ACCEPTED)), lambda: hand_in(app, asked)
        )
        assert accepted is None
        assert (stage(app, parent), rungs(app, asked)) == (Stage.VERIFIED, set())
        assert stage(app, asked) is (Stage.DROPPED if isinstance(handed, StageForbids) else Stage.SUBMITTED)
