"""Following up: proposed once a step, told to nobody before it is decided, decided once, by one person."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE, LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    CchcError,
    DeclineReasonMissing,
    FollowUpDecided,
    FollowUpNothingChosen,
    FollowUpSettled,
    FollowUpUnknown,
    FollowUpWayMissing,
    NoLeader,
    NoRight,
)
from cchc_tasks.domain.history_in_words import deed_in_words
from cchc_tasks.domain.vocabulary import FollowUpState, Role, Stage
from cchc_tasks.models.follow_up import FollowUp
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.decide_follow_ups import decline_follow_ups, release_follow_ups
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.follow_up_queue import FollowUpQueue, follow_up_queue
from cchc_tasks.services.plan_follow_ups import FollowUpsPlanned, plan_follow_ups
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from tests.conftest import actor_of
from tests.journeys.chain import import_text, publish
from tests.services.conftest import drained
from tests.services.test_deliver import Postbox

HEADER = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp"
ROWS = (
    "1. Kiểm tra công vụ\tBiên bản\tTrước ngày 05/3/2026\tPhòng Tổ chức cán bộ\t",
    "2. Rà soát thủ tục\tBáo cáo\tTrước ngày 10/3/2026\tPhòng Giáo dục Mầm non\t",
)
PLACED = "Sông Lam, ngày 05 tháng 01 năm 2026"
PLAN = "\n".join(("Số: 20/KH-SGDĐT", PLACED, "KẾ HOẠCH năm 2026", "", HEADER, *ROWS, ""))
DUE = date(2026, 3, 5)  # a Thursday, of the first row
SECRETARY, COLLEAGUE = "vp.thuongtruc1", "vp.thuongtruc2"


@dataclass
class Office:
    """A published plan of two duties, and short ways to follow up on them."""

    app: Application

    def plan(self, on: date) -> FollowUpsPlanned:
        return plan_follow_ups(self.app.database, on=on, steps=(7, 30), actor=ENGINE, now=self.app.clock.now())

    def release(
        self, *ids: int, on: date = date(2026, 3, 12), user: str = SECRETARY, leaders: bool = True, letter: bool = False
    ) -> int | None:
        return release_follow_ups(
            self.app.database,
            ids,
            to_leaders=leaders,
            as_letter=letter,
            actor=actor_of(self.app, user),
            today=on,
            now=self.app.clock.now(),
        )

    def decline(self, *ids: int, why: str, on: date = date(2026, 3, 12)) -> None:
        decline_follow_ups(
            self.app.database,
            ids,
            why=why,
            actor=actor_of(self.app, COLLEAGUE),
            today=on,
            now=self.app.clock.now(),
        )

    def queue(self, on: date = date(2026, 3, 12)) -> FollowUpQueue:
        return follow_up_queue(self.app.database, on=on, actor=actor_of(self.app, SECRETARY))

    def rows(self) -> list[FollowUp]:
        with self.app.database.read() as uow:
            found: list[FollowUp] = []
            with suppress(FollowUpUnknown):
                while True:
                    found += uow.follow_ups.locked([len(found) + 1])
            return found

    def obligation(self, place: int = 0) -> Obligation:
        with self.app.database.read() as uow:
            return uow.obligations.listing()[place][0]

    def change(self, change: Callable[[Obligation], None], place: int = 0) -> None:
        """Do something to an obligation and plan anew, as every deed does."""
        with self.app.database.write(self.app.clock.now()) as uow:
            obligation = uow.obligations.locked(self.obligation(place).id or 0)
            change(obligation)
            RungPlanner(uow).plan_anew(obligation, not_before=date(2026, 3, 12))

    def hand_in(self, on: date) -> None:
        submit_evidence(
            self.app.database,
            self.app.vault,
            self.app.reader,
            [self.obligation().id or 0],
            Handed(references=["12/BC-TCCB ngày 12/3/2026"]),
            actor=actor_of(self.app, "tccb.daumoi"),
            today=on,
            now=self.app.clock.now(),
        )

    def leaders_hear_on(self, day: date) -> set[str]:
        """The leaders to whom a morning's messages speak of the first duty, decided and sent as the engine does."""
        decide_reminders(self.app.database, on=day, actor=LOCAL_ADMINISTRATOR, now=self.app.clock.now())
        drained(self.app, Postbox(), day)
        with self.app.database.read() as uow:
            leaders = {one.name for one in uow.people.in_role(Role.LEADER)}
            rungs = uow.obligation_page.rungs(self.obligation().id or 0)
        return {one.person for one in rungs if one.sent_at and one.business_on == day} & leaders


def office(app: Application, folder: Path) -> Office:
    publish(app, import_text(app, folder, PLAN).plan_id)
    return Office(app)


