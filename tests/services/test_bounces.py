"""A mail that comes back marks its delivery, its address where nobody is there, and is carried on by another way."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.bounces import Bounce, read_bounce
from cchc_tasks.domain.delivery_words import course_in_words, reference
from cchc_tasks.domain.errors import BounceMailboxRefused, BounceMailboxUnreachable, NoRight
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Known, ReminderState
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.ports import Notifier, Ways
from cchc_tasks.services.collect_bounces import collect_bounces, read_returned
from cchc_tasks.services.contacts import list_contacts, set_contact
from cchc_tasks.services.delivery_log import show_delivery
from cchc_tasks.services.resend_delivery import resend_delivery
from cchc_tasks.services.take_bounce import BAD_ADDRESS, NOT_REACHED, Outcome, Taken, take_bounce
from tests.conftest import actor_of
from tests.making.delivering import TERMS, delivered
from tests.making.returned_mails import report
from tests.services.deliveries import MORNING, kept, made
from tests.services.test_deliver import Postbox, decide
from tests.services.test_two_at_once import at_once

USER = "khtc.daumoi"
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]


def address(app: Application, user: str = USER) -> str:
    with app.database.read() as uow:
        contact = uow.contacts.on(uow.people.with_user(user).id or 0, Channel.MAIL)
        return contact.address if contact else ""


def reach(app: Application, channel: Channel = Channel.TELEGRAM, where: str = "1234567") -> None:
    set_contact(app.database, USER, channel, where, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


def sent(app: Application, user: str = USER, **values: Any) -> int:
    """A mail that was accepted this morning."""
    usual: dict[str, Any] = {
        "sent_at": app.clock.now(),
        "recipient": address(app, user),
        "text": "Kính gửi",
        "known": Known.ACCEPTED,
    }
    return made(app, DeliveryState.SENT, user=user, **usual | values)


def bounce(app: Application, number: int, status: str = "5.1.1", **values: Any) -> Bounce:
    one = kept(app, number)
    facts: dict[str, Any] = {
        "reference": reference(one.business_on, one.kind, number),
        "recipient": one.recipient or "",
        "status": status,
        "permanent": status.startswith("5"),
        "words": "User unknown",
        "key": "the mail's own",
    }
    return Bounce(**facts | values)


def take(app: Application, number: int, status: str = "5.1.1", on: date = MORNING, **values: Any) -> Taken:
    return take_bounce(app.database, bounce(app, number, status, **values), on=on, now=app.clock.now())


def bad_why(app: Application, user: str = USER) -> str | None:
    contacts = list_contacts(app.database, user, actor=LOCAL_ADMINISTRATOR).contacts
    return next(one.bad_why for one in contacts if one.channel is Channel.MAIL)


def alerts(app: Application, on: date = MORNING) -> list[str]:
    with app.database.read() as uow:
        return [one.text for one in uow.running.alerts(on)]


def others(app: Application, number: int) -> list[Delivery]:
    with Session(app.database.engine) as session:
        return list(session.exec(select(Delivery).where(Delivery.instead_of_id == number)))


class TestReturned:
    def test_marks_delivery_and_address_and_says_so_on_every_page(self, app: Application) -> None:
        number = sent(app)
        assert take(app, number) == Taken(Outcome.RETURNED, number, marked=True)
        assert (kept(app, number).known, kept(app, number).state) == (Known.RETURNED, DeliveryState.SENT)
        assert bad_why(app) == (
            "Thư bị trả lại (5.1.1). Hộp thư không tồn tại hoặc từ chối nhận. Kiểm tra lại địa chỉ. "
            "Máy chủ ghi: User unknown"
        )
        shown = show_delivery(app.database, number, actor=LOCAL_ADMINISTRATOR)
        (deed,) = shown.deeds
        assert deed.words.startswith("ghi nhận: Thư bị trả lại (5.1.1).")
        assert deed.words.endswith("Đã đánh dấu địa chỉ.")
        said = course_in_words(shown.course(app.clock.now()), on=MORNING, zone=TERMS.zone)
        assert said.startswith("Thư bị trả lại lúc")
        assert alerts(app) == [BAD_ADDRESS]

    @pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.4.7"])
    def test_for_a_reason_that_passes_leaves_the_address_alone(self, app: Application, status: str) -> None:
        number = sent(app)
        assert take(app, number, status) == Taken(Outcome.RETURNED, number)
        assert kept(app, number).known is Known.RETURNED
        assert bad_why(app) is None
        assert alerts(app) == [NOT_REACHED]

    def test_leaves_an_address_alone_that_is_another_by_now(self, app: Application) -> None:
        number = sent(app)
        set_contact(
            app.database, USER, Channel.MAIL, "moi@songlam.example", actor=LOCAL_ADMINISTRATOR, now=app.clock.now()
        )
        assert not take(app, number).marked
        assert bad_why(app) is None

    def test_of_many_raises_one_alert_a_day(self, app: Application) -> None:
        for user in (USER, "tccb.daumoi", "gdmn.daumoi"):
            take(app, sent(app, user))
        assert alerts(app) == [BAD_ADDRESS]

    def test_of_an_alert_raises_none(self, app: Application) -> None:
        with app.database.read() as uow:
            administrator = next(one.user for one in uow.people.lines() if one.role == "ADMINISTRATOR")
        assert take(app, sent(app, administrator, kind=DeliveryKind.ALERT)).outcome is Outcome.RETURNED
        assert alerts(app) == []


class TestForged:
    @pytest.mark.parametrize(
        ("values", "outcome"),
        [
            ({"recipient": "another@songlam.example"}, Outcome.FOREIGN),
            ({"recipient": ""}, Outcome.FOREIGN),
            ({"reference": "20260325-digest-1"}, Outcome.UNKNOWN),
            ({"reference": "20260324-weekly-1"}, Outcome.UNKNOWN),
            ({"reference": "20260324-digest-999999999"}, Outcome.UNKNOWN),
            ({"reference": "20260324-digest-9999999999"}, Outcome.UNKNOWN),
            ({"reference": None}, Outcome.UNKNOWN),
        ],
        ids=[
            "another's address",
            "no address",
            "another day",
            "another kind",
            "no delivery",
            "no number",
            "no reference",
        ],
    )
    def test_marks_nothing(self, app: Application, values: dict[str, Any], outcome: Outcome) -> None:
        number = sent(app)
        assert number == 1
        assert take(app, number, **values).outcome is outcome
        assert kept(app, number).known is Known.ACCEPTED
        assert (bad_why(app), alerts(app)) == (None, [])
        assert take(app, number).outcome is Outcome.RETURNED  # nor does it stand in the way of the true one

    def test_about_what_never_went_out_by_mail_marks_nothing(self, app: Application) -> None:
        waiting = made(app, recipient=address(app))
        other = sent(app, channel=Channel.TELEGRAM)
        assert {take(app, one).outcome for one in (waiting, other)} == {Outcome.UNKNOWN}

    def test_letters_of_the_address_may_be_large(self, app: Application) -> None:
        number = sent(app)
        assert take(app, number, recipient=address(app).upper()).outcome is Outcome.RETURNED


class TestAgain:
    def test_changes_nothing(self, app: Application) -> None:
        number = sent(app)
        take(app, number)
        at = kept(app, number).known_at
        for key in ("the mail's own", "another", None):
            assert take(app, number, key=key).outcome is Outcome.KNOWN
        assert kept(app, number).known_at == at

    def test_the_return_of_a_first_try_says_nothing_of_the_second(self, app: Application) -> None:
        number = sent(app)
        take(app, number)
        resend_delivery(app.database, number, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        delivered(app, by(Channel.MAIL, Postbox()), MORNING)
        assert kept(app, number).known is Known.ACCEPTED
        assert take(app, number).outcome is Outcome.KNOWN
        assert kept(app, number).known is Known.ACCEPTED
        assert take(app, number, key="its own").outcome is Outcome.RETURNED

    @pytest.mark.parametrize("kind", BOTH)
    def test_by_two_at_once_it_is_taken_once(self, app_on: Callable[[str], Application], kind: str) -> None:
        app = app_on(kind)
        reach(app)
        for day in range(5):
            number = sent(app, on=MORNING + timedelta(day))
            results = at_once(*[lambda one=number: take(app, one)] * 3)
            outcomes = sorted(one.outcome for one in results if isinstance(one, Taken))
            assert outcomes == sorted([Outcome.RETURNED, Outcome.KNOWN, Outcome.KNOWN]), results
            assert len(others(app, number)) == 1

    @pytest.mark.parametrize("kind", BOTH)
    def test_events_are_new_once_until_they_are_forgotten(
        self, app_on: Callable[[str], Application], kind: str
    ) -> None:
        app = app_on(kind)
        now = app.clock.now()

        def taken(key: str) -> bool:
            with app.database.write(now) as uow:
                return uow.events.take(key, now)

        assert sorted(map(bool, at_once(*[lambda: taken("a")] * 4))) == [False, False, False, True]
        assert (taken("b"), taken("b")) == (True, False)
        with app.database.write(now) as uow:
            assert (uow.events.forget_before(now), uow.events.forget_before(now + timedelta(1))) == (0, 2)
        assert taken("a")


def by(channel: Channel, notifier: Notifier) -> Ways:
    return {channel: lambda: notifier}


def morning(app: Application, on: date = MORNING) -> int:
    """The person's message of a morning, sent by mail to everybody; gives its number."""
    decide(app, on)
    delivered(app, by(Channel.MAIL, Postbox()), on)
    with Session(app.database.engine) as session:
        query = select(Delivery).where(Delivery.business_on == on, Delivery.recipient == address(app))
        return session.exec(query).one().id or 0


