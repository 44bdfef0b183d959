"""On Tổng quan and on a page of its own the engine says when it last worked, and in red since when it does not."""

from datetime import UTC, datetime, timedelta

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.schedules import SCHEDULES
from cchc_tasks.domain.vocabulary import Channel, DeliveryState
from cchc_tasks.services.beat import beat
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.raise_alert import raise_alert
from tests.conftest import StandingClock
from tests.web.conftest import Browse

TODAY_AT_SEVEN = datetime(2026, 3, 24, 0, 0, tzinfo=UTC)
STOPPED = '<b class="late">Bộ nhắc việc đã ngừng từ 07:00 thứ Ba 24/3/2026.</b>'


@pytest.fixture
def running(published: Application) -> Application:
    """Everything has run until now, eight in the morning of Tuesday 24 March 2026."""
    for one in SCHEDULES:
        beat(published.database, one.flow, "46 lượt gửi, 0 hoãn, 1 lỗi", now=published.clock.now())
    beat(published.database, "runner", now=published.clock.now())
    return published


def text_of(html: str) -> str:
    return " ".join(html.split())


class TestOverview:
    def test_says_when_the_engine_last_worked(self, running: Application, browse: Browse) -> None:
        text = text_of(browse("giamdoc").get("/tong-quan").text)
        assert "lượt sáng gần nhất xong lúc 08:00 24/3/2026, 46 lượt gửi, 0 hoãn, 1 lỗi." in text
        assert "đã ngừng" not in text

    def test_says_what_failed_today_and_what_is_tried_again(self, running: Application, browse: Browse) -> None:
        decide_reminders(running.database, on=running.today(), actor=LOCAL_ADMINISTRATOR, now=running.clock.now())
        with running.database.write(running.clock.now()) as uow:
            failed, dead, *waiting = uow.outbox.deliveries(running.today())
            failed.state, dead.state = DeliveryState.FAILED, DeliveryState.DEAD
            for one in waiting:
                one.state = DeliveryState.DEFERRED
            uow.channels.stop(Channel.MAIL, "535 sai mật khẩu", running.clock.now())
        text = browse("vp.thuongtruc1").get("/tong-quan").text
        assert '<b class="late">Kênh thư điện tử đang dừng</b>, <a href="/kenh-gui">xem Kênh gửi</a>.' in text
        assert "535" not in text
        assert f"{len(waiting)} thư chưa gửi được, đang chờ gửi lại" in text
        assert '<a href="/luot-gui?tinh-trang=khong-gui-duoc&amp;ngay=2026-03-24">2 lượt gửi lỗi hôm nay</a>' in text
        text = browse("giamdoc").get("/tong-quan").text
        assert "2 lượt gửi lỗi hôm nay." in text
        assert "/luot-gui" not in text  # not the leaders' page

    def test_says_in_red_that_it_has_stopped_though_its_runner_beats(
        self, running: Application, browse: Browse
    ) -> None:
        beat(running.database, "send-reminders", "46 lượt gửi", now=TODAY_AT_SEVEN - timedelta(days=1))
        text = browse("vp.thuongtruc1").get("/tong-quan").text
        assert STOPPED in text
        assert "Bộ chạy việc vẫn chạy nhưng lượt nhắc việc buổi sáng không hoàn thành" in text

    def test_says_so_before_there_is_a_plan(self, running: Application, browse: Browse, clock: StandingClock) -> None:
        clock.moment = datetime(2031, 3, 24, 1, 0, tzinfo=UTC)
        text = browse("giamdoc").get("/tong-quan").text
        assert "Chưa có kế hoạch nào được công bố" in text
        assert "Bộ nhắc việc đã ngừng từ" in text


class TestEnginePage:
    def test_shows_every_flow_with_its_time_and_what_it_said(self, running: Application, browse: Browse) -> None:
        text = text_of(browse("kiemtra").get("/bo-nhac-viec").text)
        assert "<b>Bộ nhắc việc chạy đều.</b>" in text
        for one in SCHEDULES:
            assert f'<th scope="row"><b>{one.name}</b></th> <td>{one.in_words()}</td>' in text
        assert text.count("46 lượt gửi, 0 hoãn, 1 lỗi") == len(SCHEDULES) + 1
        assert "07:00 24/3/2026" in text

    def test_says_since_when_which_part_is_silent(self, running: Application, browse: Browse) -> None:
        beat(running.database, "housekeeping", "đã sao lưu", now=TODAY_AT_SEVEN - timedelta(days=1))
        text = text_of(browse("quantri").get("/bo-nhac-viec").text)
        assert "Sao lưu và kiểm tra đêm đã ngừng từ 02:00 thứ Ba 24/3/2026." in text
        assert 'đã ngừng từ 02:00 24/3/2026</b><br><span class="second">đã sao lưu</span>' in text
        assert "cchc doctor" in text

    def test_lists_what_calls_for_a_hand_today(self, running: Application, browse: Browse) -> None:
        now = running.clock.now()
        raise_alert(running.database, source="x", text="Nhật ký <b>bị hỏng</b>.", on=running.today(), now=now)
        assert "Nhật ký &lt;b&gt;bị hỏng&lt;/b&gt;." in browse("quantri").get("/bo-nhac-viec").text
