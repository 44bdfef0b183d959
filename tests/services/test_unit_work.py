"""A unit's work: what is late comes first, what is returned says why, and foreign work stays hidden."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import NoRight
from cchc_tasks.domain.vocabulary import Outcome, Stage
from cchc_tasks.services.acknowledge_obligation import acknowledge_obligation
from cchc_tasks.services.listing import list_obligations
from cchc_tasks.services.show_obligation import show_obligation
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.unit_work import Deed, UnitWork, unit_work
from cchc_tasks.services.verify_evidence import Decision
from tests.conftest import actor_of
from tests.journeys.chain import publish_sample
from tests.services.conftest import NOON, TODAY, decide

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FOCAL = "khtc.daumoi"


def work(app: Application, user: str = FOCAL, *, unit: str | None = None, mine: bool = False) -> UnitWork:
    with app.database.read() as uow:
        person_id = uow.directory.person_with_user(user).id
    return unit_work(
        app.database,
        on=TODAY,
        zone=ZONE,
        answer_working_days=3,
        actor=actor_of(app, user),
        unit=unit,
        person_id=person_id if mine else None,
    )


def hand_in(app: Application, obligation_id: int, user: str = FOCAL) -> int:
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        [obligation_id],
        Handed(references=["12/BC-KHTC ngày 23/3/2026"]),
        actor=actor_of(app, user),
        today=TODAY,
        now=NOON,
    )


class TestSections:
    def test_hold_every_open_obligation_of_the_unit_once(self, published: Application) -> None:
        seen = work(published)
        lines = list_obligations(published.database, on=TODAY, actor=actor_of(published, FOCAL))
        totals = [one.total for one in (seen.overdue, seen.due_soon, seen.later, seen.awaiting, seen.done)]
        counted = [line for line in lines if line.standing is not None]
        assert sum(totals) == len(counted)
        assert totals[0] == sum(line.standing is not None and line.standing.value == "OVERDUE" for line in lines)

    def test_show_the_longest_late_first_with_a_deed(self, published: Application) -> None:
        overdue = work(published).overdue.jobs
        assert overdue
        assert [job.day for job in overdue] == sorted(job.day for job in overdue if job.day)
        assert {job.deed for job in overdue} == {Deed.SUBMIT}

    def test_ask_only_to_acknowledge_what_is_far_away(self, published: Application) -> None:
        later = [job for job in work(published).later.jobs if job.day]
        assert later
        assert {job.deed for job in later} == {Deed.ACKNOWLEDGE}
        acknowledge_obligation(published.database, later[0].id, actor=actor_of(published, FOCAL), now=NOON)
        again = next(job for job in work(published).later.jobs if job.id == later[0].id)
        assert (again.stage, again.deed) == (Stage.ACKNOWLEDGED, None)


class TestReturnedWork:
    def test_says_why_and_asks_for_its_completion_by_the_day_that_was_set(self, published: Application) -> None:
        job = work(published).overdue.jobs[0]
        evidence_id = hand_in(published, job.id)
        decide(published, evidence_id, Decision(Outcome.RETURNED_TO_COMPLETE, "thiếu biểu số 02", date(2026, 3, 27)))
        back = next(one for one in work(published).due_soon.jobs if one.id == job.id)
        assert back.returned is not None
        assert (back.deed, back.day, back.returned.reason) == (
            Deed.COMPLETE,
            date(2026, 3, 27),
            "thiếu biểu số 02",
        )


class TestHandedInWork:
    def test_names_its_paper_and_when_the_answer_comes(self, published: Application) -> None:
        job = work(published).overdue.jobs[0]
        hand_in(published, job.id)
        (waiting,) = work(published).awaiting.jobs
        assert (waiting.paper, waiting.deed) == ("12/BC-KHTC", None)
        assert waiting.answer_by == date(2026, 3, 27)

    def test_is_done_in_the_month_in_which_it_was_accepted(self, published: Application) -> None:
        job = work(published).overdue.jobs[0]
        decide(published, hand_in(published, job.id), Decision(Outcome.ACCEPTED))
        (done,) = work(published).done.jobs
        assert done.id == job.id
        assert job.day is not None
        assert done.days_late == (TODAY - job.day).days


class TestForeignWork:
    def test_is_refused_to_another_unit(self, published: Application) -> None:
        with pytest.raises(NoRight):
            work(published, "khtc.daumoi", unit="VP")

    def test_is_shown_to_the_office_which_may_enter_for_the_unit(self, published: Application) -> None:
        seen = work(published, "vp.thuongtruc1", unit="KH-TC")
        assert not seen.own
        assert {job.deed for job in seen.overdue.jobs} == {Deed.ENTER}
        assert seen.new_ids == ()

    def test_is_shown_to_leaders_without_a_deed(self, published: Application) -> None:
        assert {job.deed for job in work(published, "giamdoc", unit="KH-TC").overdue.jobs} == {None}


class TestWorkOfOnePerson:
    def test_is_what_they_are_reminded_of_or_handed_in(self, published: Application) -> None:
        undated = next(one for one in work(published, "vp.daumoi").later.jobs if one.day is None)
        assert undated.id not in {one.id for one in work(published, "vp.truong", mine=True).later.jobs}
        hand_in(published, undated.id, "vp.truong")
        assert undated.id in {one.id for one in work(published, "vp.truong", mine=True).later.jobs}


class TestOnBothDatabases:
    @pytest.mark.parametrize(
        "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
    )
    def test_shows_the_same(self, app_on: Callable[[str], Application], kind: str, tmp_path: Path) -> None:
        app = app_on(kind)
        publish_sample(app, tmp_path)
        job = work(app).overdue.jobs[0]
        decide(app, hand_in(app, job.id), Decision(Outcome.ACCEPTED))
        assert [one.id for one in work(app).done.jobs] == [job.id]
        assert [one.id for one in work(app, mine=True).done.jobs] == [job.id]
        page = show_obligation(app.database, job.id, on=TODAY, answer_working_days=3, actor=actor_of(app, FOCAL))
        assert [entry.words.partition(" ")[0] for entry in page.journal] == ["xác", "nộp", "công"]


class TestQueries:
    def test_do_not_grow_with_the_rows(self, published: Application) -> None:
        actor, said = actor_of(published, "vp.thuongtruc1"), []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            said.append(statement)

        def look(unit: str) -> tuple[int, int]:
            said.clear()
            seen = unit_work(published.database, on=TODAY, zone=ZONE, answer_working_days=3, actor=actor, unit=unit)
            return sum(len(one.jobs) for one in (seen.overdue, seen.due_soon, seen.later)), len(said)

        sa.event.listen(published.database.engine, "before_cursor_execute", note)
        few, many = look("TTr"), look("VP")
        sa.event.remove(published.database.engine, "before_cursor_execute", note)
        assert few[0] < many[0]
        assert few[1] == many[1] <= 12
