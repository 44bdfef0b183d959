"""What goes wrong in a morning: every delivery ends in a stated state, nothing is lost, nobody gets it twice."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.delivery_words import course_in_words
from cchc_tasks.domain.errors import Unavailable
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState
from cchc_tasks.ports import Way
from cchc_tasks.services.deliver import Delivered
from cchc_tasks.services.delivery_log import Wanted, delivery_log
from tests.conftest import StandingClock
from tests.making.delivering import TERMS, delivered
from tests.making.mail_morning import ON, begin_anew, decided, fill_morning
from tests.smtp_server import Mailbox, running_smtp

SEVEN = datetime(2026, 3, 24, 0, tzinfo=UTC)  # in Việt Nam
PEOPLE = 40
FEW = 1_000  # obligations: the first are theirs
STAGES = {DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DEFERRED, DeliveryState.DEAD}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def app(app_on: Callable[[str], Application], clock: StandingClock, request: pytest.FixtureRequest) -> Application:
    """Forty people with mail to get at seven in the morning, on each kind of database."""
    clock.moment = SEVEN
    application = app_on(request.param)
    fill_morning(application, ON, PEOPLE, FEW)
    return application


def send(app: Application, mailbox: Mailbox) -> Delivered:
    """One run, by a mail channel that does not wait long."""
    at = app.clock.now().astimezone(TERMS.zone).time()
    return delivered(app, {Channel.MAIL: by(mailbox)}, ON, at=at)


def by(mailbox: Mailbox) -> Way:
    return partial(MailNotifier, mailbox.url, timeout=0.5)


def states(app: Application) -> Counter[DeliveryState]:
    with app.database.read() as uow:
        return Counter(one.state for one in uow.outbox.deliveries(ON) if one.kind is not DeliveryKind.ALERT)


def address(number: int) -> str:
    return f"nguoi-{1 + number // 2}-{number % 2}@songlam.example"  # the first unit owes nothing


def copies(mailbox: Mailbox) -> Counter[str]:
    return Counter(str(mail["X-CCHC-Delivery"]) for _, mail in mailbox.received)


def digests(mailbox: Mailbox) -> set[str]:
    return {reference for reference in copies(mailbox) if "alert" not in reference}


class TestOddServer:
    def test_leaves_every_message_in_a_stated_state_with_a_sentence_and_sends_the_rest(
        self, app: Application, clock: StandingClock
    ) -> None:
        planned = decided(app, ON)
        with running_smtp() as mailbox:
            mailbox.at_rcpt = {
                address(1): "550 5.1.1 no such user",
                address(2): "552 5.2.2 mailbox full",
                address(3): "554 5.7.1 policy",
                address(4): ["451 4.7.1 greylisted, try again in 5 minutes"],
                address(5): "450 4.2.0 busy",
                address(6): "hang",
                address(7): "drop",
            }
            mailbox.at_data = {
                address(8): "554 5.6.0 spam",
                address(9): "451 4.3.0 later",
                address(10): "cut",
                address(11): ["421 4.7.0 slow down"],
            }
            first = send(app, mailbox)
            assert first.sent == planned - 11
            for _ in range(10):  # until a little before the hours end; the last run tells of what was given up
                clock.moment += timedelta(minutes=62)
                send(app, mailbox)
        found = states(app)
        assert set(found) <= STAGES
        assert found[DeliveryState.SENT] == len(digests(mailbox))
        assert copies(mailbox).total() == len(copies(mailbox))
        assert found[DeliveryState.FAILED] == 4
        assert found[DeliveryState.DEFERRED] + found[DeliveryState.DEAD] == 5  # busy, hanging, dropping, later, cut
        page = delivery_log(app.database, Wanted(on=ON), actor=LOCAL_ADMINISTRATOR)
        said = {course_in_words(row.course(clock.now()), on=ON, zone=TERMS.zone) for row in page.rows}
        assert len(said) >= 6
        assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in said)

    def test_that_throttles_gets_everything_by_and_by(self, app: Application, clock: StandingClock) -> None:
        planned = decided(app, ON)
        with running_smtp() as mailbox:
            mailbox.most = 7  # messages a connection, then 421
            for _ in range(20):
                if send(app, mailbox).deferred == 0:
                    break
                clock.moment += timedelta(minutes=10)
        assert states(app) == {DeliveryState.SENT: planned}
        assert copies(mailbox).total() == planned

    def test_that_is_down_for_a_morning_loses_nothing(self, app: Application, clock: StandingClock) -> None:
        planned = decided(app, ON)
        down = Mailbox(port=9)  # nobody listens there
        for _ in range(6):
            assert send(app, down).sent == 0
            clock.moment += timedelta(minutes=30)
        assert states(app) == {DeliveryState.DEFERRED: planned}
        with running_smtp() as mailbox:
            assert send(app, mailbox).sent == planned
        assert copies(mailbox).total() == planned


class TestOddRecipient:
    def test_with_a_broken_name_or_address_keeps_nobody_else_from_their_mail(self, app: Application) -> None:
        planned = decided(app, ON)
        with app.database.engine.execution_options(cchc_writes=True).begin() as connection:
            name = sa.text('UPDATE person SET name = :name WHERE "user" = :user')
            connection.execute(name, {"name": 'A\r\nBcc: x@y.example\r\n\r\n"<b>', "user": "nguoi-1-0"})
            connection.execute(name, {"name": "", "user": "nguoi-2-0"})
            place = sa.text("UPDATE contact SET address = :address WHERE address = :before")
            connection.execute(place, {"address": "không phải địa chỉ", "before": "nguoi-3-0@songlam.example"})
            connection.execute(place, {"address": "a@b.example, c@d.example", "before": "nguoi-4-0@songlam.example"})
        with running_smtp() as mailbox:
            done = send(app, mailbox)
        assert (done.sent, done.failed) == (planned - 2, 2)
        assert {to for to, _ in mailbox.received} >= {"nguoi-1-0@songlam.example", "nguoi-2-0@songlam.example"}
        assert not {"x@y.example", "a@b.example", "c@d.example"} & {to for to, _ in mailbox.received}
        (odd,) = mailbox.to("nguoi-1-0@songlam.example")
        assert odd["Bcc"] is None


class TestClock:
    def test_set_back_sends_nothing_twice_and_holds_nothing_for_ever(
        self, app: Application, clock: StandingClock
    ) -> None:
        planned = decided(app, ON)
        with running_smtp() as mailbox:
            mailbox.at_rcpt = {address(4): ["450 4.2.0 busy"]}
            clock.moment = SEVEN + timedelta(days=300)  # the machine's battery is empty
            assert send(app, mailbox).sent == planned - 1
            clock.moment = SEVEN + timedelta(hours=1)
            assert send(app, mailbox).sent == 1
        assert copies(mailbox).total() == planned


class TestDatabase:
    def test_that_drops_its_connections_in_the_middle_is_found_again(
        self, app_on: Callable[[str], Application]
    ) -> None:
        app = app_on("postgresql")
        fill_morning(app, ON, PEOPLE, FEW)
        planned = decided(app, ON)

        def drop(_connection: object = None) -> None:
            if len(mailbox.received) in (5, 17):
                with app.database.engine.connect() as connection:
                    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    connection.execute(sa.text(others + " AND datname = current_database()"))

        with running_smtp() as mailbox:
            mailbox.mood = drop  # type: ignore[assignment]
            for _ in range(5):
                with suppress(Unavailable):
                    send(app, mailbox)
        assert states(app) == {DeliveryState.SENT: planned}
        assert copies(mailbox).total() == planned

    def test_without_room_ends_the_run_and_goes_on_once_there_is_some(
        self, app_on: Callable[[str], Application]
    ) -> None:
        app = app_on("sqlite")
        fill_morning(app, ON, PEOPLE, FEW)
        planned = decided(app, ON)
        room = {"pages": 0}

        def limit(connection: sqlite3.Connection, _record: object) -> None:
            if room["pages"]:
                connection.execute(f"PRAGMA max_page_count = {room['pages']}")

        event.listen(app.database.engine, "connect", limit)
        with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]
            room["pages"] = connection.execute(sa.text("PRAGMA page_count")).scalar_one() + 8
        app.database.engine.dispose()
        with running_smtp() as mailbox:
            impatient = replace(TERMS, pause=lambda _: None)
            with pytest.raises(Unavailable, match="full"):
                delivered(app, {Channel.MAIL: by(mailbox)}, ON, terms=impatient)
            assert 0 < len(mailbox.received) < planned
            room["pages"] = 0
            app.database.engine.dispose()
            app.clock.moment += timedelta(minutes=2)  # type: ignore[attr-defined]
            send(app, mailbox)
        assert states(app) == {DeliveryState.SENT: planned}
        assert copies(mailbox).total() <= planned + 1  # the one whose mark found no room


class TestSecondStart:
    def test_of_the_same_morning_sends_nothing(self, app: Application) -> None:
        planned = decided(app, ON)
        with running_smtp() as mailbox:
            send(app, mailbox)
            assert decided(app, ON) == 0
            assert send(app, mailbox).sent == 0
        assert copies(mailbox).total() == planned
        begin_anew(app)
