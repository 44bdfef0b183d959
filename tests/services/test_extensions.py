"""Extensions: asked by the unit, decided by document, with the reminders planned anew in the same moment."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    CchcError,
    DocumentNumberMissing,
    ExtensionAskedAlready,
    ExtensionDecided,
    ExtensionOfInput,
    ExtensionReasonMissing,
    ExtensionTooEarly,
    ExtensionUnknown,
    NoDueDay,
    NoRight,
    ObligationUnknown,
    StageForbids,
    SuperiorNumberMissing,
)
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import Bound, ExtensionState, Outcome, ReminderState, Stage, Standing
from cchc_tasks.models.obligation import Extension, Obligation
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.services.ask_extension import ask_extension
from cchc_tasks.services.decide_extension import Grant, grant_extension, refuse_extension
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.list_extensions import list_extensions
from cchc_tasks.services.listing import ObligationLine, list_obligations
from cchc_tasks.services.open_obligations import open_obligations
from cchc_tasks.services.set_internal_day import set_internal_day
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from cchc_tasks.store.internal_days import Chosen
from tests.conftest import StandingClock, actor_of
from tests.journeys.chain import import_text, publish
from tests.making.copied_office import copied, prepared
from tests.services.conftest import drained
from tests.services.test_deliver import Postbox
from tests.services.test_two_at_once import at_once

LINES = (
    "Số: 20/KH-SGDĐT",
    "Sông Lam, ngày 15 tháng 12 năm 2025",
    "KẾ HOẠCH năm 2026",
    "",
    "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp",
    "1. Kiểm tra công vụ\tBiên bản\tTrước ngày 31/3/2026\tThanh tra\t",
    "2. Tổng kết năm\tBáo cáo\tTrước ngày 31/12/2026\tThanh tra\t",
    "3. Tiếp công dân\tSổ theo dõi\tThường xuyên\tThanh tra\t",
    "4. Rà soát trước Tết\tBáo cáo\tTrước ngày 13/02/2026\tThanh tra\t",
    "5. Tự chấm điểm\tBáo cáo\tTrước ngày 28/02/2026\tThanh tra\t",
    "",
)
HEAD, FOREIGN, OFFICER, OFFICE = "thanhtra.truong", "gdmn.truong", "tccb.chuyenvien", "vp.thuongtruc1"
GRANT = Grant("45/SGDĐT-VP")
MARCH_24, MARCH_31, APRIL_15 = date(2026, 3, 24), date(2026, 3, 31), date(2026, 4, 15)
JAN_15 = date(2027, 1, 15)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the invented Sở with the plan above, published on 22 December 2025."""
    folder = tmp_path_factory.mktemp("office")
    return prepared(folder, lambda app: with_plan(app, folder))


@pytest.fixture
def office(home: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Application]:
    """That office, for one test to change."""
    with copied(home, tmp_path, clock) as app:
        yield app


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def anywhere(app_on: Callable[[str], Application], tmp_path: Path, request: pytest.FixtureRequest) -> Application:
    """The same on each kind of database."""
    return with_plan(app_on(request.param), tmp_path)


def with_plan(app: Application, folder: Path) -> Application:
    publish(app, import_text(app, folder, "\n".join(LINES)).plan_id)
    return app


def noon(day: date) -> datetime:
    return datetime.combine(day, time(5), tzinfo=UTC)


def line_of(app: Application, code: str, on: date = MARCH_24) -> ObligationLine:
    lines = list_obligations(app.database, on=on, actor=LOCAL_ADMINISTRATOR)
    return [line for line in lines if line.duty_code == code][-1]  # undated ones stand last


def ask(
    app: Application, code: str, until: date, *, on: date = MARCH_24, why: str = "Chờ số liệu", user: str = HEAD
) -> int:
    return ask_for(app, line_of(app, code).id, until, on=on, why=why, user=user)


