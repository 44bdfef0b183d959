"""Other sides that are broken into or broken: endless answers, figures without measure, ways to somewhere else."""

import json
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.adapters.bounce_mailbox import ImapMailbox
from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.adapters.other_ways import open_way
from cchc_tasks.adapters.pinging import sound
from cchc_tasks.adapters.zalo.client import LONGEST_WAIT, MOST_FIGURES
from cchc_tasks.adapters.zalo.notifier import ZaloNotifier
from cchc_tasks.adapters.zalo.oauth import OAuthDoor
from cchc_tasks.adapters.zalo.settings import read_zalo
from cchc_tasks.domain.errors import BounceMailboxUnreachable
from cchc_tasks.domain.vocabulary import Channel, Fault
from cchc_tasks.ports import Message, Receipt
from tests.conftest import StandingClock
from tests.zalo_server import Zalo

MESSAGE = Message("tccb@so.example", "Hằng", "Nhắc việc", "Việc", "<p>", "20260324-digest-7", brief="Việc")
Speak = Callable[[socket.socket], None]


@contextmanager
def speaking(speak: Speak, *, calls: int = 1) -> Iterator[int]:
    """A port where whoever calls is spoken to until one side has enough."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            for _ in range(calls):
                with suppress(OSError):
                    connection, _ = server.accept()
                    with connection:
                        speak(connection)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def answering(body: bytes, head: str = "", status: str = "200 OK") -> Speak:
    def speak(connection: socket.socket) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += connection.recv(65_536)
        connection.settimeout(0.05)
        with suppress(TimeoutError):
            while connection.recv(65_536):
                pass
        connection.settimeout(5)
        length = "" if "Transfer" in head else f"Content-Length: {len(body)}\r\n"
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}{length}Connection: close\r\n\r\n".encode() + body)

    return speak


def endless(connection: socket.socket) -> None:
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    answering(b"", "Transfer-Encoding: chunked\r\n")(connection)
    for _ in range(100_000):  # six gigabytes
        connection.sendall(chunk)


class Held:
    """Fulfils ZaloAccess with one token."""

    def token(self) -> str:
        return "token"

    def renewed(self, refused: str) -> str:
        return refused


def by_zalo(speak: Speak, folder: Path) -> Receipt:
    """What becomes of a consultation message at a Zalo that speaks so."""
    with speaking(speak, calls=3) as port:
        settings = read_zalo(Zalo(port=port).config(folder))
        clock = StandingClock(datetime(2026, 3, 24, 1, 0, tzinfo=UTC))
        notifier = ZaloNotifier(Channel.ZALO_GROUP, settings, Held(), clock, ZoneInfo("Asia/Ho_Chi_Minh"))
        try:
            return notifier.send(Message("f414c8f76fa586fbdfb4", "", "", "Việc", "", "20260324-group-7", brief="Việc"))
        finally:
            notifier.close()


class TestAnAnswerOfZalo:
    @pytest.mark.parametrize(
        "body",
        [b'{"error": 1e999}', b'{"error": NaN}', b'{"error": ' + b"9" * 5_000 + b"}", b'{"a":' * 15_000, b"[" * 90_000],
        ids=["infinite", "no number", "long", "deep", "deeper"],
    )
    def test_that_cannot_be_counted_with_leaves_open_what_became_of_it(self, body: bytes, tmp_path: Path) -> None:
        receipt = by_zalo(answering(body), tmp_path)
        assert receipt.fault is Fault.AGAIN
        assert "chưa rõ tin đã đến hay chưa" in receipt.answer

    def test_steers_no_screen_and_breaks_no_database(self, tmp_path: Path) -> None:
        said = {"error": -201, "message": "x\x1b[2J\x00\u202ey"}
        assert "x [2J y" in by_zalo(answering(json.dumps(said).encode()), tmp_path).answer
        told = {"error": 0, "data": {"message_id": "a\x00b" * 100}}
        assert by_zalo(answering(json.dumps(told).encode()), tmp_path) == Receipt("Zalo đã nhận tin.")

    @pytest.mark.parametrize("wait", ["9" * 5_000, "9" * MOST_FIGURES])
    def test_asks_for_no_more_patience_than_there_is(self, wait: str, tmp_path: Path) -> None:
        receipt = by_zalo(answering(b"", f"Retry-After: {wait}\r\n", "429 Too Many"), tmp_path)
        assert receipt.fault is Fault.AGAIN
        assert 0 < (receipt.wait or 0) <= LONGEST_WAIT

    @pytest.mark.parametrize("seconds", ["9" * 5_000, "9" * 20, "-1", ""])
    def test_with_tokens_for_no_time_at_all_gives_none(self, seconds: str, tmp_path: Path) -> None:
        pair = {"access_token": "a", "refresh_token": "b", "expires_in": seconds}
        with speaking(answering(json.dumps(pair).encode())) as port:
            door = OAuthDoor(read_zalo(Zalo(port=port).config(tmp_path)))
            assert door.refresh("1", "2", "3").refused


class TestAnAnswerOfABot:
    @pytest.mark.parametrize("wait", ["1e999", "NaN", "-5", "9" * 4_000, '"5"', "true"])
    def test_asks_for_no_patience_that_cannot_be_counted(self, wait: str) -> None:
        body = f'{{"ok": false, "error_code": 429, "parameters": {{"retry_after": {wait}}}}}'.encode()
        with speaking(answering(body, status="429 Too Many")) as port:
            way = open_way(Channel.TELEGRAM, "tgram://123456789:" + "a" * 35, base=f"http://127.0.0.1:{port}")
            receipt = way.send(Message("123456", "", "", "Việc", "", "r", brief="Việc"))
        assert receipt.fault is Fault.AGAIN
        assert receipt.wait is None or 0 < receipt.wait <= 3_600

    @pytest.mark.parametrize("speak", [endless, answering(b'{"a":' * 3_000)], ids=["endless", "deep"])
    def test_of_zalo_is_read_to_an_end(self, speak: Speak) -> None:
        with speaking(speak) as port:
            way = open_way(Channel.ZALO_BOT, "123:abc", timeout=2, base=f"http://127.0.0.1:{port}")
            assert way.send(Message("6ede9afa66b8", "", "", "Việc", "", "r", brief="Việc")).fault is Fault.AGAIN


class TestAWebhook:
    def test_that_repeats_what_it_was_told_shows_no_password(self) -> None:
        said = f"Authorization: Basic {b64encode(b'cchc:mK/9x').decode()} mK/9x mK%2F9x"
        with speaking(answering(json.dumps({"message": said}).encode(), status="400 Bad Request")) as port:
            way = open_way(Channel.WEBHOOK, f"json://cchc:mK%2F9x@127.0.0.1:{port}/x?:to={{address}}")
            answer = way.send(Message("daumoi", "", "", "Việc", "", "r", brief="Việc")).answer
        assert "Authorization: Basic" in answer
        assert not [one for one in ("mK/9x", "mK%2F9x", "Y2NoYzptSy85") if one in answer]


class TestAnAlarm:
    @pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
    def test_goes_nowhere_else(self, status: str) -> None:
        asked: list[bytes] = []

        def keep(connection: socket.socket) -> None:
            asked.append(connection.recv(1_000))

        with speaking(keep) as elsewhere:
            speak = answering(b"", f"Location: http://127.0.0.1:{elsewhere}/x\r\n", status)
            with speaking(speak) as port:
                assert not sound(f"json://127.0.0.1:{port}/bi-mat", "Máy chủ thư từ chối mật khẩu.")
        assert asked == []


class TestAMailServer:
    def test_that_never_ends_its_answer_is_left(self) -> None:
        def speak(connection: socket.socket) -> None:
            while True:
                connection.sendall(b"220-x\r\n" * 1_000)

        assert mailed(speak).fault is Fault.UNREACHABLE

    def test_that_drips_is_left(self) -> None:
        gone = threading.Event()

        def speak(connection: socket.socket) -> None:
            while not gone.wait(0.1):
                connection.sendall(b"2")

        try:
            receipt = mailed(speak)
        finally:
            gone.set()
        assert (receipt.fault, "quá thời gian chờ" in receipt.answer) == (Fault.UNREACHABLE, True)


def mailed(speak: Speak) -> Receipt:
    with speaking(speak) as port:
        url = f"mailto://127.0.0.1:{port}/?from=cchc@so.example&mode=insecure"
        notifier = MailNotifier(url, timeout=0.5)
        try:
            return notifier.send(MESSAGE)
        finally:
            notifier.close()


class TestAMailbox:
    @pytest.mark.parametrize(
        "piece", [b"* OK x" + b"x" * 60_000 + b"\r\n", b"* 1 FETCH (X {90000}\r\n" + b"x" * 90_000 + b")\r\n"]
    )
    def test_that_says_more_than_was_asked_is_left(self, piece: bytes) -> None:
        said = [0]

        def speak(connection: socket.socket) -> None:
            connection.sendall(b"* OK ready\r\n")
            for _ in range(10_000):
                connection.sendall(piece)
                said[0] += len(piece)

        with speaking(speak) as port, pytest.raises(BounceMailboxUnreachable):
            ImapMailbox(f"imap://u:p@127.0.0.1:{port}", timeout=2, in_all=20).each(lambda _: None)
        assert said[0] < 100_000_000

    def test_hears_a_name_as_one_word_whatever_it_holds(self) -> None:
        heard: list[bytes] = []

        def speak(connection: socket.socket) -> None:
            connection.sendall(b"* OK ready\r\n")
            with connection.makefile("rb") as lines:
                for line in lines:
                    heard.append(line)
                    tag = line.split()[0]
                    connection.sendall(b"* CAPABILITY IMAP4rev1\r\n" if b"CAPABILITY" in line else b"")
                    connection.sendall(tag + (b" OK x\r\n" if b"CAPABILITY" in line else b" NO x\r\n"))

        with speaking(speak) as port, pytest.raises(Exception, match="sai tên đăng nhập"):
            ImapMailbox(f"imap://a%20%22b%5C%20%7B5%2B%7D:p%20%22q@127.0.0.1:{port}").each(lambda _: None)
        assert any(line.rstrip().endswith(rb'LOGIN "a \"b\\ {5+}" "p \"q"') for line in heard)
