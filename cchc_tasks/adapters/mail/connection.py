"""One SMTP connection kept between messages, which remembers what the server said about each."""

import smtplib
import socket
import ssl
import time
from base64 import b64encode
from urllib.parse import quote

from cchc_tasks.adapters.mail.server import MailServer
from cchc_tasks.domain.mail_answers import Step, as_said, codes_of, fault_of, wait_of
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Receipt

LOST = "Mất kết nối khi đang gửi, chưa rõ thư đã đến hay chưa."
LEAVING = 421  # the server is about to close the connection (RFC 5321, 3.8)
GO_ON = 354  # the server waits for the content
HIDDEN = "…"
MOST_ANSWERED = 64 * 1024  # bytes of one answer
SHORTEST_SECRET = 4  # hiding fewer letters would only spoil the words around them


class _DiedIdleError(Exception):
    """The kept connection was gone before anything was said on it."""


class SmtpConnection:
    """Hands over one message at a time; a connection that died while idle is replaced before anything is sent."""

    def __init__(self, server: MailServer, *, timeout: float) -> None:
        self._server = server
        self._timeout = timeout
        self._smtp: smtplib.SMTP | None = None
        self._context = ssl.create_default_context() if server.mode != "insecure" else None
        self._secrets = _forms_of(server)

    def deliver(self, recipient: str, content: bytes) -> Receipt:
        """What became of a message: the server's own words, and what its refusal means (domain/mail_answers.py).

        `content` ends with a line break. It goes out at most once; where the end of it was lost, the outbox decides.
        """
        if self._smtp is not None:
            try:
                return self._talk(self._smtp, recipient, content, kept=True)
            except _DiedIdleError:
                self._drop()
        smtp = self._connect()
        return smtp if isinstance(smtp, Receipt) else self._talk(smtp, recipient, content, kept=False)

    def greet(self) -> Receipt:
        """Whether the server lets us in, by its own words; nothing is sent and the connection is not kept."""
        smtp = self._connect()
        if isinstance(smtp, Receipt):
            return smtp
        try:
            code, words = smtp.noop()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return _failed(Step.CONNECT, error)
        self.close()
        if code != 250:
            return self._refusal(Step.CONNECT, code, words)
        return Receipt(answer=f"Máy chủ thư trả lời ({self._said(code, words)}).")

    def close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def _talk(self, smtp: smtplib.SMTP, recipient: str, content: bytes, *, kept: bool) -> Receipt:
        return self._announce(smtp, recipient, kept=kept) or self._hand_over(smtp, content)

    def _announce(self, smtp: smtplib.SMTP, recipient: str, *, kept: bool) -> Receipt | None:
        """Name sender and recipient, in one go where the server allows it (RFC 2920); None: it waits for the content.

        Raises _DiedIdleError when a kept connection does not answer to the sender: nothing was sent on it.
        """
        commands = {
            Step.SENDER: f"MAIL FROM:<{self._server.sender}>",
            Step.RECIPIENT: f"RCPT TO:<{recipient}>",
            Step.CONTENT: "DATA",
        }
        together = smtp.has_extn("pipelining")
        step = Step.SENDER
        try:
            if together:
                smtp.send("\r\n".join([*commands.values(), ""]))
            for asked, (step, command) in enumerate(commands.items(), start=1):
                if not together:
                    smtp.putcmd(command)
                code, words = smtp.getreply()
                if kept and step is Step.SENDER and code == LEAVING:
                    raise _DiedIdleError
                if code != GO_ON if step is Step.CONTENT else code // 100 != 2:
                    self._clear(smtp, code, unread=len(commands) - asked if together else 0)
                    return self._refusal(step, code, words)
        except (OSError, smtplib.SMTPException) as error:
            if kept and step is Step.SENDER:
                raise _DiedIdleError from error
            self._drop()
            return _failed(step, error)
        return None

    def _hand_over(self, smtp: smtplib.SMTP, content: bytes) -> Receipt:
        try:
            smtp.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, words = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            # The content may have arrived; it is not sent again here, the outbox decides.
            self._drop()
            return Receipt(answer=LOST, fault=Fault.AGAIN)
        if code // 100 == 2:
            return Receipt(answer=f"Máy chủ thư đã nhận ({self._said(code, words)}).")
        self._clear(smtp, code)
        return self._refusal(Step.CONTENT, code, words)

    def _clear(self, smtp: smtplib.SMTP, code: int, *, unread: int = 0) -> None:
        """Make ready for the next message after a refusal: servers keep the envelope of what they refused.

        `unread` answers are still to come to what was sent along. A server that waits for content nobody sends it, or
        says what no server says, is left.
        """
        try:
            answers = [code, *(smtp.getreply()[0] for _ in range(unread))]
            if LEAVING in answers or GO_ON in answers or min(answers) < 200:
                self._drop()
            else:
                smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _connect(self) -> smtplib.SMTP | Receipt:
        """A connection that is let in, now the kept one, or why there is none."""
        server, step, smtp = self._server, Step.CONNECT, None
        try:
            smtp = self._open()
            if smtp.sock is not None:  # so that the end of a message does not wait for word of its beginning
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if server.mode == "starttls":
                smtp.starttls(context=self._context)
            smtp.ehlo_or_helo_if_needed()
            if server.user and server.password:
                step = Step.LOGIN
                smtp.login(server.user, server.password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if smtp is not None:
                smtp.close()
            if isinstance(error, smtplib.SMTPResponseException):
                return self._refusal(step, error.smtp_code, error.smtp_error)
            return _failed(step, error)
        self._smtp = smtp
        return smtp

    def _open(self) -> smtplib.SMTP:
        server = self._server
        if server.mode == "ssl":
            return _SecuredSmtp(server.host, server.port, timeout=self._timeout, context=self._context)
        return _Smtp(server.host, server.port, timeout=self._timeout)

    def _refusal(self, step: Step, code: int, words: bytes | str) -> Receipt:
        said = self._said(code, words)
        fault = fault_of(step, said)
        wait = wait_of(said) if fault in (Fault.AGAIN, Fault.UNREACHABLE) else None
        if step is Step.LOGIN:  # a server may repeat what it was given in any form: its codes are enough
            said = f"{codes_of(said)}: sai tên đăng nhập hoặc mật khẩu"
        return Receipt(answer=step.sentence(said), fault=fault, wait=wait)

    def _said(self, code: int, words: bytes | str) -> str:
        said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        for secret in self._secrets:
            said = said.replace(secret, HIDDEN)
        return as_said(code, said)


class _Answers:
    """What a server says, read as a file: so much of one answer, and for so long, whatever it does."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._rest = sock, b""
        self._room, self._until = 0, 0.0

    def begin(self, seconds: float) -> None:
        """Another answer is waited for."""
        self._room, self._until = MOST_ANSWERED, time.monotonic() + seconds

    def readline(self, most: int) -> bytes:
        """A line, or as much of it as is taken; raises TimeoutError where it takes too long, or never ends."""
        while b"\n" not in self._rest and len(self._rest) < most:
            left = self._until - time.monotonic()
            if left <= 0 or self._room <= 0:
                raise TimeoutError
            self._sock.settimeout(left)
            piece = self._sock.recv(most)
            if not piece:
                break
            self._rest += piece
            self._room -= len(piece)
        end = self._rest.find(b"\n", 0, most) + 1 or most
        line, self._rest = self._rest[:end], self._rest[end:]
        return line

    def close(self) -> None:
        """Nothing is open but the socket, which is not ours."""


class _Bounded(smtplib.SMTP):
    """Waits for an answer no longer in all than `timeout` says, however it drips."""

    def getreply(self) -> tuple[int, bytes]:
        if self.sock is not None:
            if not isinstance(self.file, _Answers):
                self.file = _Answers(self.sock)
            self.file.begin(self.timeout)
        answer = super().getreply()
        if self.sock is not None:
            self.sock.settimeout(self.timeout)
        return answer


class _Smtp(_Bounded):
    pass


class _SecuredSmtp(_Bounded, smtplib.SMTP_SSL):
    pass


def _forms_of(server: MailServer) -> tuple[str, ...]:
    """The password in every form in which we say it to a server."""
    password = server.password or ""
    if len(password) < SHORTEST_SECRET:
        return ()
    both = f"\0{server.user}\0{password}"
    packed = (b64encode(one.encode()).decode().rstrip("=") for one in (both, password))
    return (*packed, password, quote(password, safe=""))


def _failed(step: Step, error: Exception) -> Receipt:
    """What went wrong without an answer, in few words; never what we sent, which may hold a password."""
    # smtplib says "disconnected" of a silence too; what it saw stands behind.
    seen = error.__context__ if isinstance(error.__context__, TimeoutError) else error
    fault, words = next((fault, words) for kind, fault, words in _FAILURES if isinstance(seen, kind))
    if step in (Step.RECIPIENT, Step.CONTENT):  # it may be this recipient alone at which the server falls silent
        return Receipt(answer=f"Không gửi được qua máy chủ thư ({words}).", fault=Fault.AGAIN)
    return Receipt(answer=Step.CONNECT.sentence(words), fault=fault)


_FAILURES: tuple[tuple[type[BaseException], Fault, str], ...] = (
    (TimeoutError, Fault.UNREACHABLE, "quá thời gian chờ"),
    (ConnectionRefusedError, Fault.UNREACHABLE, "máy chủ không nhận kết nối"),
    (socket.gaierror, Fault.UNREACHABLE, "không tìm thấy tên máy chủ"),
    (ssl.SSLCertVerificationError, Fault.STOP, "chứng thư số của máy chủ không được tin cậy"),
    (ssl.SSLError, Fault.UNREACHABLE, "không thiết lập được kết nối mã hóa"),
    (smtplib.SMTPServerDisconnected, Fault.UNREACHABLE, "máy chủ ngắt kết nối"),
    (smtplib.SMTPResponseException, Fault.UNREACHABLE, "máy chủ trả lời không theo quy ước"),
    (smtplib.SMTPException, Fault.STOP, "máy chủ không hỗ trợ mã hóa hoặc đăng nhập như đã cài đặt"),
    (ValueError, Fault.STOP, "tên máy chủ, tên đăng nhập hoặc mật khẩu có chữ không dùng được"),
    (Exception, Fault.UNREACHABLE, "không kết nối được"),
)
