"""An administrator sends one test message through a channel and reads what the other side says."""

from datetime import datetime
from uuid import uuid4

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.channels import address_of, channel_named
from cchc_tasks.domain.errors import ChannelNotSet
from cchc_tasks.domain.short_words import ShortWords
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.ports import Message, Receipt, Ways
from cchc_tasks.store.database import Database

SUBJECT = "Tin thử của hệ thống nhắc việc"
TEXT = "Đây là tin thử của hệ thống nhắc việc cải cách hành chính. Không cần trả lời."


def try_channel(
    database: Database, ways: Ways, channel: Channel, address: str, *, link: str, actor: Actor, now: datetime
) -> Receipt:
    """Send a message to an address, whoever's it is, whether or not the channel is switched on.

    It is a message like any other but for its words, so that the other side takes or refuses it as it would a
    reminder; `link` leads to the pages, where a template has a place for one. Raises ContactAddressInvalid,
    ChannelNotSet, NoRight.
    """
    require(actor, Action.MANAGE_CHANNELS)
    recipient = address_of(channel, address)
    if channel not in ways:
        raise ChannelNotSet(channel=channel_named(channel))
    notifier = ways[channel]()
    try:
        receipt = notifier.send(_message(recipient, link, now))
    finally:
        notifier.close()
    with database.write(now) as uow:
        uow.note(actor.user, "channel.test", f"channel:{channel}", channel=channel, accepted=receipt.accepted)
    return receipt


def _message(recipient: str, link: str, now: datetime) -> Message:
    fields = ShortWords(
        name="Tin thử",
        unit="Tin thử",
        code="TIN-THU",
        title=SUBJECT,
        due_on=f"{now:%d/%m/%Y}",
        overdue="0 việc",
        due_soon="0 việc",
        new="0 việc",
        link=link,
    )
    return Message(
        recipient=recipient,
        recipient_name="",
        subject=SUBJECT,
        text=TEXT,
        html=f"<p>{TEXT}</p>",
        reference=f"{now:%Y%m%d}-test-{uuid4().hex[:12]}",
        fields=fields,
        brief=TEXT,
    )
