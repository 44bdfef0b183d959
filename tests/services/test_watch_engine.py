"""A channel where nobody answers for an hour, and a flow silent for a day, become one alert a day by another way."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.schedules import SCHEDULES
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt
from cchc_tasks.services.beat import beat
from cchc_tasks.services.watch_engine import watch_engine

ON = date(2026, 3, 24)
SEVEN = datetime(2026, 3, 24, 0, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def office(app: Application) -> Application:
    """Every flow did its work; one message could not be handed over at seven."""
    for one in SCHEDULES:
        beat(app.database, one.flow, now=SEVEN)
    with Session(app.database.engine) as session:
        waiting = Delivery(
            person_id=1,
            channel=Channel.MAIL,
            business_on=ON,
            kind=DeliveryKind.DIGEST,
            state=DeliveryState.DEFERRED,
        )
        session.add(waiting)
        session.flush()
        for minutes in (0, 30):
            session.add(
                DeliveryAttempt(
                    delivery_id=waiting.id or 0,
                    started_at=SEVEN + timedelta(minutes=minutes),
                    accepted=False,
                    fault=Fault.UNREACHABLE,
                    answer="Không kết nối được.",
                )
            )
        session.commit()
    return app


def heard(app: Application, now: datetime) -> list[str]:
    """What the alarm says when somebody looks round."""
    said: list[str] = []
    watch_engine(app.database, on=now.astimezone(ZONE).date(), now=now, zone=ZONE, alarm=said.append)
    return said


class TestChannel:
    def test_where_nobody_answers_for_an_hour_is_told_once_that_day(self, office: Application) -> None:
        assert heard(office, SEVEN + timedelta(minutes=59)) == []
        (said,) = heard(office, SEVEN + timedelta(minutes=60))
        assert said == "Không kết nối được kênh thư điện tử từ 07:00 thứ Ba 24/3/2026; thư đang chờ gửi lại."
        assert heard(office, SEVEN + timedelta(minutes=70)) == []

    def test_that_took_the_message_after_all_is_not(self, office: Application) -> None:
        with office.database.write(SEVEN) as uow:
            (waiting,) = uow.outbox.deliveries(ON)
            waiting.state = DeliveryState.SENT
        assert heard(office, SEVEN + timedelta(hours=2)) == []


class TestFlow:
    def test_that_is_silent_for_a_day_is_told_and_the_mornings_run_is_not(self, office: Application) -> None:
        beat(office.database, "housekeeping", now=SEVEN - timedelta(days=1))
        beat(office.database, "send-reminders", now=SEVEN - timedelta(days=9))
        beat(office.database, "drain-outbox", now=SEVEN + timedelta(hours=18))
        night = datetime(2026, 3, 24, 19, 0, tzinfo=UTC)  # 02:00 of the 25th
        assert heard(office, night - timedelta(minutes=1)) == []
        assert heard(office, night) == ["Sao lưu và kiểm tra đêm đã ngừng từ 02:00 thứ Ba 24/3/2026."]
