"""Mail as it arrives at a real SMTP server, and what is said when the server does not behave."""

import logging
import socket
from collections.abc import Iterator

import pytest

from cchc_tasks.adapters.mail.notifier import AppriseNotifier
from cchc_tasks.adapters.mail.server import read_mail_url
from cchc_tasks.domain.errors import MailUrlInvalid
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Message
from tests.smtp_server import Mailbox, body, running_smtp

HANG = "thpt-le-loi.daumoi@songlam.example"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A server that takes everything until told otherwise."""
    with running_smtp() as running:
        yield running


@pytest.fixture
def notifier(mailbox: Mailbox) -> Iterator[AppriseNotifier]:
    """A notifier that waits one second for an answer."""
    made = AppriseNotifier(mailbox.url, timeout=1)
    yield made
    made.close()


def message(recipient: str = "tccb.daumoi@songlam.example", **changed: str) -> Message:
    facts = {
        "recipient_name": "Phạm Thu Hằng",
        "subject": "2 việc quá hạn: Phòng Tổ chức cán bộ",
        "text": "Kính gửi bà Hằng,\n■ quá hạn 7 ngày",
        "html": "<p>Kính gửi bà Hằng,</p><p>■ quá hạn 7 ngày</p>",
        "reference": "20260324-digest-7",
    }
    return Message(recipient=recipient, **(facts | changed))


class TestArrival:
    def test_brings_text_and_html_in_vietnamese_to_one_recipient(
        self, mailbox: Mailbox, notifier: AppriseNotifier
    ) -> None:
        receipt = notifier.send(message())
        assert receipt.accepted
        assert "250 OK thu so 1" in receipt.answer
        ((recipient, mail),) = mailbox.received
        assert recipient == "tccb.daumoi@songlam.example"
        assert str(mail["To"]) == "Phạm Thu Hằng <tccb.daumoi@songlam.example>"
        assert str(mail["Subject"]) == "2 việc quá hạn: Phòng Tổ chức cán bộ"
        assert body(mail).split("\n")[:2] == ["Kính gửi bà Hằng,", "■ quá hạn 7 ngày"]
        assert "<p>■ quá hạn 7 ngày</p>" in body(mail, "html")

    def test_lets_a_repeat_be_recognised(self, mailbox: Mailbox, notifier: AppriseNotifier) -> None:
        notifier.send(message())
        notifier.send(message())
        marks = {(mail["X-CCHC-Delivery"], mail["Message-ID"]) for _, mail in mailbox.received}
        assert marks == {("20260324-digest-7", "<20260324-digest-7@songlam.example>")}

    def test_keeps_line_breaks_out_of_headers(self, mailbox: Mailbox, notifier: AppriseNotifier) -> None:
        notifier.send(message(subject="Nhắc việc\r\nBcc: nguoi-khac@x.example", recipient_name="A\nCc: b@x.example"))
        ((_, mail),) = mailbox.received
        assert mail["Bcc"] is None
        assert mail["Cc"] is None
        assert str(mail["Subject"]) == "Nhắc việc Bcc: nguoi-khac@x.example"

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "khong-co-cho",
            "a@x.example,b@x.example",
            "a@x.example b@x.example",
            "a@x.example\nRCPT TO:<b@x>",
            "@x.example",
        ],
    )
    def test_never_writes_to_what_is_not_one_address(
        self, mailbox: Mailbox, notifier: AppriseNotifier, address: str
    ) -> None:
        receipt = notifier.send(message(address))
        assert receipt.fault is Fault.CONTENT
        assert mailbox.received == []


class TestServerThatRefuses:
    @pytest.mark.parametrize(
        ("place", "reply", "retryable"),
        [
            ("at_rcpt", "550 khong co hop thu", False),
            ("at_rcpt", "450 hop thu ban", True),
            ("at_data", "554 thu rac", False),
            ("at_data", "452 het cho", True),
            ("at_rcpt", "421 qua nhieu ket noi", True),
        ],
    )
    def test_tells_for_now_from_for_good_and_keeps_the_words(
        self, mailbox: Mailbox, notifier: AppriseNotifier, place: str, reply: str, retryable: bool
    ) -> None:
        getattr(mailbox, place)[HANG] = reply
        receipt = notifier.send(message(HANG))
        assert (receipt.fault is Fault.AGAIN) is retryable
        assert reply in receipt.answer

    @pytest.mark.parametrize(
        ("place", "how"), [("at_rcpt", "hang"), ("at_data", "hang"), ("at_rcpt", "drop"), ("at_data", "drop")]
    )
    def test_does_not_stop_the_next_message(
        self, mailbox: Mailbox, notifier: AppriseNotifier, place: str, how: str
    ) -> None:
        assert notifier.send(message()).accepted
        getattr(mailbox, place)[HANG] = how
        receipt = notifier.send(message(HANG))
        assert receipt.fault is Fault.AGAIN
        assert notifier.send(message()).accepted
        assert len(mailbox.to("tccb.daumoi@songlam.example")) == 2
        assert mailbox.to(HANG) == []

    def test_does_not_leave_its_refused_message_in_the_way_of_the_next(
        self, mailbox: Mailbox, notifier: AppriseNotifier
    ) -> None:
        mailbox.at_rcpt[HANG] = "250 forgotten"
        assert "503" in notifier.send(message(HANG)).answer
        assert notifier.send(message()).accepted

    @pytest.mark.parametrize(("how", "words"), [("hang", "quá thời gian chờ"), ("drop", "máy chủ ngắt kết nối")])
    def test_is_told_in_plain_words(self, mailbox: Mailbox, notifier: AppriseNotifier, how: str, words: str) -> None:
        mailbox.at_rcpt[HANG] = how
        assert notifier.send(message(HANG)).answer == f"Không gửi được qua máy chủ thư ({words})."

    def test_leaves_it_unknown_whether_a_message_cut_off_at_its_end_arrived(
        self, mailbox: Mailbox, notifier: AppriseNotifier
    ) -> None:
        mailbox.at_data[HANG] = "drop"
        assert "chưa rõ thư đã đến hay chưa" in notifier.send(message(HANG)).answer

    def test_is_said_when_nobody_listens(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        receipt = AppriseNotifier(f"mailto://127.0.0.1:{port}/?from=a@b.example&mode=insecure").send(message())
        assert receipt.fault is Fault.AGAIN
        assert "không nhận kết nối" in receipt.answer


class TestKeptConnection:
    def test_carries_one_message_after_another(self, mailbox: Mailbox, notifier: AppriseNotifier) -> None:
        assert all(notifier.send(message()).accepted for _ in range(3))
        assert len({id(caller) for caller in mailbox.callers}) == 1

    def test_is_replaced_when_the_server_closed_it_while_idle(
        self, mailbox: Mailbox, notifier: AppriseNotifier
    ) -> None:
        assert notifier.send(message()).accepted
        mailbox.hang_up()
        assert notifier.send(message()).accepted
        assert len(mailbox.received) == 2
        assert len({id(caller) for caller in mailbox.callers}) == 2


class TestMailUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "smtp://127.0.0.1/?from=a@b.example",
            "mailto://127.0.0.1:2525/",
            "mailto://127.0.0.1:khong/?from=a@b.example",
            "mailto://?from=a@b.example",
            "mailto://127.0.0.1/?from=khong-phai-dia-chi",
            "mailtos://x:y@127.0.0.1/?from=a@b.example&mode=la",
        ],
    )
    def test_is_refused_where_it_says_too_little(self, url: str) -> None:
        with pytest.raises(MailUrlInvalid):
            read_mail_url(url)

    def test_shows_its_password_to_nobody(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        notifier = AppriseNotifier("mailtos://cchc:mat-khau@127.0.0.1:9/?from=a@b.example", timeout=1)
        receipt = notifier.send(message())
        told = f"{receipt} {notifier._server!r} {caplog.text}"
        assert "mat-khau" not in told
