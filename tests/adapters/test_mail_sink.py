"""The demo's mail server takes what a real SMTP client sends, and shows it again unchanged."""

import asyncio
import smtplib
import socket
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.adapters.mail_sink import LARGEST, MailSink
from cchc_tasks.ports import Message

TEXT = "Kính gửi bà Hằng,\n.\n..hai dấu chấm đầu dòng\n■ quá hạn 7 ngày\n"


@pytest.fixture
def sink(tmp_path: Path) -> MailSink:
    """A sink over a folder that does not exist yet."""
    return MailSink(tmp_path / "mail-sink")


def while_serving(sink: MailSink, work: Callable[[int], None]) -> None:
    """Do some client's work, given the port, while the sink listens."""

    async def serve() -> None:
        server = await sink.serve()
        try:
            await asyncio.to_thread(work, server.sockets[0].getsockname()[1])
        finally:
            server.close()
            await server.wait_closed()

    asyncio.run(serve())


def mail(subject: str = "2 việc quá hạn", text: str = TEXT) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "cchc@songlam.example", "tccb.daumoi@songlam.example", subject
    made.set_content(text, cte="8bit")
    made.add_alternative("<p>■ quá hạn 7 ngày</p>", subtype="html")
    return made


class TestMessages:
    def test_come_back_as_they_were_sent_newest_first(self, sink: MailSink) -> None:
        def send(port: int) -> None:
            with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
                assert client.noop()[0] == 250
                client.send_message(mail("Thư thứ nhất"))
                client.rset()
                client.send_message(mail("Thư thứ hai"))

        while_serving(sink, send)
        newest, oldest = sink.messages()
        assert (newest.subject, oldest.subject) == ("Thư thứ hai", "Thư thứ nhất")
        assert (newest.sender, newest.recipient) == ("cchc@songlam.example", "tccb.daumoi@songlam.example")
        assert newest.text.replace("\r\n", "\n") == TEXT
        assert "■ quá hạn 7 ngày" in newest.html
        assert sink.message(oldest.name) == oldest

    def test_are_taken_from_the_notifier_that_offices_use(self, sink: MailSink) -> None:
        def send(port: int) -> None:
            notifier = MailNotifier(f"mailto://127.0.0.1:{port}/?from=cchc@songlam.example&mode=insecure", timeout=5)
            message = Message(
                "vp.daumoi@songlam.example", "Lê Văn Bình", "Tiêu đề", "Nội dung", "<p>x</p>", "1-digest-1"
            )
            assert notifier.send(message).accepted
            notifier.close()

        while_serving(sink, send)
        (only,) = sink.messages()
        assert (only.recipient, only.subject, only.text.strip()) == ("vp.daumoi@songlam.example", "Tiêu đề", "Nội dung")

    def test_for_two_recipients_are_one_that_names_both(self, sink: MailSink) -> None:
        def send(port: int) -> None:
            with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
                client.send_message(mail(), to_addrs=["giamdoc@songlam.example", "vp.daumoi@songlam.example"])

        while_serving(sink, send)
        (only,) = sink.messages()
        assert only.recipient == "giamdoc@songlam.example, vp.daumoi@songlam.example"

    def test_that_were_not_finished_or_are_too_large_are_not_kept(self, sink: MailSink) -> None:
        def send(port: int) -> None:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as gone:
                gone.sendall(b"EHLO a\r\nMAIL FROM:<a@b.vn>\r\nRCPT TO:<c@d.vn>\r\nDATA\r\nSubject: x\r\n\r\nnua cau")
            client = smtplib.SMTP("127.0.0.1", port, timeout=5)
            with pytest.raises((smtplib.SMTPException, OSError)):
                client.sendmail("a@b.vn", "c@d.vn", b"x" * (LARGEST + 1_000_000))
            client.close()

        while_serving(sink, send)
        assert sink.messages() == []


class TestName:
    @pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "*", "", "khong-co"])
    def test_that_is_none_of_ours_finds_nothing(self, sink: MailSink, tmp_path: Path, name: str) -> None:
        (tmp_path / "secret.eml").write_text("Subject: x\n\ny")
        while_serving(sink, lambda _port: None)
        assert sink.message(name) is None
