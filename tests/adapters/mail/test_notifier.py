"""Mail as it arrives at a real SMTP server, and what is said when the server does not behave."""

import logging
import socket
from collections.abc import Iterator

import pytest

from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.adapters.mail.server import read_mail_url
from cchc_tasks.domain.errors import MailUrlInvalid
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Message
from tests.smtp_server import Mailbox, body, running_smtp

HANG = "thpt-le-loi.daumoi@songlam.example"


@pytest.fixture(params=[False, True], ids=["one by one", "together"])
def mailbox(request: pytest.FixtureRequest) -> Iterator[Mailbox]:
    """A server that takes everything until told otherwise, and lets commands come together or not."""
    with running_smtp() as running:
        running.pipelining = request.param
        yield running


@pytest.fixture
def notifier(mailbox: Mailbox) -> Iterator[MailNotifier]:
    """A notifier that does not wait long for an answer."""
    made = MailNotifier(mailbox.url, timeout=0.8)
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
        self, mailbox: Mailbox, notifier: MailNotifier
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

    def test_lets_a_repeat_be_recognised(self, mailbox: Mailbox, notifier: MailNotifier) -> None:
        notifier.send(message())
        notifier.send(message())
        marks = {(mail["X-CCHC-Delivery"], mail["Message-ID"]) for _, mail in mailbox.received}
        assert marks == {("20260324-digest-7", "<20260324-digest-7@songlam.example>")}

    def test_is_known_by_the_number_under_which_it_may_come_back(
        self, mailbox: Mailbox, notifier: MailNotifier
    ) -> None:
        assert notifier.send(message()).reference == "<20260324-digest-7@songlam.example>"
        mailbox.at_rcpt[HANG] = "450 busy"
        assert notifier.send(message(HANG)).reference is None

    def test_leaves_the_letters_of_an_address_as_they_are(self, mailbox: Mailbox, notifier: MailNotifier) -> None:
        address = "Thu.Ky+nhac%41'viec@Songlam.EXAMPLE"
        assert notifier.send(message(address)).accepted
        ((recipient, mail),) = mailbox.received
        assert (recipient, str(mail["To"].addresses[0].addr_spec)) == (address, address)

    def test_keeps_line_breaks_out_of_headers(self, mailbox: Mailbox, notifier: MailNotifier) -> None:
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
            "a@x.example.",
            "a@trường.example",
            "người@x.example",
            f"{'a' * 65}@x.example",
            f"a@{'x' * 250}.example",
        ],
    )
    def test_never_writes_to_what_is_not_one_address(
        self, mailbox: Mailbox, notifier: MailNotifier, address: str
    ) -> None:
        receipt = notifier.send(message(address))
        assert receipt.fault is Fault.BAD_ADDRESS
        assert mailbox.callers == []


