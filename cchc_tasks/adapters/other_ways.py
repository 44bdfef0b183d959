"""Channels that Apprise carries: Telegram, Mattermost, webhooks, SMS, any other, and Zalo Bot by our own plugin.

An administrator sets one address with `{address}` where a recipient's stands ("tgram://token/{address}",
"jsons://host/path?:to={address}"). Each message has a URL, a plugin and an Apprise object of its own, with exactly one
recipient, so that one answer is one recipient's. Nothing is repeated or slowed down here: that is the outbox's.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.plugins import NotifyBase

from cchc_tasks.adapters.apprise_hearing import hearing, quiet
from cchc_tasks.adapters.other_answers import Said, receipt_of
from cchc_tasks.adapters.zalo_bot_plugin import ZALO_BOT_BASE, ZaloBotPlugin, bot_url, register
from cchc_tasks.domain.channels import TRAITS, address_of, channel_named
from cchc_tasks.domain.errors import ChannelUrlInvalid, ContactAddressInvalid
from cchc_tasks.domain.short_words import short
from cchc_tasks.domain.vocabulary import Channel, Fault
from cchc_tasks.ports import Message, Receipt

PLACE = "{address}"
SHORTEST_SECRET = 4  # hiding fewer letters would only spoil the words around them
TIMEOUT_SECONDS = 8.0
TELEGRAM_BASE = "https://api.telegram.org"
CARRIED = frozenset(
    {Channel.ZALO_BOT, Channel.TELEGRAM, Channel.MATTERMOST, Channel.WEBHOOK, Channel.SMS, Channel.OTHER}
)
_SCHEMES = {
    Channel.TELEGRAM: ("tgram",),
    Channel.MATTERMOST: ("mmost", "mmosts", "json", "jsons"),
    Channel.WEBHOOK: ("json", "jsons", "form", "forms", "xml", "xmls"),
}
_IN_BODY = (Channel.ZALO_BOT, Channel.TELEGRAM, Channel.MATTERMOST)  # where no recipient stands in what is asked for
# Two addresses of nobody: what a plugin makes of them must be alike, and of every other address too.
_PROBES = {Channel.TELEGRAM: ("1234567", "7654321"), Channel.SMS: ("84987654321", "84912345678")}
_USUAL_PROBES = ("probe1", "probe2")


def open_way(
    channel: Channel, secret_value: str, *, timeout: float = TIMEOUT_SECONDS, base: str | None = None
) -> "OtherNotifier":
    """A Notifier for one thread; `base` is where Telegram or Zalo Bot stand, for those who reach them by a relay.

    Raises ChannelUrlInvalid, which repeats nothing of the secret.
    """
    quiet()
    register()
    return OtherNotifier(channel, secret_value.strip(), timeout=timeout, base=base)


class OtherNotifier:
    """Fulfils ports.Notifier for one channel and one address with a place for recipients."""

    def __init__(self, channel: Channel, secret_value: str, *, timeout: float, base: str | None = None) -> None:
        if channel not in CARRIED:
            raise ChannelUrlInvalid(channel=channel_named(channel), reason="kênh này không gửi theo cách này")
        self._channel = channel
        self._timeout = timeout
        self._base = base
        self._template = _placed(channel, secret_value)
        self._hidden = tuple(_hidden_parts(self._template))
        self._by_path = channel not in _IN_BODY and PLACE in self._template.partition("?")[0]
        self._asset = AppriseAsset(app_id="CCHC", async_mode=False, http_redirects=False)
        _check(channel, self._template)
        shapes = [self._shape_for(one) for one in _PROBES.get(channel, _USUAL_PROBES)]
        if shapes[0] is None or shapes[0] != shapes[1]:
            raise ChannelUrlInvalid(channel=channel_named(channel), reason="không đúng mẫu của dịch vụ")
        self._shape = shapes[0]

    def send(self, message: Message) -> Receipt:
        """Hand over one message; whatever the other side says becomes a receipt, never an exception."""
        try:
            address = address_of(self._channel, message.recipient)
        except ContactAddressInvalid as error:
            return Receipt(answer=str(error), fault=Fault.BAD_ADDRESS)
        plugin = self._plugin(address)
        if plugin is None or _shape(plugin, self._template) != self._shape:
            words = f"Không gửi được đến địa chỉ “{short(address, 60)}” qua {channel_named(self._channel)}."
            return Receipt(answer=words, fault=Fault.BAD_ADDRESS)
        text = message.brief or message.text
        most = min(TRAITS[self._channel].most, plugin.body_maxlen)
        if not text.strip() or len(text) > most:
            return Receipt(answer=f"Tin phải có nội dung và không dài quá {most} ký tự.", fault=Fault.CONTENT)
        extras = getattr(plugin, "payload_extras", None)
        if self._channel is Channel.WEBHOOK and isinstance(extras, dict):
            extras.setdefault("reference", message.reference)  # by which the other side knows a repeat
        return self._hand_over(plugin, text, message.subject if plugin.title_maxlen > 0 else "")

    def close(self) -> None:
        """Nothing is kept between messages."""

    def _hand_over(self, plugin: NotifyBase, text: str, title: str) -> Receipt:
        way = Apprise(asset=self._asset)
        way.add(plugin)
        with hearing() as heard:
            accepted = way.notify(body=text, title=title, body_format=NotifyFormat.TEXT)
        if isinstance(plugin, ZaloBotPlugin):
            return receipt_of(self._channel, plugin.said, self._hidden)
        said = Said(heard.status, heard.body, heard.broken, bool(accepted))
        return receipt_of(self._channel, said, self._hidden, by_path=self._by_path)

    def _shape_for(self, address: str) -> tuple[object, ...] | None:
        plugin = self._plugin(address)
        return _shape(plugin, self._template) if plugin else None

    def _plugin(self, address: str) -> NotifyBase | None:
        """The plugin for one recipient; None where Apprise makes none of it, or one that would write to another."""
        with hearing():
            url = self._template.replace(PLACE, quote(address, safe=""))
            plugin = Apprise.instantiate(url, asset=self._asset, suppress_exceptions=True)
        if not isinstance(plugin, NotifyBase):
            return None
        loose: Any = plugin
        loose.request_rate_per_sec = 0  # how fast is the outbox's to say
        loose.retry, loose.wait, loose.optional = 0, 0.0, False  # one try is one try, and a failure is one
        loose.redirects = False  # a message goes nowhere but to the address that was set
        loose.socket_connect_timeout = loose.socket_read_timeout = self._timeout
        if self._channel is Channel.MATTERMOST:
            loose.include_image = False  # its picture would be fetched from outside
        if isinstance(plugin, ZaloBotPlugin):
            plugin.base = (self._base or ZALO_BOT_BASE).rstrip("/")
        if self._channel is Channel.TELEGRAM:
            loose.notify_url = f"{(self._base or TELEGRAM_BASE).rstrip('/')}/bot"
        return plugin if self._has_one_recipient(loose, address) else None

    def _has_one_recipient(self, plugin: Any, address: str) -> bool:  # noqa: ANN401 - each service has its own plugin
        targets = getattr(plugin, "targets", None)
        if self._channel is Channel.MATTERMOST and getattr(plugin, "mode", "") == "webhook":
            # Apprise knows no "@user"; without a target the message would go to the webhook's own channel.
            plugin.targets = [("#", address)]
            return True
        return targets is None or len(targets) == 1


def _check(channel: Channel, template: str) -> None:
    """Raise ChannelUrlInvalid unless the place for recipients stands in the path or behind it, and nowhere else."""
    words = channel_named(channel)
    scheme, separator, rest = template.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not separator or not host:
        raise ChannelUrlInvalid(channel=words, reason="phải ghi theo mẫu dịch-vụ://…")
    if channel in _SCHEMES and scheme.lower() not in _SCHEMES[channel]:
        raise ChannelUrlInvalid(channel=words, reason=f"phải bắt đầu bằng {' hoặc '.join(_SCHEMES[channel])}://")
    if PLACE in scheme or PLACE in host or PLACE not in rest:
        raise ChannelUrlInvalid(channel=words, reason=f"phải có {PLACE} sau tên máy chủ, ở chỗ ghi địa chỉ người nhận")


def _shape(plugin: NotifyBase, template: str) -> tuple[object, ...]:
    """What no recipient's address may change: service, host, how we sign in, the path where it does not stand there."""
    loose: Any = plugin
    in_path = PLACE in template.partition("?")[0]
    return (
        type(plugin),
        *(getattr(loose, name, None) for name in ("secure", "host", "port", "user", "password", "token", "bot_token")),
        None if in_path else getattr(loose, "fullpath", None),
        *(tuple(sorted(getattr(loose, name, None) or {})) for name in ("headers", "params", "payload_extras")),
    )


