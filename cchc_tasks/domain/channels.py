"""What each channel is: its name, what an address looks like, how much text it takes, which secrets it needs, how fast.

The figures are the other sides' own limits or, where they say none, what is usual; an administrator sets the speed.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from cchc_tasks.domain.errors import ContactAddressInvalid, InputError
from cchc_tasks.domain.phones import zalo_phone
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Traits:
    """One channel. `read` gives an address as it is kept, None where the text is none."""

    words: str
    address_words: str
    example: str
    read: Callable[[str], str | None]
    most: int  # letters of one message
    secrets: tuple[SecretName, ...]
    per_minute: int | None = None  # what an administrator sees proposed; None: as fast as it goes
    for_group: bool = False


def address_of(channel: Channel, text: str) -> str:
    """An address as people type it, as it is kept and compared; raises ContactAddressInvalid."""
    traits = TRAITS[channel]
    tidy = unicodedata.normalize("NFC", text).strip()
    found = traits.read(tidy) if len(tidy) <= LONGEST_ADDRESS else None
    if found is None:
        raise ContactAddressInvalid(text=tidy[:80], what=traits.address_words, example=traits.example)
    return found


def of_people() -> tuple[Channel, ...]:
    """The channels on which a person can be reached."""
    return tuple(channel for channel, traits in TRAITS.items() if not traits.for_group)


def channel_named(channel: Channel) -> str:
    """A channel in a sentence: "kênh Telegram"; its name alone where that says so already."""
    words = TRAITS[channel].words
    return words if words.startswith("kênh") else f"kênh {words}"


def masked(address: str) -> str:
    """An address as the journal keeps it: enough to recognise it, not enough to write to it."""
    name, at, host = address.partition("@")
    return f"{name[:1]}…{at}{host}" if name and host else f"…{address[-3:]}"


def _like(pattern: str) -> Callable[[str], str | None]:
    shape = re.compile(pattern)
    return lambda text: text if shape.fullmatch(text) else None


def _mail(text: str) -> str | None:
    return text if _MAIL.fullmatch(text) and ".." not in text else None


def _phone(text: str) -> str | None:
    try:
        return zalo_phone(text)
    except InputError:
        return None


LONGEST_ADDRESS = 200
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]*[A-Za-z0-9])+")
_OA = (
    SecretName.ZALO_APP_ID,
    SecretName.ZALO_APP_SECRET,
    SecretName.ZALO_OA_ID,
    SecretName.ZALO_TOKENS,
)

# Addresses of the generic channels hold nothing that has a meaning of its own in the address of a page or a list.
TRAITS: dict[Channel, Traits] = {
    Channel.MAIL: Traits(
        "thư điện tử", "địa chỉ thư điện tử", "daumoi@so.example", _mail, 100_000, (SecretName.MAIL_URL,)
    ),
    Channel.ZALO: Traits("Zalo (theo số điện thoại)", "số điện thoại", "0987 654 321", _phone, 400, _OA, 1_000),
    Channel.ZALO_USER: Traits(
        "Zalo (người quan tâm OA)", "mã người dùng Zalo", "2468458835296197922", _like(r"\d{6,25}"), 2_000, _OA, 1_000
    ),
    Channel.ZALO_GROUP: Traits(
        "nhóm Zalo", "mã nhóm Zalo", "f414c8f76fa586fbdfb4", _like(r"[A-Za-z0-9_-]{4,64}"), 2_000, _OA, 60, True
    ),
    Channel.ZALO_BOT: Traits(
        "Zalo Bot",
        "mã cuộc trò chuyện với Zalo Bot",
        "6ede9afa66b88fe6d6a9",
        _like(r"[A-Za-z0-9_-]{4,64}"),
        2_000,
        (SecretName.ZALO_BOT_TOKEN,),
        60,
    ),
    Channel.TELEGRAM: Traits(
        "Telegram",
        "mã cuộc trò chuyện Telegram",
        "123456789",
        _like(r"-?[1-9]\d{3,15}|@[A-Za-z][A-Za-z0-9_]{3,31}"),
        4_096,
        (SecretName.TELEGRAM_URL,),
        1_200,
    ),
    Channel.MATTERMOST: Traits(
        "Mattermost",
        "tên người dùng hoặc mã kênh Mattermost",
        "@daumoi",
        _like(r"@?[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*"),
        4_000,
        (SecretName.MATTERMOST_URL,),
    ),
    Channel.WEBHOOK: Traits(
        "webhook",
        "mã người nhận mà hệ thống bên kia dùng",
        "daumoi-thpt01",
        _like(r"[A-Za-z0-9@][A-Za-z0-9@._-]*"),
        4_000,
        (SecretName.WEBHOOK_URL,),
    ),
    Channel.SMS: Traits("tin nhắn SMS", "số điện thoại", "0987 654 321", _phone, 320, (SecretName.SMS_URL,), 60),
    Channel.OTHER: Traits(
        "kênh khác",
        "địa chỉ trên kênh khác",
        "daumoi-thpt01",
        _like(r"[A-Za-z0-9@][A-Za-z0-9@._-]*"),
        1_000,
        (SecretName.OTHER_URL,),
        60,
    ),
}

CHANNEL_IN_WORDS = {channel: traits.words for channel, traits in TRAITS.items()}