def ask_for(
    app: Application,
    obligation_id: int,
    until: date = APRIL_15,
    *,
    on: date = MARCH_24,
    why: str = "x",
    user: str = HEAD,
) -> int:
    return ask_extension(
        app.database, obligation_id, until=until, why=why, actor=actor_of(app, user), today=on, now=noon(on)
    )


def grant(
    app: Application, extension_id: int, given: Grant = GRANT, *, on: date = MARCH_24, user: str = OFFICE
) -> date:
    return grant_extension(app.database, extension_id, given, actor=actor_of(app, user), today=on, now=noon(on))


def refuse(app: Application, extension_id: int, why: str = "Đã quá gấp") -> None:
    refuse_extension(app.database, extension_id, why=why, actor=actor_of(app, OFFICE), now=noon(MARCH_24))


def submit(app: Application, code: str, on: date) -> int:
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        [line_of(app, code).id],
        Handed(links=["https://songlam.example/bao-cao"]),
        actor=actor_of(app, HEAD),
        today=on,
        now=noon(on),
    )


def give_back(app: Application, evidence_id: int, outcome: Outcome, on: date, until: date) -> None:
    verify_evidence(
        app.database,
        evidence_id,
        Decision(outcome, "Thiếu biểu", until),
        actor=actor_of(app, OFFICE),
        today=on,
        now=noon(on),
        supplement_working_days=3,
    )


def morning(app: Application, on: date) -> None:
    """What is due goes out."""
    decide_reminders(app.database, on=on, actor=LOCAL_ADMINISTRATOR, now=noon(on))
    drained(app, Postbox(), on)


def kept(app: Application, code: str) -> Obligation:
    with app.database.read() as uow:
        return uow.obligations.get(line_of(app, code).id)


def request_of(app: Application, extension_id: int) -> Extension:
    with app.database.read() as uow:
        return uow.extensions.get(extension_id)


def rungs(app: Application, code: str, state: ReminderState = ReminderState.PLANNED) -> list[tuple[str, date]]:
    """The steps of the ladder for the head in one state, by day."""
    with Session(app.database.engine) as session:
        query = select(Reminder).where(Reminder.obligation_id == line_of(app, code).id, Reminder.state == state)
        query = query.where(Reminder.rung != INTRODUCTION)
        found = session.exec(query.order_by(col(Reminder.fire_on), col(Reminder.id))).all()
    return list(dict.fromkeys((one.rung, one.fire_on) for one in found))


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def unique(those: Iterable[date]) -> list[date]:
    return list(dict.fromkeys(those))


class TestAsking:
    def test_keeps_the_day_and_its_reminders_until_it_is_decided(self, office: Application) -> None:
        before = rungs(office, "1")
        asked = request_of(office, ask(office, "1", APRIL_15))
        assert (asked.due_on, asked.asked_until, asked.state) == (MARCH_31, APRIL_15, ExtensionState.ASKED)
        assert kept(office, "1").due_on == MARCH_31
        assert rungs(office, "1") == before

    def test_is_possible_after_the_day_and_late_until_decided(self, office: Application) -> None:
        late_on = date(2026, 4, 8)
        asked = ask(office, "1", APRIL_15, on=late_on)
        assert (line_of(office, "1", late_on).standing, line_of(office, "1", late_on).days_late) == (
            Standing.OVERDUE,
            8,
        )
        grant(office, asked, on=late_on)
        assert line_of(office, "1", late_on).standing is Standing.DUE_SOON

    @pytest.mark.parametrize(
        ("code", "until", "why", "user", "refusal"),
        [
            ("1", MARCH_31, "x", HEAD, ExtensionTooEarly),
            ("1", APRIL_15, "  ", HEAD, ExtensionReasonMissing),
            ("1", APRIL_15, "x", FOREIGN, NoRight),
            ("1", APRIL_15, "x", OFFICER, NoRight),
            ("1", APRIL_15, "x", OFFICE, NoRight),
            ("3", APRIL_15, "x", HEAD, NoDueDay),
        ],
    )
    def test_is_refused_with_a_reason(
        self, office: Application, code: str, until: date, why: str, user: str, refusal: type[CchcError]
    ) -> None:
        with pytest.raises(refusal):
            ask(office, code, until, why=why, user=user)
        assert list_extensions(office.database, actor=LOCAL_ADMINISTRATOR, waiting=False) == []

    def test_is_for_what_exists_and_waits_for_the_unit(self, office: Application) -> None:
        submit(office, "1", MARCH_24)
        with pytest.raises(StageForbids):
            ask(office, "1", APRIL_15)
        with pytest.raises(ObligationUnknown):
            ask_for(office, 999)

    def test_is_not_for_what_another_unit_asked_of_this_one(self, office: Application) -> None:
        asked_of, parent = line_of(office, "1").id, line_of(office, "2").id
        with office.database.write(noon(MARCH_24)) as uow:
            uow.obligations.get(asked_of).parent_id = parent
        with pytest.raises(ExtensionOfInput):
            ask_for(office, asked_of)

    def test_waits_for_the_answer_to_the_first_request(self, office: Application) -> None:
        asked = ask(office, "1", APRIL_15)
        with pytest.raises(ExtensionAskedAlready):
            ask(office, "1", date(2026, 4, 30))
        refuse(office, asked)
        ask(office, "1", date(2026, 4, 30))


