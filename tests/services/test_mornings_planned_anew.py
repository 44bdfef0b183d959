"""Mornings around a change of plan: nothing that waits is lost, nothing is said twice, whatever was in the air."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.vocabulary import Channel, DayKind, DeliveryKind, DeliveryState, Fault, Outcome, UnitKind
from cchc_tasks.models.calendar import LadderOverride
from cchc_tasks.models.directory import Absence
from cchc_tasks.models.obligation import NamedPerson, Obligation
from cchc_tasks.ports import Message, Receipt
from cchc_tasks.services.add_break import NewBreak, add_break
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.deliver import Delivered
from cchc_tasks.services.name_person import name_person
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.services.preview_reminders import preview_reminders
from cchc_tasks.services.set_calendar_day import set_calendar_day
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from cchc_tasks.store.unit_of_work import UnitOfWork
from tests.conftest import StandingClock, actor_of
from tests.journeys.chain import PUBLISHED_ON
from tests.making.delivering import by_mail, delivered
from tests.services.mornings import days, lines, planned, play

ROW = ("Trước ngày 05/3/2026", "Thanh tra", "")  # its steps: 02/02, 13/02, 25/02, 27/02, 03/03, 04/03 | 06/03 …
FOCAL, HEAD = "thanhtra.daumoi", "thanhtra.truong"
LEADERS = ("giamdoc", "phogiamdoc")  # their week is told apart from the mornings
QUIET = "Không có việc mới"  # and so is what the secretariat gets every morning
OFFICE = ["vp.thuongtruc1", "vp.thuongtruc2", "vp.thuongtruc3"]
BUSY = Receipt(answer="451", fault=Fault.AGAIN)
GONE = Receipt(answer="550", fault=Fault.BAD_ADDRESS)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def office(app_on: Callable[[str], Application], request: pytest.FixtureRequest) -> Application:
    """The invented Sở without any plan, on each kind of database."""
    return app_on(request.param)


class Postbox:
    """Keeps what it is given, refuses whom it is told to, and may see something happen while a message is sent."""

    def __init__(self, meanwhile: Callable[[str], None] = lambda _: None, **refusals: Receipt) -> None:
        self.got: list[str] = []
        self._meanwhile = meanwhile
        self._refusals = refusals

    def send(self, message: Message) -> Receipt:
        user = message.recipient.split("@")[0]
        self._meanwhile(user)
        refused = self._refusals.get(user.replace(".", "_"))
        if refused is None and user not in LEADERS and not message.subject.startswith(QUIET):
            self.got.append(user)
        return refused or Receipt(answer="250")

    def close(self) -> None:
        """Nothing is held."""


def decide(app: Application, on: date) -> int:
    return decide_reminders(app.database, on=on, actor=LOCAL_ADMINISTRATOR, now=app.clock.now()).planned


def send(app: Application, postbox: Postbox, on: date) -> Delivered:
    return delivered(app, by_mail(postbox), on)


def morning(app: Application, on: date, postbox: Postbox | None = None) -> list[str]:
    """Decide and deliver a morning; gives who got a message."""
    box = postbox or Postbox()
    decide(app, on)
    send(app, box, on)
    return box.got


def only(uow: UnitOfWork) -> Obligation:
    ((obligation, _),) = uow.obligations.listing()
    return uow.obligations.locked(obligation.id or 0)


def plan_anew(app: Application, on: date, due_on: date | None = None) -> None:
    """Plan the one obligation anew on a day, perhaps against another due day."""
    with app.database.write(app.clock.now()) as uow:
        obligation = only(uow)
        obligation.due_on = due_on or obligation.due_on
        RungPlanner(uow).plan_anew(obligation, not_before=on)


def away(app: Application, user: str, first: date, last: date, stand_in: str | None = None) -> None:
    with app.database.write(app.clock.now()) as uow:
        uow._session.add(
            Absence(
                person_id=uow.directory.person_with_user(user).id or 0,
                first_on=first,
                last_on=last,
                stand_in_id=uow.directory.person_with_user(stand_in).id if stand_in else None,
                recorded_by="quantri",
                recorded_at=app.clock.now(),
            )
        )


def submit(app: Application, code: str, on: date) -> int:
    with app.database.read() as uow:
        (owed,) = (one.id or 0 for one, duty in uow.obligations.listing() if duty.code == code)
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        [owed],
        Handed(links=["https://songlam.example/bao-cao"], received_on=on),
        actor=actor_of(app, FOCAL),
        today=on,
        now=app.clock.now(),
    )


def give_back(app: Application, evidence_id: int, on: date, until: date) -> None:
    verify_evidence(
        app.database,
        evidence_id,
        Decision(Outcome.RETURNED_TO_COMPLETE, "Thiếu phụ lục", until),
        actor=actor_of(app, "vp.thuongtruc1"),
        today=on,
        now=app.clock.now(),
        supplement_working_days=3,
    )


class TestPlanningAnew:
    def test_keeps_the_word_for_which_somebody_who_was_away_waits(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ROW)
        play(office, days(PUBLISHED_ON, date(2026, 2, 25)))
        away(office, FOCAL, date(2026, 2, 26), date(2026, 3, 12))
        play(office, days(date(2026, 2, 26), date(2026, 3, 12)))
        plan_anew(office, date(2026, 3, 13))  # behind the last step
        assert play(office, [date(2026, 3, 13)]) == {FOCAL: ["13/03 1 after-7"]}

    def test_keeps_the_step_of_a_morning_that_became_a_day_off(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ROW)
        play(office, days(PUBLISHED_ON, date(2026, 2, 24)))
        storm = date(2026, 2, 25)
        off = Holiday(storm, DayKind.OFF, "Nghỉ tránh bão", "Công điện số 3/CĐ-UBND")
        set_calendar_day(office.database, off, actor=LOCAL_ADMINISTRATOR, on=storm, now=office.clock.now())
        said = play(office, days(storm, date(2026, 2, 27)))
        assert said == {FOCAL: ["26/02 1 before-7", "27/02 1 before-3"]}

    def test_tells_a_school_at_once_what_its_leave_moved_into_the_past(
        self, office: Application, tmp_path: Path
    ) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Phòng TCCB, Trường THPT Nguyễn Trãi", ""))
        play(office, days(PUBLISHED_ON, date(2026, 2, 24)))
        first = date(2026, 2, 25)
        leave = NewBreak(UnitKind.SUBORDINATE, first, date(2026, 3, 10), "Nghỉ tránh dịch", "Công văn số 5/UBND")
        add_break(office.database, leave, actor=LOCAL_ADMINISTRATOR, on=first, now=office.clock.now())
        said = play(office, days(first, date(2026, 3, 12)))
        assert said["thpt-nguyen-trai.daumoi"] == ["25/02 1 before-0", "11/03 1 after-3", "12/03 1 after-7"]
        assert said["tccb.daumoi"] == lines(
            """25/02 1 before-7
            27/02 1 before-3
            03/03 1 before-1
            04/03 1 before-0
            06/03 1 after-1
            09/03 1 after-3
            12/03 1 after-7"""
        )

    def test_on_a_morning_that_has_spoken_counts_it_towards_the_greatest_number(
        self, office: Application, tmp_path: Path
    ) -> None:
        planned(office, tmp_path, ROW)
        with office.database.write(office.clock.now()) as uow:
            uow._session.add(
                LadderOverride(duty_id=only(uow).duty_id, name="yearly", before=[1, 0], after=[1], at_most=3)
            )
            uow._session.flush()
        plan_anew(office, PUBLISHED_ON)
        play(office, days(PUBLISHED_ON, date(2026, 3, 4)))
        plan_anew(office, date(2026, 3, 4))  # two of three were said, the second this morning
        assert play(office, days(date(2026, 3, 4), date(2026, 3, 6)))[FOCAL] == ["06/03 1 after-1"]

    def test_introduces_who_was_not_reached_though_a_step_spoke_in_its_place(
        self, office: Application, tmp_path: Path
    ) -> None:
        planned(office, tmp_path, ROW, on=date(2026, 2, 27))
        assert morning(office, date(2026, 2, 27), Postbox(thanhtra_daumoi=BUSY)) == []
        plan_anew(office, date(2026, 2, 27), due_on=date(2026, 5, 29))
        assert play(office, [date(2026, 3, 2)]) == {FOCAL: ["02/03 1 introduction"]}

    def test_aims_at_the_due_day_where_a_persons_own_day_is_behind(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Phòng TCCB", ""))
        officer = "tccb.chuyenvien"
        with office.database.write(office.clock.now()) as uow:
            person_id = uow.directory.person_with_user(officer).id or 0
            named = {"obligation_id": only(uow).id or 0, "person_id": person_id, "due_on": date(2026, 2, 27)}
            uow._session.add(NamedPerson(**named, named_by="tccb.truong", named_at=office.clock.now()))
        plan_anew(office, PUBLISHED_ON)
        play(office, days(PUBLISHED_ON, date(2026, 3, 2)))
        plan_anew(office, date(2026, 3, 3), due_on=date(2026, 3, 20))
        said = play(office, days(date(2026, 3, 3), date(2026, 3, 19)))
        assert said[officer] == said["tccb.daumoi"] != []


class TestAMessageInTheAir:
    def test_is_not_said_again_where_all_is_planned_anew_meanwhile(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ROW)
        play(office, days(PUBLISHED_ON, date(2026, 2, 24)))
        on = date(2026, 2, 25)
        assert morning(office, on, Postbox(lambda _: plan_anew(office, on))) == [FOCAL]
        assert [morning(office, day) for day in (date(2026, 2, 26), date(2026, 2, 27))] == [[], [FOCAL]]

    def test_that_did_not_arrive_is_said_as_it_was_planned_anew(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ROW)
        play(office, days(PUBLISHED_ON, date(2026, 2, 24)))
        on = date(2026, 2, 25)
        assert morning(office, on, Postbox(lambda _: plan_anew(office, on), thanhtra_daumoi=BUSY)) == []
        assert play(office, [date(2026, 2, 26)]) == {FOCAL: ["26/02 1 before-7"]}

    def test_claimed_while_the_next_morning_is_decided_stays_its_runs(
        self, office: Application, tmp_path: Path
    ) -> None:
        planned(office, tmp_path, ROW)
        decide(office, PUBLISHED_ON)
        with ThreadPoolExecutor(1) as pool:
            with office.database.write(office.clock.now()) as uow:
                until = office.clock.now() + timedelta(seconds=60)
                kinds = [DeliveryKind.INTRODUCTION]
                (claimed,) = uow.outbox.claim(Channel.MAIL, PUBLISHED_ON, kinds, until=until, token="another", limit=1)
                deciding = pool.submit(decide, office, date(2025, 12, 23))
                time.sleep(0.5)  # it comes as far as it can
            deciding.result(timeout=30)
        with office.database.read() as uow:
            states = {one.id: one.state for one in uow.outbox.deliveries(PUBLISHED_ON)}
        assert states[claimed.id] is DeliveryState.CLAIMED


class TestAnAbsence:
    def test_recorded_after_the_morning_was_decided_is_heeded(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ROW)
        decide(office, PUBLISHED_ON)
        away(office, FOCAL, PUBLISHED_ON, date(2026, 1, 9), HEAD)
        postbox = Postbox()
        send(office, postbox, PUBLISHED_ON)
        assert (postbox.got, morning(office, date(2025, 12, 23))) == ([], [HEAD])

    def test_gives_the_stand_in_no_second_word_for_what_is_theirs(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ROW)
        play(office, days(PUBLISHED_ON, date(2026, 3, 5)))
        away(office, FOCAL, date(2026, 3, 5), date(2026, 3, 10), HEAD)
        (text,) = [one.text for one in preview(office, date(2026, 3, 6), HEAD)]
        assert "Việc thứ 1" in text
        assert "Nhận thay" not in text


def preview(app: Application, on: date, user: str) -> list[Message]:
    return preview_reminders(
        app.database,
        app.writer,
        on=on,
        horizon_months=13,
        base_url="http://so.example",
        actor=LOCAL_ADMINISTRATOR,
        now=app.clock.now(),
        user=user,
    )


class TestReturnedWork:
    def test_is_late_only_behind_the_due_day(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 01/4/2026", "Thanh tra", ""))
        play(office, days(PUBLISHED_ON, date(2026, 3, 2)))
        give_back(office, submit(office, "1", date(2026, 3, 3)), date(2026, 3, 3), date(2026, 3, 9))
        said = play(office, days(date(2026, 3, 3), date(2026, 3, 30)))
        assert said == {FOCAL: ["06/03 1 before-1", "09/03 1 before-0"]}
        (text,) = [one.text for one in preview(office, date(2026, 3, 31), FOCAL)]
        assert ("Hôm nay" in text.splitlines()[0] or "HÔM NAY" in text.upper(), "QUÁ HẠN" in text.upper()) == (
            True,
            False,
        )
        said = play(office, days(date(2026, 3, 31), date(2026, 4, 2)))
        assert said == {FOCAL: ["31/03 1 last-day", "02/04 1 after-1"], HEAD: ["02/04 1 after-1"]}

    def test_is_done_by_the_person_assigned_by_their_own_day(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ROW)
        play(office, days(PUBLISHED_ON, date(2026, 3, 4)))
        give_back(office, submit(office, "1", date(2026, 3, 4)), date(2026, 3, 5), date(2026, 3, 13))
        with office.database.read() as uow:
            number = only(uow).id or 0
        name_person(
            office.database,
            number,
            FOCAL,
            by=date(2026, 3, 11),
            actor=actor_of(office, HEAD),
            today=date(2026, 3, 5),
            now=office.clock.now(),
        )
        assert play(office, days(date(2026, 3, 5), date(2026, 3, 16)))[FOCAL] == lines(
            """10/03 1 before-1
            11/03 1 before-0
            13/03 1 last-day
            16/03 1 after-3"""
        )


class TestTheSecretariat:
    def test_gets_one_message_though_the_morning_is_decided_twice(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ROW, ("Trước ngày 10/4/2026", "Thanh tra", ""))
        with office.database.write(office.clock.now()) as uow:
            obligation, duty = uow.obligations.listing()[1]
            duty.assigned_by = "Ủy ban nhân dân tỉnh Sông Lam"
            uow._session.flush()
            RungPlanner(uow).plan_anew(uow.obligations.locked(obligation.id or 0), not_before=PUBLISHED_ON)
        got = morning(office, PUBLISHED_ON)
        submit(office, "1", PUBLISHED_ON)
        assert got.count("vp.thuongtruc1") == 1
        assert "vp.thuongtruc1" not in morning(office, PUBLISHED_ON)

    def test_is_told_each_of_its_people_for_themselves(
        self, office: Application, tmp_path: Path, clock: StandingClock
    ) -> None:
        planned(office, tmp_path, ROW)
        play(office, [PUBLISHED_ON])
        clock.moment += timedelta(minutes=1)
        submit(office, "1", PUBLISHED_ON)
        refused = Postbox(vp_thuongtruc1=GONE)
        clock.moment += timedelta(days=1)
        assert morning(office, date(2025, 12, 23), refused) == OFFICE[1:]
        clock.moment += timedelta(days=1)
        assert morning(office, date(2025, 12, 24)) == ["vp.thuongtruc1"]
        assert morning(office, date(2025, 12, 25)) == []

    def test_is_told_what_came_in_while_its_message_was_in_the_air(
        self, office: Application, tmp_path: Path, clock: StandingClock
    ) -> None:
        planned(office, tmp_path, ROW, ("Trước ngày 10/4/2026", "Thanh tra", ""))
        play(office, [PUBLISHED_ON])
        clock.moment += timedelta(minutes=1)
        submit(office, "1", PUBLISHED_ON)

        def hand_in(user: str) -> None:
            clock.moment += timedelta(minutes=1)
            if user == OFFICE[0]:
                submit(office, "2", PUBLISHED_ON)

        clock.moment += timedelta(days=1)
        assert morning(office, date(2025, 12, 23), Postbox(hand_in)) == OFFICE
        clock.moment += timedelta(days=1)
        assert morning(office, date(2025, 12, 24)) == OFFICE
