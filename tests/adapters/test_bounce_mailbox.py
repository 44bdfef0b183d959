"""The mailbox of returned mails, at a real IMAP server: each mail handed over and marked, or one sentence said."""

import logging
import ssl
import traceback
from pathlib import Path
from urllib.parse import quote

import pytest

from cchc_tasks.adapters import bounce_mailbox
from cchc_tasks.adapters.bounce_mailbox import ImapMailbox, MailFile, read_bounce_url
from cchc_tasks.domain.bounces import MOST_BYTES
from cchc_tasks.domain.errors import (
    BounceMailboxRefused,
    BounceMailboxUnreachable,
    BounceUrlInvalid,
    BounceUrlNotSet,
    DatabaseLocked,
    FileMissing,
    FileUnreadable,
)
from tests.adapters.mail.test_secured import Certificates, certificates, trusted
from tests.imap_server import ImapBox, running_imap
from tests.making.returned_mails import exchange, plain, report

__all__ = ["certificates", "trusted"]  # fixtures

MAILS = (report(), exchange(), plain())


def mailbox(
    box: ImapBox, *, secured: bool = False, password: str | None = None, in_all: float = 10, timeout: float = 2
) -> ImapMailbox:
    said = quote(password or box.password, safe="")
    scheme = "imaps" if secured else "imap"
    url = f"{scheme}://{quote(box.user, safe='')}:{said}@127.0.0.1:{box.port}/{box.folder}"
    return ImapMailbox(url, timeout=timeout, in_all=in_all)


def taken(box: ImapBox) -> list[bytes]:
    found: list[bytes] = []
    mailbox(box).each(found.append)
    return found


class TestReading:
    def test_hands_over_each_mail_once_and_marks_it(self) -> None:
        with running_imap(*MAILS) as box:
            assert taken(box) == list(MAILS)
            assert box.seen == {1, 2, 3}
            assert taken(box) == []
            assert "LOGOUT" in box.asked
            assert set(box.asked) <= {"CAPABILITY", "LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE", "LOGOUT"}

    def test_leaves_unread_what_could_not_be_taken_in(self) -> None:
        found: list[bytes] = []

        def take(raw: bytes) -> None:
            if len(found) == 1:
                raise DatabaseLocked
            found.append(raw)

        with running_imap(*MAILS) as box:
            with pytest.raises(DatabaseLocked):
                mailbox(box).each(take)
            assert box.unread() == [2, 3]
            assert taken(box) == list(MAILS[1:])

    def test_takes_so_many_in_a_run_and_of_each_only_the_beginning(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bounce_mailbox, "MOST_MAILS", 2)
        with running_imap(b"a" * (MOST_BYTES + 10), b"b", b"c") as box:
            assert [len(one) for one in taken(box)] == [MOST_BYTES, 1]
            assert taken(box) == [b"c"]

    @pytest.mark.usefixtures("trusted")
    def test_goes_on_an_encrypted_connection(self, certificates: Certificates) -> None:
        with running_imap(plain(), tls=_context(certificates.ours)) as box:
            found: list[bytes] = []
            mailbox(box, secured=True).each(found.append)
        assert found == [plain()]

    def test_gives_no_password_to_a_server_for_which_nobody_vouches(self, certificates: Certificates) -> None:
        with running_imap(plain(), tls=_context(certificates.ours)) as box:
            with pytest.raises(BounceMailboxRefused, match="chứng thư số"):
                mailbox(box, secured=True).each(_nobody)
            assert box.asked == []


