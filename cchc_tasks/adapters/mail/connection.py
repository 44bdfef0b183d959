"""One SMTP connection kept between messages, which remembers what the server said about each."""

import smtplib
import socket
import ssl

from cchc_tasks.adapters.mail.server import MailServer
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Receipt

LOST = "Mất kết nối khi đang gửi, chưa rõ thư đã đến hay chưa."
LEAVING = 421  # the server is about to close the connection (RFC 5321, 3.8)


class SmtpConnection:
    """Hands over one message at a time; a connection that died while idle is replaced before anything is sent."""

    def __init__(self, server: MailServer, *, timeout: float) -> None:
        self._server = server
        self._timeout = timeout
        self._smtp: smtplib.SMTP | None = None
        self._context = ssl.create_default_context() if server.mode != "insecure" else None

    def deliver(self, recipient: str, content: bytes) -> Receipt:
        """What became of a message: the server's own words, and whether another try may help.

        Refusals of the recipient or the content (5xx) are final; refusals of us as a sender are not the recipient's
        fault and may pass.
        """
        try:
            refused = self._addressed(recipient)
            if refused:
                return refused
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Receipt(answer=f"Không gửi được qua máy chủ thư ({_words(error)}).", fault=Fault.AGAIN)
        return self._hand_over(content)

    def greet(self) -> Receipt:
        """Whether the server lets us in, by its own words; nothing is sent and the connection is not kept."""
        try:
            code, words = self._connect().noop()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Receipt(answer=f"Không kết nối được máy chủ thư ({_words(error)}).", fault=Fault.AGAIN)
        self.close()
        fault = None if code == 250 else Fault.UNREACHABLE
        return Receipt(answer=f"Máy chủ thư trả lời ({_said(code, words)}).", fault=fault)

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

    def _clear(self, smtp: smtplib.SMTP, code: int) -> None:
        """Make ready for the next message after a refusal: servers keep the envelope of what they refused."""
        if code == LEAVING:
            self._drop()
            return
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _addressed(self, recipient: str) -> Receipt | None:
        """Name sender and recipient on a living connection; a refusal is given back."""
        kept = self._smtp is not None
        try:
            return self._envelope(self._smtp or self._connect(), recipient)
        except (OSError, smtplib.SMTPException):
            if not kept:
                raise
            self._drop()  # it died while idle; nothing was sent on it
            return self._envelope(self._connect(), recipient)

    def _envelope(self, smtp: smtplib.SMTP, recipient: str) -> Receipt | None:
        code, words = smtp.mail(self._server.sender)
        if code == LEAVING:
            raise smtplib.SMTPResponseException(code, words)
        if code != 250:
            self._clear(smtp, code)
            return Receipt(answer=f"Máy chủ thư từ chối người gửi ({_said(code, words)}).", fault=Fault.AGAIN)
        code, words = smtp.rcpt(recipient)
        if code not in (250, 251):
            self._clear(smtp, code)
            return Receipt(
                answer=f"Máy chủ thư từ chối địa chỉ ({_said(code, words)}).",
                fault=Fault.AGAIN if code < 500 else Fault.BAD_ADDRESS,
            )
        return None

    def _hand_over(self, content: bytes) -> Receipt:
        smtp = self._smtp
        if smtp is None:
            return Receipt(answer=LOST, fault=Fault.AGAIN)
        try:
            code, said = smtp.data(content)
            answer = _said(code, said)
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, _said(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException):
            # The content may have arrived; it is not sent again here, the outbox decides.
            self._drop()
            return Receipt(answer=LOST, fault=Fault.AGAIN)
        if code // 100 == 2:
            return Receipt(answer=f"Máy chủ thư đã nhận ({answer}).")
        self._clear(smtp, code)
        return Receipt(
            answer=f"Máy chủ thư từ chối thư ({answer}).", fault=Fault.AGAIN if code < 500 else Fault.BAD_ADDRESS
        )

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.mode == "ssl":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=self._context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.mode == "starttls":
                smtp.starttls(context=self._context)
            if server.user and server.password:
                smtp.login(server.user, server.password)
            else:
                smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException):
            smtp.close()
            raise
        self._smtp = smtp
        return smtp


def _said(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(said.split())}".strip()


def _words(error: Exception) -> str:
    """What went wrong, in few words; never what we sent, which may hold a password."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{error.smtp_code}: sai tên đăng nhập hoặc mật khẩu"
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    # smtplib says "disconnected" of a silence too; what it saw stands behind.
    seen = error.__context__ if isinstance(error.__context__, TimeoutError) else error
    return next(words for kind, words in _FAILURES if isinstance(seen, kind))


_FAILURES: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, "quá thời gian chờ"),
    (ConnectionRefusedError, "máy chủ không nhận kết nối"),
    (socket.gaierror, "không tìm thấy tên máy chủ"),
    (ssl.SSLCertVerificationError, "chứng thư số của máy chủ không được tin cậy"),
    (ssl.SSLError, "không thiết lập được kết nối mã hóa"),
    (smtplib.SMTPNotSupportedError, "máy chủ không hỗ trợ mã hóa hoặc đăng nhập như đã cài đặt"),
    (smtplib.SMTPServerDisconnected, "máy chủ ngắt kết nối"),
    (Exception, "không kết nối được"),
)
