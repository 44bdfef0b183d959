"""Nobody ever trusts a reminder engine that has stopped: the moment a time passes without it, it is said since when."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.schedules import SCHEDULES
from cchc_tasks.services.beat import beat
from cchc_tasks.services.engine_health import EngineHealth, engine_health
from tests.conftest import StandingClock

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
RUNS = (
    ("housekeeping", "24/03 02:03"),
    ("open-obligations", "24/03 03:00"),
    ("plan-follow-ups", "24/03 06:30"),
    ("send-reminders", "24/03 07:04"),
    ("drain-outbox", "24/03 12:00"),
)


def at(text: str, zone: ZoneInfo = HERE) -> datetime:
    """A local instant of 2026: "24/03 07:00"."""
    return datetime.strptime(f"{text} 2026", "%d/%m %H:%M %Y").replace(tzinfo=zone).astimezone(UTC)


@pytest.fixture
def office(app: Application) -> Application:
    """Every flow did its work on Tuesday 24 March 2026, the last at noon."""
    for flow, finished in RUNS:
        beat(app.database, flow, "xong", now=at(finished))
    return app


def seen(app: Application, now: str, *, beaten: str | None = None, zone: ZoneInfo = HERE) -> EngineHealth:
    """How the engine looks at a moment, its runner alive or silent since another."""
    beat(app.database, "runner", now=at(beaten or now, zone))
    return engine_health(app.database, on=at(now, zone).astimezone(zone).date(), now=at(now, zone), zone=zone)


class TestEngine:
    def test_that_did_its_work_is_well(self, office: Application) -> None:
        health = seen(office, "24/03 12:05")
        assert health.is_well
        assert [one.flow for one in health.pulses] == [one.flow for one in SCHEDULES]
        assert health.reminders.said == "xong"

    def test_whose_reminders_miss_their_time_has_stopped_from_then_on(self, office: Application) -> None:
        beat(office.database, "send-reminders", now=at("23/03 07:04"))
        early, late, next_day = (seen(office, when) for when in ("24/03 07:29", "24/03 07:30", "25/03 06:00"))
        assert early.stopped_since is None
        assert late.stopped_since == next_day.stopped_since == at("24/03 07:00")
        assert late.troubles == (
            "Bộ nhắc việc đã ngừng từ 07:00 thứ Ba 24/3/2026.",
            "Bộ chạy việc vẫn chạy nhưng lượt nhắc việc buổi sáng không hoàn thành: quản trị xem nhật ký.",
        )

    def test_without_a_runner_has_stopped_though_all_is_done_until_now(self, office: Application) -> None:
        assert seen(office, "24/03 12:05", beaten="24/03 12:03").is_well
        stopped = seen(office, "24/03 12:05", beaten="24/03 12:02")
        assert stopped.troubles == (
            "Bộ nhắc việc đã ngừng từ 12:02 thứ Ba 24/3/2026.",
            "Bộ chạy việc không chạy: quản trị chạy lệnh cchc up.",
        )

    def test_has_stopped_with_whatever_stopped_first(self, office: Application) -> None:
        health = seen(office, "26/03 12:00", beaten="24/03 20:00")
        assert health.stopped_since == at("24/03 20:00")
        health = seen(office, "26/03 12:00", beaten="26/03 09:00")
        assert health.stopped_since == at("25/03 07:00")

    def test_that_beats_ahead_of_a_clock_set_back_is_not_believed(self, office: Application) -> None:
        assert not seen(office, "24/03 12:05", beaten="24/03 12:30").beats

    def test_names_the_other_flows_that_are_silent(self, office: Application) -> None:
        assert seen(office, "24/03 12:49").is_well
        assert seen(office, "24/03 12:50").troubles == ("Gửi bù trong ngày đã ngừng từ 12:10 thứ Ba 24/3/2026.",)
        beat(office.database, "housekeeping", now=at("21/03 02:03"))
        assert seen(office, "24/03 12:05").troubles == (
            "Sao lưu và kiểm tra đêm đã ngừng từ 02:00 Chủ nhật 22/3/2026.",
        )

    def test_keeps_the_times_of_the_offices_own_zone(self, office: Application) -> None:
        tokyo = ZoneInfo("Asia/Tokyo")  # two hours ahead: its 07:00 is our 05:00
        beat(office.database, "send-reminders", now=at("23/03 12:00"))
        assert seen(office, "24/03 07:30", zone=tokyo).stopped_since == at("24/03 05:00")


class TestNewOffice:
    def test_has_stopped_only_where_a_first_time_passed_without_it(
        self, app: Application, clock: StandingClock
    ) -> None:
        beat(app.database, "runner", now=clock.now())  # set up and begun at noon of 15 December 2025
        assert engine_health(app.database, on=app.today(), now=clock.now(), zone=HERE).is_well
        clock.moment = datetime(2025, 12, 16, 0, 30, tzinfo=UTC)
        beat(app.database, "runner", now=clock.now())
        health = engine_health(app.database, on=app.today(), now=clock.now(), zone=HERE)
        assert health.stopped_since == datetime(2025, 12, 16, 7, 0, tzinfo=HERE)
        assert health.reminders.finished_at is None