def _hidden_parts(template: str) -> Iterator[str]:
    """Every part of the address that may be a secret: longer than a word that gives nothing away."""
    for one in re.split(r"[/?&=:@#]+", template.partition("://")[2].replace(PLACE, "")):
        for shown in {one, unquote(one)}:
            if len(shown) >= 6:
                yield shown
    token = re.search(r"(\d{5,}):([\w-]{8,})", unquote(template))
    if token:
        yield token[0]
    signed_in = re.match(r"[^/?#]*://([^/?#@:]*):([^/?#@]+)@", template)
    if signed_in:
        user, password = (unquote(one) for one in signed_in.groups())
        yield b64encode(f"{user}:{password}".encode()).decode().rstrip("=")  # as the head of a request says it
        if len(password) >= SHORTEST_SECRET:
            yield password


def _placed(channel: Channel, secret_value: str) -> str:
    """The address with a place for recipients, put where the service usually has it if none was written."""
    if channel is Channel.ZALO_BOT:
        return bot_url(secret_value, PLACE)
    if PLACE in secret_value:
        return secret_value
    if channel is Channel.TELEGRAM:
        before, mark, options = secret_value.partition("?")
        return f"{before.rstrip('/')}/{PLACE}{mark}{options}"
    scheme = secret_value.partition("://")[0].lower().rstrip("s")
    option = {"mmost": "to", "json": ":to", "form": ":to", "xml": ":to"}.get(scheme)
    return f"{secret_value}{'&' if '?' in secret_value else '?'}{option}={PLACE}" if option else secret_value


@dataclass(frozen=True, slots=True)
class Unusable:
    """Fulfils ports.Notifier where nothing can be sent until an administrator has set the address right."""

    why: str

    def send(self, message: Message) -> Receipt:
        """Nothing goes out."""
        return Receipt(answer=self.why, fault=Fault.STOP)

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True, slots=True)
class AppriseWay:
    """Fulfils ports.Way: opens a channel for one thread."""

    channel: Channel
    secret_value: str
    timeout: float = TIMEOUT_SECONDS
    base: str | None = None

    def __call__(self) -> "OtherNotifier | Unusable":
        """A notifier of the calling thread's own; over an address that cannot be used it says so of every message."""
        try:
            return open_way(self.channel, self.secret_value, timeout=self.timeout, base=self.base)
        except ChannelUrlInvalid as error:
            return Unusable(str(error))

    def __repr__(self) -> str:
        return f"AppriseWay({self.channel})"  # never the secret
