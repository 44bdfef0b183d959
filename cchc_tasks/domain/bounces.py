"""Mail that comes back: what a returned mail, whoever made it, says of one of ours.

Reports of RFC 3464 are read by their fields, the mails of servers that write none by their words. Delays and automatic
replies are no return. What is read is bounded, in bytes and in parts: anybody may send such a mail.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from hashlib import sha256
from html import unescape

from cchc_tasks.domain.mail_answers import meaning
from cchc_tasks.domain.one_line import one_line

MOST_BYTES = 1024 * 1024  # of a returned mail that are read
MOST_PARTS = 40  # that it may speak of: the standard library's reader takes each level anew
MOST_LINES = 30_000  # a mail of MOST_BYTES has half as many; short ones make a part or a block of a report each
LONGEST_TYPE = 2_000  # letters of a Content-Type: the reader's time for one grows with their square
MOST_TEXT = 64 * 1024  # letters of its text that are looked at
LONGEST_WORDS = 300
SHOWN = 160  # letters of them that a page shows
LONGEST_ADDRESS = 254

_REFERENCE = r"(\d{8}-[a-z]{1,20}-\d{1,9})"  # no number is longer than a database takes
_OURS = re.compile(_REFERENCE)
_OUR_ID = re.compile(rf"<?{_REFERENCE}@")
_QUOTED_REFERENCE = re.compile(rf"X-CCHC-Delivery:\s{{0,9}}{_REFERENCE}(?!\d)", re.IGNORECASE)
_QUOTED_ID = re.compile(rf"Message-ID:\s{{0,9}}<?{_REFERENCE}@", re.IGNORECASE)

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_CODE = re.compile(r"(?<![\d.])([45])\d\d(?![\d.])(?=[ -])")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_FIELD = re.compile(r"^(?:Original|Final)-Recipient: *(?:rfc822|utf-8)? *;? *<?([^\s<>;]{3,254})", re.I | re.M)
_TO = re.compile(
    r"^[> ]{0,4}To:(?:[^\n]{0,200}\n[ \t]{1,4})?[^\n]{0,120}?<?([A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9.-]{1,190})",
    re.I | re.M,
)
_TAGS = re.compile(r"<[^<>@]*>")
_TYPE = re.compile(rb"^content-type:[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE)

_DAEMONS = re.compile(r"mailer-?daemon|postmaster|mail-?delivery|microsoftexchange|double-bounce", re.IGNORECASE)
_RETURNED = re.compile(
    r"undeliver|returned|delivery (status notification ?\(failure|failure|has failed|failed)|failure notice|"
    r"mail delivery (failed|system)|could not be delivered|không (thể )?gửi được|bị trả lại|không (thể )?chuyển được",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\bdelay|warning|still (being )?(retr|undeliver)|will (be )?(retr|keep trying)|trì hoãn|bị chậm|sẽ thử lại",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"no such (user|mailbox|recipient|person|address)|(unknown|invalid) (user|recipient|mailbox|local)|"
    r"(user|mailbox|recipient|account|address)[\w ]{0,20} (unknown|not found|not exist|n't exist|is invalid|disabled)|"
    r"(hộp thư|địa chỉ|người nhận|tài khoản)[\w ]{0,20} không (tồn tại|tìm thấy)|"
    r"không (có|tồn tại|tìm thấy) (hộp thư|địa chỉ|người nhận|tài khoản)",
    re.IGNORECASE,
)
_NO_HOST = re.compile(
    r"(host|domain)[\w ]{0,20} (unknown|not found|not exist)|(unknown|no such) (host|domain)|nxdomain|"
    r"tên miền[\w ]{0,20} không tồn tại",
    re.IGNORECASE,
)
_FULL = re.compile(r"mailbox (is )?full|over ?quota|quota exceeded|hộp thư (đã |bị )?đầy", re.IGNORECASE)
_BY_WORDS = ((_FULL, "5.2.2"), (_NO_HOST, "5.4.4"), (_NOBODY, "5.1.1"))
# Nobody there: 5.1.7 and 5.1.8 speak of the sender, 5.4.1, 5.4.4 and 5.4.310 of a host that does not exist.
_BAD_ADDRESS = re.compile(r"5\.(1\.(?![78]$)\d+|2\.1|4\.(1|4|310))")
_PLACEHOLDERS = frozenset({"5.0.0", "4.0.0"})  # of servers that do not know better


@dataclass(frozen=True, slots=True)
class Bounce:
    """One mail that came back: ours by its reference, whom it did not reach, and the other side's words.

    `key` is what a repeat of the same news is known by; None where it has no name of its own.
    """

    reference: str | None
    recipient: str
    status: str | None  # RFC 3463: "5.1.1"
    permanent: bool
    words: str
    key: str | None = None

    @property
    def marks_address(self) -> bool:
        """Whether nobody is reached there, as opposed to this once, or not by us."""
        return self.permanent and bool(_BAD_ADDRESS.fullmatch(self.status or ""))

    @property
    def why(self) -> str:
        """Why it came back, in a sentence that an office understands; nobody's address stands in it."""
        status = f" ({self.status})" if self.status else ""
        if not self.permanent:
            return f"Thư bị trả lại{status}. Máy chủ thư của người nhận không nhận dù đã thử nhiều lần."
        return f"Thư bị trả lại{status}. {meaning(f'500 {self.status or self.words} {self.words}')}"

    @property
    def why_in_full(self) -> str:
        """The same with the beginning of what the server said behind it."""
        return f"{self.why} Máy chủ ghi: {self.words[:SHOWN]}" if self.words else self.why


