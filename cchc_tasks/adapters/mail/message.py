"""Builds a mail: text and HTML with the same facts, one recipient, headers that let a repeat be recognised.

The parts are joined as bytes: the standard library's generator takes longer than everything else about a message.
"""

import re
from binascii import b2a_base64
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from cchc_tasks.adapters.due_calendar import FILE_NAME, MIME_TYPE, due_calendar
from cchc_tasks.domain.one_line import one_line
from cchc_tasks.ports import Message

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
LONGEST_NAME = 120
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_WORD_BYTES = 39  # "Subject: =?utf-8?B?…?=" within the 76 letters of a line (RFC 2047, 2)
_LINE = 76
# No line of base64 begins with these, so they need not be looked for in what they part.
_ALTERNATIVE = b"=_cchc_alternative"
_MIXED = b"=_cchc_mixed"


def is_address(text: str) -> bool:
    """Whether this is exactly one plain address, with nothing around it."""
    return bool(_ADDRESS.fullmatch(text)) and ".." not in text and len(text) <= LONGEST_ADDRESS


def message_id(message: Message, sender: str) -> str:
    """The same for every try of a message."""
    return f"<{message.reference}@{host_of(sender)}>"


def host_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]


def build(message: Message, sender: str, sender_name: str, now: datetime) -> bytes:
    """The mail as it goes over the wire. Whatever names and subjects hold cannot begin another header."""
    content = _multipart(
        b"alternative",
        _ALTERNATIVE,
        _part(b"Content-Type: text/plain; charset=utf-8", _lines(message.text)),
        _part(b"Content-Type: text/html; charset=utf-8", _lines(message.html)),
    )
    if message.dates:
        calendar = _part(
            f'Content-Type: {MIME_TYPE}\r\nContent-Disposition: attachment; filename="{FILE_NAME}"'.encode(),
            due_calendar(message.dates, host_of(sender), now),
        )
        content = _multipart(b"mixed", _MIXED, content, calendar)
    head = (
        f"From: {_mailbox(sender_name, sender)}\r\n"
        f"To: {_mailbox(message.recipient_name, message.recipient)}\r\n"
        f"Subject: {_encoded(one_line(message.subject))}\r\n"
        f"Date: {format_datetime(now)}\r\n"
        f"Message-ID: {message_id(message, sender)}\r\n"
        f"X-CCHC-Delivery: {message.reference}\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
    )
    return head.encode("ascii") + content


def _multipart(kind: bytes, boundary: bytes, *parts: bytes) -> bytes:
    divided = b"".join(b"--%b\r\n%b" % (boundary, part) for part in parts)
    return b'Content-Type: multipart/%b; boundary="%b"\r\n\r\n%b--%b--\r\n' % (kind, boundary, divided, boundary)


def _part(head: bytes, content: bytes) -> bytes:
    packed = b2a_base64(content, newline=False)
    lines = b"\r\n".join([packed[at : at + _LINE] for at in range(0, len(packed), _LINE)])
    return b"%b\r\nContent-Transfer-Encoding: base64\r\n\r\n%b\r\n" % (head, lines)


def _lines(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")


def _mailbox(name: str, address: str) -> str:
    """ "Tên" <address>, or the address alone where no letter of the name can be shown."""
    shown = one_line(name)[:LONGEST_NAME].strip()
    return f"{_encoded(shown)}\r\n <{address}>" if shown else address


@lru_cache(maxsize=1024)  # a morning has few subjects and one sender
def _encoded(text: str) -> str:
    """A header's text as encoded words, none of which ends within a letter."""
    words: list[bytes] = []
    word = b""
    for letter in text:
        packed = letter.encode()
        if len(word) + len(packed) > _WORD_BYTES:
            words.append(word)
            word = b""
        word += packed
    words.append(word)
    return "\r\n ".join(f"=?utf-8?B?{b2a_base64(one, newline=False).decode()}?=" for one in words if one)
