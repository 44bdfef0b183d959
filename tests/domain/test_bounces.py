"""Returned mails of every make are read for what they say of ours; delays, answers and hostile mails mark nothing."""

import random

import pytest

from cchc_tasks.domain.bounces import MOST_BYTES, Bounce, read_bounce, told_bounce
from tests.making.returned_mails import REFERENCE, WHO, exchange, gmail, plain, report


def read(raw: bytes) -> Bounce:
    found = read_bounce(raw)
    assert found is not None
    return found


class TestMakes:
    @pytest.mark.parametrize(
        ("raw", "status"),
        [
            (report(), "5.1.1"),
            (report(whole=True, original=False), "5.1.1"),
            (report(status="5.0.0", diagnostic="smtp; 550 No such user here"), "5.1.1"),
            (report(status="5.0.0", diagnostic="smtp; 554 5.7.1 Message looks like spam"), "5.7.1"),
            (report(status="5.2.2", diagnostic="x-zimbra; 552 Mailbox full"), "5.2.2"),
            (report(status="5.4.4", diagnostic="X-Postfix; Host or domain name not found"), "5.4.4"),
            (exchange(), "5.1.10"),
            (gmail(), "5.1.1"),
            (plain(), "5.1.1"),
            (plain(said="Hộp thư đã đầy"), "5.2.2"),
            (plain(said="không tồn tại hộp thư này (Exim 4.96.1)"), "5.1.1"),
            (plain(said="554 5.7.1 bị chặn vì nghi thư rác"), "5.7.1"),
        ],
        ids=[
            "postfix",
            "postfix, whole",
            "a general status",
            "a status in the words",
            "zimbra, full",
            "no host",
            "exchange",
            "gmail",
            "text",
            "text without a code",
            "text with a version",
            "text with a status",
        ],
    )
    def test_are_read_alike(self, raw: bytes, status: str) -> None:
        found = read(raw)
        assert (found.reference, found.recipient, found.status, found.permanent) == (REFERENCE, WHO, status, True)
        assert found.words
        assert read(raw.replace(b"\n", b"\r\n")) == found

    def test_say_it_by_the_message_id_alone(self) -> None:
        raw = report().replace(f"X-CCHC-Delivery: {REFERENCE}\n".encode(), b"")
        assert read(raw).reference == REFERENCE
        answer = plain(head=False, more=f"In-Reply-To: <{REFERENCE}@songlam.example>\n")
        assert read(answer).reference == REFERENCE

    def test_name_the_recipient_in_our_own_head_where_they_do_nowhere_else(self) -> None:
        raw = plain().replace(f"<{WHO}>: 550".encode(), b"(postmaster@songlam.example) 550")
        assert read(raw).recipient == WHO

    def test_that_gave_up_after_days_say_nothing_of_the_address(self) -> None:
        found = read(report(status="4.4.7", diagnostic="smtp; 451 4.4.1 timed out"))
        assert (found.permanent, found.marks_address) == (False, False)
        assert found.why == "Thư bị trả lại (4.4.7). Máy chủ thư của người nhận không nhận dù đã thử nhiều lần."

    def test_are_known_again_by_their_own_id(self) -> None:
        assert read(report()).key == read(b"Received: by another\n" + report()).key != read(report(number="4ABD")).key


class TestAddress:
    @pytest.mark.parametrize("status", ["5.1.0", "5.1.1", "5.1.10", "5.2.1", "5.4.1", "5.4.4", "5.4.310"])
    def test_is_bad_where_nobody_is_reached_there(self, status: str) -> None:
        assert Bounce(None, WHO, status, permanent=True, words="").marks_address

    @pytest.mark.parametrize("status", [None, "5.0.0", "5.1.7", "5.1.8", "5.2.2", "5.3.4", "5.4.6", "5.7.1"])
    def test_is_good_where_only_this_mail_or_we_were_refused(self, status: str | None) -> None:
        assert not Bounce(None, WHO, status, permanent=True, words="").marks_address

    def test_is_told_of_in_words_of_an_office(self) -> None:
        assert read(report()).why == (
            "Thư bị trả lại (5.1.1). Hộp thư không tồn tại hoặc từ chối nhận. Kiểm tra lại địa chỉ."
        )
        assert read(plain(said="Hộp thư đã đầy")).why == "Thư bị trả lại (5.2.2). Hộp thư đầy."
        assert "thư rác" in read(report(status="5.7.1", diagnostic="smtp; 550 5.7.1 blocked")).why
        assert WHO not in read(report()).why


