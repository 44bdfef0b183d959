"""How a run gets messages out: by which channel, how fast, and what it does when something goes wrong on the way."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.retrying import MOST_TRIES
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.ports import Message, Receipt, Ways
from cchc_tasks.services.deliver import Delivered
from tests.conftest import StandingClock
from tests.making.delivering import TERMS, delivered
from tests.services.test_deliver import MORNING, decide

SEVEN = datetime(2026, 3, 24, 0, tzinfo=UTC)  # in Việt Nam
MAIL, ZALO = Channel.MAIL, Channel.ZALO


class Way:
    """A channel in the test's hand: keeps what it is given; `answer` says what becomes of a message."""

    def __init__(self, answer: Callable[[Message], Receipt | None] = lambda _: None) -> None:
        self.messages: list[Message] = []
        self.tries = 0
        self._answer = answer

    def __call__(self) -> "Way":
        return self

    def send(self, message: Message) -> Receipt:
        self.tries += 1
        refused = self._answer(message)
        if refused is None:
            self.messages.append(message)
        return refused or Receipt(answer="250", reference=f"<{message.reference}>")

    def close(self) -> None:
        """Nothing is held."""

    @property
    def names(self) -> list[str]:
        """To whom messages went."""
        return [message.recipient for message in self.messages]


def refusing(fault: Fault, *names: str, wait: float | None = None) -> Callable[[Message], Receipt | None]:
    """Refuses these recipients, or everybody where none is named."""
    refusal = Receipt(answer="không", fault=fault, wait=wait)
    return lambda message: refusal if not names or message.recipient.startswith(names) else None


@pytest.fixture
def office(published: Application, clock: StandingClock) -> Application:
    """The sample plan on a morning at seven."""
    clock.moment = SEVEN
    return published


def run(app: Application, ways: Ways, on: date = MORNING, at: time = time(7)) -> Delivered:
    return delivered(app, ways, on, at=at)


def deliveries(app: Application, on: date = MORNING) -> list[Delivery]:
    with app.database.read() as uow:
        return list(uow.outbox.deliveries(on))


def of(app: Application, user: str, on: date = MORNING) -> list[Delivery]:
    with app.database.read() as uow:
        person = uow.directory.person_with_user(user).id
    return [one for one in deliveries(app, on) if one.person_id == person]


def reach(app: Application, user: str, channel: Channel, address: str, rank: int = 2) -> int:
    """Give a person another address; gives the person's id."""
    with app.database.write(app.clock.now()) as uow:
        person = uow.directory.person_with_user(user).id or 0
        uow.contacts.set(person, channel, address, rank)
        return person


class TestAnotherChannel:
    def test_carries_what_a_wrong_address_could_not_in_the_same_run(self, office: Application) -> None:
        person = reach(office, "tccb.daumoi", ZALO, "84987654321")
        planned = decide(office).planned
        mail, zalo = Way(refusing(Fault.BAD_ADDRESS, "tccb.daumoi")), Way()
        done = run(office, {MAIL: mail, ZALO: zalo})
        assert (done.sent, done.moved, done.failed) == (planned, 1, 0)
        assert zalo.names == ["84987654321"]
        first, second = of(office, "tccb.daumoi")
        assert (first.state, second.state, second.instead_of_id) == (DeliveryState.FAILED, DeliveryState.SENT, first.id)
        with office.database.read() as uow:
            contact = uow.contacts.on(person, MAIL)
            assert contact
            assert (contact.bad_since, contact.bad_why) == (SEVEN, "không")
            assert uow.rungs.of_deliveries([first.id or 0, second.id or 0]) == {}  # all of it is said

    def test_is_the_first_one_on_the_mornings_after(self, office: Application) -> None:
        reach(office, "tccb.daumoi", ZALO, "84987654321")
        decide(office)
        run(office, {MAIL: Way(refusing(Fault.BAD_ADDRESS, "tccb.daumoi")), ZALO: Way()})
        mail, zalo = Way(), Way()
        for day in range(25, 32):
            decide(office, date(2026, 3, day))
            run(office, {MAIL: mail, ZALO: zalo}, date(2026, 3, day))
        assert not any(name.startswith("tccb.daumoi") for name in mail.names)
        assert set(zalo.names) == {"84987654321"}

    def test_is_the_one_that_a_person_prefers(self, office: Application) -> None:
        reach(office, "tccb.daumoi", ZALO, "84987654321", rank=0)
        decide(office)
        mail, zalo = Way(), Way()
        run(office, {MAIL: mail, ZALO: zalo})
        assert zalo.names == ["84987654321"]
        assert not any(name.startswith("tccb.daumoi") for name in mail.names)

    def test_takes_over_where_the_preferred_one_is_not_set(self, office: Application) -> None:
        reach(office, "tccb.daumoi", ZALO, "84987654321", rank=0)
        planned = decide(office).planned
        mail = Way()
        assert run(office, {MAIL: mail}).sent == planned
        assert sum(name.startswith("tccb.daumoi") for name in mail.names) == 1
        assert [one.channel for one in of(office, "tccb.daumoi")] == [MAIL]

    def test_without_one_the_message_fails_and_the_address_is_tried_again_next_morning(
        self, office: Application
    ) -> None:
        decide(office)
        assert run(office, {MAIL: Way(refusing(Fault.BAD_ADDRESS, "tccb.daumoi"))}).failed == 1
        decide(office, date(2026, 3, 25))
        mail = Way()
        run(office, {MAIL: mail}, date(2026, 3, 25))
        assert sum(name.startswith("tccb.daumoi") for name in mail.names) == 1


