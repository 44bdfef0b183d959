"""A real SMTP server on loopback that keeps what it receives and can be told to misbehave, recipient by recipient."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What arrived, and how to treat whom: a reply line, "hang" or "drop" by recipient, at RCPT or at DATA.

    "250 forgotten" at RCPT accepts the recipient and then refuses the DATA command; "cut" at DATA closes the connection
    in the middle of the message. Of a list each try gets the next reply, until all are used up.
    """

    port: int
    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    at_mail: list[str] = field(default_factory=list)  # whoever sends
    at_rcpt: dict[str, str | list[str]] = field(default_factory=dict)
    at_data: dict[str, str | list[str]] = field(default_factory=dict)
    mood: Callable[[], str | None] = lambda: None  # what to do to whoever says anything at all

    delay: float = 0.0  # how long a mail is looked at before it is taken
    pipelining: bool = False  # whether commands may come together
    most: int | None = None  # how many messages one connection may bring
    callers: list[SMTP] = field(default_factory=list)  # who named a recipient, once for each

    @property
    def url(self) -> str:
        """What CCHC_MAIL_URL says to send here."""
        return f"mailto://127.0.0.1:{self.port}/?from=cchc@songlam.example&mode=insecure"

    def to(self, recipient: str) -> list[EmailMessage]:
        """The mails that one recipient got."""
        return [mail for address, mail in self.received if address == recipient]

    def hang_up(self) -> None:
        """Close every open connection, as servers do with idle ones."""
        for caller in self.callers:
            asyncio.run_coroutine_threadsafe(self._misbehave(caller, "drop"), caller.loop).result()

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, offers: list[str]
    ) -> list[str]:
        session.host_name = name
        return [offers[0], *(["250-PIPELINING"] if self.pipelining else []), *offers[1:]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        brought = getattr(session, "brought", 0)
        session.brought = brought + 1  # type: ignore[attr-defined]
        answer = self.mood() or (self.at_mail.pop(0) if self.at_mail else None)
        if self.most is not None and brought >= self.most:
            answer = "421 4.7.0 too many messages"
        if answer:
            return await self._misbehave(server, answer)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.callers.append(server)
        answer = self.mood() or _next(self.at_rcpt, address)
        if answer:
            return await self._misbehave(server, answer)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        (recipient,) = envelope.rcpt_tos
        answer = self.mood() or _next(self.at_data, recipient)
        if answer:
            return await self._misbehave(server, answer)
        await asyncio.sleep(self.delay)
        mail: Any = message_from_bytes(bytes(envelope.content or b""), policy=policy.default)
        self.received.append((recipient, mail))
        return f"250 OK thu so {len(self.received)}"

    async def _misbehave(self, server: SMTP, answer: str) -> str:
        if answer == "hang":
            await asyncio.sleep(5)
            return "451 too late"
        if answer == "drop":
            _close(server)
            return "451 gone"
        if answer.startswith("421"):
            await server.push(answer)
            _close(server)
        return answer


class _Server(SMTP):
    """Closes the connection in the middle of a message, where it is told to."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        recipients = self.envelope.rcpt_tos if self.envelope else []
        if [self.event_handler.at_data.get(one) for one in recipients] == ["cut"]:
            await self.push("354 go on")
            await self._reader.readline()
            _close(self)
        else:
            await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


def _close(server: SMTP) -> None:
    if server.transport is not None:
        server.transport.close()


def _next(answers: dict[str, str | list[str]], recipient: str) -> str | None:
    answer = answers.get(recipient)
    if isinstance(answer, list):
        return answer.pop(0) if answer else None
    return answer


def body(mail: EmailMessage, kind: str = "plain") -> str:
    """The text ("plain") or HTML ("html") part of a mail."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@contextmanager
def running_smtp(**manners: Any) -> Iterator[Mailbox]:
    """A server on a free port of 127.0.0.1, gone at the end of the block; `manners` are aiosmtpd's (TLS, login)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mailbox = Mailbox(port=free.getsockname()[1])
    controller = _Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **manners)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
