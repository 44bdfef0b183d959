"""The mailbox to which mails come back, over IMAP (RFC 3501), and one such mail in a file.

A mail is marked as read only once it was taken in, and none is ever deleted. What the server says is never repeated:
it may hold what we said to it.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import unquote, urlsplit

from cchc_tasks.domain.bounces import MOST_BYTES
from cchc_tasks.domain.errors import (
    BounceMailboxRefused,
    BounceMailboxUnreachable,
    BounceUrlInvalid,
    BounceUrlNotSet,
    FileMissing,
    FileUnreadable,
)

PORTS = {"imaps": 993, "imap": 143}
MOST_MAILS = 200  # in one run
TIMEOUT_SECONDS = 15.0  # for one answer
RUN_SECONDS = 120.0  # for everything: whatever the server does, it ends then
MOST_ANSWERED = 4 * MOST_BYTES  # to one command
_FOLDER = re.compile(r"[\w .&/+,-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where the mailbox is; the password is kept out of every text about it."""

    host: str
    port: int
    secured: bool
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"


def read_bounce_url(url: str) -> MailboxAddress:
    """Read `imaps://user:password@host[:port][/folder]`; raises BounceUrlInvalid, which repeats nothing of it."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, parts.hostname
    except ValueError:
        raise BounceUrlInvalid from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path).strip("/") or "INBOX"
    sayable = all(one.isascii() and one.isprintable() for one in (user, password))
    if parts.scheme not in PORTS or not (host and user and password and sayable and _FOLDER.fullmatch(folder)):
        raise BounceUrlInvalid
    return MailboxAddress(host, port or PORTS[parts.scheme], parts.scheme == "imaps", user, password, folder)


class ImapMailbox:
    """Hands over the unread mails of a mailbox; fulfils collect_bounces.ReturnedMail."""

    def __init__(self, url: str | None, *, timeout: float = TIMEOUT_SECONDS, in_all: float = RUN_SECONDS) -> None:
        self._url = url
        self._timeout = timeout
        self._in_all = in_all

    def each(self, take: Callable[[bytes], None]) -> None:
        """Hand over each unread mail, oldest first, and mark it as read; at most MOST_MAILS of them.

        Raises BounceUrlNotSet, BounceUrlInvalid, BounceMailboxUnreachable and BounceMailboxRefused, and whatever
        `take` does: that mail stays unread.
        """
        if not self._url:
            raise BounceUrlNotSet
        address = read_bounce_url(self._url)
        with _told():
            imap = self._open(address)
        try:
            with _told():
                _enter(imap, address)
                unread = _unread(imap)
            for number in unread[:MOST_MAILS]:
                with _told():
                    raw = _fetched(imap, number)
                if raw is not None:
                    take(raw)
                with _told():
                    _asked(imap.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))
            with suppress(imaplib.IMAP4.error, OSError):
                imap.logout()
        finally:
            with suppress(OSError):
                imap.shutdown()

    def _open(self, address: MailboxAddress) -> imaplib.IMAP4:
        if address.secured:
            context = ssl.create_default_context()
            return _SecuredImap(self._in_all, address.host, address.port, timeout=self._timeout, ssl_context=context)
        return _Imap(self._in_all, address.host, address.port, timeout=self._timeout)


@dataclass(frozen=True, slots=True)
class MailFile:
    """One returned mail, as a mail program saved it (.eml)."""

    path: Path

    def each(self, take: Callable[[bytes], None]) -> None:
        """Hand it over; raises FileMissing or FileUnreadable."""
        try:
            with self.path.open("rb") as file:
                raw = file.read(MOST_BYTES)
        except FileNotFoundError:
            raise FileMissing(path=self.path.name) from None
        except OSError:
            raise FileUnreadable(path=self.path.name) from None
        take(raw)


class _Bounded(imaplib.IMAP4):
    """Takes no more from a server than it was asked for, and for no longer than so many seconds in all."""

    def __init__(self, in_all: float, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - imaplib's own
        self._end = Timer(in_all, self._cut)
        self._end.daemon = True
        self._room = MOST_ANSWERED
        super().__init__(*args, **kwargs)

    def open(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().open(*args, **kwargs)
        self._end.start()

    def _command(self, name: str, *args: Any) -> bytes:  # noqa: ANN401
        self._room = MOST_ANSWERED
        said: bytes = super()._command(name, *args)  # type: ignore[misc]
        return said

    def read(self, size: int) -> bytes:
        self._take(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._take(len(line))
        return line

    def _take(self, size: int) -> None:
        """imaplib keeps all that is said to a command until the command has ended."""
        self._room -= size
        if self._room < 0:
            raise self.abort("more than was asked for")

    def shutdown(self) -> None:
        self._end.cancel()
        super().shutdown()

    def _cut(self) -> None:
        """Let whoever waits for an answer hear at once that there will be none."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)


class _Imap(_Bounded):
    pass


class _SecuredImap(_Bounded, imaplib.IMAP4_SSL):
    pass


def _enter(imap: imaplib.IMAP4, address: MailboxAddress) -> None:
    """Log in and open the folder; in clear only to a server in the house."""
    if not address.secured and not _is_near(imap.socket()):
        raise BounceMailboxRefused(reason="imap:// chỉ dùng trong mạng nội bộ, ra ngoài cần imaps://")
    try:
        imap.login(_quoted(address.user), address.password)  # imaplib quotes the password alone
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        raise BounceMailboxRefused(reason="sai tên đăng nhập hoặc mật khẩu") from None
    if imap.select(f'"{address.folder}"')[0] != "OK":
        raise BounceMailboxRefused(reason="không có ngăn thư đã đặt")


def _quoted(text: str) -> str:
    """Text without line breaks as one word of a command (RFC 3501, 4.3)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unread(imap: imaplib.IMAP4) -> list[str]:
    """The numbers of the mails that nobody has read, oldest first."""
    (found,) = _asked(imap.uid("SEARCH", "UNSEEN"))[:1] or [b""]
    return [one.decode() for one in found.split() if one.isdigit()] if isinstance(found, bytes) else []


def _fetched(imap: imaplib.IMAP4, number: str) -> bytes | None:
    """A mail's beginning; None where it is gone meanwhile."""
    answer = _asked(imap.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)"))
    return next((one[1] for one in answer if isinstance(one, tuple)), None)


def _asked(answer: tuple[str, list[object]]) -> list[object]:
    """What a server said to a command that it took."""
    status, said = answer
    if status != "OK":
        raise BounceMailboxUnreachable(reason="máy chủ từ chối lệnh")
    return said


def _is_near(sock: socket.socket) -> bool:
    """Whether the other end stands in the house."""
    return ip_address(sock.getpeername()[0].partition("%")[0]).is_private


@contextmanager
def _told() -> Iterator[None]:
    """Turn what goes wrong into one sentence, without a word of the server's."""
    try:
        yield
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        if isinstance(error, ssl.SSLCertVerificationError):
            raise BounceMailboxRefused(reason="chứng thư số của máy chủ không được tin cậy") from None
        words = next((words for kind, words in _FAILURES if isinstance(error, kind)), "không kết nối được")
        raise BounceMailboxUnreachable(reason=words) from None


_FAILURES: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, "quá thời gian chờ"),
    (ConnectionRefusedError, "máy chủ không nhận kết nối"),
    (socket.gaierror, "không tìm thấy tên máy chủ"),
    (ssl.SSLError, "không thiết lập được kết nối mã hóa"),
    (imaplib.IMAP4.abort, "máy chủ ngắt kết nối"),
    (imaplib.IMAP4.error, "máy chủ trả lời không theo quy ước"),
)