class TestChannelThatStops:
    def test_hands_its_people_to_their_next_one_and_tells_the_administrator_by_another(
        self, office: Application
    ) -> None:
        reach(office, "tccb.daumoi", ZALO, "84987654321")
        reach(office, "quantri", ZALO, "84911111111")
        planned = decide(office).planned
        mail, zalo = Way(refusing(Fault.STOP)), Way()
        done = run(office, {MAIL: mail, ZALO: zalo})
        assert (mail.tries, mail.messages) == (1, [])
        assert sorted(zalo.names) == ["84911111111", "84987654321"]
        assert "không" in next(one for one in zalo.messages if one.kind is DeliveryKind.ALERT).brief
        assert (done.sent, done.deferred) == (2, planned - 1)
        assert {one.state for one in deliveries(office)} == {DeliveryState.SENT, DeliveryState.DEFERRED}

    def test_is_left_alone_until_it_is_resumed(self, office: Application) -> None:
        planned = decide(office).planned
        run(office, {MAIL: Way(refusing(Fault.STOP))})
        mail = Way()
        assert run(office, {MAIL: mail}, at=time(9)).sent == 0
        with office.database.write(office.clock.now()) as uow:
            uow.channels.resume(MAIL)
        assert run(office, {MAIL: mail}, at=time(9)).sent == planned + 1  # with the alert to the administrator

    def test_is_tried_again_the_next_morning(self, office: Application, clock: StandingClock) -> None:
        decide(office)
        run(office, {MAIL: Way(refusing(Fault.STOP))})
        clock.moment += timedelta(days=1)
        planned = decide(office, date(2026, 3, 25)).planned
        mail = Way()
        assert delivered(office, {MAIL: mail}, date(2026, 3, 25), afresh=True).sent == planned + 1


class TestBeginningAfresh:
    def test_tries_at_once_what_was_put_off_and_what_rests(self, office: Application) -> None:
        planned = decide(office).planned
        run(office, {MAIL: Way(refusing(Fault.UNREACHABLE))})
        mail = Way()
        assert run(office, {MAIL: mail}).sent == 0
        assert delivered(office, {MAIL: mail}, MORNING, afresh=True).sent == planned


