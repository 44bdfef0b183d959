"""Every part of the system is found well, worth a look or broken, and what is not well says what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import KEY_FILE, Application
from cchc_tasks.domain.access import ENGINE, LOCAL_ADMINISTRATOR, Actor
from cchc_tasks.domain.errors import NoRight
from cchc_tasks.domain.schedules import SCHEDULES
from cchc_tasks.domain.vocabulary import Fault, Verdict
from cchc_tasks.ports import Receipt
from cchc_tasks.services.beat import beat
from cchc_tasks.services.engine_health import engine_health
from cchc_tasks.services.examine import DEPLOYMENTS, Finding, Outside, examine
from cchc_tasks.services.raise_alert import raise_alert
from cchc_tasks.services.rotate_key import Boxes
from cchc_tasks.store.database import Database
from tests.conftest import StandingClock, actor_of

TODAY = date(2025, 12, 15)  # the day of the standing clock, at noon
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Examined = dict[str, Finding]


@pytest.fixture
def outside(clock: StandingClock) -> Outside:
    """Everything answers."""
    tomorrow = clock.now() + timedelta(hours=19)
    return Outside(
        web="http://127.0.0.1:8700",
        scheduled=dict.fromkeys(DEPLOYMENTS, tomorrow),
        mail=Receipt(answer="Máy chủ thư trả lời (250 OK)."),
        free=80_000_000_000,
    )


@pytest.fixture
def running(app: Application) -> Application:
    """A system that has run through its morning and its night."""
    app.housekeep(TODAY, ENGINE)
    beat(app.database, "runner", now=app.clock.now())
    for one in SCHEDULES:
        beat(app.database, one.flow, "41 lượt gửi, 0 hoãn, 1 lỗi", now=one.last_before(app.clock.now(), ZONE))
    return app


def examined(app: Application, outside: Outside, *, actor: Actor = LOCAL_ADMINISTRATOR) -> Examined:
    found = examine(
        app.database,
        app.settings.home,
        app.settings.home / KEY_FILE,
        outside,
        Boxes(connections=app.secret_box(CONNECTIONS), second_factors=app.secret_box()),
        actor=actor,
        zone=ZONE,
        on=app.today(),
        now=app.clock.now(),
    )
    return {one.part: one for one in found}


def verdicts(found: Examined) -> dict[str, Verdict]:
    """What is not well."""
    return {part: one.verdict for part, one in found.items() if one.verdict is not Verdict.WELL}


class TestSystem:
    def test_that_runs_is_well_in_every_part(self, running: Application, outside: Outside) -> None:
        found = examined(running, outside)
        assert verdicts(found) == {}
        assert found["Bộ lập lịch"].said == "Đủ lịch; nhắc việc chạy lúc 07:00 ngày 16/12/2025."
        said = "Lượt gần nhất xong lúc 07:00 thứ Hai 15/12/2025: 41 lượt gửi, 0 hoãn, 1 lỗi."
        assert found["Nhắc việc buổi sáng"].said == said

    def test_that_is_down_says_part_by_part_what_does_not_run(self, app: Application) -> None:
        found = examined(app, Outside(web=None, scheduled=None, mail=None, free=80_000_000_000))
        assert verdicts(found) == {
            "Trang web": Verdict.BROKEN,
            "Bộ lập lịch": Verdict.BROKEN,
            "Bộ chạy việc": Verdict.BROKEN,
            "Kênh thư": Verdict.LOOK,
            "Sao lưu": Verdict.LOOK,
        }
        assert all(found[part].to_do for part in verdicts(found))
        first = "Chưa có lượt nào; lượt tới lúc 07:00 thứ Ba 16/12/2025."
        assert found["Nhắc việc buổi sáng"].said == first

    def test_is_examined_by_administrators_alone(self, app: Application, outside: Outside) -> None:
        with pytest.raises(NoRight):
            examined(app, outside, actor=actor_of(app, "vp.thuongtruc1"))


class TestDatabase:
    def test_of_an_older_schema_is_broken_and_the_rest_is_still_examined(
        self, running: Application, outside: Outside
    ) -> None:
        with running.database.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
        found = examined(running, outside)
        assert verdicts(found) == {"Cơ sở dữ liệu": Verdict.BROKEN}
        assert "cchc db upgrade" in found["Cơ sở dữ liệu"].to_do
        assert "Bộ chạy việc" not in found

    @pytest.mark.parametrize(
        "url", ["sqlite:////khong/co/cchc.sqlite3", "postgresql+psycopg://127.0.0.1:9/x"], ids=["sqlite", "postgresql"]
    )
    def test_that_cannot_be_reached_is_broken(self, running: Application, outside: Outside, url: str) -> None:
        lost = replace(running, database=Database(url))
        assert verdicts(examined(lost, outside)) == {"Cơ sở dữ liệu": Verdict.BROKEN}

    def test_that_is_no_database_any_more_is_broken(self, running: Application, outside: Outside) -> None:
        file = running.settings.home / "overwritten.sqlite3"
        file.write_bytes(b"not a database " * 1000)
        lost = replace(running, database=Database(f"sqlite:///{file}"))
        assert verdicts(examined(lost, outside)) == {"Cơ sở dữ liệu": Verdict.BROKEN}


class TestSchedules:
    def test_that_lack_a_single_flow_are_broken(self, running: Application, outside: Outside) -> None:
        without = {name: at for name, at in (outside.scheduled or {}).items() if name != "drain-outbox"}
        found = examined(running, replace(outside, scheduled=without))
        assert verdicts(found) == {"Bộ lập lịch": Verdict.BROKEN}
        assert found["Bộ lập lịch"].said.endswith(": drain-outbox.")


class TestRunner:
    def test_that_was_silent_for_three_minutes_has_stopped(
        self, running: Application, outside: Outside, clock: StandingClock
    ) -> None:
        clock.moment += timedelta(minutes=3)
        found = examined(running, outside)
        assert verdicts(found) == {"Bộ chạy việc": Verdict.BROKEN}
        assert found["Bộ chạy việc"].said == "Đã ngừng từ 12:00 thứ Hai 15/12/2025."


class TestFlow:
    def test_that_missed_its_time_is_broken_though_the_runner_beats(
        self, running: Application, outside: Outside, clock: StandingClock
    ) -> None:
        clock.moment += timedelta(hours=19, minutes=29)
        beat(running.database, "runner", now=clock.now())
        assert "Nhắc việc buổi sáng" not in verdicts(examined(running, outside))
        clock.moment += timedelta(minutes=1)
        missed = examined(running, outside)["Nhắc việc buổi sáng"]
        assert missed.verdict is Verdict.BROKEN
        assert missed.said.startswith("Đã ngừng từ 07:00 thứ Ba 16/12/2025. Lượt gần nhất xong lúc 07:00 thứ Hai")
        assert "cchc remind --on" in missed.to_do


class TestAlertsOfTheDay:
    def test_and_messages_that_failed_are_shown_until_the_day_ends(
        self, running: Application, outside: Outside, clock: StandingClock
    ) -> None:
        raise_alert(running.database, source="housekeeping", text="Nhật ký bị hỏng.", on=TODAY, now=clock.now())
        with running.database.engine.begin() as connection:
            connection.execute(sa.text("UPDATE delivery SET state = 'FAILED'"))
        found = examined(running, outside)
        assert verdicts(found) == {"Cảnh báo hôm nay": Verdict.LOOK}
        assert found["Cảnh báo hôm nay"].said == "1 lượt gửi lỗi. Nhật ký bị hỏng."
        health = engine_health(running.database, on=TODAY + timedelta(days=1), now=clock.now(), zone=ZONE)
        assert health.is_well


class TestClock:
    def test_behind_what_was_written_already_is_broken(
        self, running: Application, outside: Outside, clock: StandingClock
    ) -> None:
        with running.database.write(clock.now() + timedelta(minutes=6)) as uow:
            uow.note("quantri", "test.write", "system")
        found = examined(running, outside)
        assert verdicts(found) == {"Đồng hồ": Verdict.BROKEN}
        assert "12:06 ngày 15/12/2025" in found["Đồng hồ"].said


class TestMail:
    def test_that_is_refused_is_broken_with_the_servers_words(self, running: Application, outside: Outside) -> None:
        refused = Receipt(fault=Fault.CONTENT, answer="Không kết nối được máy chủ thư (535: sai mật khẩu).")
        found = examined(running, replace(outside, mail=refused))
        assert verdicts(found) == {"Kênh thư": Verdict.BROKEN}
        assert found["Kênh thư"].said == refused.answer


class TestFolder:
    @pytest.mark.parametrize(("free", "verdict"), [(5.0, None), (4.9, Verdict.LOOK), (0.9, Verdict.BROKEN)])
    def test_on_a_full_disk_is_said_in_time(
        self, running: Application, outside: Outside, free: float, verdict: Verdict | None
    ) -> None:
        found = examined(running, replace(outside, free=int(free * 1e9)))
        assert verdicts(found).get("Đĩa") is verdict

    @pytest.mark.parametrize(("days", "verdict"), [(1, None), (2, Verdict.LOOK), (4, Verdict.BROKEN)])
    def test_without_a_fresh_backup_is_said(
        self, running: Application, outside: Outside, clock: StandingClock, days: int, verdict: Verdict | None
    ) -> None:
        clock.moment += timedelta(days=days)
        assert verdicts(examined(running, outside)).get("Sao lưu") is verdict

    @pytest.mark.parametrize(
        ("harm", "verdict"), [(lambda key: key.chmod(0o640), Verdict.LOOK), (Path.unlink, Verdict.BROKEN)]
    )
    def test_with_a_key_that_others_read_or_that_is_gone_is_said(
        self, running: Application, outside: Outside, harm: Callable[[Path], None], verdict: Verdict
    ) -> None:
        harm(running.settings.home / KEY_FILE)
        found = examined(running, outside)
        assert verdicts(found) == {"Khóa bí mật": verdict}
