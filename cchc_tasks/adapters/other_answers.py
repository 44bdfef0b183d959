"""What the other sides' answers mean for the outbox: a status, a body, or a connection that broke."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cchc_tasks.domain.channels import channel_named
from cchc_tasks.domain.one_line import one_line
from cchc_tasks.domain.short_words import short
from cchc_tasks.domain.vocabulary import Channel, Fault
from cchc_tasks.ports import Receipt

LOST = "Mất kết nối khi đang gửi, chưa rõ tin đã đến hay chưa."
SAID = 200  # letters of the other side's words that are kept
MOST_WAIT = 3_600.0

# Words of Telegram, Zalo Bot and Mattermost about one recipient; whatever the status that comes with them.
_NOBODY = re.compile(
    r"chat not found|user not found|peer_id_invalid|user is deactivated|chat_id is (?:empty|invalid)|invalid chat"
    r"|group chat was (?:deleted|upgraded)|couldn't find the (?:channel|user)"
    r"|incoming_webhook\.(?:channel|user)\.app_error"
)
_NOT_THIS_WAY = re.compile(
    r"bot was blocked|bot was kicked|bot can't initiate|not a member|no rights to send|channel_locked"
    r"|incoming_webhook\.permissions"
)
_TOO_MUCH = re.compile(r"message is too long|text is too long|too long|text\.length")
_BY_WORDS = (
    (_NOBODY, Fault.BAD_ADDRESS),
    (_NOT_THIS_WAY, Fault.OTHER_CHANNEL),
    (_TOO_MUCH, Fault.CONTENT),
    (re.compile(r"invalid webhook"), Fault.STOP),
)
# Whatever is said with it; Mattermost says 501 where incoming webhooks are switched off.
_BY_STATUS = {401: Fault.STOP, 408: Fault.AGAIN, 429: Fault.AGAIN, 501: Fault.STOP}
# Where nothing more is said: the address that was set leads nowhere, or we may not.
_OTHERWISE = {403: Fault.STOP, 404: Fault.STOP, 405: Fault.STOP, 410: Fault.STOP}
_BOTS = (Channel.TELEGRAM, Channel.ZALO_BOT)  # their 403 is about one person
# What a connection broke with before anything was handed over.
_NOBODY_THERE = re.compile(
    r"refused|timed? ?out.*connect|connect timeout|connecttimeout|establish a new connection|name ?resolution"
    r"|getaddrinfo|name or service|no address|unreachable|no route|certificate|ssl"
)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its status (None where there was none), its body, or what the connection broke with."""

    status: int | None = None
    body: str = ""
    broken: str | None = None
    accepted: bool = False


def receipt_of(channel: Channel, said: Said, hidden: Iterable[str], *, by_path: bool = False) -> Receipt:
    """What became of a message.

    `hidden` are the parts of the address that no answer may repeat; `by_path` says that the recipient stood in the path
    that was asked for, so that a page that does not exist is about the recipient alone.
    """
    name = channel_named(channel)
    begun = f"{name[0].upper()}{name[1:]}"
    found = _facts(said.body)
    if said.accepted:
        return Receipt(answer=f"{begun} đã nhận.", reference=found.reference)
    if said.broken is not None:
        if _NOBODY_THERE.search(said.broken.lower()) and "read timed out" not in said.broken.lower():
            return Receipt(answer=f"Không kết nối được {name}.", fault=Fault.UNREACHABLE)
        return Receipt(answer=LOST, fault=Fault.AGAIN)
    status = found.code or said.status
    if status is None:
        return Receipt(answer=f"{begun} chưa nhận tin, không rõ lý do.", fault=Fault.AGAIN)
    words = _shown(found.words or said.body, hidden)
    answer = f"{begun} trả lời {status}{f' {words}' if words else ''}."
    return Receipt(answer=answer, fault=_fault(channel, status, said.body.lower(), by_path=by_path), wait=found.wait)


def _fault(channel: Channel, status: int, words: str, *, by_path: bool) -> Fault:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return Fault.AGAIN
    by_words = next((fault for pattern, fault in _BY_WORDS if pattern.search(words)), None)
    if by_words:
        return by_words
    of_one = (status == 403 and channel in _BOTS) or (status in (404, 410) and by_path)
    if of_one:
        return Fault.OTHER_CHANNEL
    return _OTHERWISE.get(status) or (Fault.AGAIN if status < 300 else Fault.STOP if status < 400 else Fault.CONTENT)


@dataclass(frozen=True, slots=True)
class _Facts:
    code: int | None = None
    words: str = ""
    wait: float | None = None
    reference: str | None = None


def _facts(body: str) -> _Facts:
    """What JSON answers say in their usual places; nothing where the body is something else."""
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        return _Facts()
    if not isinstance(said, dict):
        return _Facts()
    beside, result = said.get("parameters"), said.get("result")
    wait = beside.get("retry_after") if isinstance(beside, dict) else None
    number = result.get("message_id") if isinstance(result, dict) else None
    code = said.get("error_code")
    words = said.get("description") or said.get("message") or said.get("error")
    return _Facts(
        code=code if type(code) is int and 300 <= code < 600 else None,
        words=words if isinstance(words, str) else "",
        wait=float(min(wait, MOST_WAIT)) if isinstance(wait, int | float) and wait > 0 else None,
        reference=one_line(str(number)[:100]) or None if isinstance(number, str | int) else None,
    )


def _shown(words: str, hidden: Iterable[str]) -> str:
    for part in sorted(hidden, key=len, reverse=True):
        words = words.replace(part, "…")
    printable = "".join(one if one.isprintable() else " " for one in words)
    return short(printable.rstrip(". "), SAID)