class TestSilentServer:
    def test_is_tried_three_times_and_then_left_to_rest_with_everything_kept(
        self, office: Application, clock: StandingClock
    ) -> None:
        planned = decide(office).planned
        silent = Way(refusing(Fault.UNREACHABLE))
        done = run(office, {MAIL: silent})
        assert (silent.tries, done.sent, done.deferred) == (3, 0, planned)
        assert {(one.state, one.failures) for one in deliveries(office)} == {(DeliveryState.DEFERRED, 0)}
        mail = Way()
        clock.moment += timedelta(minutes=4)
        assert run(office, {MAIL: mail}, at=time(7, 4)).sent == 0
        clock.moment += timedelta(minutes=2)
        assert run(office, {MAIL: mail}, at=time(7, 6)).sent == planned

    def test_that_answers_now_and_then_is_not_left_alone(self, office: Application) -> None:
        planned = decide(office).planned
        turns = iter(range(10_000))
        silence = Receipt(answer="không", fault=Fault.UNREACHABLE)
        now_and_then = Way(lambda _: silence if next(turns) % 3 else None)
        done = run(office, {MAIL: now_and_then})
        assert (done.sent + done.deferred, now_and_then.tries) == (planned, planned)


class TestAllowance:
    def test_used_up_in_the_middle_keeps_the_rest_for_tomorrow(self, office: Application, clock: StandingClock) -> None:
        planned = decide(office).planned
        used = Way()
        limit = Receipt(answer="hết số tin", fault=Fault.TOMORROW)
        used._answer = lambda _: limit if len(used.messages) == 5 else None
        done = run(office, {MAIL: used})
        assert (done.sent, used.tries, done.deferred) == (5, 6, planned - 5)
        clock.moment += timedelta(hours=8)
        assert run(office, {MAIL: Way()}, at=time(15)).sent == 0
        clock.moment = SEVEN + timedelta(days=1)
        decide(office, date(2026, 3, 25))
        mail = Way()
        run(office, {MAIL: mail}, date(2026, 3, 25))
        assert len(mail.messages) >= planned - 5


class TestPace:
    def test_is_kept_minute_by_minute(self, office: Application, clock: StandingClock) -> None:
        planned = decide(office).planned
        with office.database.write(clock.now()) as uow:
            uow.channels.set(MAIL, enabled=True, per_minute=7, at_once=1)

        def pause(seconds: float) -> None:
            clock.moment += timedelta(seconds=seconds)

        minutes: Counter[datetime] = Counter()
        mail = Way(lambda _: minutes.update([clock.moment.replace(second=0)]))
        done = delivered(office, {MAIL: mail}, MORNING, terms=replace(TERMS, pause=pause))
        assert done.sent == planned > 3 * 7
        assert max(minutes.values()) == 7
        assert all(later - earlier == timedelta(minutes=1) for earlier, later in pairwise(sorted(minutes)))


class TestTryAfterTry:
    def test_ends_as_given_up_with_a_word_to_the_administrator_and_the_next_morning_speaks_of_it_again(
        self, office: Application, clock: StandingClock
    ) -> None:
        decide(office)
        busy = Way(refusing(Fault.AGAIN, "tccb.daumoi"))
        dead = 0
        for _ in range(MOST_TRIES):
            dead += run(office, {MAIL: busy}, at=time(9)).dead
            clock.moment += timedelta(minutes=95)
        (given_up,) = of(office, "tccb.daumoi")
        assert (given_up.state, given_up.failures, dead) == (DeliveryState.DEAD, MOST_TRIES, 1)
        assert any(one.kind is DeliveryKind.ALERT for one in deliveries(office))
        decide(office, date(2026, 3, 25))
        mail = Way()
        run(office, {MAIL: mail}, date(2026, 3, 25))
        assert sum(name.startswith("tccb.daumoi") for name in mail.names) == 1

    def test_waits_its_time(self, office: Application, clock: StandingClock) -> None:
        decide(office)
        run(office, {MAIL: Way(refusing(Fault.AGAIN, "tccb.daumoi", wait=1200))})
        mail = Way()
        clock.moment += timedelta(minutes=19)
        run(office, {MAIL: mail}, at=time(7, 19))
        assert mail.messages == []
        clock.moment += timedelta(minutes=2)
        run(office, {MAIL: mail}, at=time(7, 21))
        assert len(mail.messages) == 1