def rungs(app: Application, number: int) -> list[ReminderState]:
    with Session(app.database.engine) as session:
        query = select(Reminder).where(Reminder.delivery_id == number, col(Reminder.state) != ReminderState.MERGED)
        return [one.state for one in session.exec(query)]


class TestOtherChannel:
    def test_carries_the_same_matters_the_same_day_once(self, published: Application) -> None:
        number = morning(published)
        spoken = show_delivery(published.database, number, actor=LOCAL_ADMINISTRATOR).spoken
        assert spoken
        reach(published)
        assert take(published, number).other is Channel.TELEGRAM
        (other,) = others(published, number)
        assert (other.channel, other.state, other.business_on) == (Channel.TELEGRAM, DeliveryState.PLANNED, MORNING)
        bot = Postbox()
        assert delivered(published, by(Channel.TELEGRAM, bot), MORNING).sent == 1
        (message,) = bot.messages
        assert message.recipient == "1234567"
        assert message.brief
        assert show_delivery(published.database, other.id or 0, actor=LOCAL_ADMINISTRATOR).spoken == spoken
        assert set(rungs(published, other.id or 0)) == {ReminderState.SENT}
        assert delivered(published, by(Channel.TELEGRAM, bot), MORNING).sent == 0
        shown = show_delivery(published.database, number, actor=LOCAL_ADMINISTRATOR)
        said = course_in_words(shown.course(published.clock.now()), on=MORNING, zone=TERMS.zone)
        assert said.endswith("người nhận chưa nhận được; đã chuyển sang Telegram.")
        assert alerts(published) == [BAD_ADDRESS]

    def test_is_not_used_twice_for_one_message(self, published: Application) -> None:
        reach(published)
        number = morning(published)
        made(published, DeliveryState.FAILED, user=USER, channel=Channel.TELEGRAM, on=MORNING)
        taken = take(published, number)
        assert (taken.other, taken.waits) == (None, True)
        assert others(published, number) == []
        assert rungs(published, number) == []  # the next morning says it, by the channel that is left

    def test_is_told_of_an_earlier_day_with_the_next_morning(self, published: Application) -> None:
        number = morning(published)
        said = rungs(published, number)
        reach(published)
        taken = take(published, number, on=MORNING + timedelta(1))
        assert (taken.other, taken.waits, others(published, number)) == (None, True, [])
        decide(published, MORNING + timedelta(1))
        bot = Postbox()
        assert delivered(published, by(Channel.TELEGRAM, bot), MORNING + timedelta(1)).sent == 1
        with Session(published.database.engine) as session:
            query = select(Delivery.id).where(Delivery.channel == Channel.TELEGRAM)
            (later,) = session.exec(query)
        assert rungs(published, later or 0)[: len(said)] == said

    def test_where_there_is_none_leaves_everything_said(self, published: Application) -> None:
        number = morning(published)
        said = rungs(published, number)
        assert set(said) == {ReminderState.SENT}
        assert take(published, number) == Taken(Outcome.RETURNED, number, marked=True)
        assert rungs(published, number) == said

    def test_is_not_asked_while_the_mail_goes_out_again(self, published: Application) -> None:
        number = morning(published)
        reach(published)
        resend_delivery(published.database, number, actor=LOCAL_ADMINISTRATOR, now=published.clock.now())
        assert take(published, number).other is None
        assert kept(published, number).state is DeliveryState.PLANNED