@pytest.fixture
def here(app: Application, tmp_path: Path) -> Office:
    return office(app, tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def anywhere(request: pytest.FixtureRequest, app_on: Callable[[str], Application], tmp_path: Path) -> Office:
    return office(app_on(request.param), tmp_path)


class TestProposing:
    def test_begins_on_the_day_of_the_first_step_and_names_each_once(self, anywhere: Office) -> None:
        proposed = [anywhere.plan(date(2026, 3, day)).proposed for day in (5, 6, 11, 12, 12, 13, 16, 17, 18)]
        assert proposed == [0, 0, 0, 1, 0, 0, 0, 1, 0]
        assert [(one.days, one.due_on, one.proposed_on) for one in anywhere.rows()] == [
            (7, DUE, date(2026, 3, 12)),
            (7, date(2026, 3, 10), date(2026, 3, 17)),
        ]

    def test_waits_for_a_working_day(self, here: Office) -> None:
        here.change(lambda one: setattr(one, "late_after", date(2026, 3, 7)))
        here.change(lambda one: setattr(one, "due_on", date(2026, 3, 7)))
        assert [here.plan(date(2026, 3, day)).proposed for day in (14, 15, 16)] == [0, 0, 1]

    def test_speaks_of_the_highest_step_alone_after_an_outage(self, here: Office) -> None:
        here.plan(date(2026, 4, 6))  # 32 and 27 days late
        assert [one.days for one in here.rows()] == [30, 7]

    def test_lets_a_higher_step_take_the_place_of_one_that_still_waits(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))
        assert here.plan(date(2026, 4, 6)) == FollowUpsPlanned(proposed=2, settled=1)
        assert [one.step for unit in here.queue(date(2026, 4, 6)).units for one in unit.proposed] == [30, 7]

    def test_passes_over_what_the_office_looks_at_and_what_may_still_be_completed(self, here: Office) -> None:
        here.hand_in(date(2026, 3, 9))
        assert here.plan(date(2026, 3, 12)).proposed == 0
        here.change(lambda one: setattr(one, "stage", Stage.RETURNED))
        here.change(lambda one: setattr(one, "late_after", date(2026, 3, 13)))
        assert here.plan(date(2026, 3, 13)).proposed == 0
        assert here.plan(date(2026, 3, 16)).proposed == 1

    def test_settles_what_was_answered_meanwhile(self, anywhere: Office) -> None:
        anywhere.plan(date(2026, 3, 12))
        anywhere.hand_in(date(2026, 3, 12))
        assert not anywhere.queue().units
        assert anywhere.plan(date(2026, 3, 13)) == FollowUpsPlanned(proposed=0, settled=1)
        assert [one.state for one in anywhere.rows()] == [FollowUpState.SETTLED]

    def test_begins_anew_for_another_date(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))

        def extend(one: Obligation) -> None:
            one.due_on = one.late_after = date(2026, 3, 20)

        here.change(extend)
        assert here.plan(date(2026, 3, 13)) == FollowUpsPlanned(proposed=0, settled=1)
        assert here.plan(date(2026, 3, 27)).proposed == 2
        assert here.rows()[-2].due_on == date(2026, 3, 20)

    def test_asks_no_second_time_where_planning_anew_moved_no_date(self, anywhere: Office) -> None:
        anywhere.plan(date(2026, 3, 12))
        anywhere.decline(1, why="Đã có văn bản báo cáo nguyên nhân")
        anywhere.change(lambda one: None)
        assert anywhere.plan(date(2026, 3, 13)) == FollowUpsPlanned(proposed=0, settled=0)
        assert anywhere.plan(date(2026, 4, 6)).proposed == 2

    def test_keeps_in_the_queue_what_was_not_decided_when_planning_anew_moved_no_date(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))
        here.change(lambda one: None)
        assert here.plan(date(2026, 3, 13)) == FollowUpsPlanned(proposed=1, settled=1)
        assert here.queue(date(2026, 3, 13)).jobs == 1

    def test_by_two_runs_at_once_proposes_once(self, anywhere: Office) -> None:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda _: anywhere.plan(date(2026, 3, 12)), range(3)))
        assert len(anywhere.rows()) == 1


class TestLeaders:
    def test_hear_nothing_before_it_is_released(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))
        for day in (12, 13, 16):
            assert here.leaders_hear_on(date(2026, 3, day)) == set()

    def test_hear_of_it_the_morning_after(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))
        here.release(1)
        assert here.leaders_hear_on(date(2026, 3, 13)) == {"Lý Thanh Hà", "Đỗ Văn Vinh"}

    def test_hear_nothing_of_a_letter_alone(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))
        assert here.release(1, leaders=False, letter=True) == 1
        assert here.leaders_hear_on(date(2026, 3, 13)) == set()

    def test_hear_nothing_of_what_was_handed_in_before_the_morning(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))
        here.release(1)
        here.hand_in(date(2026, 3, 12))
        assert here.leaders_hear_on(date(2026, 3, 13)) == set()

    def test_are_needed_in_the_directory(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))
        with here.app.database.write(here.app.clock.now()) as uow:
            for one in uow.people.in_role(Role.LEADER):
                one.active = False
        with pytest.raises(NoLeader):
            here.release(1)
        assert here.rows()[0].state is FollowUpState.PROPOSED


