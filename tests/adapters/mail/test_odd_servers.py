"""Servers that no office should have: one that repeats what it was told, one that wants content for nobody."""

import logging
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Message, Receipt

PASSWORD = "mat-khau+9"
MESSAGE = Message("tccb@songlam.example", "Hằng", "Nhắc việc", "Việc", "<p>Việc</p>", "20260324-digest-7")
Answer = Callable[[str, list[str]], str]  # to a line, knowing all that were heard


@contextmanager
def answering(answer: Answer) -> Iterator[tuple[int, list[str]]]:
    """A server on a free port that answers one caller line by line, and what it has heard."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_talk, args=(server, answer, heard))
        thread.start()
        try:
            yield server.getsockname()[1], heard
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def _talk(server: socket.socket, answer: Answer, heard: list[str]) -> None:
    try:
        connection, _ = server.accept()
    except OSError:
        return
    with connection, connection.makefile("rb") as lines:
        said = "220 here"
        while said:
            connection.sendall(f"{said}\r\n".encode())
            line = lines.readline().decode().strip()
            heard.append(line)
            said = answer(line, heard) if line else ""


def send(port: int, password: str = "mat-khau%2B9") -> Receipt:
    notifier = MailNotifier(f"mailto://cchc:{password}@127.0.0.1:{port}/?from=cchc@b.example&mode=insecure", timeout=2)
    try:
        return notifier.send(MESSAGE)
    finally:
        notifier.close()


def refusing_login(line: str, heard: list[str]) -> str:
    if line.startswith("ehlo"):
        return "250-here\r\n250 AUTH PLAIN"
    return f"535 5.7.8 no: {heard} {PASSWORD}" if line.startswith("AUTH") else "250 ok"


def refusing_recipient(line: str, heard: list[str]) -> str:
    if line.startswith("AUTH"):
        return "235 hello"
    return f"550 5.7.1 no: {heard} {PASSWORD}" if line.startswith("RCPT") else refusing_login(line, heard)


def wanting_content(line: str, heard: list[str]) -> str:
    answers = {"ehlo": "250-here\r\n250-PIPELINING\r\n250 AUTH PLAIN", "AUTH": "235 hello"}
    answers |= {"RCPT": "550 5.1.1 nobody", "DATA": "354 go on"}
    return answers.get(line[:4], "250 ok")


class TestServerThatRepeatsWhatItHears:
    @pytest.mark.parametrize(
        ("answer", "fault", "quoted"),
        [
            (refusing_login, Fault.STOP, "(535 5.7.8: sai tên đăng nhập hoặc mật khẩu)"),
            (refusing_recipient, Fault.OTHER_CHANNEL, "550 5.7.1 no: ['ehlo"),
        ],
    )
    def test_gets_no_password_into_a_receipt_or_a_log(
        self, answer: Answer, fault: Fault, quoted: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with answering(answer) as (port, heard):
            receipt = send(port)
        packed = b64encode(f"\0cchc\0{PASSWORD}".encode()).decode()
        assert any(packed in line for line in heard)
        assert (receipt.fault, quoted in receipt.answer) == (fault, True)
        told = f"{receipt} {caplog.text}"
        for form in (PASSWORD, "mat-khau%2B9", packed.rstrip("="), b64encode(PASSWORD.encode()).decode().rstrip("=")):
            assert form not in told


class TestServerThatWantsContentForNobody:
    def test_gets_none(self) -> None:
        with answering(wanting_content) as (port, heard):
            receipt = send(port)
        assert receipt.fault is Fault.BAD_ADDRESS
        assert heard[heard.index("DATA") + 1 :] == [""]  # the caller has hung up


class TestPasswordThatCannotBeSaid:
    def test_stops_the_channel_and_is_not_shown(self) -> None:
        with answering(refusing_recipient) as (port, _):
            receipt = send(port, password="M%E1%BA%ADt")
        assert receipt.fault is Fault.STOP
        assert "Mật" not in receipt.answer
