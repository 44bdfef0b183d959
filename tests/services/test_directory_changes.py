"""Units renamed, merged and closed on a day: what passes on, what ends, what history keeps."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.directory import UnitSeed
from cchc_tasks.domain.errors import (
    CchcError,
    CloseReasonMissing,
    DirectoryChangeApplied,
    DirectoryChangeUnknown,
    DirectoryDayTooEarly,
    DocumentNumberMissing,
    NewNameMissing,
    UnitClosed,
    UnitClosingAlready,
    UnitMergedIntoExternal,
    UnitMergedIntoItself,
    UnitNameTaken,
    UnitNeeded,
    UnitUnknown,
)
from cchc_tasks.domain.vocabulary import DirectoryDeed, Outcome, ReminderState, Role, Stage, UnitKind
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.directory_checking import WantedChange
from cchc_tasks.services.directory_record import Recorded, preview_change, record_change
from cchc_tasks.services.directory_take_back import take_back_change
from cchc_tasks.services.open_obligations import open_obligations
from cchc_tasks.services.show_obligation import ObligationPage, show_obligation
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from tests.conftest import actor_of
from tests.journeys.chain import import_text, publish

PUBLISHED_ON = date(2026, 1, 5)
MERGED_ON = date(2026, 4, 1)
ROWS = (
    "1. Rà soát quy trình\tBáo cáo\tHằng quý\tPhòng TCCB\tThanh tra",
    "2. Tổ chức kiểm tra\tKế hoạch\tTrước ngày 15/6/2026\tPhòng TCCB, Thanh tra\t",
    "3. Báo cáo của trường\tBáo cáo\tHằng quý\tCác trường THPT\t",
    "4. Công khai kết quả\tThông báo\tTrước ngày 20/8/2026\tThanh tra\t",
)
HEAD = "KẾ HOẠCH cải cách hành chính năm 2026\n\nNhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp\n"
REFUSED: tuple[tuple[WantedChange, type[CchcError]], ...] = (
    (WantedChange(DirectoryDeed.CLOSE, ("KHONG-CO",), MERGED_ON, "1", why="x"), UnitUnknown),
    (WantedChange(DirectoryDeed.CLOSE, ("DA-DONG",), MERGED_ON, "1", why="x"), UnitClosed),
    (WantedChange(DirectoryDeed.CLOSE, ("SE-DONG",), MERGED_ON, "1", why="x"), UnitClosingAlready),
    (WantedChange(DirectoryDeed.CLOSE, ("SGDDT",), MERGED_ON, "1", why="x"), UnitNeeded),
    (WantedChange(DirectoryDeed.MERGE, ("VP",), MERGED_ON, "1", into="TCCB"), UnitNeeded),
    (WantedChange(DirectoryDeed.CLOSE, ("TCCB",), MERGED_ON, "", why="x"), DocumentNumberMissing),
    (WantedChange(DirectoryDeed.CLOSE, ("TCCB",), MERGED_ON, "1"), CloseReasonMissing),
    (WantedChange(DirectoryDeed.MERGE, ("TCCB",), MERGED_ON, "1", into="TCCB"), UnitMergedIntoItself),
    (WantedChange(DirectoryDeed.MERGE, ("TCCB",), MERGED_ON, "1", into="DA-DONG"), UnitClosed),
    (WantedChange(DirectoryDeed.MERGE, ("TCCB",), date(2026, 9, 1), "1", into="SE-DONG"), UnitClosingAlready),
    (WantedChange(DirectoryDeed.MERGE, ("TCCB",), MERGED_ON, "1", into="SNV"), UnitMergedIntoExternal),
    (WantedChange(DirectoryDeed.MERGE, ("GDMN",), date(2026, 5, 1), "1", into="GDTH"), DirectoryDayTooEarly),
    (WantedChange(DirectoryDeed.RENAME, ("TCCB",), MERGED_ON, "1"), NewNameMissing),
    (WantedChange(DirectoryDeed.RENAME, ("TCCB",), MERGED_ON, "1", name="Phòng KHTC"), UnitNameTaken),
)
On = Callable[[str], Application]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def running(request: pytest.FixtureRequest, app_on: On, tmp_path: Path) -> Application:
    """A small plan of 2026 in force, on each kind of database."""
    return small_plan(app_on(request.param), tmp_path)


@pytest.fixture
def office(app: Application, tmp_path: Path) -> Application:
    """The same on SQLite alone, where the kind of database makes no difference."""
    return small_plan(app, tmp_path)


def small_plan(app: Application, folder: Path) -> Application:
    publish(app, import_text(app, folder, HEAD + "\n".join(ROWS) + "\n").plan_id, PUBLISHED_ON)
    return app


def record(app: Application, wanted: WantedChange, today: date) -> list[Recorded]:
    return record_change(app.database, wanted, today=today, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


def merge(app: Application, *codes: str, into: str, on: date = MERGED_ON, today: date = MERGED_ON) -> list[Recorded]:
    return record(app, WantedChange(DirectoryDeed.MERGE, codes, on, "12/QĐ-SGDĐT", into=into), today)


def close(app: Application, code: str, on: date = MERGED_ON) -> list[Recorded]:
    return record(app, WantedChange(DirectoryDeed.CLOSE, (code,), on, "13/QĐ-SGDĐT", why="Giải thể"), on)


def rename(app: Application, code: str, name: str, on: date, today: date | None = None) -> list[Recorded]:
    return record(app, WantedChange(DirectoryDeed.RENAME, (code,), on, "14/QĐ-SGDĐT", name=name), today or on)


def night(app: Application, on: date) -> int:
    return open_obligations(app.database, on=on, horizon_months=13, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


def owed(app: Application, code: str) -> list[tuple[Obligation, list[str]]]:
    """The obligations of a row of the plan by date, each with the codes of its leads."""
    with app.database.read() as uow:
        units = uow.directory.units()
        leads = uow.obligations.leads()
        found = [one for one, duty in uow.obligations.listing() if duty.code == code]
        return [(one, [units[unit].code for unit in leads.get(one.id or 0, [])]) for one in found]


def due(app: Application, code: str, day: date, lead: str) -> Obligation:
    return next(one for one, leads in owed(app, code) if one.due_on == day and lead in leads)


def hear(app: Application, obligation_id: int) -> set[str]:
    """Who is still to hear of an obligation."""
    with app.database.read() as uow:
        return {one.person for one in uow.obligation_page.rungs(obligation_id) if one.state is ReminderState.PLANNED}


def names(app: Application, *users: str) -> set[str]:
    with app.database.read() as uow:
        return {uow.people.with_user(user).name for user in users}


def page(app: Application, obligation_id: int, on: date, user: str | None = None) -> ObligationPage:
    actor = actor_of(app, user) if user else LOCAL_ADMINISTRATOR
    return show_obligation(app.database, obligation_id, on=on, answer_working_days=3, actor=actor)


def everything(app: Application) -> list[tuple[object, ...]]:
    with app.database.read() as uow:
        leads = uow.obligations.leads()
        return [(one.id, one.stage, one.due_version, leads.get(one.id or 0)) for one, _ in uow.obligations.listing()]


def done(app: Application, obligation_id: int, user: str, on: date) -> None:
    """Hand in and accept on a day."""
    evidence_id = submit_evidence(
        app.database,
        app.vault,
        app.reader,
        [obligation_id],
        Handed(references=["12/BC-TCCB ngày 02/3/2026"]),
        actor=actor_of(app, user),
        today=on,
        now=app.clock.now(),
    )
    verify_evidence(
        app.database,
        evidence_id,
        Decision(Outcome.ACCEPTED, revision=1),
        actor=actor_of(app, "vp.thuongtruc1"),
        today=on,
        now=app.clock.now(),
        supplement_working_days=3,
    )


class TestMerger:
    def test_lets_the_people_who_came_hear_of_what_the_successor_led_before(self, running: Application) -> None:
        led = due(running, "4", date(2026, 8, 20), "TTr").id or 0
        there, came = names(running, "thanhtra.daumoi", "thanhtra.truong"), names(running, "tccb.daumoi")
        assert hear(running, led) == there
        merge(running, "TCCB", into="TTr", on=date(2026, 6, 20), today=date(2026, 6, 20))
        assert hear(running, led) >= there | came

    def test_in_mid_ladder_cancels_the_old_rungs_and_lets_the_successor_hear(self, running: Application) -> None:
        before = due(running, "1", date(2026, 6, 30), "TCCB")
        assert hear(running, before.id or 0) == names(running, "tccb.daumoi", "tccb.truong")
        today = date(2026, 6, 20)
        (told,) = merge(running, "TCCB", into="KH-TC", on=today, today=today)
        after = due(running, "1", date(2026, 6, 30), "KH-TC")
        assert (after.id, after.lead_version, after.due_version) == (before.id, 2, 2)
        with running.database.read() as uow:
            planned = [one for one in uow.obligation_page.rungs(after.id or 0) if one.state is ReminderState.PLANNED]
            assert {one.due_version for one in planned} == {2}
            newly = [one for one in planned if one.person in names(running, "khtc.daumoi", "khtc.truong")]
            assert (
                min(one.fire_on for one in newly) >= today
            )  # who heard of it before may wait for a word since earlier
        # the old unit's focal person and head hear on, now as people of the successor, beside those who were there
        assert hear(running, after.id or 0) == names(
            running, "khtc.daumoi", "khtc.truong", "tccb.daumoi", "tccb.truong"
        )
        assert told.words == "Phòng Tổ chức cán bộ sáp nhập vào Phòng Kế hoạch - Tài chính"
        assert (
            "chuyển từ Phòng Tổ chức cán bộ sang Phòng Kế hoạch - Tài chính"
            in page(running, after.id or 0, today).journal[0].words
        )

    def test_of_a_day_to_come_waits_for_it_and_is_applied_after_an_outage_with_its_own_day(
        self, running: Application
    ) -> None:
        before = everything(running)
        (told,) = merge(running, "TCCB", into="KH-TC", on=date(2026, 5, 4), today=date(2026, 4, 1))
        night(running, date(2026, 5, 3))
        assert (told.applied, [one for one in everything(running) if one in before]) == (False, before)
        night(running, date(2026, 5, 14))  # ten days of outage
        with running.database.read() as uow:
            unit = uow.directory.unit_with_code("TCCB")
            assert (unit.valid_to, unit.successor_id) == (date(2026, 5, 3), uow.directory.unit_with_code("KH-TC").id)
            assert uow.directory_changes.waiting() == []
        assert due(running, "1", date(2026, 6, 30), "KH-TC")
        as_it_is = everything(running)
        night(running, date(2026, 5, 14))
        assert everything(running) == as_it_is

    def test_kept_waiting_by_an_outage_comes_before_what_is_recorded_after_its_day(self, office: Application) -> None:
        merge(office, "TTr", into="KH-TC", on=date(2026, 5, 4), today=MERGED_ON)
        close(office, "KH-TC", on=date(2026, 5, 6))
        assert [one.stage for one, _ in owed(office, "4")] == [Stage.DROPPED]
        with office.database.read() as uow:
            assert not uow.people.with_user("thanhtra.daumoi").active

    def test_of_members_of_a_group_leaves_one_report_of_each_later_period(self, running: Application) -> None:
        merge(running, "THPT-LE-LOI", "THPT-TRAN-PHU", into="THPT-NGUYEN-TRAI", on=MERGED_ON, today=date(2026, 4, 3))
        night(running, date(2026, 4, 3))
        of_successor = [(one.due_on, one.stage) for one, leads in owed(running, "3") if leads == ["THPT-NGUYEN-TRAI"]]
        first = date(2026, 3, 31)  # owed by three schools that were there then
        assert [stage for day, stage in of_successor if day == first] == [Stage.OPEN] * 3
        assert [day for day, stage in of_successor if day != first and stage is Stage.OPEN] == [
            date(2026, 6, 30),
            date(2026, 9, 30),
            date(2026, 12, 31),
        ]
        ended = [one for one, leads in owed(running, "3") if one.stage is Stage.DROPPED]
        assert len(ended) == 6
        assert all(not hear(running, one.id or 0) for one in ended)
        assert "thôi thực hiện vì đơn vị đã sáp nhập" in page(running, ended[0].id or 0, MERGED_ON).journal[0].words

    def test_into_a_new_school_passes_one_set_of_later_reports_on(self, office: Application) -> None:
        with office.database.write(office.clock.now()) as uow:
            uow.directory.add_unit(UnitSeed("THPT-MOI", "Trường THPT Mới", UnitKind.SUBORDINATE, valid_from=MERGED_ON))
        merge(office, "THPT-LE-LOI", "THPT-TRAN-PHU", into="THPT-MOI")
        night(office, MERGED_ON)
        open_now = [one.due_on for one, leads in owed(office, "3") if leads == ["THPT-MOI"] and one.stage is Stage.OPEN]
        assert open_now == [date(2026, 3, 31)] * 2 + [date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]

    def test_of_one_joint_lead_into_the_other_leaves_it_once(self, running: Application) -> None:
        merge(running, "TCCB", into="TTr")
        ((joint, leads),) = owed(running, "2")
        assert leads == ["TTr"]
        with running.database.read() as uow:
            (part,) = uow.directory_changes.parts([joint.id or 0])[joint.id or 0]
            assert part.focal
        assert all(leads == ["TTr"] for _, leads in owed(running, "1"))  # which cooperated there before

    def test_lets_its_people_see_and_hand_in_the_successors_work(self, office: Application) -> None:
        own = due(office, "4", date(2026, 8, 20), "TTr")
        merge(office, "TCCB", into="TTr")
        assert page(office, own.id or 0, MERGED_ON, "tccb.daumoi").may.submit
        done(office, own.id or 0, "tccb.daumoi", MERGED_ON)
        with office.database.read() as uow:
            assert uow.directory.person_with_user("tccb.truong").role is Role.FOCAL

    def test_keeps_what_is_finished_with_the_unit_that_did_it(self, office: Application) -> None:
        first = due(office, "1", date(2026, 3, 31), "TCCB")
        done(office, first.id or 0, "tccb.daumoi", date(2026, 3, 20))
        merge(office, "TCCB", into="KH-TC")
        assert [(one.due_on, leads) for one, leads in owed(office, "1")][:2] == [
            (date(2026, 3, 31), ["TCCB"]),
            (date(2026, 6, 30), ["KH-TC"]),
        ]

    def test_opens_later_work_for_the_successor_whatever_the_plan_names(self, office: Application) -> None:
        merge(office, "TCCB", into="KH-TC")
        with office.database.write(office.clock.now()) as uow:  # as if the horizon had not reached it yet
            late = next(one for one, _ in owed(office, "1") if one.due_on == date(2026, 12, 31))
            uow.obligations.get(late.id or 0).slot = "moved-aside"
        assert night(office, MERGED_ON) == 1
        assert [leads for one, leads in owed(office, "1") if one.slot == "2026-12-31"] == [["KH-TC"]]

    @pytest.mark.parametrize("day", [date(2026, 2, 17), date(2027, 1, 1)])
    def test_on_a_day_off_or_at_the_turn_of_the_year_moves_all_that_is_open(
        self, office: Application, day: date
    ) -> None:
        merge(office, "TTr", into="KH-TC", on=day, today=day)
        with office.database.read() as uow:
            assert uow.directory.unit_with_code("TTr").valid_to == day - timedelta(days=1)
        assert [leads for _, leads in owed(office, "4")] == [["KH-TC"]]
        night(office, day)
        assert [leads for _, leads in owed(office, "4")] == [["KH-TC"]]

    def test_puts_units_below_under_the_successor_without_a_circle(self, office: Application) -> None:
        with office.database.write(office.clock.now()) as uow:
            child, unit = uow.directory.unit_with_code("ISO"), uow.directory.unit_with_code("TTr")
            child.parent_id = unit.id
            grandchild = uow.directory.unit_with_code("MOTCUA")
            grandchild.parent_id = child.id
        merge(office, "TTr", into="MOTCUA")
        with office.database.read() as uow:
            by_code = {one.code: one for one in uow.directory.units().values()}
            assert by_code["ISO"].parent_id == by_code["MOTCUA"].id
            assert by_code["MOTCUA"].parent_id == by_code["SGDDT"].id


class TestClosing:
    def test_ends_what_the_unit_leads_alone_and_leaves_joint_work_to_the_others(self, running: Application) -> None:
        (told,) = close(running, "TTr")
        assert [one.stage for one, _ in owed(running, "4")] == [Stage.DROPPED]
        assert [(one.stage, leads) for one, leads in owed(running, "2")] == [(Stage.OPEN, ["TCCB"])]
        assert any("Không còn đơn vị chủ trì: 4. Công khai kết quả" in one for one in told.passed)
        with running.database.read() as uow:
            assert not uow.people.with_user("thanhtra.daumoi").active
            assert uow.directory.group_codes(uow.directory.unit_with_code("TTr").id or 0, MERGED_ON) == frozenset()
        assert night(running, MERGED_ON) == 0

    def test_opens_nothing_more_for_the_unit(self, office: Application) -> None:
        close(office, "TTr")
        publish(office, import_text(office, office.settings.home, HEAD + ROWS[3] + "\n").plan_id, MERGED_ON)
        assert [one.stage for one, _ in owed(office, "4")] == [Stage.DROPPED]


class TestNewName:
    def test_is_shown_from_its_day_while_finished_work_keeps_the_old(self, running: Application) -> None:
        first = due(running, "1", date(2026, 3, 31), "TCCB")
        done(running, first.id or 0, "tccb.daumoi", date(2026, 3, 20))
        rename(running, "TCCB", "Phòng Nội vụ", MERGED_ON)
        assert page(running, first.id or 0, MERGED_ON).leads[0].unit == "Phòng Tổ chức cán bộ"
        later = due(running, "1", date(2026, 6, 30), "TCCB")
        assert page(running, later.id or 0, MERGED_ON).leads[0].unit == "Phòng Nội vụ"
        with running.database.read() as uow:
            unit = uow.directory.unit_with_code("TCCB")
            assert uow.directory.named("Phòng Nội vụ") is uow.directory.named("Phòng Tổ chức cán bộ") is unit
            assert uow.directory.names_on(date(2026, 3, 31))[unit.id or 0] == "Phòng Tổ chức cán bộ"

    def test_given_twice_is_told_of_each_day(self, office: Application) -> None:
        rename(office, "TCCB", "Phòng Nội vụ", date(2026, 4, 1))
        rename(office, "TCCB", "Phòng Cán bộ", date(2026, 7, 1))
        with office.database.read() as uow:
            unit_id = uow.directory.unit_with_code("TCCB").id or 0
            told = [uow.directory.names_on(date(2026, month, 1), [unit_id])[unit_id] for month in (3, 4, 6, 7)]
        assert told == ["Phòng Tổ chức cán bộ", "Phòng Nội vụ", "Phòng Nội vụ", "Phòng Cán bộ"]

    def test_may_be_that_of_a_unit_it_has_taken_over(self, office: Application) -> None:
        merge(office, "TCCB", into="TTr")
        rename(office, "TTr", "Phòng Tổ chức cán bộ", MERGED_ON)
        with office.database.read() as uow:
            assert uow.directory.unit_with_code("TTr").name == "Phòng Tổ chức cán bộ"


class TestTakingBack:
    def test_forgets_a_change_of_a_day_to_come_and_no_other(self, office: Application) -> None:
        (waits,) = rename(office, "TCCB", "Phòng Nội vụ", date(2026, 7, 1), today=MERGED_ON)
        take_back_change(office.database, waits.change_id, actor=LOCAL_ADMINISTRATOR, now=office.clock.now())
        night(office, date(2026, 7, 1))
        with office.database.read() as uow:
            assert uow.directory.unit_with_code("TCCB").name == "Phòng Tổ chức cán bộ"
        (applied,) = rename(office, "TCCB", "Phòng Nội vụ", date(2026, 7, 1))
        for number, refusal in ((applied.change_id, DirectoryChangeApplied), (999, DirectoryChangeUnknown)):
            with pytest.raises(refusal):
                take_back_change(office.database, number, actor=LOCAL_ADMINISTRATOR, now=office.clock.now())


class TestPreview:
    def test_tells_what_would_pass_on_and_keeps_nothing(self, office: Application) -> None:
        before = everything(office)
        wanted = WantedChange(DirectoryDeed.MERGE, ("TTr",), date(2026, 9, 1), "1/QĐ", into="KH-TC")
        (told,) = preview_change(
            office.database, wanted, today=MERGED_ON, actor=LOCAL_ADMINISTRATOR, now=office.clock.now()
        )
        assert told.passed[0].startswith("2 việc đang mở, 3 người, ")
        assert "Trở thành cán bộ đầu mối vì Phòng Kế hoạch - Tài chính đã có trưởng đơn vị" in told.passed[1]
        assert everything(office) == before
        with office.database.read() as uow:
            assert uow.directory_changes.waiting() == []


class TestRefusal:
    def test_names_what_stands_against_it_and_keeps_nothing(self, office: Application) -> None:
        with office.database.write(office.clock.now()) as uow:
            gone = uow.directory.unit_with_code("CNTT")
            gone.code, gone.valid_to = "DA-DONG", date(2026, 1, 31)
            uow.directory.unit_with_code("ISO").code = "SE-DONG"
        merge(office, "SE-DONG", into="TTr", on=date(2026, 8, 1), today=MERGED_ON)
        rename(office, "GDMN", "Phòng Mầm non mới", date(2026, 6, 1), today=MERGED_ON)
        before = everything(office)
        for wanted, refusal in REFUSED:
            with pytest.raises(refusal):
                record(office, wanted, MERGED_ON)
        assert everything(office) == before
        with office.database.read() as uow:
            assert len(uow.directory_changes.waiting()) == 2

    def test_of_one_unit_leaves_the_others_as_they_were(self, office: Application) -> None:
        with pytest.raises(UnitUnknown):
            merge(office, "TCCB", "KHONG-CO", into="KH-TC")
        with office.database.read() as uow:
            assert uow.directory.unit_with_code("TCCB").valid_to is None