class TestLease:
    def test_is_renewed_while_a_slow_server_takes_its_time(self, office: Application, clock: StandingClock) -> None:
        planned = decide(office).planned
        other = Way()

        def slow(_: Message) -> None:
            clock.moment += timedelta(seconds=20)
            if len(mail.messages) % 5 == 4:  # a batch takes longer than a lease, and another run looks for work
                run(office, {MAIL: other})

        mail = Way(slow)
        run(office, {MAIL: mail})
        assert sorted(Counter(mail.names + other.names).values())[-1] == 1
        assert len(mail.names + other.names) == planned

    def test_that_was_lost_sends_nothing_more_of_its_batch(self, office: Application, clock: StandingClock) -> None:
        planned = decide(office).planned
        thief = Way()

        def asleep(_: Message) -> None:
            if not mail.messages:  # the machine sleeps for an hour with the first message in the air
                clock.moment += timedelta(hours=1)
                run(office, {MAIL: thief}, at=time(8))

        mail = Way(asleep)
        run(office, {MAIL: mail})
        repeats = Counter(mail.names + thief.names)
        assert len(repeats) == planned
        assert sorted(repeats.values())[-2:] == [1, 2]  # the one in the air alone

    def test_of_a_clock_that_ran_ahead_is_not_waited_for(self, office: Application, clock: StandingClock) -> None:
        planned = decide(office).planned
        with office.database.write(clock.now()) as uow:
            ahead = clock.now() + timedelta(days=400)
            assert len(uow.outbox.claim(MAIL, MORNING, list(DeliveryKind), until=ahead, token="x", limit=3)) == 3
        assert run(office, {MAIL: Way()}).sent == planned


@contextmanager
def locked_for(app: Application, seconds: float) -> Iterator[None]:
    """Another program holds the database's writing lock for a while."""
    path = app.settings.home / "cchc.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        release = threading.Timer(seconds, connection.rollback)
        release.start()
        yield
        release.join()


class TestDatabase:
    def test_that_is_locked_when_a_message_is_out_is_told_of_it_later(self, office: Application) -> None:
        """The wait for a lock is ten seconds; held longer, marking is tried again, and the message is not repeated."""
        decide(office)
        office.database.close()
        impatient = replace(office, database=type(office.database)(office.settings.database, busy_seconds=0.1))
        mail, holders = Way(), []

        def lock(_: Message) -> None:
            if not mail.messages:
                holder = locked_for(office, 0.8)
                holder.__enter__()
                holders.append(holder)

        mail._answer = lock
        with closing(impatient.database):
            done = delivered(impatient, {MAIL: mail}, MORNING)
        holders[0].__exit__(None, None, None)
        assert done.sent == len(mail.names) == len(set(mail.names))


class TestCeiling:
    def test_holds_a_batch_back_until_the_office_lets_it_go_while_the_alert_goes_out(self, office: Application) -> None:
        planned = decide(office).planned
        low = replace(TERMS, ceiling=planned - 1)
        mail = Way()
        done = delivered(office, {MAIL: mail}, MORNING, terms=low)
        assert (done.held_back, done.sent, [one.kind for one in mail.messages]) == (planned, 1, [DeliveryKind.ALERT])
        assert f"{planned} lượt gửi" in mail.messages[0].text
        with office.database.write(office.clock.now()) as uow:
            uow.batches.release(MORNING, planned, "vp.thuongtruc1", office.clock.now())
        assert delivered(office, {MAIL: mail}, MORNING, terms=low).sent == planned


class TestResending:
    def test_repeats_the_kept_words_to_the_present_address_with_the_same_reference(self, office: Application) -> None:
        decide(office)
        mail = Way()
        run(office, {MAIL: mail})
        sent = next(one for one in mail.messages if one.recipient.startswith("tccb.daumoi"))
        (delivery,) = of(office, "tccb.daumoi")
        reach(office, "tccb.daumoi", MAIL, "moi@songlam.example", rank=1)
        with office.database.write(office.clock.now()) as uow:
            uow.delivery_deeds.move([delivery.id or 0], DeliveryState.PLANNED)
        again = Way()
        run(office, {MAIL: again}, at=time(9))
        (message,) = again.messages
        assert (message.recipient, message.reference) == ("moi@songlam.example", sent.reference)
        assert (message.subject, message.text) == (delivery.subject, delivery.text)
        with office.database.read() as uow:
            assert [one.accepted for one in uow.outbox.attempts(delivery.id or 0)] == [True, True]
            assert uow.rungs.of_deliveries([delivery.id or 0]) == {}
