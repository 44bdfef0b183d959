"""Signs of life and alarms leave over real sockets, soon or not at all, and say their address to nobody."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cchc_tasks.adapters.pinging import ping, sound


class Watch(ThreadingHTTPServer):
    """A watch outside on loopback: keeps what it was asked for and answers `status`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.status = 200
        self.elsewhere = ""

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Watch

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.asked.append(f"{self.command} {self.path} {body}".strip())
        self.send_response(self.server.status)
        if self.server.elsewhere:
            self.send_header("Location", self.server.elsewhere)
        self.end_headers()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Nothing: its lines hold the addresses that are looked for."""


def served() -> Iterator[Watch]:
    with Watch() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


watch = pytest.fixture(served)
other = pytest.fixture(served)


class TestPing:
    def test_asks_for_the_address_and_after_a_failure_for_the_one_below_it(self, watch: Watch) -> None:
        assert ping(f"http://{watch.address}/bi-mat")
        assert ping(f"http://{watch.address}/bi-mat/?rid=7#x", failed=True)
        assert watch.asked == ["GET /bi-mat", "GET /bi-mat/fail?rid=7"]

    def test_follows_nobody_elsewhere(self, watch: Watch, other: Watch) -> None:
        watch.status, watch.elsewhere = 302, f"http://{other.address}/noi-khac"
        assert not ping(f"http://{watch.address}/bi-mat")
        assert (len(watch.asked), other.asked) == (1, [])

    def test_does_not_wait_for_one_who_hangs(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as mute:
            begun = time.monotonic()
            assert not ping(f"http://127.0.0.1:{mute.getsockname()[1]}/bi-mat", seconds=0.3)
            assert time.monotonic() - begun < 5  # a guard, not a measure

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "bi-mat", "http://", "http://[bi-mat"])
    def test_of_what_is_no_web_address_is_not_sent(self, url: str) -> None:
        assert not ping(url)

    def test_names_its_address_in_no_log(self, watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO)
        ping(f"http://{watch.address}/bi-mat")
        watch.shutdown()
        watch.server_close()
        ping(f"http://{watch.address}/bi-mat")
        ping("gopher://bi-mat/")
        assert caplog.records
        assert "bi-mat" not in caplog.text


class TestAlarm:
    def test_says_its_sentence_at_the_administrators_address(self, watch: Watch) -> None:
        assert sound(f"json://{watch.address}/bi-mat", "Máy chủ thư từ chối mật khẩu.")
        (asked,) = watch.asked
        assert asked.startswith("POST /bi-mat")
        assert "m\\u00e1y ch\\u1ee7 th\\u01b0".lower() in asked.lower() or "Máy chủ thư" in asked

    def test_that_nobody_takes_is_told_and_breaks_nothing(self, watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        watch.status = 500
        assert not sound(f"json://{watch.address}/bi-mat", "Hỏng.")
        assert not sound("khong-co-kenh://bi-mat", "Hỏng.")
        assert not sound("", "Hỏng.")
        assert "bi-mat" not in caplog.text
