"""Reads config/zalo.toml: addresses, limits, hours, codes and templates, in one table that an office corrects."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time
from pathlib import Path

import httpx

from cchc_tasks.adapters.config_files import _Entry, _load, _named
from cchc_tasks.domain.channel_hours import Hours, read_hours
from cchc_tasks.domain.errors import HoursInvalid
from cchc_tasks.domain.short_words import ShortWords
from cchc_tasks.domain.vocabulary import DeliveryKind, Fault

LONGEST_WAIT = 20  # seconds; renewing and sending must end before the outbox takes a message for lost
MORNING = time(6)  # until when a message waits that is refused at night
RENEW = "RENEW"  # beside the faults: a new access token is asked for once
_FIELDS = {one.name for one in fields(ShortWords)}
_CODE = re.compile(r"-[1-9]\d*")
_ADDRESS = re.compile(r"https?://[^\s/]+/\S+")
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost)[:/]")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where Zalo is asked."""

    token: str
    account: str
    phone: str
    user: str
    consultation: str
    group: str
    quota: str
    status: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, how long and how often."""

    text: int
    reference: int
    answer_seconds: int
    rate_limit_seconds: int
    lately_days: int
    refresh_days: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a template: which of our fields fills it, as which of Zalo's types."""

    name: str
    field: str
    type: str
    longest: int
    may_cut: bool
    when_empty: str


@dataclass(frozen=True, slots=True)
class Template:
    """A template that Zalo has approved."""

    id: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """What an answer of Zalo's means: our fault and an office's words; no fault: the access token is renewed."""

    fault: Fault | None
    words: str


UNKNOWN = Code(Fault.AGAIN, "mã lỗi chưa có trong config/zalo.toml")


@dataclass(frozen=True, slots=True)
class ZaloSettings:
    """Everything of config/zalo.toml."""

    addresses: Addresses
    limits: Limits
    hours: Mapping[str, Hours]  # by the address' name; one that is absent is open day and night
    templates: Mapping[DeliveryKind, Template]  # those with an id
    codes: Mapping[int, Code]

    def code(self, number: int) -> Code:
        """What a code means; one that nobody wrote down may pass, and ends with the outbox' last try."""
        return self.codes.get(number, UNKNOWN)


def read_zalo(path: Path) -> ZaloSettings:
    """The settings of a zalo.toml, checked; raises FileMissing, FileUnreadable or ConfigInvalid."""
    content = _load(path)
    with _named(path, "addresses"):
        addresses = Addresses(**{one.name: _address(content.table("addresses"), one.name) for one in fields(Addresses)})
    with _named(path, "limits"):
        limits = Limits(**{one.name: _at_least_one(content.table("limits"), one.name) for one in fields(Limits)})
        if limits.answer_seconds > LONGEST_WAIT:
            raise ValueError(f"answer_seconds nhiều nhất là {LONGEST_WAIT}")
    with _named(path, "hours"):
        hours = _hours(content.table("hours")) if "hours" in content else {}
    with _named(path, "lengths"):
        table = content.table("lengths")
        lengths = {name: _at_least_one(table, name) for name in table}
    with _named(path, "cutting"):
        whole = content.table("cutting").texts("never")
        _known("never", whole, lengths)
    return ZaloSettings(addresses, limits, hours, _templates(path, content, lengths, whole), _codes(path, content))


def _address(entry: _Entry, key: str) -> str:
    text = entry.text(key)
    try:
        httpx.URL(text)
        is_one = bool(_ADDRESS.fullmatch(text))
    except httpx.InvalidURL:
        is_one = False
    if not is_one:
        raise ValueError(f"{key} phải là một địa chỉ bắt đầu bằng https://")
    if not text.startswith("https://") and not _LOOPBACK.match(text):
        raise ValueError(f"{key} phải bắt đầu bằng https:// để mã truy cập không bị lộ trên đường truyền")
    return text


def _at_least_one(entry: _Entry, key: str) -> int:
    number = entry.number(key)
    if number < 1:
        raise ValueError(f"{key} phải từ 1")
    return number


def _hours(entry: _Entry) -> dict[str, Hours]:
    _known("hours", tuple(entry), ("phone", "user", "consultation", "group"))
    return {name: _opening(name, entry.texts(name)) for name in entry}


def _opening(name: str, clocks: tuple[str, ...]) -> Hours:
    try:
        opens, closes = clocks
        hours = read_hours(opens, closes)
    except (ValueError, HoursInvalid):
        raise ValueError(f'{name} phải là giờ mở và giờ đóng, ví dụ ["06:00", "22:00"]') from None
    if hours.opens > MORNING:
        raise ValueError(f"{name} không mở sau 06:00, vì tin bị từ chối ban đêm chờ đến 06:00")
    return hours


def _templates(
    path: Path, content: _Entry, lengths: Mapping[str, int], whole: tuple[str, ...]
) -> dict[DeliveryKind, Template]:
    with _named(path, "templates"):
        entries = content.table("templates")
        _known("templates", tuple(entries), tuple(DeliveryKind))
    found = {}
    for kind in entries:
        with _named(path, f"templates.{kind}"):
            entry = entries.table(kind)
            template_id = entry.text("id").strip()
            parameters = entry.table("parameters") if "parameters" in entry else _Entry({})
            made = tuple(_parameter(name, parameters.table(name), lengths, whole) for name in parameters)
            if template_id and not made:
                raise ValueError("có id nhưng chưa khai parameters")
            if template_id:
                found[DeliveryKind(kind)] = Template(template_id, made)
    return found


def _parameter(name: str, entry: _Entry, lengths: Mapping[str, int], whole: tuple[str, ...]) -> Parameter:
    source, kind = entry.text("field"), entry.text("type")
    _known("field", (source,), sorted(_FIELDS))
    _known("type", (kind,), lengths)
    when_empty = entry.text("when_empty") if "when_empty" in entry else ""
    return Parameter(name, source, kind, lengths[kind], kind not in whole, when_empty)


def _codes(path: Path, content: _Entry) -> dict[int, Code]:
    with _named(path, "codes"):
        entries = content.table("codes")
        _known("codes", tuple(entries), (RENEW, *Fault))
    found: dict[int, Code] = {}
    for meaning in entries:
        with _named(path, f"codes.{meaning}"):
            entry = entries.table(meaning)
            for text in entry:
                if not _CODE.fullmatch(text):
                    raise ValueError(f"mã “{text}” phải là một số âm, ví dụ -118")
                if int(text) in found:
                    raise ValueError(f"mã {text} đã ghi ở một mục khác")
                found[int(text)] = Code(None if meaning == RENEW else Fault(meaning), entry.text(text))
    return found


def _known(key: str, words: tuple[str, ...], known: tuple[str, ...] | list[str] | Mapping[str, int]) -> None:
    for word in words:
        if word not in known:
            raise ValueError(f"{key} có “{word}”, không thuộc: {', '.join(known)}")
