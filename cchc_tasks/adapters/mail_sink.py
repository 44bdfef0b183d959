"""A mail server of the demo: takes every message on loopback and files it, so that it can be looked at."""

import asyncio
import email
import email.policy
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count
from pathlib import Path

LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SunkMail:
    """A message that was taken in; `name` is its file's."""

    name: str
    sent_at: datetime
    sender: str
    recipient: str
    subject: str
    text: str
    html: str


class MailSink:
    """Files messages as .eml below a folder, and shows them again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    async def serve(self, port: int = 0) -> asyncio.Server:
        """Listen on loopback; port 0 takes a free one."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return await asyncio.start_server(self._talk, "127.0.0.1", port, limit=LARGEST)

    def messages(self) -> list[SunkMail]:
        """What was taken in, newest first."""
        return [_read(file) for file in sorted(self._folder.glob("*.eml"), reverse=True)]

    def message(self, name: str) -> SunkMail | None:
        """One message by its name; None for a name that is none of ours."""
        return next((_read(file) for file in self._folder.glob("*.eml") if file.stem == name), None)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One SMTP session (RFC 5321, as far as a client of ours goes)."""
        recipients: list[str] = []
        await _say(writer, "220 cchc")
        try:
            while line := (await reader.readline()).decode("utf-8", errors="replace").strip():
                verb = line[:4].upper()
                if verb == "RCPT":
                    recipients.append(line.partition(":")[2].strip().strip("<>"))
                elif verb == "DATA":
                    await _say(writer, "354 go on")
                    self._file(await reader.readuntil(b"\r\n.\r\n"), recipients)
                    recipients = []
                elif verb == "QUIT":
                    await _say(writer, "221 bye")
                    break
                await _say(writer, "250 ok")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass  # a client that went away; what it had not finished is not filed
        finally:
            writer.close()

    def _file(self, data: bytes, recipients: list[str]) -> None:
        plain = data[:-3].replace(b"\r\n..", b"\r\n.")
        name = f"{time.time_ns()}-{next(self._numbers):04d}"
        part = self._folder / f"{name}.part"
        part.write_bytes(b"X-Taken-For: " + ", ".join(recipients).encode() + b"\r\n" + plain)
        part.rename(self._folder / f"{name}.eml")


async def _say(writer: asyncio.StreamWriter, line: str) -> None:
    writer.write(f"{line}\r\n".encode())
    await writer.drain()


def _read(file: Path) -> SunkMail:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError(file)
    sent_at = datetime.fromtimestamp(int(file.stem.partition("-")[0]) / 1e9, UTC)
    return SunkMail(
        name=file.stem,
        sent_at=sent_at,
        sender=str(message["From"] or ""),
        recipient=str(message["X-Taken-For"] or ""),
        subject=str(message["Subject"] or ""),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
