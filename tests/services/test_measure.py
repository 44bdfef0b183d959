"""Figures are counted by the database alike on both kinds, and the day before is told as it really went."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.office_digest import DayBefore
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault
from cchc_tasks.models.channel import ChannelSetting
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt
from cchc_tasks.services.beat import beat
from cchc_tasks.services.listing import list_obligations
from cchc_tasks.services.measure import measure
from cchc_tasks.store.measures import DayCounts

MONDAY, TUESDAY = date(2026, 3, 23), date(2026, 3, 24)
NOON = datetime(2026, 3, 24, 5, tzinfo=UTC)
MAIL, ZALO = Channel.MAIL, Channel.ZALO


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def anywhere(app_on: Callable[[str], Application], request: pytest.FixtureRequest) -> Application:
    return app_on(request.param)


class Outbox:
    """Puts deliveries into a database as the outbox would leave them."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._people = 0

    def add(
        self,
        state: DeliveryState,
        *faults: Fault | None,
        on: date = MONDAY,
        kind: DeliveryKind = DeliveryKind.DIGEST,
        instead_of: int | None = None,
    ) -> int:
        """One to another person each time; `faults` are those of its tries, None of one that was taken or cut off."""
        self._people += 1
        channel = ZALO if instead_of else MAIL
        with Session(self._app.database.engine) as session:
            one = Delivery(
                person_id=self._people,
                channel=channel,
                business_on=on,
                kind=kind,
                state=state,
                instead_of_id=instead_of,
            )
            session.add(one)
            session.flush()
            for fault in faults:
                session.add(
                    DeliveryAttempt(
                        delivery_id=one.id or 0, started_at=NOON, accepted=fault is None, fault=fault, answer="x"
                    )
                )
            session.commit()
            return one.id or 0


class TestDayBefore:
    def test_counts_what_went_out_what_was_refused_and_what_had_to_wait(self, anywhere: Application) -> None:
        outbox = Outbox(anywhere)
        outbox.add(DeliveryState.SENT, Fault.AGAIN, None)
        outbox.add(DeliveryState.SENT, None)
        outbox.add(DeliveryState.FAILED, Fault.CONTENT)
        outbox.add(DeliveryState.DEAD, Fault.AGAIN)
        moved = outbox.add(DeliveryState.FAILED, Fault.BAD_ADDRESS)
        outbox.add(DeliveryState.SENT, None, instead_of=moved)  # went on by the next channel
        outbox.add(DeliveryState.DEFERRED, Fault.UNREACHABLE)
        outbox.add(DeliveryState.SENT, None, on=TUESDAY)
        outbox.add(DeliveryState.PLANNED, kind=DeliveryKind.ALERT)
        with anywhere.database.read() as uow:
            assert uow.measures.day(MONDAY) == DayCounts(sent=3, failed=2, waiting=1)

    def test_is_told_alike_after_the_next_morning_took_back_what_had_not_gone_out(self, anywhere: Application) -> None:
        outbox = Outbox(anywhere)
        outbox.add(DeliveryState.CANCELLED, Fault.AGAIN, Fault.CONTENT)  # was refused
        outbox.add(DeliveryState.CANCELLED, Fault.CONTENT, Fault.AGAIN)  # would have been tried again
        outbox.add(DeliveryState.CANCELLED)  # was never tried: the channel stood still
        outbox.add(DeliveryState.CANCELLED, None)  # nothing was left to say
        with anywhere.database.read() as uow:
            assert uow.measures.day(MONDAY) == DayCounts(sent=0, failed=1, waiting=2)

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (DayBefore(MONDAY, 46, 1, 2), "Hôm qua (thứ Hai 23/3/2026): gửi 46 thư, 1 lỗi, 2 chờ gửi lại."),
            (DayBefore(date(2026, 3, 20), 3, 0, 0), "Ngày làm việc trước (thứ Sáu 20/3/2026): gửi 3 thư, 0 lỗi, 0 chờ"),
            (DayBefore(MONDAY, 0, 0, 0), "Hôm qua (thứ Hai 23/3/2026): không có thư nào được gửi."),
        ],
    )
    def test_is_one_sentence(self, day: DayBefore, words: str) -> None:
        assert day.in_words(TUESDAY).startswith(words)
        assert day.path == f"/luot-gui?ngay={day.on.isoformat()}"


class TestFigures:
    def test_are_counts_and_ages(self, anywhere: Application) -> None:
        app, outbox = anywhere, Outbox(anywhere)
        outbox.add(DeliveryState.SENT, None, on=TUESDAY)
        outbox.add(DeliveryState.SENT, None, on=TUESDAY)
        outbox.add(DeliveryState.PLANNED, on=TUESDAY, kind=DeliveryKind.ALERT)
        outbox.add(DeliveryState.DEFERRED, Fault.AGAIN, on=MONDAY)
        outbox.add(DeliveryState.CANCELLED, on=date(2026, 3, 2))
        with Session(app.database.engine) as session:
            session.merge(ChannelSetting(channel=MAIL, stopped_at=NOON, stopped_why="535"))
            session.merge(ChannelSetting(channel=ZALO))
            session.commit()
        beat(app.database, "runner", now=NOON - timedelta(seconds=30))
        beat(app.database, "send-reminders", "41 lượt gửi", now=NOON - timedelta(hours=5))
        found = measure(app.database, on=TUESDAY, now=NOON, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
        assert set(found.deliveries) == {
            (MAIL, DeliveryKind.DIGEST, DeliveryState.SENT, 2),
            (MAIL, DeliveryKind.ALERT, DeliveryState.PLANNED, 1),
        }
        assert found.oldest_waiting == timedelta(hours=29).total_seconds()  # since Monday's 07:00
        stopped = dict(found.channels)
        assert (stopped[MAIL], stopped[ZALO]) == (True, False)
        assert found.heartbeats == {"runner": 30.0, "send-reminders": 5 * 3600.0}
        assert (found.silent["runner"], found.silent["send-reminders"], found.silent["drain-outbox"]) == (
            False,
            False,
            True,
        )
        assert (found.alerts, found.standings, found.revision > "0005") == (0, [], True)

    def test_of_an_office_at_rest_are_zero(self, app: Application) -> None:
        found = measure(app.database, on=TUESDAY, now=NOON, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
        assert (found.deliveries, found.oldest_waiting, found.heartbeats) == ([], 0.0, {})

    def test_of_obligations_are_those_of_the_lists(self, published: Application) -> None:
        found = dict(measure(published.database, on=TUESDAY, now=NOON, zone=ZoneInfo("UTC")).standings)
        lines = list_obligations(published.database, on=TUESDAY, actor=LOCAL_ADMINISTRATOR)
        assert found == Counter(one.standing.value for one in lines if one.standing)
        assert found["OVERDUE"] == 19
