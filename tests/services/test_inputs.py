"""Input asked of another unit: an obligation of its own, the asking unit's to decide, in nobody else's counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    CchcError,
    DayBeyondDue,
    DayPast,
    InputForItsUnit,
    InputHandedInAlone,
    InputNotAnswered,
    InputOfInput,
    InputUnknown,
    InputWordsMissing,
    NoRight,
    StageForbids,
    UnitAsksItself,
    UnitExternal,
    UnitUnknown,
)
from cchc_tasks.domain.vocabulary import Outcome, Stage, Standing
from cchc_tasks.services.add_duty import NewDuty, add_duty
from cchc_tasks.services.ask_input import Asking, ask_input
from cchc_tasks.services.decide_input import decide_input
from cchc_tasks.services.list_inputs import list_inputs
from cchc_tasks.services.listing import list_obligations
from cchc_tasks.services.overview import Overview, overview
from cchc_tasks.services.read_evidence_file import read_evidence_file
from cchc_tasks.services.search_obligations import Wanted, search_obligations
from cchc_tasks.services.show_inside_unit import show_inside_unit
from cchc_tasks.services.show_obligation import show_obligation
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.unit_work import unit_work
from cchc_tasks.services.verification_queue import verification_queue
from cchc_tasks.services.verify_evidence import Decision
from tests.conftest import actor_of
from tests.journeys.chain import publish_sample
from tests.services.conftest import NOON, TODAY, decide
from tests.services.test_add_duty import rungs

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE, ANSWER = date(2026, 4, 20), date(2026, 4, 10)
LEAD, LEAD_HEAD, ASKED, STRANGER = "khtc.daumoi", "khtc.truong", "gdmn.daumoi", "qlcl.daumoi"
ASKING = Asking("GDMN", "Số liệu trường mầm non", ANSWER)

REFUSED: list[tuple[Asking, str, type[CchcError]]] = [
    (replace(ASKING, due_on=date(2026, 4, 21)), LEAD, DayBeyondDue),
    (replace(ASKING, due_on=date(2026, 3, 23)), LEAD, DayPast),
    (replace(ASKING, what=" "), LEAD, InputWordsMissing),
    (replace(ASKING, unit="KH-TC"), LEAD, UnitAsksItself),
    (replace(ASKING, unit="UBND-TINH"), LEAD, UnitExternal),
    (replace(ASKING, unit="KHONG-CO"), LEAD, UnitUnknown),
    (ASKING, "tccb.daumoi", NoRight),
    (ASKING, "tccb.chuyenvien", NoRight),
]


def own(app: Application) -> int:
    new = NewDuty("Báo cáo tổng hợp", "5/UBND-VX", date(2026, 3, 20), ["KH-TC"], DUE, cooperating=["TCCB"])
    return add_duty(app.database, new, actor=LOCAL_ADMINISTRATOR, today=TODAY, now=NOON).obligation_ids[0]


def ask(app: Application, parent: int, asking: Asking = ASKING, user: str = LEAD) -> int:
    return ask_input(app.database, parent, asking, actor=actor_of(app, user), today=TODAY, now=NOON)


def hand_in(app: Application, *obligation_ids: int, user: str = ASKED, files: tuple[Path, ...] = ()) -> int:
    handed = Handed(references=["12/BC-MN ngày 23/3/2026"], files=files)
    actor = actor_of(app, user)
    return submit_evidence(
        app.database, app.vault, app.reader, obligation_ids, handed, actor=actor, today=TODAY, now=NOON
    )


def answer(app: Application, input_id: int, decision: Decision, user: str = LEAD) -> date | None:
    return decide_input(
        app.database,
        input_id,
        decision,
        actor=actor_of(app, user),
        today=TODAY,
        now=NOON,
        supplement_working_days=3,
    )


def stage(app: Application, obligation_id: int) -> Stage:
    with app.database.read() as uow:
        return uow.obligations.get(obligation_id).stage


def whole(app: Application, on: date) -> Overview:
    return overview(app.database, on=on, actor=actor_of(app, "vp.thuongtruc1"))


@pytest.fixture
def parent(published: Application) -> int:
    """What the finance department owes by 20 April."""
    return own(published)


class TestAsking:
    def test_makes_an_obligation_of_the_asked_unit_with_reminders_of_its_own(
        self, published: Application, parent: int
    ) -> None:
        asked = ask(published, parent)
        with published.database.read() as uow:
            one, before = uow.obligations.get(asked), uow.obligations.get(parent)
            assert (one.parent_id, one.duty_id, one.due_on, one.label) == (parent, before.duty_id, ANSWER, ASKING.what)
            assert one.slot == f"ask-{parent}-1"
        planned = rungs(published, asked)
        assert (ASKED, "introduction", TODAY) in planned
        assert (ASKED, "before-7", date(2026, 4, 3)) in planned
        assert {user.partition(".")[0] for user, _, _ in planned} == {"gdmn"}

    def test_can_happen_twice_of_one_unit_and_on_the_due_day_itself(self, published: Application, parent: int) -> None:
        assert ask(published, parent) != ask(published, parent, replace(ASKING, due_on=DUE))

    def test_is_refused(self, published: Application, parent: int) -> None:
        for asking, user, error in REFUSED:
            with pytest.raises(error):
                ask(published, parent, asking, user)
        assert not list_inputs(published.database, parent, on=TODAY, actor=LOCAL_ADMINISTRATOR)

    def test_is_refused_for_input_itself_and_for_what_was_handed_in(self, published: Application, parent: int) -> None:
        asked = ask(published, parent)
        with pytest.raises(InputOfInput):
            ask(published, asked, replace(ASKING, unit="TCCB"), ASKED)
        hand_in(published, parent, user=LEAD)
        with pytest.raises(StageForbids):
            ask(published, parent)


class TestAnswer:
    def test_is_the_asking_units_to_decide_and_never_the_secretariats(
        self, published: Application, parent: int
    ) -> None:
        asked = ask(published, parent)
        evidence = hand_in(published, asked)
        with pytest.raises(InputForItsUnit):
            decide(published, evidence, Decision(Outcome.ACCEPTED))
        for user in (ASKED, STRANGER, "vp.thuongtruc1"):
            with pytest.raises(NoRight):
                answer(published, asked, Decision(Outcome.ACCEPTED), user)
        answer(published, asked, Decision(Outcome.ACCEPTED), LEAD_HEAD)
        assert stage(published, asked) is Stage.VERIFIED

    def test_comes_back_with_a_reason_and_is_handed_in_again(self, published: Application, parent: int) -> None:
        asked = ask(published, parent)
        with pytest.raises(InputNotAnswered):
            answer(published, asked, Decision(Outcome.ACCEPTED))
        hand_in(published, asked)
        until = answer(published, asked, Decision(Outcome.RETURNED_TO_COMPLETE, "thiếu biểu 2"))
        assert until == date(2026, 3, 27)
        assert (stage(published, asked), {user for user, _, _ in rungs(published, asked)} >= {ASKED}) == (
            Stage.RETURNED,
            True,
        )

    def test_is_seen_and_opened_by_the_asking_unit_and_by_no_other(
        self, published: Application, parent: int, tmp_path: Path
    ) -> None:
        file = tmp_path / "bieu.txt"
        file.write_text("số liệu", encoding="utf-8")
        asked = ask(published, parent)
        hand_in(published, asked, files=(file,))
        inside = show_inside_unit(published.database, parent, on=TODAY, actor=actor_of(published, LEAD))
        item = inside.input(asked).answers[0].items[-1]
        for user in (LEAD, ASKED, "giamdoc"):
            opened = read_evidence_file(
                published.database, published.vault, item.id or 0, actor=actor_of(published, user)
            )
            with opened.content as content:
                assert content.read().decode() == "số liệu"
        with pytest.raises(NoRight):
            read_evidence_file(published.database, published.vault, item.id or 0, actor=actor_of(published, STRANGER))
        helper = show_inside_unit(published.database, parent, on=TODAY, actor=actor_of(published, "tccb.daumoi"))
        assert (helper.inputs, helper.sees) == ((), False)

    def test_is_handed_in_apart_from_other_work(self, published: Application, parent: int) -> None:
        asked, more = ask(published, parent), ask(published, parent)
        with pytest.raises(InputHandedInAlone):
            hand_in(published, asked, more)

    def test_says_to_the_asked_unit_who_answers(self, published: Application, parent: int) -> None:
        seen = show_obligation(
            published.database,
            ask(published, parent),
            on=TODAY,
            answer_working_days=3,
            actor=actor_of(published, ASKED),
        )
        assert seen.secretariat == "Phòng Kế hoạch - Tài chính"
        assert not [one for one in seen.bodies if one.code == "KH-TC"]


class TestEnd:
    def test_comes_with_the_parents_for_what_is_still_awaited(self, published: Application, parent: int) -> None:
        awaited, handed, done = ask(published, parent), ask(published, parent), ask(published, parent)
        for one in (handed, done):
            hand_in(published, one)
        answer(published, done, Decision(Outcome.ACCEPTED))
        decide(published, hand_in(published, parent, user=LEAD), Decision(Outcome.ACCEPTED))
        assert [stage(published, one) for one in (awaited, handed, done)] == [
            Stage.DROPPED,
            Stage.SUBMITTED,
            Stage.VERIFIED,
        ]
        assert not rungs(published, awaited)
        with pytest.raises(StageForbids):
            answer(published, handed, Decision(Outcome.RETURNED_TO_REDO, "làm lại"))
        answer(published, handed, Decision(Outcome.ACCEPTED))

    def test_does_not_come_while_the_parent_is_only_returned(self, published: Application, parent: int) -> None:
        asked = ask(published, parent)
        evidence = hand_in(published, parent, user=LEAD)
        decide(published, evidence, Decision(Outcome.RETURNED_TO_COMPLETE, "thiếu"))
        assert stage(published, asked) is Stage.OPEN

    def test_of_no_input_is_nothing_to_decide(self, published: Application, parent: int) -> None:
        with pytest.raises(InputUnknown):
            answer(published, parent, Decision(Outcome.ACCEPTED))


class TestCounts:
    @pytest.mark.parametrize(
        "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
    )
    def test_of_the_office_are_the_same_with_and_without_input(
        self, app_on: Callable[[str], Application], tmp_path: Path, kind: str
    ) -> None:
        app = app_on(kind)
        publish_sample(app, tmp_path)
        parent = own(app)
        late, secretariat = date(2026, 4, 15), actor_of(app, "vp.thuongtruc1")
        before = [whole(app, TODAY), whole(app, late)]
        found = search_obligations(app.database, Wanted(), on=late, actor=secretariat)
        listed = list_obligations(app.database, on=late, actor=secretariat)
        asked, answered = ask(app, parent), ask(app, parent, replace(ASKING, what="Việc thứ hai"))
        hand_in(app, answered)
        assert [whole(app, TODAY), whole(app, late)] == before
        again = search_obligations(app.database, Wanted(), on=late, actor=secretariat)
        assert (again.duties, again.obligations, again.lines) == (found.duties, found.obligations, found.lines)
        assert list_obligations(app.database, on=late, actor=secretariat) == listed
        queue = verification_queue(app.database, None, on=TODAY, supplement_working_days=3, actor=secretariat)
        assert (queue.line, queue.count) == ((), 0)
        own_list = list_obligations(app.database, on=late, actor=actor_of(app, ASKED), only=Standing.OVERDUE)
        assert asked in {line.id for line in own_list}

    def test_of_the_asked_unit_hold_it_with_the_name_of_who_asks(self, published: Application, parent: int) -> None:
        asked = ask(published, parent)
        seen = unit_work(
            published.database,
            on=TODAY,
            zone=ZONE,
            answer_working_days=3,
            actor=actor_of(published, ASKED),
        )
        job = next(one for one in seen.later.jobs if one.id == asked)
        assert (job.asked, job.given_by, job.plan) == (True, "Phòng Kế hoạch - Tài chính", "Công văn số 5/UBND-VX")
        assert ASKING.what in job.title

    def test_of_lists_are_the_askers_and_the_askeds_alone(self, published: Application, parent: int) -> None:
        asked = ask(published, parent)
        for user, sees in ((LEAD, True), (ASKED, True), (STRANGER, False), ("giamdoc", True)):
            lines = list_inputs(published.database, None, on=TODAY, actor=actor_of(published, user))
            assert [one.id for one in lines] == ([asked] if sees else []), user