class TestServerThatRefuses:
    @pytest.mark.parametrize(
        ("place", "reply", "fault"),
        [
            ("at_rcpt", "550 5.1.1 khong co hop thu", Fault.BAD_ADDRESS),
            ("at_rcpt", "552 5.2.2 hop thu day", Fault.OTHER_CHANNEL),
            ("at_rcpt", "554 5.7.1 khong nhan", Fault.OTHER_CHANNEL),
            ("at_rcpt", "550 5.4.5 daily limit", Fault.TOMORROW),
            ("at_rcpt", "450 hop thu ban", Fault.AGAIN),
            ("at_rcpt", "421 qua nhieu ket noi", Fault.UNREACHABLE),
            ("at_data", "554 thu rac", Fault.CONTENT),
            ("at_data", "552 5.3.4 thu qua lon", Fault.CONTENT),
            ("at_data", "452 het cho", Fault.AGAIN),
        ],
    )
    def test_is_understood_and_quoted_and_takes_the_next_message(
        self, mailbox: Mailbox, notifier: MailNotifier, place: str, reply: str, fault: Fault
    ) -> None:
        getattr(mailbox, place)[HANG] = reply
        receipt = notifier.send(message(HANG))
        assert receipt.fault is fault
        assert f"({reply})" in receipt.answer
        assert notifier.send(message()).accepted
        assert [address for address, _ in mailbox.received] == ["tccb.daumoi@songlam.example"]

    @pytest.mark.parametrize(
        ("reply", "fault"),
        [("550 5.7.1 not you", Fault.STOP), ("451 4.3.0 later", Fault.AGAIN), ("530 login", Fault.STOP)],
    )
    def test_may_refuse_whoever_sends(self, mailbox: Mailbox, notifier: MailNotifier, reply: str, fault: Fault) -> None:
        mailbox.at_mail.append(reply)
        assert notifier.send(message()).fault is fault
        assert notifier.send(message()).accepted

    def test_takes_at_the_second_try_whom_it_greylists(self, mailbox: Mailbox, notifier: MailNotifier) -> None:
        mailbox.at_rcpt[HANG] = ["451 4.7.1 greylisted, please try again in 5 minutes"]
        receipt = notifier.send(message(HANG))
        assert (receipt.fault, receipt.wait) == (Fault.AGAIN, 300)
        assert notifier.send(message(HANG)).accepted

    def test_takes_the_rest_over_another_connection_where_one_may_bring_three(
        self, mailbox: Mailbox, notifier: MailNotifier
    ) -> None:
        mailbox.most = 3
        assert all(notifier.send(message()).accepted for _ in range(7))
        assert len({id(caller) for caller in mailbox.callers}) == 3

    def test_is_unreachable_where_no_connection_may_bring_any(self, mailbox: Mailbox, notifier: MailNotifier) -> None:
        mailbox.most = 0
        receipt = notifier.send(message())
        assert receipt.fault is Fault.UNREACHABLE
        assert "421 4.7.0 too many messages" in receipt.answer

    @pytest.mark.parametrize(
        ("place", "how"),
        [("at_rcpt", "hang"), ("at_data", "hang"), ("at_rcpt", "drop"), ("at_data", "drop"), ("at_data", "cut")],
    )
    def test_does_not_stop_the_next_message(
        self, mailbox: Mailbox, notifier: MailNotifier, place: str, how: str
    ) -> None:
        assert notifier.send(message()).accepted
        getattr(mailbox, place)[HANG] = how
        receipt = notifier.send(message(HANG))
        assert receipt.fault is Fault.AGAIN
        assert notifier.send(message()).accepted
        assert len(mailbox.to("tccb.daumoi@songlam.example")) == 2
        assert mailbox.to(HANG) == []

    def test_does_not_leave_its_refused_message_in_the_way_of_the_next(
        self, mailbox: Mailbox, notifier: MailNotifier
    ) -> None:
        mailbox.at_rcpt[HANG] = "250 forgotten"
        assert "503" in notifier.send(message(HANG)).answer
        assert notifier.send(message()).accepted

    @pytest.mark.parametrize(("how", "words"), [("hang", "quá thời gian chờ"), ("drop", "máy chủ ngắt kết nối")])
    def test_is_told_in_plain_words(self, mailbox: Mailbox, notifier: MailNotifier, how: str, words: str) -> None:
        mailbox.at_rcpt[HANG] = how
        assert notifier.send(message(HANG)).answer == f"Không gửi được qua máy chủ thư ({words})."

    @pytest.mark.parametrize("how", ["drop", "cut", "hang"])
    def test_leaves_it_unknown_whether_a_message_cut_off_arrived(
        self, mailbox: Mailbox, notifier: MailNotifier, how: str
    ) -> None:
        mailbox.at_data[HANG] = how
        assert "chưa rõ thư đã đến hay chưa" in notifier.send(message(HANG)).answer

    def test_is_said_when_nobody_listens(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        receipt = MailNotifier(f"mailto://127.0.0.1:{port}/?from=a@b.example&mode=insecure").send(message())
        assert receipt.fault is Fault.UNREACHABLE
        assert "không nhận kết nối" in receipt.answer

    def test_is_said_when_nobody_speaks(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            url = f"mailto://127.0.0.1:{port}/?from=a@b.example&mode=insecure"
            receipt = MailNotifier(url, timeout=0.2).send(message())
        assert receipt.fault is Fault.UNREACHABLE
        assert receipt.answer == "Không kết nối được máy chủ thư (quá thời gian chờ)."

    @pytest.mark.parametrize("host", ["khong-co.invalid", f"{'a' * 70}.example"])
    def test_is_never_an_exception_where_its_name_is_none(self, host: str) -> None:
        receipt = MailNotifier(f"mailto://{host}:9/?from=a@b.example&mode=insecure", timeout=1).send(message())
        assert receipt.fault in (Fault.UNREACHABLE, Fault.STOP)


class TestKeptConnection:
    def test_carries_one_message_after_another(self, mailbox: Mailbox, notifier: MailNotifier) -> None:
        assert all(notifier.send(message()).accepted for _ in range(3))
        assert len({id(caller) for caller in mailbox.callers}) == 1

    def test_is_replaced_when_the_server_closed_it_while_idle(self, mailbox: Mailbox, notifier: MailNotifier) -> None:
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
        notifier = MailNotifier("mailtos://cchc:mat-khau@127.0.0.1:9/?from=a@b.example", timeout=1)
        receipt = notifier.send(message())
        told = f"{receipt} {notifier._server!r} {caplog.text}"
        assert "mat-khau" not in told