def read_bounce(raw: bytes) -> Bounce | None:
    """What a returned mail says; None where it is none, where it only tells of a delay, or cannot be read."""
    some = _bounded(raw)
    lower = some.lower()
    if lower.count(b"boundary") + lower.count(b"message/") > MOST_PARTS:
        return None
    if any(len(one[0]) > LONGEST_TYPE for one in _TYPE.finditer(lower)):
        return None
    try:
        mail = message_from_bytes(some, policy=policy.compat32)
        report = _report(mail)
        found = _from_words(mail) if report is None else _from_fields(mail, report)
    except Exception:  # a stranger's mail breaks the standard library's reader in more ways than that says
        return None
    if found is None:
        return None
    named = _field(mail, "Message-ID").encode("utf-8", "replace") or some
    return replace(found, key=sha256(named).hexdigest())


def told_bounce(facts: Mapping[str, object]) -> Bounce | None:
    """What a mail server told by itself: reference or message_id, recipient, status, reason; None for a delay."""
    said = {name: str(value) for name, value in facts.items() if isinstance(value, str | int)}
    own = _OURS.fullmatch(said.get("reference", "").strip()) or _OUR_ID.match(said.get("message_id", "").strip())
    words = _short(said.get("reason", ""))
    stated = _STATUS.search(said.get("status", "")[:LONGEST_WORDS])
    status = _status(stated[1] if stated else None, words)
    if not (status or "5").startswith("5"):
        return None
    return Bounce(own[1] if own else None, _bare(said.get("recipient", "")), status, permanent=True, words=words)


def parts_of(reference: str) -> tuple[str, str, int] | None:
    """Day ("20260324"), kind and number of a reference."""
    if not _OURS.fullmatch(reference):
        return None
    day, kind, number = reference.split("-")
    return day, kind, int(number)


