"""What a mail server's answer means: as a fault for the outbox, and in plain words for an office.

Codes are those of RFC 5321 (three figures) and RFC 3463 (enhanced, "5.1.1"), with what large providers make of them.
"""

import re
from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from cchc_tasks.domain.one_line import one_line
from cchc_tasks.domain.vocabulary import Fault

LONGEST = 500  # of what is kept of an answer
LONGEST_WAIT = 24 * 60 * 60.0


class Step(StrEnum):
    """How far a message had come when the server answered; the value begins the sentence in the log."""

    CONNECT = "Không kết nối được máy chủ thư"
    LOGIN = "Máy chủ thư không cho đăng nhập"
    SENDER = "Máy chủ thư từ chối người gửi"
    RECIPIENT = "Máy chủ thư từ chối địa chỉ"
    CONTENT = "Máy chủ thư từ chối thư"

    def sentence(self, said: str) -> str:
        """The sentence of the log, around what was said."""
        return f"{self} ({said})."


class Row(NamedTuple):
    """What an answer means when its step is one of these and it fits the pattern."""

    steps: Collection[Step]
    pattern: str
    fault: Fault
    words: str


_ALL = frozenset(Step)
_ADDRESS = frozenset({Step.RECIPIENT})
_ASKED = frozenset({Step.RECIPIENT, Step.CONTENT})  # some servers look at the recipient only once they have the content

_LATER = "Máy chủ thư tạm thời chưa nhận, sẽ gửi lại."
_ACCOUNT = "Máy chủ thư không chấp nhận tài khoản gửi. Kiểm tra địa chỉ máy chủ thư."
_US = "Máy chủ thư không cho gửi bằng địa chỉ của hệ thống. Kiểm tra địa chỉ máy chủ thư."
_USED_UP = "Tài khoản gửi đã hết lượt gửi trong ngày, sẽ gửi tiếp ngày hôm sau."
_NOBODY = "Hộp thư không tồn tại hoặc từ chối nhận. Kiểm tra lại địa chỉ."
_FULL = "Hộp thư đầy."
_ASLEEP = "Hộp thư của người nhận đang ngừng nhận thư."
_FORGED = "Máy chủ thư nghi thư giả mạo (thường do chống thư rác). Kiểm tra SPF, DKIM của tên miền gửi."
_POLICY = "Máy chủ thư từ chối thư này (thường do chống thư rác)."
_LARGE = "Thư quá lớn so với mức máy chủ thư cho phép."
_REFUSED = "Máy chủ thư không nhận thư này."