class TestDeciding:
    def test_stands_in_the_journal_of_each_obligation(self, here: Office) -> None:
        here.plan(date(2026, 3, 17))
        here.release(1, 2, letter=True, on=date(2026, 3, 17))
        with here.app.database.read() as uow:
            for place in (0, 1):
                subject = f"obligation:{here.obligation(place).id}"
                (entry,) = [one for one in uow.obligation_page.journal({subject}, 0) if one.subject == subject]
                assert (entry.actor, entry.action) == (SECRETARY, "follow-up.release")
                words = deed_in_words(entry.action, json.loads(entry.details))
                assert words == "quyết định đôn đốc: báo cáo lãnh đạo Sở và lập công văn đôn đốc"

    @pytest.mark.parametrize(
        ("act", "refusal"),
        [
            (lambda here: here.release(), FollowUpNothingChosen),
            (lambda here: here.release(1, leaders=False), FollowUpWayMissing),
            (lambda here: here.release(1, 99), FollowUpUnknown),
            (lambda here: here.decline(1, why=" "), DeclineReasonMissing),
            (lambda here: here.release(1, user="quantri"), NoRight),
            (lambda here: here.release(1, user="tccb.truong"), NoRight),
        ],
        ids=["nothing chosen", "no way", "an unknown one", "no reason", "administrator", "head"],
    )
    def test_refused_changes_nothing(
        self, here: Office, act: Callable[[Office], object], refusal: type[CchcError]
    ) -> None:
        here.plan(date(2026, 3, 12))
        with pytest.raises(refusal):
            act(here)
        assert [one.state for one in here.rows()] == [FollowUpState.PROPOSED]

    @pytest.mark.parametrize("deed", ["handed in", "planned anew"])
    def test_is_refused_for_all_where_one_of_them_is_answered_or_dated_anew(self, here: Office, deed: str) -> None:
        here.plan(date(2026, 3, 17))
        here.hand_in(date(2026, 3, 17)) if deed == "handed in" else here.change(lambda one: None)
        with pytest.raises(FollowUpSettled, match="số 1 không còn đúng"):
            here.release(1, 2, letter=True, on=date(2026, 3, 17))
        assert here.rows()[1].state is FollowUpState.PROPOSED
        assert not here.queue(date(2026, 3, 17)).letters

    def test_a_second_time_tells_who_decided_what(self, here: Office) -> None:
        here.plan(date(2026, 3, 12))
        here.decline(1, why="Đã có văn bản báo cáo nguyên nhân")
        said = r"Nguyễn Minh Nam quyết định không đôn đốc: Đã có văn bản báo cáo nguyên nhân \(đề xuất số 1\)"
        with pytest.raises(FollowUpDecided, match=said):
            here.release(1)

    def test_by_two_at_once_is_done_once_and_told_to_the_other(self, anywhere: Office) -> None:
        anywhere.plan(date(2026, 3, 17))
        ready = Barrier(2)

        def act(user: str) -> object:
            ready.wait()
            try:
                return anywhere.release(1, 2, user=user, letter=True, on=date(2026, 3, 17))
            except CchcError as refusal:
                return refusal

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(act, (SECRETARY, COLLEAGUE)))
        assert sorted(type(one).__name__ for one in results) == ["FollowUpDecided", "int"]
        assert len(anywhere.queue(date(2026, 3, 17)).letters) == 1
        (told,) = [str(one) for one in results if isinstance(one, FollowUpDecided)]
        winner = {one.decided_by for one in anywhere.rows()}.pop()
        assert actor_of(anywhere.app, winner or "").name in told
        assert "báo cáo lãnh đạo Sở và lập công văn đôn đốc (đề xuất số 1, 2)" in told


class TestQueue:
    def test_groups_by_unit_with_its_head_and_counts_days_from_the_due_day(self, here: Office) -> None:
        here.plan(date(2026, 3, 17))
        seen = here.queue(date(2026, 3, 18))
        assert (seen.jobs, seen.of_units) == (2, 2)
        assert [(unit.name, unit.head, [one.days_late for one in unit.proposed]) for unit in seen.units] == [
            ("Phòng Tổ chức cán bộ", "Đỗ Ngọc Yến", [13]),
            ("Phòng Giáo dục Mầm non", "Ngô Thu Dung", [8]),
        ]