class TestFailures:
    @pytest.mark.parametrize(
        ("manner", "error", "words"),
        [
            ("hang", BounceMailboxUnreachable, "quá thời gian chờ|ngắt kết nối"),
            ("silent", BounceMailboxUnreachable, "quá thời gian chờ|ngắt kết nối"),
            ("drop-fetch", BounceMailboxUnreachable, "ngắt kết nối"),
            ("no-fetch", BounceMailboxUnreachable, "từ chối lệnh"),
            ("flood", BounceMailboxUnreachable, "ngắt kết nối"),
            ("no-select", BounceMailboxRefused, "không có ngăn thư"),
            ("repeat-login", BounceMailboxRefused, "sai tên đăng nhập hoặc mật khẩu"),
        ],
    )
    def test_are_one_sentence_without_a_secret_and_lose_nothing(
        self, manner: str, error: type[Exception], words: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with running_imap(*MAILS, manner=manner) as box:
            with pytest.raises(error, match=words) as raised:
                mailbox(box, timeout=0.3).each(_nobody)
            assert box.unread() == [1, 2, 3]
            box.manner = ""
            assert taken(box) == list(MAILS)
        shown = "".join(traceback.format_exception(raised.value)) + caplog.text
        assert box.password not in shown
        assert "nobody is" not in shown

    def test_of_a_wrong_password_say_only_that(self) -> None:
        with running_imap() as box, pytest.raises(BounceMailboxRefused, match="sai tên đăng nhập") as raised:
            mailbox(box, password="nham-roi").each(_nobody)
        assert "nham-roi" not in str(raised.value)

    def test_of_a_server_that_drips_end_with_the_run(self) -> None:
        with running_imap(manner="drip") as box, pytest.raises(BounceMailboxUnreachable):
            mailbox(box, in_all=0.3).each(_nobody)

    def test_of_nobody_there_say_so(self) -> None:
        with running_imap() as box:
            gone = mailbox(box)
        with pytest.raises(BounceMailboxUnreachable, match="không nhận kết nối"):
            gone.each(_nobody)


class TestAddress:
    def test_is_read_with_what_it_leaves_out(self) -> None:
        read = read_bounce_url("imaps://tra-lai%40so.example:m%2Ft@thu.so.example")
        assert (read.host, read.port, read.secured) == ("thu.so.example", 993, True)
        assert (read.user, read.password, read.folder) == ("tra-lai@so.example", "m/t", "INBOX")
        assert "m/t" not in repr(read)

    @pytest.mark.parametrize(
        "url",
        [
            "pop3://u:BiMat@so.example",
            "imaps://so.example",
            "imaps://u@so.example",
            "imaps://u:BiMat@",
            "imaps://u:BiMat@so.example:99999",
            "imaps://u:BiMat%0d%0aA1 LOGOUT@so.example",
            "imaps://u:BiMậtở@so.example",
            "imaps://u:BiMat@so.example/IN%22BOX",
            "imaps://u:BiMat@[so.example",
        ],
    )
    def test_that_is_none_is_refused_without_being_repeated(self, url: str) -> None:
        with pytest.raises(BounceUrlInvalid) as raised:
            ImapMailbox(url).each(_nobody)
        assert "BiM" not in f"{raised.value!r}"
        assert raised.value.__cause__ is None

    def test_that_is_not_set_is_said(self) -> None:
        with pytest.raises(BounceUrlNotSet):
            ImapMailbox(None).each(_nobody)

    def test_in_clear_is_for_servers_in_the_house(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bounce_mailbox, "_is_near", lambda _: False)
        with running_imap(plain()) as box:
            with pytest.raises(BounceMailboxRefused, match="mạng nội bộ"):
                mailbox(box).each(_nobody)
            assert "LOGIN" not in box.asked


class TestFile:
    def test_is_one_mail(self, tmp_path: Path) -> None:
        file = tmp_path / "tra-lai.eml"
        file.write_bytes(plain())
        found: list[bytes] = []
        MailFile(file).each(found.append)
        assert found == [plain()]
        for path, error in ((tmp_path / "khong-co.eml", FileMissing), (tmp_path, FileUnreadable)):
            with pytest.raises(error):
                MailFile(path).each(_nobody)


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def _nobody(raw: bytes) -> None:
    raise AssertionError(raw)