class TestGranting:
    @pytest.mark.parametrize(
        ("code", "on", "until", "aim_on", "first_days", "last_days"),
        [
            # in mid-ladder: a Wednesday
            (
                "1",
                MARCH_24,
                APRIL_15,
                APRIL_15,
                ["2026-04-01", "2026-04-08"],
                ["2026-04-16", "2026-04-20", "2026-04-22"],
            ),
            # late already
            ("1", date(2026, 4, 8), APRIL_15, APRIL_15, ["2026-04-08"], ["2026-04-16", "2026-04-20", "2026-04-22"]),
            # into the next year, from one printed last day to a Friday
            ("2", date(2026, 12, 21), JAN_15, JAN_15, ["2026-12-31"], ["2027-01-18", "2027-01-22"]),
            # into Tết: the day granted counts, reminders end before the days off
            ("4", date(2026, 2, 2), date(2026, 2, 18), date(2026, 2, 13), ["2026-02-06"], ["2026-02-23", "2026-02-25"]),
            # from a month's end to the next month's
            ("5", date(2026, 2, 24), MARCH_31, MARCH_31, ["2026-02-27"], ["2026-04-01", "2026-04-03", "2026-04-07"]),
        ],
        ids=["mid-ladder", "late", "year's end", "Tết", "month's end"],
    )
    def test_moves_the_day_and_every_reminder_with_it(
        self,
        office: Application,
        code: str,
        on: date,
        until: date,
        aim_on: date,
        first_days: list[str],
        last_days: list[str],
    ) -> None:
        old = kept(office, code)
        grant(office, ask(office, code, until, on=on), on=on)
        new = kept(office, code)
        assert (new.due_on, new.aim_on, new.late_after, new.bound) == (until, aim_on, until, Bound.BY)
        assert (new.stated_on, new.slot) == (old.stated_on, old.slot)
        planned = unique(day for _, day in rungs(office, code))
        assert planned == sorted(planned)
        planned = [day for day in planned if day >= on]  # no morning was held before: their word waits
        assert (first_days, last_days) == (
            [str(day) for day in planned[: len(first_days)]],
            [str(day) for day in planned if day > until],
        )

    def test_keeps_what_was_sent_and_lets_nothing_of_the_old_day_fire(self, office: Application) -> None:
        for day in days("2026-02-27", "2026-03-16", "2026-03-23"):
            morning(office, day)
        sent = rungs(office, "1", ReminderState.SENT)
        assert [name for name, _ in sent] == ["before-30", "before-14", "before-7"]
        grant(office, ask(office, "1", APRIL_15))
        assert rungs(office, "1", ReminderState.SENT) == sent
        for day in days("2026-03-27", "2026-03-30", "2026-03-31"):
            morning(office, day)
            assert rungs(office, "1", ReminderState.SENT) == sent
        morning(office, date(2026, 4, 1))
        assert rungs(office, "1", ReminderState.SENT) == [*sent, ("before-14", date(2026, 4, 1))]

    def test_twice_keeps_both_days_and_judges_by_the_last(self, office: Application) -> None:
        first, second = date(2026, 4, 10), date(2026, 4, 24)
        grant(office, ask(office, "1", first))
        again = date(2026, 4, 9)
        grant(office, ask(office, "1", second, on=again), Grant("Số 52/SGDĐT-VP"), on=again)
        with office.database.read() as uow:
            moved = uow.extensions.granted([line_of(office, "1").id])[line_of(office, "1").id]
        assert [(one.due_on, one.number) for one in moved] == [(MARCH_31, "45/SGDĐT-VP"), (first, "52/SGDĐT-VP")]
        assert line_of(office, "1", second).standing is Standing.DUE_SOON
        assert line_of(office, "1", date(2026, 4, 25)).standing is Standing.OVERDUE
        later = unique(day for _, day in rungs(office, "1") if day > second)
        assert later == days("2026-04-28", "2026-05-04")  # behind the days off of 26 April and 1 May

    def test_may_give_another_day_than_was_asked_but_none_before_the_present_one(self, office: Application) -> None:
        asked = ask(office, "1", APRIL_15)
        with pytest.raises(ExtensionTooEarly):
            grant(office, asked, Grant("45/SGDĐT-VP", MARCH_31))
        assert grant(office, asked, Grant("45/SGDĐT-VP", date(2026, 4, 3))) == date(2026, 4, 3)
        assert kept(office, "1").due_on == date(2026, 4, 3)

    def test_needs_its_document_and_the_superiors_where_the_duty_came_from_above(self, office: Application) -> None:
        asked = ask(office, "1", APRIL_15)
        with pytest.raises(DocumentNumberMissing):
            grant(office, asked, Grant(" "))
        with office.database.write(noon(MARCH_24)) as uow:
            uow.obligations.duty(line_of(office, "1").duty_id).assigned_by = "UBND tỉnh"
        with pytest.raises(SuperiorNumberMissing):
            grant(office, asked)
        assert kept(office, "1").due_on == MARCH_31
        grant(office, asked, Grant("45/SGDĐT-VP", superior_number="số 9/UBND-KGVX"))
        assert request_of(office, asked).superior_number == "9/UBND-KGVX"

    def test_takes_the_internal_day_with_it(self, office: Application) -> None:
        internal = date(2026, 3, 26)
        chosen = Chosen(obligation_ids=(line_of(office, "1").id,))
        office_side = actor_of(office, OFFICE)
        set_internal_day(office.database, chosen, internal, actor=office_side, today=MARCH_24, now=noon(MARCH_24))
        grant(office, ask(office, "1", APRIL_15))
        assert kept(office, "1").internal_due_on is None
        assert next(one for one in rungs(office, "1") if one[1] >= MARCH_24) == ("before-14", date(2026, 4, 1))

    def test_opens_nothing_on_the_old_day_again(self, office: Application) -> None:
        grant(office, ask(office, "1", APRIL_15))
        opened = open_obligations(
            office.database, on=MARCH_24, horizon_months=13, actor=LOCAL_ADMINISTRATOR, now=noon(MARCH_24)
        )
        assert opened == 0

    def test_is_the_secretariats_and_happens_once(self, office: Application) -> None:
        asked = ask(office, "1", APRIL_15)
        for user in (HEAD, "giamdoc", "quantri"):
            with pytest.raises(NoRight):
                grant(office, asked, user=user)
        grant(office, asked)
        with pytest.raises(ExtensionDecided, match="đã đồng ý"):
            grant(office, asked)
        with pytest.raises(ExtensionDecided):
            refuse(office, asked)
        with pytest.raises(ExtensionUnknown):
            grant(office, 999)


