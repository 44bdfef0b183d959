"""One SMTP connection kept between messages, which remembers what the server said about each."""

import smtplib
import ssl

from cchc_tasks.adapters.mail.server import MailServer
from cchc_tasks.ports import Receipt

LOST = "Mất kết nối khi đang gửi, chưa rõ thư đã đến hay chưa."


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
            self.close()
            return Receipt(accepted=False, answer=f"Không gửi được qua máy chủ thư ({_words(error)}).", retryable=True)
        return self._hand_over(content)

    def close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _addressed(self, recipient: str) -> Receipt | None:
        """Name sender and recipient on a living connection; a refusal is given back."""
        kept = self._smtp is not None
        try:
            return self._envelope(self._smtp or self._connect(), recipient)
        except (OSError, smtplib.SMTPServerDisconnected):
            if not kept:
                raise
            self.close()  # it died while idle; nothing was sent on it
            return self._envelope(self._connect(), recipient)

    def _envelope(self, smtp: smtplib.SMTP, recipient: str) -> Receipt | None:
        code, words = smtp.mail(self._server.sender)
        if code != 250:
            smtp.rset()
            return Receipt(
                accepted=False, answer=f"Máy chủ thư từ chối người gửi ({_said(code, words)}).", retryable=True
            )
        code, words = smtp.rcpt(recipient)
        if code not in (250, 251):
            smtp.rset()
            return Receipt(
                accepted=False, answer=f"Máy chủ thư từ chối địa chỉ ({_said(code, words)}).", retryable=code < 500
            )
        return None

    def _hand_over(self, content: bytes) -> Receipt:
        if self._smtp is None:
            return Receipt(accepted=False, answer=LOST, retryable=True)
        try:
            code, words = self._smtp.data(content)
        except smtplib.SMTPDataError as error:
            code, words = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""
        except (OSError, smtplib.SMTPException):
            # The content may have arrived; it is not sent again here, the outbox decides.
            self._smtp.close()
            self._smtp = None
            return Receipt(accepted=False, answer=LOST, retryable=True)
        if code // 100 == 2:
            return Receipt(accepted=True, answer=f"Máy chủ thư đã nhận ({_said(code, words)}).")
        return Receipt(accepted=False, answer=f"Máy chủ thư từ chối thư ({_said(code, words)}).", retryable=code < 500)

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


def _said(code: int, words: bytes) -> str:
    return f"{code} {' '.join(words.decode('utf-8', 'replace').split())}".strip()


def _words(error: Exception) -> str:
    """What went wrong, in few words; never what we sent, which may hold a password."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{error.smtp_code}: sai tên đăng nhập hoặc mật khẩu"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code}"
    if isinstance(error, TimeoutError):
        return "quá thời gian chờ"
    if isinstance(error, ConnectionRefusedError):
        return "máy chủ không nhận kết nối"
    return type(error).__name__