class Box:
    """Mails in a test's hand; what goes wrong with the mailbox comes behind them."""

    def __init__(self, *mails: bytes, error: Exception | None = None) -> None:
        self._mails = mails
        self._error = error

    def each(self, take: Callable[[bytes], None]) -> None:
        for mail in self._mails:
            take(mail)
        if self._error:
            raise self._error


class TestCollecting:
    def test_says_counts_alone(self, app: Application) -> None:
        number = sent(app)
        own = reference(MORNING, DeliveryKind.DIGEST, number)
        ours = report(own, address(app), number="1a")
        mails = Box(ours, ours, report(own, "x@y.example", number="2b"), b"Subject: Xin chao\n\n", report(number="3c"))
        said = collect_bounces(app.database, mails, on=MORNING, now=app.clock.now())
        assert said == "1 thư bị trả lại, 1 đã biết, 2 không khớp, 1 thư khác"
        assert read_bounce(ours) is not None
        assert kept(app, number).known is Known.RETURNED

    def test_a_mailbox_that_fails_harms_no_run(self, app: Application) -> None:
        silent = Box(error=BounceMailboxUnreachable(reason="quá thời gian chờ"))
        said = collect_bounces(app.database, silent, on=MORNING, now=app.clock.now())
        assert said == "Chưa đọc được hộp thư nhận thư trả lại (quá thời gian chờ)."
        assert alerts(app) == []
        closed = Box(error=BounceMailboxRefused(reason="sai tên đăng nhập hoặc mật khẩu"))
        for _ in range(2):
            collect_bounces(app.database, closed, on=MORNING, now=app.clock.now())
        assert len(alerts(app)) == 1

    def test_is_for_those_who_manage_deliveries(self, app: Application) -> None:
        with pytest.raises(NoRight):
            read_returned(app.database, Box(), actor=actor_of(app, USER), on=MORNING, now=app.clock.now())