class TestRefusing:
    def test_leaves_the_day_and_its_reminders_and_says_why(self, office: Application) -> None:
        before = rungs(office, "1")
        asked = ask(office, "1", APRIL_15)
        with pytest.raises(ExtensionReasonMissing):
            refuse(office, asked, " ")
        refuse(office, asked, "Việc đã giao từ đầu năm")
        decided = request_of(office, asked)
        assert (decided.state, decided.answer, decided.decided_by) == (
            ExtensionState.REFUSED,
            "Việc đã giao từ đầu năm",
            OFFICE,
        )
        assert (kept(office, "1").due_on, rungs(office, "1")) == (MARCH_31, before)


class TestReturnedWork:
    def test_extended_after_a_return_to_complete_is_late_after_the_later_day(self, office: Application) -> None:
        supplement = date(2026, 4, 8)
        on = date(2026, 4, 3)
        give_back(office, submit(office, "1", on), Outcome.RETURNED_TO_COMPLETE, on, supplement)
        assert line_of(office, "1", on).days_late == 3
        grant(office, ask(office, "1", date(2026, 4, 6), on=on), on=on)
        one = kept(office, "1")
        assert (one.stage, one.supplement_due_on, one.late_after) == (Stage.RETURNED, supplement, supplement)
        # what came first is judged by the new day, and the reminders still speak of the hạn bổ sung
        assert one.judged_on == on <= date(2026, 4, 6)
        assert [day for _, day in rungs(office, "1") if day <= supplement][-1] == supplement
        again = date(2026, 4, 7)
        grant(office, ask(office, "1", APRIL_15, on=again), Grant("52/SGDĐT-VP"), on=again)
        assert kept(office, "1").late_after == APRIL_15

    def test_extended_after_a_return_to_redo_is_judged_anew_by_the_new_day(self, office: Application) -> None:
        on = date(2026, 4, 3)
        give_back(office, submit(office, "1", on), Outcome.RETURNED_TO_REDO, on, date(2026, 4, 20))
        grant(office, ask(office, "1", APRIL_15, on=on), on=on)
        one = kept(office, "1")
        assert (one.judged_on, one.late_after) == (None, APRIL_15)


