"""Channels as an administrator sets them, how they are told, and a message that tries one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import ChannelNotSet, ChannelSpeedInvalid, ContactAddressInvalid, NoRight
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel, Fault
from cchc_tasks.ports import Message, Notifier, Receipt
from cchc_tasks.services.list_channels import ChannelLine, ChannelState, list_channels
from cchc_tasks.services.set_channel import ChannelWish, resume_channel, set_channel
from cchc_tasks.services.try_channel import try_channel
from tests.conftest import actor_of

LINK = "https://cchc.example"
NOW = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def line(app: Application, channel: Channel, *, mail_is_set: bool = True) -> ChannelLine:
    lines = list_channels(app.database, actor=LOCAL_ADMINISTRATOR, on=app.today(), now=NOW, mail_is_set=mail_is_set)
    return next(one for one in lines if one.channel is channel)


def change(app: Application, channel: Channel, wish: ChannelWish) -> None:
    set_channel(app.database, channel, wish, actor=LOCAL_ADMINISTRATOR, now=NOW)


def seal(app: Application, name: SecretName) -> None:
    with app.database.write(NOW) as uow:
        uow.secrets.keep(name, "niêm phong", "quantri", NOW)


class TestStates:
    def test_follow_what_is_set_stopped_and_switched_off(self, app: Application) -> None:
        assert line(app, Channel.MAIL).state is ChannelState.USED
        assert line(app, Channel.MAIL, mail_is_set=False).missing == (SecretName.MAIL_URL,)
        assert line(app, Channel.TELEGRAM).state is ChannelState.UNSET
        seal(app, SecretName.TELEGRAM_URL)
        assert line(app, Channel.TELEGRAM).state is ChannelState.USED
        with app.database.write(NOW) as uow:
            uow.channels.rest(Channel.TELEGRAM, NOW + timedelta(minutes=5))
        assert line(app, Channel.TELEGRAM).standing(ZONE) == "đang nghỉ đến 08:05 24/3/2026"
        with app.database.write(NOW) as uow:
            uow.channels.stop(Channel.TELEGRAM, "sai mã", NOW)
        assert line(app, Channel.TELEGRAM).standing(ZONE) == "đã dừng từ 08:00 24/3/2026 vì: sai mã"
        change(app, Channel.TELEGRAM, ChannelWish(enabled=False))
        assert line(app, Channel.TELEGRAM).state is ChannelState.OFF
        assert resume_channel(app.database, Channel.TELEGRAM, actor=LOCAL_ADMINISTRATOR, now=NOW)
        change(app, Channel.TELEGRAM, ChannelWish(enabled=True))
        assert line(app, Channel.TELEGRAM).state is ChannelState.USED


class TestSettings:
    def test_change_only_what_is_wished(self, app: Application) -> None:
        change(app, Channel.SMS, ChannelWish(per_minute=30, at_once=3))
        change(app, Channel.SMS, ChannelWish(enabled=False))
        found = line(app, Channel.SMS)
        assert (found.enabled, found.per_minute, found.at_once) == (False, 30, 3)
        change(app, Channel.SMS, ChannelWish(no_limit=True))
        assert line(app, Channel.SMS).per_minute is None

    @pytest.mark.parametrize("wish", [ChannelWish(per_minute=0), ChannelWish(at_once=9), ChannelWish(per_minute=-1)])
    def test_hold_to_reason(self, app: Application, wish: ChannelWish) -> None:
        with pytest.raises(ChannelSpeedInvalid):
            change(app, Channel.SMS, wish)

    def test_are_the_administrators_alone(self, app: Application) -> None:
        office = actor_of(app, "vp.thuongtruc1")
        for deed in (
            lambda: set_channel(app.database, Channel.SMS, ChannelWish(enabled=False), actor=office, now=NOW),
            lambda: resume_channel(app.database, Channel.SMS, actor=office, now=NOW),
            lambda: try_channel(app.database, {}, Channel.SMS, "0987654321", link="", actor=office, now=NOW),
        ):
            with pytest.raises(NoRight):
                deed()


class Answering(Notifier):
    """Says what it was told to, and remembers what it was given."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        self.sent: list[Message] = []
        self.closed = False

    def send(self, message: Message) -> Receipt:
        self.sent.append(message)
        return self.receipt

    def close(self) -> None:
        self.closed = True


class TestTrying:
    @pytest.mark.parametrize("receipt", [Receipt("đã nhận"), Receipt("sai mã", Fault.STOP)])
    def test_sends_one_message_and_gives_the_answer(self, app: Application, receipt: Receipt) -> None:
        other = Answering(receipt)
        ways: dict[Channel, Callable[[], Notifier]] = {Channel.SMS: lambda: other}
        said = try_channel(
            app.database, ways, Channel.SMS, "0987 654 321", link=LINK, actor=LOCAL_ADMINISTRATOR, now=NOW
        )
        assert said == receipt
        ((message,), closed) = other.sent, other.closed
        assert closed
        assert message.recipient == "84987654321"
        assert len(message.reference) <= 48
        assert all((message.brief, message.html))
        assert message.fields
        assert message.fields.link == LINK  # a template may have a place for it
        with app.database.read() as uow:
            assert not uow.channels.of(Channel.SMS).stopped_at  # a test stops nothing
            assert "84987654321" not in str([one.details for one in uow.journal.entries()])

    def test_needs_an_address_and_a_channel_that_is_set(self, app: Application) -> None:
        with pytest.raises(ContactAddressInvalid):
            try_channel(app.database, {}, Channel.SMS, "x", link="", actor=LOCAL_ADMINISTRATOR, now=NOW)
        with pytest.raises(ChannelNotSet):
            try_channel(app.database, {}, Channel.SMS, "0987654321", link="", actor=LOCAL_ADMINISTRATOR, now=NOW)
