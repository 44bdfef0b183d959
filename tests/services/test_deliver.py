"""Deciding and delivering: once each, whoever runs, whatever was missed, whoever cannot be reached."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Stage
from cchc_tasks.ports import Message, Receipt
from cchc_tasks.services.decide_reminders import Decided, decide_reminders
from cchc_tasks.services.deliver import Delivered
from tests.conftest import StandingClock
from tests.journeys.chain import publish_sample
from tests.making.delivering import by_mail, delivered

MORNING = date(2026, 3, 24)


class Postbox:
    """A notifier that keeps what it is given, and refuses whom it is told to."""

    def __init__(self, **refusals: Receipt) -> None:
        self.messages: list[Message] = []
        self.refusals = refusals

    def send(self, message: Message) -> Receipt:
        refused = self.refusals.get(message.recipient.split("@")[0].replace(".", "_"))
        if refused is None:
            self.messages.append(message)
        return refused or Receipt(answer="250")

    def close(self) -> None:
        """Nothing is held."""


def run(app: Application, postbox: Postbox | None, on: date = MORNING) -> Delivered:
    return delivered(app, by_mail(postbox), on)


def decide(app: Application, on: date = MORNING) -> Decided:
    return decide_reminders(app.database, on=on, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def anywhere(app_on: Callable[[str], Application], tmp_path: Path, request: pytest.FixtureRequest) -> Application:
    """The published sample plan on each kind of database."""
    app = app_on(request.param)
    publish_sample(app, tmp_path)
    return app


class TestTwoRunsAtOnce:
    def test_decide_each_message_once_and_send_each_once(self, anywhere: Application) -> None:
        with ThreadPoolExecutor(4) as pool:
            decided = list(pool.map(lambda _: decide(anywhere), range(4)))
        assert sorted(one.planned for one in decided)[:3] == [0, 0, 0]
        postbox = Postbox()
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(lambda _: run(anywhere, postbox), range(4)))
        planned = max(one.planned for one in decided)
        assert sum(one.sent for one in done) == len(postbox.messages) == planned > 20
        assert set(Counter(message.recipient for message in postbox.messages).values()) == {1}


class TestLease:
    def test_is_told_while_another_run_holds_a_message_and_ends(
        self, published: Application, clock: StandingClock
    ) -> None:
        planned = decide(published).planned
        with published.database.write(clock.now()) as uow:
            until = clock.now() + timedelta(seconds=90)
            assert uow.outbox.claim(Channel.MAIL, MORNING, list(DeliveryKind), until=until, token="another", limit=1)
        done = run(published, Postbox())
        assert (done.sent, done.held, done.held_until) == (planned - 1, 1, clock.now() + timedelta(seconds=90))
        clock.moment += timedelta(seconds=91)
        done = run(published, Postbox())
        assert (done.sent, done.held) == (1, 0)


class TestOutage:
    def test_of_three_mornings_ends_in_one_message_with_the_most_urgent_step(self, published: Application) -> None:
        decide(published, date(2026, 3, 24))
        assert run(published, None, date(2026, 3, 24)).deferred > 20
        decide(published, date(2026, 3, 27))
        postbox = Postbox()
        done = run(published, postbox, date(2026, 3, 27))
        assert done.sent == len({message.recipient for message in postbox.messages})
        (mail,) = [message for message in postbox.messages if message.recipient.startswith("khtc.daumoi")]
        assert mail.text.count("Công khai dự toán và quyết toán ngân sách") == 1
        assert "còn 4 ngày, hạn thứ Ba 31/3/2026" in mail.text
        decide(published, date(2026, 3, 27))
        assert run(published, Postbox(), date(2026, 3, 27)).sent == 0


class TestUnreachablePeople:
    def test_do_not_stop_the_others_and_are_tried_again_next_morning(self, published: Application) -> None:
        postbox = Postbox(
            tccb_daumoi=Receipt(answer="550 khong co", fault=Fault.BAD_ADDRESS),
            vp_daumoi=Receipt(answer="451 ban", fault=Fault.AGAIN),
        )
        planned = decide(published).planned
        done = run(published, postbox)
        assert (done.sent, done.failed, done.deferred) == (planned - 2, 1, 1)
        with published.database.read() as uow:
            states = Counter(one.state for one in uow.outbox.deliveries(MORNING))
            deferred = next(one for one in uow.outbox.deliveries(MORNING) if one.state is DeliveryState.DEFERRED)
            tries = [one.answer for one in uow.outbox.attempts(deferred.id or 0)]
        assert (states[DeliveryState.FAILED], states[DeliveryState.DEFERRED]) == (1, 1)
        assert tries == ["451 ban"]
        decide(published, date(2026, 3, 25))
        postbox = Postbox()
        run(published, postbox, date(2026, 3, 25))
        assert {message.recipient.split("@")[0] for message in postbox.messages} >= {"tccb.daumoi", "vp.daumoi"}

    def test_with_a_broken_record_are_noted_and_passed_over(self, published: Application) -> None:
        planned = decide(published).planned

        class BrokenWriter:
            def __init__(self, writer: object) -> None:
                self.writer, self.written = writer, 0

            def write(self, digest: object) -> object:
                self.written += 1
                if self.written == 1:
                    raise ValueError("a record nobody foresaw")
                return self.writer.write(digest)  # type: ignore[attr-defined]

            def write_weekly(self, summary: object) -> object:
                return self.writer.write_weekly(summary)  # type: ignore[attr-defined]

        writer = BrokenWriter(published.writer)
        done = delivered(published, by_mail(Postbox()), MORNING, writer=writer)  # type: ignore[arg-type]
        assert (done.sent, done.failed) == (planned - 1, 1)


class TestWhatIsDone:
    def test_in_the_meantime_is_not_spoken_of(self, published: Application) -> None:
        planned = decide(published).planned
        with published.database.write(published.clock.now()) as uow:
            for one, _ in uow.obligations.listing():
                one.stage = Stage.SUBMITTED
        done = run(published, Postbox())
        with published.database.read() as uow:
            left = [one.kind for one in uow.outbox.deliveries(MORNING) if one.state is DeliveryState.SENT]
        assert (done.sent, done.cancelled) == (len(left), planned - len(left))
        assert set(left) == {
            DeliveryKind.WEEKLY,
            DeliveryKind.DIGEST,
        }  # the leaders' week, the secretariat's daily line


class TestDayOff:
    @pytest.mark.parametrize("day", [date(2026, 2, 17), date(2026, 3, 28), date(2026, 8, 31)])
    def test_plans_nothing(self, published: Application, day: date) -> None:
        assert decide(published, day) == Decided(working_day=False, planned=0)

    def test_that_is_worked_instead_plans_as_any_other(self, published: Application) -> None:
        assert decide(published, date(2026, 8, 22)).working_day