class TestNoReturn:
    @pytest.mark.parametrize(
        "raw",
        [
            report(action="delayed", status="4.4.1", diagnostic="smtp; 451 4.4.1 try later"),
            report(action="delivered", status="2.0.0", diagnostic="smtp; 250 ok"),
            report(action="relayed", status="2.0.0"),
            plain(subject="Warning: message delayed 24 hours", said="451 4.4.1 timeout, will be retried"),
            plain(said="450 4.2.0 greylisted"),
            plain(sender=f"Pham <{WHO}>", subject="Re: Returned", more="Auto-Submitted: auto-replied\n"),
            plain(sender=f"Pham <{WHO}>", subject="Undeliverable", more="X-Auto-Response-Suppress: All\n"),
            plain(sender=f"Pham <{WHO}>", subject="Nghỉ phép đến 30/3", said="Tôi đi vắng, mã 550 5.1.1"),
            plain(sender=f"Pham <{WHO}>", subject="Re: Nhắc việc", said="Địa chỉ này không tồn tại nữa"),
            plain(said="đã nhận, xin cảm ơn"),
        ],
        ids=["delay", "delivered", "relayed", "warning", "grey", "vacation", "suppressed", "leave", "answer", "thanks"],
    )
    def test_marks_nothing(self, raw: bytes) -> None:
        assert read_bounce(raw) is None


class TestHostile:
    def test_mails_are_read_within_a_bound(self) -> None:
        deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(30_000))
        nested = b"Content-Type: message/rfc822\n\n" * 30_000
        head = b"Subject: Undelivered\nFrom: MAILER-DAEMON\n"
        long_lines = [
            head + b"\n" + b"550 " + piece * (2 * MOST_BYTES // len(piece))
            for piece in (b"a", b"a@", b"a.", b"<", b"<a", b"&", b"To: ", b"5.1.", b"550", b"user ", "ỏ".encode())
        ]
        page = [one.replace(b"\n\n", b"\nContent-Type: text/html\n\n") for one in long_lines]
        fields = [head + name + b": " + b"a " * MOST_BYTES + b"\n\n" for name in (b"Subject", b"Auto-Submitted", b"X")]
        encoded = [head + b"Subject: " + b"=?utf-8?B?YQ==?= " * 60_000 + b"\n\n"]
        assert read_bounce(deep) is read_bounce(nested) is None
        for raw in (*long_lines, *page, *fields, *encoded):  # what runs away takes hours
            found = read_bounce(raw)
            assert found is None or len(found.words) <= 300

    @pytest.mark.parametrize("charset", ["x-unknown", "utf-7", "idna", "base64", "\udcff", "rot13", "utf-16"])
    def test_charsets_break_nothing(self, charset: str) -> None:
        name = charset.encode("utf-8", "surrogateescape")
        raw = (
            plain()
            .replace(b"charset=utf-8", b"charset=" + name)
            .replace(b"Subject: ", b"Subject: =?%b?B?/w==?= " % name)
        )
        found = read_bounce(raw)
        assert found is None or found.recipient == WHO

    def test_mails_of_any_bytes_break_nothing(self) -> None:
        chance = random.Random(7)
        for seed in (report(), exchange(), gmail(), plain()):
            for _ in range(60):
                spoilt = bytearray(seed)
                for _ in range(chance.randrange(1, 12)):
                    at = chance.randrange(len(spoilt))
                    spoilt[at : at + chance.randrange(20)] = chance.randbytes(chance.randrange(6))
                found = read_bounce(bytes(spoilt))
                assert found is None or found.words.isprintable()
        assert read_bounce(b"") is None

    def test_words_are_one_short_line(self) -> None:
        words = read(report(diagnostic="smtp; 550 5.1.1 \x1b[31m" + "a" * 5_000)).words
        assert words.isprintable()
        assert len(words) <= 300


class TestTold:
    def test_facts_of_a_server_say_the_same(self) -> None:
        facts = {"recipient": f"<{WHO}>", "status": "5.1.1", "reason": "User unknown"}
        for own in ({"reference": REFERENCE}, {"message_id": f"<{REFERENCE}@songlam.example>"}):
            found = told_bounce(facts | own)
            assert found == Bounce(REFERENCE, WHO, "5.1.1", permanent=True, words="User unknown")

    def test_a_delay_and_odd_facts_mark_nothing(self) -> None:
        assert told_bounce({"reference": REFERENCE, "recipient": WHO, "status": "4.4.1"}) is None
        odd = told_bounce({"reference": ["x"], "recipient": {}, "status": 5, "reason": None})
        assert odd == Bounce(None, "", None, permanent=True, words="")