def _bounded(raw: bytes) -> bytes:
    """As much of a mail as is read, in lines as the reader counts them."""
    lines = raw[:MOST_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n", MOST_LINES)
    return b"\n".join(lines[:MOST_LINES])


def _report(mail: Message) -> list[Message] | None:
    """The blocks of a report's fields; None where it is none."""
    for part in _parts(mail):
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            payload = part.get_payload()
            return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    return None


def _from_fields(mail: Message, report: list[Message]) -> Bounce | None:
    """What a report says of the first recipient whom the mail did not reach."""
    failed = next((block for block in report if _field(block, "Action").lower() == "failed"), None)
    if failed is None:
        return None
    words = _short(_behind(_field(failed, "Diagnostic-Code")))
    stated = _STATUS.search(_field(failed, "Status"))
    status = _status(stated[1] if stated else None, words)
    recipient = _field(failed, "Original-Recipient") or _field(failed, "Final-Recipient")
    passes = (status or "5").startswith("4")
    return Bounce(_reference(mail), _bare(_behind(recipient)), status, permanent=not passes, words=words)


def _from_words(mail: Message) -> Bounce | None:
    """What a mail without a report says, if it comes from a mail server and speaks of a return for good."""
    subject, text = _field(mail, "Subject"), _text(mail)
    answers = _field(mail, "Auto-Submitted").lower().startswith("auto-replied")
    by_somebody = not _DAEMONS.search(_field(mail, "From"))
    if by_somebody and (answers or mail["X-Auto-Response-Suppress"] or not _RETURNED.search(subject)):
        return None
    if _LATER.search(subject) or not _RETURNED.search(f"{subject}\n{text}"):
        return None
    line, status = _verdict(text)
    if not line:
        return None
    named = _field(mail, "X-Failed-Recipients") or _named_in(text) or _returned_to(mail, text)
    return Bounce(_reference(mail), _bare(named), status, permanent=True, words=line)


def _verdict(text: str) -> tuple[str, str | None]:
    """The line that says why, and its status; no line where it passes or nothing says so."""
    passes = False
    for line in text.splitlines():
        stated, code = _STATUS.search(line), _CODE.search(line)
        kind = stated[1][0] if stated else code[1] if code else None
        if kind == "5":
            return _short(line), _status(stated[1] if stated else None, line)
        passes |= kind == "4" and code is not None
    for line in () if passes else text.splitlines():
        meant = _meant(line)
        if meant:
            return _short(line), meant
    return "", None


def _status(stated: str | None, words: str) -> str | None:
    """The status that says most: the stated one, else the one in the words, else what the words mean."""
    if stated is not None and stated not in _PLACEHOLDERS:
        return stated
    within = _STATUS.search(words)
    if within and (stated is None or within[1][0] == stated[0]):
        return within[1]
    return (_meant(words) if (stated or "5").startswith("5") else None) or stated


def _meant(words: str) -> str | None:
    """The status of what is said in words alone, of the recipient."""
    if "sender" in words.lower():
        return None
    return next((status for pattern, status in _BY_WORDS if pattern.search(words)), None)


def _reference(mail: Message) -> str | None:
    """Ours, from the head of the mail that was returned, wherever that stands."""
    for part in _parts(mail):
        own = _own_reference(part) if part is not mail else None
        if own:
            return own
    text = _text(mail)
    answered = f"{_field(mail, 'In-Reply-To')} {_field(mail, 'References')}"
    found = _QUOTED_REFERENCE.search(text) or _QUOTED_ID.search(text) or _OUR_ID.search(answered)
    return found[1] if found else None


def _own_reference(part: Message) -> str | None:
    own = _OURS.fullmatch(_field(part, "X-CCHC-Delivery")) or _OUR_ID.match(_field(part, "Message-ID"))
    return own[1] if own else None


def _named_in(text: str) -> str:
    named = _FIELD.search(text)
    return named[1] if named else ""


def _returned_to(mail: Message, text: str) -> str:
    """Whom the returned mail was for, by its head; else the first address that the text names."""
    for part in _parts(mail):
        if part is not mail and _own_reference(part):
            found = _ADDRESS.search(_field(part, "To"))
            return found[0] if found else ""
    found = _TO.search(text) or _ADDRESS.search(text)
    return found[found.lastindex or 0] if found else ""


def _parts(mail: Message) -> Iterator[Message]:
    for number, part in enumerate(mail.walk()):
        if number > MOST_PARTS * 10:
            return
        yield part


def _text(mail: Message) -> str:
    """The letters of every part that is text, those of returned heads among them."""
    found, room = [], MOST_TEXT
    for part in _parts(mail):
        if part.get_content_maintype() == "text" and room > 0:
            text = _decoded(part)[:room]
            found.append(text)
            room -= len(text)
    return "\n".join(found)


def _decoded(part: Message) -> str:
    packed = part.get_payload(decode=True)
    if not isinstance(packed, bytes):
        return ""
    try:
        text = packed.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        text = packed.decode("utf-8", "replace")
    return unescape(_TAGS.sub(" ", text[: 2 * MOST_TEXT])) if part.get_content_subtype() == "html" else text


def _field(mail: Message, name: str) -> str:
    return one_line(_unpacked(str(mail.get(name, ""))[:1000]))


def _unpacked(text: str) -> str:
    """A header in letters; encoded words are few and those of servers."""
    if "=?" not in text:
        return text
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, ValueError):
        return text


def _behind(field: str) -> str:
    """What stands behind "rfc822;" or "smtp;"."""
    kind, mark, rest = field.partition(";")
    return rest if mark else kind


def _bare(address: str) -> str:
    return address.strip().strip("<>").strip()[:LONGEST_ADDRESS]


def _short(text: str) -> str:
    return one_line(text[: 4 * LONGEST_WORDS])[:LONGEST_WORDS]
