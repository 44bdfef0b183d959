"""What seldom happens to the outbox: clocks set back, accounts closed meanwhile, channels that fail while opening."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import event, text

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault
from cchc_tasks.models.directory import Absence
from cchc_tasks.ports import Message, Notifier, Receipt
from cchc_tasks.services.disable_user import disable_user
from cchc_tasks.services.raise_alert import raise_alert
from cchc_tasks.services.resend_delivery import resend_delivery
from cchc_tasks.store.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.making.delivering import TERMS, delivered
from tests.services.test_deliver import MORNING, decide
from tests.services.test_sending import MAIL, SEVEN, ZALO, Way, deliveries, locked_for, of, reach, refusing, run

TELEGRAM = Channel.TELEGRAM
AHEAD = timedelta(days=400)
NEXT_MORNING = MORNING + timedelta(days=1)


@pytest.fixture
def office(published: Application, clock: StandingClock) -> Application:
    """The sample plan on a morning at seven."""
    clock.moment = SEVEN
    return published


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def anywhere(app_on: Callable[[str], Application], clock: StandingClock, request: pytest.FixtureRequest) -> Application:
    """The invented Sở without any plan, on each kind of database."""
    app = app_on(request.param)
    clock.moment = SEVEN
    return app


class TestClockSetBack:
    def test_does_not_leave_a_channel_alone_for_a_year(self, office: Application) -> None:
        planned = decide(office).planned
        with office.database.write(SEVEN) as uow:
            uow.channels.rest(MAIL, SEVEN + AHEAD)
        assert run(office, {MAIL: Way()}).sent == planned
        with office.database.write(SEVEN) as uow:
            uow.channels.rest(MAIL, SEVEN + timedelta(minutes=5))
            assert uow.channels.claimable(MAIL, SEVEN, 20) == 0

    def test_does_not_use_up_the_minutes_of_a_year(self, office: Application) -> None:
        with office.database.write(SEVEN) as uow:
            uow.channels.set(MAIL, enabled=True, per_minute=7, at_once=1)
            assert uow.channels.claimable(MAIL, SEVEN + AHEAD, 20) == 7
            assert uow.channels.claimable(MAIL, SEVEN, 20) == 7
            assert uow.channels.claimable(MAIL, SEVEN, 20) == 0
            assert uow.channels.claimable(MAIL, SEVEN + timedelta(minutes=1), 20) == 7
            assert uow.channels.claimable(MAIL, SEVEN, 20) == 0  # another process's clock, a little behind

    def test_does_not_keep_a_flow_from_running_for_a_year(self, anywhere: Application) -> None:
        with anywhere.database.write(SEVEN) as uow:
            assert uow.running.take_lease("send-reminders", "killed", SEVEN + AHEAD, SEVEN + AHEAD)
            later = SEVEN + timedelta(seconds=40)
            assert uow.running.take_lease("send-reminders", "alive", later, SEVEN)
            assert not uow.running.take_lease("send-reminders", "other", later, SEVEN)

    def test_takes_back_what_a_killed_run_held_yesterday(self, office: Application, clock: StandingClock) -> None:
        decide(office)
        with office.database.write(SEVEN) as uow:
            assert uow.outbox.claim(MAIL, MORNING, list(DeliveryKind), until=SEVEN + AHEAD, token="x", limit=3)
        clock.moment += timedelta(days=1)
        decide(office, NEXT_MORNING)
        assert {one.state for one in deliveries(office)} == {DeliveryState.CANCELLED}


class TestAlerts:
    def test_on_two_channels_that_both_stop_find_one_way_together(self, anywhere: Application) -> None:
        reach(anywhere, "quantri", ZALO, "84987654321", rank=2)
        reach(anywhere, "quantri", TELEGRAM, "1234567", rank=3)
        for words, not_by in (("một", None), ("hai", MAIL)):
            raise_alert(anywhere.database, source="thử", text=words, on=MORNING, now=SEVEN, not_by=not_by)
        assert [one.channel for one in deliveries(anywhere)] == [MAIL, ZALO]
        telegram = Way()
        done = run(anywhere, {TELEGRAM: telegram})
        assert (done.sent, len(telegram.messages)) == (1, 1)
        assert all(word in telegram.messages[0].brief for word in ("một", "hai"))


class TestResent:
    def test_to_an_address_that_is_refused_plans_nothing_new(self, office: Application) -> None:
        decide(office)
        run(office, {MAIL: Way()})
        reach(office, "vp.thuongtruc1", ZALO, "84987654321")
        (delivery,) = of(office, "vp.thuongtruc1")
        resend_delivery(office.database, delivery.id or 0, actor=LOCAL_ADMINISTRATOR, now=SEVEN)
        zalo = Way()
        done = run(office, {MAIL: Way(refusing(Fault.BAD_ADDRESS)), ZALO: zalo})
        assert (zalo.messages, done.failed, done.moved) == ([], 1, 0)
        assert [one.state for one in of(office, "vp.thuongtruc1")] == [DeliveryState.FAILED]

    def test_is_not_sent_to_who_left_meanwhile(self, office: Application) -> None:
        decide(office)
        run(office, {MAIL: Way()})
        (delivery,) = of(office, "tccb.daumoi")
        resend_delivery(office.database, delivery.id or 0, actor=LOCAL_ADMINISTRATOR, now=SEVEN)
        disable_user(office.database, "tccb.daumoi", actor=LOCAL_ADMINISTRATOR, on=MORNING, now=SEVEN)
        mail = Way()
        assert run(office, {MAIL: mail}).failed == 1
        assert mail.tries == 0


class TestStandIn:
    @pytest.mark.parametrize("stand_in", ["tccb.truong", "giamdoc"])
    def test_who_left_is_not_written_to_and_who_comes_back_hears_it(
        self, office: Application, clock: StandingClock, stand_in: str
    ) -> None:
        with office.database.write(SEVEN) as uow:
            away, other = (uow.directory.person_with_user(one).id or 0 for one in ("tccb.daumoi", stand_in))
            days = {"first_on": MORNING, "last_on": MORNING, "recorded_by": "quantri", "recorded_at": SEVEN}
            uow.absences.add(Absence(person_id=away, stand_in_id=other, **days))
        decide(office)
        run(office, {MAIL: Way(refusing(Fault.AGAIN, stand_in))})
        disable_user(office.database, stand_in, actor=LOCAL_ADMINISTRATOR, on=MORNING, now=SEVEN)
        clock.moment += timedelta(minutes=10)
        mail = Way()
        assert run(office, {MAIL: mail}).failed == 1
        assert mail.tries == 0
        clock.moment += timedelta(days=1)
        decide(office, NEXT_MORNING)
        run(office, {MAIL: mail}, NEXT_MORNING)
        (message,) = [one for one in mail.messages if one.recipient.startswith("tccb.daumoi")]
        assert "Công khai" in message.text or message.dates


class TestHours:
    def test_that_end_while_a_run_is_at_work_end_it(self, office: Application, clock: StandingClock) -> None:
        planned = decide(office).planned

        def slow(_: Message) -> None:
            clock.moment += timedelta(seconds=20)

        mail = Way(slow)
        done = run(office, {MAIL: mail}, at=time(17, 58))
        assert done.sent == len(mail.messages) == 6
        assert run(office, {MAIL: mail}, at=time(17, 0)).sent == planned - 6


class TestEarlierMorning:
    def test_that_was_held_behind_the_ceiling_is_not_let_out_by_the_next_day(
        self, office: Application, clock: StandingClock
    ) -> None:
        planned = decide(office).planned
        low = replace(TERMS, ceiling=planned - 1)
        delivered(office, {MAIL: Way()}, MORNING, terms=low)
        clock.moment += timedelta(days=1)
        mail = Way()
        assert delivered(office, {MAIL: mail}, NEXT_MORNING, terms=low).sent == 0
        assert mail.messages == []
        assert decide(office, NEXT_MORNING).planned >= planned

    def test_gives_nobody_a_second_message_where_a_run_comes_before_it_is_decided(
        self, office: Application, clock: StandingClock
    ) -> None:
        decide(office)
        run(office, {})
        clock.moment += timedelta(days=1)
        mail = Way()
        assert run(office, {MAIL: mail}, NEXT_MORNING).sent == 0
        decide(office, NEXT_MORNING)
        run(office, {MAIL: mail}, NEXT_MORNING)
        assert len(mail.names) == len(set(mail.names)) > 20


class TestCeiling:
    def test_holds_what_is_decided_while_a_run_is_at_work(self, office: Application) -> None:
        raise_alert(office.database, source="thử", text="một", on=MORNING, now=SEVEN)

        def deciding(_: Message) -> None:
            decide(office)  # while the message is in the air

        mail = Way(deciding)
        delivered(office, {MAIL: mail}, MORNING, terms=replace(TERMS, ceiling=5))
        assert [one.kind for one in mail.messages] == [DeliveryKind.ALERT]


class TestPace:
    def test_makes_nobody_wait_where_nothing_is_left(self, office: Application, clock: StandingClock) -> None:
        raise_alert(office.database, source="thử", text="một", on=MORNING, now=SEVEN)
        with office.database.write(SEVEN) as uow:
            uow.channels.set(MAIL, enabled=True, per_minute=7, at_once=1)
        waits: list[float] = []
        assert delivered(office, {MAIL: Way()}, MORNING, terms=replace(TERMS, pause=waits.append)).sent == 1
        assert waits == []


class Unopened:
    """A channel that cannot even be opened, or closed."""

    def __init__(self) -> None:
        self.opened = 0

    def __call__(self) -> Notifier:
        self.opened += 1
        raise RuntimeError("không mở được")


class Unclosed(Way):
    def close(self) -> None:
        raise OSError("đã đóng rồi")


class TestChannelThatBreaks:
    def test_while_it_is_opened_rests_and_the_others_go_on(self, office: Application) -> None:
        reach(office, "tccb.daumoi", ZALO, "84987654321", rank=0)
        planned = decide(office).planned
        done = run(office, {MAIL: Way(), ZALO: Unopened()})
        assert (done.sent, done.deferred) == (planned - 1, 1)
        (waits,) = of(office, "tccb.daumoi")
        assert (waits.state, waits.failures) == (DeliveryState.DEFERRED, 0)

    def test_while_it_is_closed_harms_nothing(self, office: Application) -> None:
        planned = decide(office).planned
        assert run(office, {MAIL: Unclosed()}).sent == planned


ODD = [
    Receipt("250 ok\x00 \udcff", reference="a\x00b\udcff"),
    Receipt("450 \x00", fault=Fault.AGAIN, wait=1e300),
    Receipt("450", fault=Fault.UNREACHABLE, wait=float("inf")),
    Receipt("450", fault=Fault.AGAIN, wait=float("nan")),
    Receipt("450", fault=Fault.AGAIN, wait=-5.0),
]


class TestOddAnswers:
    @pytest.mark.parametrize("odd", ODD, ids=["characters", "endless", "infinite", "nan", "negative"])
    def test_are_kept_as_far_as_they_can_be_and_end_no_run(self, anywhere: Application, odd: Receipt) -> None:
        raise_alert(anywhere.database, source="thử", text="một", on=MORNING, now=SEVEN)
        mail = Way(lambda _: odd)
        run(anywhere, {MAIL: mail})
        (delivery,) = deliveries(anywhere)
        assert delivery.state is (DeliveryState.DEFERRED if odd.fault else DeliveryState.SENT)
        assert delivery.next_at is None or SEVEN < delivery.next_at <= SEVEN + timedelta(days=1)
        assert mail.tries == 1


class TestLockedDatabase:
    def test_where_messages_are_taken_is_waited_for(self, office: Application, clock: StandingClock) -> None:
        planned = decide(office).planned
        with office.database.write(SEVEN) as uow:
            uow.channels.set(MAIL, enabled=True, per_minute=7, at_once=1)
        office.database.close()
        impatient = replace(office, database=type(office.database)(office.settings.database, busy_seconds=0.1))
        holders = []

        def pause(seconds: float) -> None:
            if seconds > 10 and not holders:  # the next minute is waited for
                holder = locked_for(office, 0.5)
                holder.__enter__()
                holders.append(holder)
            elif seconds < 10:
                threading.Event().wait(seconds)
            clock.moment += timedelta(seconds=seconds)

        mail = Way()
        done = delivered(impatient, {MAIL: mail}, MORNING, terms=replace(TERMS, pause=pause))
        holders[0].__exit__(None, None, None)
        impatient.database.close()
        assert done.sent == planned


@contextmanager
def statements(app: Application) -> Iterator[list[tuple[str, object]]]:
    """What is asked of the database inside the block."""
    asked: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(app.database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(app.database.engine, "before_cursor_execute", note)


KINDS = list(DeliveryKind)
STEPS: dict[str, Callable[[UnitOfWork], object]] = {
    "reap": lambda uow: uow.outbox.reap(SEVEN, TERMS.lease),
    "due_again": lambda uow: uow.outbox.due_again(MORNING, KINDS, SEVEN),
    "try_now": lambda uow: uow.outbox.try_now(MORNING, KINDS),
    "change_channel": lambda uow: uow.outbox.change_channel(MORNING, KINDS, [ZALO]),
    "put_off": lambda uow: uow.outbox.put_off(MORNING, KINDS, [ZALO], None),
    "waiting": lambda uow: uow.outbox.waiting(MORNING, KINDS),
    "deferred": lambda uow: uow.outbox.deferred(MORNING, KINDS),
    "held": lambda uow: uow.outbox.held(SEVEN),
    "claim": lambda uow: uow.outbox.claim(MAIL, MORNING, KINDS, until=SEVEN, token="x", limit=20),
    "in_batch": lambda uow: uow.batches.in_batch(MORNING),
    "release_older": lambda uow: uow.mornings.release_older(MORNING, SEVEN),
    "oldest_waiting": lambda uow: uow.measures.oldest_waiting(),
}


class TestYearsOfDeliveries:
    def test_are_passed_over_by_an_index_in_every_step(self, anywhere: Application) -> None:
        """What waits is found by its state, a morning's own by its day; all the days that are behind are never read."""
        is_sqlite = anywhere.database.is_sqlite
        for name, step in STEPS.items():
            with anywhere.database.rehearse(SEVEN) as uow:
                connection = uow.outbox._session.connection()
                if not is_sqlite:
                    connection.execute(text("SET LOCAL enable_seqscan = off"))  # else a small table is read whole
                with statements(anywhere) as asked:
                    step(uow)
                statement, parameters = asked[0]
                explained = f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{statement}"
                plan = str(connection.exec_driver_sql(explained, parameters).all())  # type: ignore[arg-type]
            assert f"ix_delivery_{'business_on' if name == 'in_batch' else 'waiting'}" in plan, (name, plan)
            assert "Scan on delivery " not in plan.replace("Bitmap Heap Scan", ""), (name, plan)
            assert "SCAN delivery" not in plan, (name, plan)
