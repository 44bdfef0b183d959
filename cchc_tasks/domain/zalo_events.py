"""What Zalo tells of by its webhook, as facts; whether it is really Zalo that tells.

The same event may come several times, late and in any order: its `key` is the same each time. Identifiers are digits
longer than numbers of JSON are safe for, so that they are text throughout.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from cchc_tasks.domain.channels import address_of
from cchc_tasks.domain.errors import InputError
from cchc_tasks.domain.one_line import one_line
from cchc_tasks.domain.phones import zalo_phone
from cchc_tasks.domain.vocabulary import Channel, Known

OLDEST = timedelta(days=1)  # Zalo tells again for two hours at most
MOST_REFERENCES = 100  # of one event
LONGEST_SAID = 200
_ID = re.compile(r"[0-9A-Za-z_.:=+/-]{1,100}")
_NAME = re.compile(r"[a-z0-9_]{1,60}")
_STAMP = re.compile(r"[1-9][0-9]{11,13}")  # milliseconds

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ZaloKeys:
    """What a signature is made with; `secret_name` tells which secret it is, for the log."""

    app_id: str
    oa_id: str | None
    secret: str = field(repr=False)
    secret_name: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What became of messages, by Zalo's identifiers or by our own reference (`tracking`, empty where none)."""

    references: tuple[str, ...]
    tracking: str
    known: Known
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody wrote to the account, or began to follow it."""

    user: str
    at: datetime
    follows: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody follows the account no more."""

    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PhoneGiven:
    """Somebody told the account their number, as Zalo takes numbers."""

    user: str
    phone: str


@dataclass(frozen=True, slots=True)
class Announced:
    """Something about the account that administrators should hear."""

    text: str


Fact = Learned | Heard | Left | PhoneGiven | Announced


@dataclass(frozen=True, slots=True)
class ZaloEvent:
    """One event; without a fact it concerns nothing that we keep."""

    name: str
    key: str
    stamp: str  # as it was signed
    at: datetime
    fact: Fact | None


def read_event(content: bytes) -> ZaloEvent | None:
    """The event of a webhook's body; None for what is none of Zalo's."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return None
    stamp = _text(body, "timestamp") if isinstance(body, dict) else ""
    at = _moment(stamp)
    if at is None:
        return None
    said = _text(body, "event_name")
    name = said if _NAME.fullmatch(said) else "khác"
    fact = _fact(name, body, at)
    return ZaloEvent(name, _key(name, body, stamp, content), stamp, at, fact)


def matching_form(keys: ZaloKeys, content: bytes, stamp: str, signature: str) -> str | None:
    """How a body was signed, in words without a secret; None where it was not signed by Zalo.

    Zalo documents the form that begins with the application's id; some programs were seen to need the account's.
    """
    said = signature.strip().lower().removeprefix("mac=").encode()
    forms = {"app_id": keys.app_id, "oa_id": keys.oa_id}
    found = None
    for name, first in forms.items():
        if first is not None:
            signed = first.encode() + content + stamp.encode() + keys.secret.encode()
            if hmac.compare_digest(hashlib.sha256(signed).hexdigest().encode(), said):
                found = found or f"{name} và {keys.secret_name}"
    return found


def _fact(name: str, body: Body, at: datetime) -> Fact | None:
    if name in _ABOUT:
        return _ABOUT[name](body, at)
    return _heard(body, at) if name.startswith("user_send_") else None


def _heard(body: Body, at: datetime, *, follows: bool = False) -> Heard | None:
    user = _user(body)
    return Heard(user, at, follows) if user else None


def _left(body: Body, at: datetime) -> Left | None:
    user = _user(body)
    return Left(user, at) if user else None


def _user(body: Body) -> str:
    return _id(body, "sender", "id") or _id(body, "follower", "id")


def _learned(body: Body, known: Known, at: datetime) -> Learned | None:
    references, tracking = _references(body), _id(body, "message", "tracking_id")
    return Learned(references, tracking, known, at) if references or tracking else None


def _arrived(body: Body, at: datetime) -> Learned | None:
    return _learned(body, Known.DELIVERED, _moment(_text(body, "message", "delivery_time")) or at)


def _phone_given(body: Body, _at: datetime) -> PhoneGiven | None:
    try:
        user = address_of(Channel.ZALO_USER, _user(body))
        return PhoneGiven(user, zalo_phone(_text(body, "info", "phone")))
    except InputError:
        return None


def _quota(body: Body, _at: datetime) -> Announced:
    before, after = _said(body, "quota", "prev_value"), _said(body, "quota", "new_value")
    change = f" từ {before} thành {after}" if before and after else f" thành {after}" if after else ""
    return Announced(f"Zalo đổi số tin mẫu OA được gửi mỗi ngày{change}{_reason(body)}.")


def _template(body: Body, _at: datetime) -> Announced:
    number, status = _said(body, "template_id"), _said(body, "status", "new_status")
    named = f" {number}" if number else ""
    changed = f" thành {status}" if status else ""
    return Announced(f"Zalo đổi trạng thái mẫu tin{named}{changed}{_reason(body)}.")


def _reason(body: Body) -> str:
    reason = _said(body, "reason")
    return f", lý do: {reason.rstrip('.')}" if reason else ""


def _key(name: str, body: Body, stamp: str, content: bytes) -> str:
    """What an event is known by: the messages it is about, else whom and when, else every word of it."""
    user, tracking = _user(body), _id(body, "message", "tracking_id")
    about: Sequence[str] = _references(body)
    if not about:
        about = (tracking,) if tracking else (user, stamp) if user else (hashlib.sha256(content).hexdigest(),)
    return f"zalo:{hashlib.sha256(chr(0).join((name, *about)).encode()).hexdigest()}"


def _references(body: Body) -> tuple[str, ...]:
    message = body.get("message")
    if not isinstance(message, dict):
        return ()
    several = message.get("msg_ids")
    found = several[:MOST_REFERENCES] if isinstance(several, list) else [message.get("msg_id")]
    return tuple(dict.fromkeys(text for one in found if _ID.fullmatch(text := _as_text(one))))


def _id(body: Body, *path: str) -> str:
    text = _text(body, *path)
    return text if _ID.fullmatch(text) else ""


def _said(body: Body, *path: str) -> str:
    """Zalo's words, as they may stand in a message of ours."""
    return one_line(_text(body, *path))[:LONGEST_SAID]


def _text(body: Body, *path: str) -> str:
    found: object = body
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return _as_text(found)


def _as_text(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text) / 1000, UTC) if _STAMP.fullmatch(text) else None


_ABOUT: dict[str, Callable[[Body, datetime], Fact | None]] = {
    "user_received_message": _arrived,
    "user_seen_message": lambda body, at: _learned(body, Known.SEEN, at),
    "follow": partial(_heard, follows=True),
    "unfollow": _left,
    "user_click_chatnow": _heard,
    "user_submit_info": _phone_given,
    "change_oa_daily_quota": _quota,
    "change_template_status": _template,
}