class TestWithdrawing:
    def test_happens_when_the_evidence_comes_first(self, office: Application) -> None:
        asked = ask(office, "1", APRIL_15)
        submit(office, "1", date(2026, 3, 30))
        assert request_of(office, asked).state is ExtensionState.WITHDRAWN
        with pytest.raises(ExtensionDecided):
            grant(office, asked)

    def test_happens_when_a_new_version_ends_the_duty(self, office: Application, tmp_path: Path) -> None:
        asked = ask(office, "1", APRIL_15)
        ended = request_of(office, asked).obligation_id
        changed = "\n".join(LINES).replace("31/3/2026", "30/4/2026")
        publish(office, import_text(office, tmp_path, changed, replaces=1).plan_id, MARCH_24)
        with office.database.read() as uow:
            assert uow.obligations.get(ended).stage is Stage.DROPPED
        assert request_of(office, asked).state is ExtensionState.WITHDRAWN


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


class TestList:
    def test_shows_units_their_own_requests_and_the_office_all(self, office: Application) -> None:
        asked = ask(office, "1", APRIL_15)
        (line,) = list_extensions(office.database, actor=actor_of(office, HEAD), waiting=True)
        assert (line.id, line.units, line.days, line.reason) == (asked, ("Thanh tra",), 15, "Chờ số liệu")
        assert list_extensions(office.database, actor=actor_of(office, FOREIGN), waiting=True) == []
        refuse(office, asked)
        seen_by_all = actor_of(office, "giamdoc")
        assert list_extensions(office.database, actor=seen_by_all, waiting=True) == []
        assert [one.state for one in list_extensions(office.database, actor=seen_by_all, waiting=False)] == ["REFUSED"]
