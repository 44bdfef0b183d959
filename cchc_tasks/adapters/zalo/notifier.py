"""Sends messages through a Zalo Official Account, one recipient at a time, and says in words what Zalo answered."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from apprise import Apprise

from cchc_tasks.adapters.zalo.access import ZaloAccess
from cchc_tasks.adapters.zalo.allowance import Allowance
from cchc_tasks.adapters.zalo.bodies import Body, DoesNotFit, consultation_body, group_body, phone_body, user_body
from cchc_tasks.adapters.zalo.client import MOST_FIGURES, Answer, NotAnswered, ZaloClient
from cchc_tasks.adapters.zalo.plugin import ZaloPlugin, address_url, register
from cchc_tasks.adapters.zalo.settings import Template, ZaloSettings
from cchc_tasks.domain.errors import (
    PhoneInvalid,
    SecretUnopenable,
    Unavailable,
    ZaloConsentNeeded,
    ZaloNotSet,
    ZaloSetWrong,
    ZaloUnreachable,
)
from cchc_tasks.domain.phones import zalo_phone
from cchc_tasks.domain.short_words import ShortWords
from cchc_tasks.domain.vocabulary import Channel, Fault, Known
from cchc_tasks.ports import Clock, Message, Receipt, Way

CHANNELS = (Channel.ZALO, Channel.ZALO_USER, Channel.ZALO_GROUP)
TOO_FAST, TEMPLATE_SPENT = -32, -147
_ID = re.compile(r"[0-9A-Za-z_-]+")
_REFERENCE = re.compile(r"[0-9A-Za-z_.:=+/-]{1,100}")  # as the webhook of receipt knows them


def zalo_ways(settings: ZaloSettings, access: ZaloAccess, clock: Clock, zone: ZoneInfo) -> dict[Channel, Way]:
    """The three ways through an Official Account; `access` is shared by all threads."""
    return {one: partial(ZaloNotifier, one, settings, access, clock, zone) for one in CHANNELS}


class ZaloNotifier:
    """Fulfils ports.Notifier for one thread and one of the channels ZALO, ZALO_USER and ZALO_GROUP."""

    def __init__(
        self, channel: Channel, settings: ZaloSettings, access: ZaloAccess, clock: Clock, zone: ZoneInfo
    ) -> None:
        self._channel = channel
        self._settings = settings
        self._access = access
        self._clock = clock
        self._zone = zone
        self._client = ZaloClient(settings.limits.answer_seconds)
        self._allowance = Allowance()
        self._apprise = Apprise()  # looks for the machine's language each time it is made
        register()

    def send(self, message: Message) -> Receipt:
        """Hand over one message; whatever Zalo says becomes a receipt, never an exception."""
        recipient = self._recipient(message.recipient)
        if not recipient:
            return Receipt(f"Nơi nhận Zalo “{message.recipient}” không đúng.", Fault.BAD_ADDRESS)
        plugin = Apprise.instantiate(address_url(self._channel.lower(), recipient))
        if not isinstance(plugin, ZaloPlugin) or plugin.recipient != recipient:
            return Receipt(f"Nơi nhận dựng được khác người nhận “{message.recipient}”.", Fault.CONTENT)
        plugin.hand_over = partial(self._handed_over, message)
        self._apprise.clear()
        self._apprise.add(plugin)
        self._apprise.notify(body="-")  # the hand-over knows what is said
        return plugin.receipt or Receipt("Chưa gửi được tin Zalo.", Fault.AGAIN)

    def known(self, reference: str) -> Known | None:
        """What Zalo knows of a template that it accepted; None where it does not say."""
        address = self._settings.addresses.status
        try:
            answer = self._asked(lambda token: self._client.get(address, token, message_id=reference))
        except (NotAnswered, Unavailable):
            return None
        return _KNOWN.get(str(answer.data.get("status"))) if answer.code == 0 else None

    def close(self) -> None:
        """Let go of the kept connection."""
        self._client.close()

    def _recipient(self, text: str) -> str:
        if self._channel is not Channel.ZALO:
            return text if _ID.fullmatch(text) else ""
        try:
            return zalo_phone(text)
        except PhoneInvalid:
            return ""

    def _handed_over(self, message: Message, recipient: str) -> Receipt:
        if self._channel is Channel.ZALO_GROUP:
            return self._text("group", group_body, recipient, message)
        if self._channel is Channel.ZALO_USER and self._may_answer(message):
            return self._text("consultation", consultation_body, recipient, message)
        return self._template(recipient, message)

    def _may_answer(self, message: Message) -> bool:
        """Zalo lets an account write freely to who wrote to it within so many days."""
        lately = timedelta(days=self._settings.limits.lately_days)
        return message.heard_at is not None and self._clock.now() - message.heard_at < lately

    def _text(self, name: str, body: Callable[[str, str, int], Body], recipient: str, message: Message) -> Receipt:
        if not message.brief.strip():
            return Receipt("Tin không có nội dung ngắn để gửi qua Zalo.", Fault.CONTENT)
        return self._sent(name, body(recipient, message.brief, self._settings.limits.text))

    def _template(self, recipient: str, message: Message) -> Receipt:
        template = self._settings.templates.get(message.kind)
        if template is None:
            return self._without_template(message)
        if message.fields is None:
            return Receipt("Tin này không có phần nào đưa được vào mẫu tin Zalo.", Fault.OTHER_CHANNEL)
        if len(message.reference) > self._settings.limits.reference:
            return Receipt(f"Mã theo dõi “{message.reference}” dài hơn Zalo cho phép.", Fault.CONTENT)
        try:
            name, body = self._template_body(recipient, template, message.fields, message.reference)
        except DoesNotFit as reason:
            return Receipt(f"{reason.words}.", Fault.OTHER_CHANNEL if reason.empty else Fault.CONTENT)
        return self._sent(name, body, template)

    def _template_body(
        self, recipient: str, template: Template, fields: ShortWords, reference: str
    ) -> tuple[str, Body]:
        if self._channel is Channel.ZALO:
            return "phone", phone_body(recipient, template, fields, reference)
        return "user", user_body(recipient, template, fields)

    def _without_template(self, message: Message) -> Receipt:
        """The channel stops where it can send nothing at all; where it can send something else, it goes on."""
        words = f"Chưa có mẫu tin Zalo cho loại tin này: ghi id ở mục templates.{message.kind} của config/zalo.toml."
        goes_on = self._settings.templates or self._channel is Channel.ZALO_USER
        return Receipt(words, Fault.OTHER_CHANNEL if goes_on else Fault.STOP)

    def _sent(self, name: str, body: Body, template: Template | None = None) -> Receipt:
        address = getattr(self._settings.addresses, name)
        try:
            refused = self._refused_before(name, template)
            return refused or self._receipt(
                self._asked(lambda token: self._client.post(address, token, body)), template
            )
        except NotAnswered as silence:
            return _silent(silence)
        except Unavailable as error:
            return _without_token(error)

    def _refused_before(self, name: str, template: Template | None) -> Receipt | None:
        """What Zalo would only refuse is not asked."""
        now = self._clock.now().astimezone(self._zone)
        hours = self._settings.hours.get(name)
        if hours and now.time() not in hours:
            return Receipt(f"Ngoài giờ gửi loại tin Zalo này ({hours}), chờ đến sáng.", Fault.MORNING)
        rest = self._allowance.resting()
        if rest:
            return Receipt("Đã gọi Zalo đủ số lần trong phút này.", Fault.AGAIN, wait=rest)
        if template is None:
            return None
        if not self._allowance.is_told(now.date()):
            self._allowance.tell(now.date(), self._quota())
        if self._allowance.used_up(template.id, now.date()):
            return Receipt("Đã hết số tin mẫu Zalo được gửi trong ngày, để sang ngày mai.", Fault.TOMORROW)
        return None

    def _quota(self) -> int | None:
        address = self._settings.addresses.quota
        try:
            answer = self._asked(lambda token: self._client.get(address, token))
        except NotAnswered:
            return None
        return _whole_number(answer.data.get("remainingQuota")) if answer.code == 0 else None

    def _asked(self, ask: Callable[[str], Answer]) -> Answer:
        """Zalo's answer; a token that it refuses is renewed once and the question asked again."""
        token = self._access.token()
        answer = ask(token)
        if self._refuses_token(answer):
            answer = ask(self._access.renewed(token))
            if self._refuses_token(answer):
                raise ZaloConsentNeeded(reason=f"Zalo không nhận cả mã truy cập vừa xin (mã {answer.code})")
        if answer.calls_left == 0:
            self._allowance.rest(self._settings.limits.rate_limit_seconds)
        return answer

    def _refuses_token(self, answer: Answer) -> bool:
        return answer.code != 0 and self._settings.code(answer.code).fault is None

    def _receipt(self, answer: Answer, template: Template | None) -> Receipt:
        today = self._clock.now().astimezone(self._zone).date()
        if answer.code == 0:
            quota = answer.data.get("quota")
            left = _whole_number(quota.get("remainingQuota")) if isinstance(quota, dict) else None
            if left is not None and template:
                self._allowance.tell(today, left)
            reference = str(answer.data.get("msg_id") or answer.data.get("message_id") or "")
            return Receipt("Zalo đã nhận tin.", reference=reference if _REFERENCE.fullmatch(reference) else None)
        meaning = self._settings.code(answer.code)
        if meaning.fault is Fault.TOMORROW and template:
            if answer.code == TEMPLATE_SPENT:
                self._allowance.spend(template.id, today)
            else:
                self._allowance.tell(today, 0)
        wait = None
        if answer.code == TOO_FAST:
            wait = float(self._settings.limits.rate_limit_seconds)
            self._allowance.rest(wait)
        said = f", Zalo ghi: “{answer.words}”" if answer.words else ""
        return Receipt(f"Zalo chưa nhận: {meaning.words} (mã {answer.code}{said}).", meaning.fault, wait=wait)


def _silent(silence: NotAnswered) -> Receipt:
    if silence.set_wrong:
        return Receipt(f"{silence.words}. Quản trị kiểm tra config/zalo.toml và các khóa Zalo.", Fault.STOP)
    if silence.taken:
        return Receipt(f"{silence.words}, chưa rõ tin đã đến hay chưa.", Fault.AGAIN)
    return Receipt(f"{silence.words}.", Fault.AGAIN if silence.wait else Fault.UNREACHABLE, wait=silence.wait)


def _without_token(error: Unavailable) -> Receipt:
    if isinstance(error, ZaloConsentNeeded | ZaloNotSet | ZaloSetWrong | SecretUnopenable):
        return Receipt(str(error), Fault.STOP)
    return Receipt(str(error), Fault.UNREACHABLE if isinstance(error, ZaloUnreachable) else Fault.AGAIN)


def _whole_number(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) <= MOST_FIGURES else None


_KNOWN = {"0": Known.ACCEPTED, "1": Known.DELIVERED}
