"""A mail as any mail program reads it: its parts, its dates, and what becomes of broken names."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from icalendar import Calendar

from cchc_tasks.adapters.mail.message import build
from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.ports import DueDate, Message
from tests.smtp_server import body, running_smtp

NOW = datetime(2026, 3, 24, 0, 0, 5, tzinfo=UTC)
TEXT = "Kính gửi bà Hằng,\n\n.quá hạn\n.\n■ quá hạn 7 ngày\n--=_cchc_alternative--\n"
DATES = (
    DueDate("obligation-12", 2, date(2026, 3, 31), "Báo cáo quý I về cải cách hành chính", "https://cchc.example/12"),
    DueDate("obligation-13", 1, date(2026, 4, 15), "Rà soát thủ tục hành chính", "https://cchc.example/13"),
)


def message(name: str = "Phạm Thu Hằng", subject: str = "2 việc quá hạn", dates: tuple[DueDate, ...] = ()) -> Message:
    return Message("tccb@songlam.example", name, subject, TEXT, f"<p>{TEXT}</p>", "20260324-digest-7", dates=dates)


def read(made: Message, sender_name: str = "Thường trực CCHC") -> EmailMessage:
    """What a mail program makes of it, which finds nothing wrong."""
    raw = build(made, "cchc@songlam.example", sender_name, NOW)
    assert all(len(line) < 999 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert [part.defects for part in mail.walk()] == [[]] * len(list(mail.walk()))
    return mail


def shown_name(made: Message) -> str:
    """The recipient's name; the newer reader of Python 3.11 puts spaces between the encoded words of a long one."""
    mail = message_from_bytes(build(made, "cchc@songlam.example", "CCHC", NOW))
    name, _ = parseaddr(mail["To"])
    return str(make_header(decode_header(name)))


class TestParts:
    def test_are_the_text_and_the_same_in_html(self) -> None:
        mail = read(message())
        assert mail.get_content_type() == "multipart/alternative"
        assert (body(mail), body(mail, "html")) == (TEXT, f"<p>{TEXT}</p>")
        assert parsedate_to_datetime(mail["Date"]) == NOW

    def test_hold_the_dates_as_a_calendar_that_calendars_take_in(self) -> None:
        with running_smtp() as mailbox:
            notifier = MailNotifier(mailbox.url)
            assert notifier.send(message(dates=DATES)).accepted
            notifier.close()
            ((_, mail),) = mailbox.received
        assert mail.get_content_type() == "multipart/mixed"
        alternative, calendar = mail.iter_parts()
        assert alternative.get_content_type() == "multipart/alternative"
        assert body(mail).rstrip("\n") == TEXT.rstrip("\n")
        assert calendar.get_content_type() == "text/calendar"
        assert (calendar.get_param("method"), calendar.get_param("charset")) == ("PUBLISH", "utf-8")
        assert (calendar.get_content_disposition(), calendar.get_filename()) == ("attachment", "han-nop.ics")
        events = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
        assert [(str(event["UID"]), event["DTSTART"].dt, str(event["SUMMARY"])) for event in events] == [
            (f"{due.key}@songlam.example", due.on, due.title) for due in DATES
        ]


class TestName:
    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("Phạm Thu Hằng", "Phạm Thu Hằng"),
            ("A\r\nBcc: b@x.example", "A Bcc: b@x.example"),
            ('Hằng "Trưởng phòng", <b@x.example>', 'Hằng "Trưởng phòng", <b@x.example>'),
            ("=?utf-8?B?QmNj?= \\", "=?utf-8?B?QmNj?= \\"),
            ("Hằng \u202egnằh\u202c \u200f", "Hằng gnằh"),
            ("مها عبد الله", "مها عبد الله"),
            ("nửa chữ \ud83d và \x00", "nửa chữ và"),
            ("Trường " * 60, ("Trường " * 60)[:120].strip()),
            ("\r\n\t ", ""),
        ],
    )
    def test_that_is_broken_still_names_the_one_recipient(self, name: str, shown: str) -> None:
        mail = read(message(name=name))
        assert [address.addr_spec for address in mail["To"].addresses] == ["tccb@songlam.example"]
        assert mail["Bcc"] is None
        assert shown_name(message(name=name)) == shown

    def test_of_the_sender_is_as_safe(self) -> None:
        mail = read(message(), sender_name="Sở\r\nBcc: b@x.example")
        (address,) = mail["From"].addresses
        assert (address.addr_spec, address.display_name) == ("cchc@songlam.example", "Sở Bcc: b@x.example")


class TestSubject:
    @pytest.mark.parametrize(
        "subject", ["2 việc quá hạn", "", "Ngày 5 " + "việc rất dài " * 40 + "hết", "=?x?= \\ , ;"]
    )
    def test_arrives_as_it_was(self, subject: str) -> None:
        assert str(read(message(subject=subject))["Subject"]) == subject
