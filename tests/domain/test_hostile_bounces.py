"""Mails that anybody may send to the mailbox of returned mails, made to keep its reader busy or to fill the memory."""

import tracemalloc

import pytest

from cchc_tasks.domain.bounces import MOST_BYTES, read_bounce
from tests.making.returned_mails import report

HEAD = b"From: mailer-daemon@x.example\nSubject: returned mail\n"
ROOM = MOST_BYTES - 1_000


def filled(head: bytes, with_what: bytes) -> bytes:
    return HEAD + head + with_what * (ROOM // len(with_what))


class TestReadingAHostileMail:
    @pytest.mark.parametrize(
        "mail",
        [
            filled(b'Content-Type: text/plain; a="', b"; "),
            filled(b"Content-Type: text/plain", b";a"),
            filled(b"Content-Type: text/plain", b";\r a*0*=b"),
            filled(b'X: y\rcontent-type: text/plain; a="', b";\xff"),
        ],
        ids=["quoted", "bare", "in pieces, on lines of their own", "behind another line's end"],
    )
    def test_ends_where_its_type_is_longer_than_any_needs(self, mail: bytes) -> None:
        assert read_bounce(mail + b'"\n\n550 5.1.1 no such user') is None

    @pytest.mark.parametrize(
        "mail",
        [
            filled(b"Content-Type: message/delivery-status\n\n", b"\n"),
            filled(b"Content-Type: message/delivery-status\n\n", b"A:b\r\r"),
            filled(b"Content-Type: multipart/mixed; boundary=x\n\n", b"--x\n\n"),
        ],
        ids=["empty blocks", "blocks", "parts"],
    )
    def test_takes_no_more_memory_than_a_large_mail(self, mail: bytes) -> None:
        tracemalloc.start()
        try:
            assert read_bounce(mail) is None
            assert tracemalloc.get_traced_memory()[1] < 50 * MOST_BYTES
        finally:
            tracemalloc.stop()

    def test_keeps_what_stands_before_the_rest(self) -> None:
        found = read_bounce(report() + b"\r\n" * 200_000)
        assert found is not None
        assert found.reference == read_bounce(report()).reference  # type: ignore[union-attr]