# The first row that fits counts. A pattern meets the code, the enhanced code where there is one, and the words.
TABLE = (
    # The server, and whether it lets us in.
    Row(_ALL, r"421", Fault.UNREACHABLE, "Máy chủ thư tạm thời ngừng nhận, sẽ gửi lại."),
    Row({Step.CONNECT}, r"5", Fault.STOP, "Máy chủ thư không nhận kết nối từ máy này."),
    Row({Step.LOGIN}, r"5", Fault.STOP, _ACCOUNT),
    Row({Step.CONNECT, Step.LOGIN}, r"", Fault.UNREACHABLE, _LATER),
    # Our account: what it has used up, and what it may not do.
    Row(_ALL, r"503|5.*(per hour|hourly|rate limit)", Fault.AGAIN, _LATER),
    Row(_ALL, r"... [45]\.(4\.5|1\.90|5\.3|7\.23[23])\b", Fault.TOMORROW, _USED_UP),
    Row(_ALL, r"[45].*(\bdaily\b.*(limit|quota)|(limit|quota).*per day)", Fault.TOMORROW, _USED_UP),
    Row(_ALL, r"5.*(sending|submission|message count).{0,20}(limit|quota)", Fault.TOMORROW, _USED_UP),
    Row(_ALL, r"53[0458]|5.*(not owned by|send ?as ?denied|authentication (is )?required)", Fault.STOP, _ACCOUNT),
    Row({Step.SENDER}, r"5", Fault.STOP, _US),
    Row(_ASKED, r"5.. 5\.1\.[78]\b", Fault.STOP, _US),
    # The recipient by enhanced code. 5.4.1 and 5.4.4 are what Exchange says of addresses it does not have; 5.7.20 and
    # after speak of SPF, DKIM and DMARC (RFC 7372), so of the domain we write from, not of what we write.
    Row(_ASKED, r"5.. 5\.(1\.\d+|4\.[14])\b", Fault.BAD_ADDRESS, _NOBODY),
    Row(_ASKED, r"5.. 5\.2\.2\b", Fault.OTHER_CHANNEL, _FULL),
    Row(_ASKED, r"5.. 5\.2\.\d+\b", Fault.OTHER_CHANNEL, _ASLEEP),
    Row(_ASKED, r"5.. 5\.7\.(2\d|30)\b", Fault.OTHER_CHANNEL, _FORGED),
    Row(_ASKED, r"5.. 5\.3\.4\b", Fault.CONTENT, _LARGE),
    # The recipient by code.
    Row(_ADDRESS, r"552", Fault.OTHER_CHANNEL, _FULL),
    Row(_ADDRESS, r"554|5.. 5\.[467]\.", Fault.OTHER_CHANNEL, _POLICY),
    Row(_ADDRESS, r"5.*(spam|policy|block|black ?list|relay|denied|client host)", Fault.OTHER_CHANNEL, _POLICY),
    Row(_ADDRESS, r"501|55[0136]", Fault.BAD_ADDRESS, _NOBODY),
    Row(_ADDRESS, r"5", Fault.OTHER_CHANNEL, _REFUSED),
    # The message.
    Row({Step.CONTENT}, r"552", Fault.CONTENT, _LARGE),
    Row({Step.CONTENT}, r"554|5.. 5\.7\.|5.*spam", Fault.CONTENT, _POLICY),
    Row({Step.CONTENT}, r"5", Fault.CONTENT, _REFUSED),
    # What passes.
    Row(_ASKED, r"4.. 4\.2\.2\b", Fault.AGAIN, "Hộp thư đầy, sẽ gửi lại."),
    Row(_ALL, r"", Fault.AGAIN, _LATER),
)

# A code stands first in a server's answer, and in brackets where a sentence of ours quotes it.
_QUOTED = re.compile(r"(?:^|\()([245]\d\d\b.*)", re.DOTALL)
_WAIT = re.compile(
    r"(?:again|later|retry|wait|delay|gr[ea]ylist)\D{0,30}(\d{1,6}) ?(s|m|h)(?:|ec|in|econd|inute|our)s?\b",
    re.IGNORECASE,
)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_TAKEN = "Máy chủ thư đã nhận."


def fault_of(step: Step, said: str) -> Fault:
    """What a refusal ("550 5.1.1 no such user") makes the outbox do."""
    return _row(step, said).fault


def meaning(answer: str) -> str:
    """ "550 no such user" becomes "Hộp thư không tồn tại…"; a Vietnamese sentence of our own stays as it is."""
    quoted = _QUOTED.search(answer)
    if quoted is None:
        return answer
    if quoted[1].startswith("2"):
        return _TAKEN
    step = next((step for step in Step if answer.startswith(step)), Step.RECIPIENT)
    return _row(step, quoted[1]).words


def wait_of(said: str) -> float | None:
    """How many seconds the server asks us to wait ("try again in 5 minutes"); None where it names none."""
    asked = _WAIT.search(said)
    if asked is None:
        return None
    return min(float(asked[1]) * _SECONDS[asked[2].lower()], LONGEST_WAIT)


def as_said(code: int, words: str) -> str:
    """A server's answer as it is kept: one line, of limited length, without letters that steer a screen."""
    return f"{code} {one_line(words)}".strip()[:LONGEST]


def codes_of(said: str) -> str:
    """The code, and the enhanced code where there is one, without the words."""
    codes = re.match(r"-?\d+(?: \d\.\d{1,3}\.\d{1,3}\b)?", said)
    return codes[0] if codes else ""


def _row(step: Step, said: str) -> Row:
    return next(row for row in TABLE if step in row.steps and re.match(row.pattern, said, re.IGNORECASE | re.DOTALL))
