"""Channels of Apprise against a real HTTP server: one recipient each, what answers mean, and no token in any log."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from cchc_tasks.adapters.other_ways import AppriseWay, open_way
from cchc_tasks.domain.errors import ChannelUrlInvalid
from cchc_tasks.domain.vocabulary import Channel, Fault
from cchc_tasks.ports import Message, Receipt

CANARY = "CANARYabcdefghijklmnopqrstuvwx12345"
TEXT = "2 việc quá hạn <b>&\n- Báo cáo quý I\nhttp://127.0.0.1:8700/nhiem-vu/12"


@dataclass
class OtherSide:
    """What was asked for, and what is answered: a status, a body, "drop" or "hang"."""

    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    body: str = "{}"
    manner: str = ""
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def at(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def base(self) -> str:
        return f"http://{self.at}"

    def said(self) -> dict[str, Any]:
        """The one JSON document that was posted."""
        ((_, body),) = self.asked
        found: dict[str, Any] = json.loads(body)
        return found


@contextmanager
def running() -> Iterator[OtherSide]:
    side = OtherSide()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            side.asked.append((self.path, body.decode()))
            if side.manner:
                if side.manner == "hang":
                    side.done.wait(5)
                self.close_connection = True
                return
            self.send_response(side.status)
            self.send_header("Location", f"{side.base}/elsewhere")
            answer = side.body.encode()
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing to the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    side.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield side
    finally:
        side.done.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def side() -> Iterator[OtherSide]:
    """A server that takes everything until told otherwise."""
    with running() as found:
        yield found


def send(channel: Channel, url: str, address: str = "daumoi", base: str | None = None, text: str = TEXT) -> Receipt:
    notifier = open_way(channel, url, timeout=0.5, base=base)
    message = Message(address, "Hằng", "2 việc quá hạn", "thư", "<p>", "20260324-digest-7", brief=text)
    try:
        return notifier.send(message)
    finally:
        notifier.close()


def urls(side: OtherSide) -> dict[Channel, tuple[str, str, str | None]]:
    """For each channel the address that is set, a recipient and where it stands; each holds the canary."""
    return {
        Channel.WEBHOOK: (f"json://{side.at}/hook/{CANARY}?:to={{address}}", "daumoi", None),
        Channel.SMS: (f"form://user:{CANARY}@{side.at}/sms?:phone={{address}}&:message=content", "0987654321", None),
        Channel.MATTERMOST: (f"mmost://{side.at}/{CANARY}", "@daumoi", None),
        Channel.TELEGRAM: (f"tgram://123456789:{CANARY}", "-1001234567", side.base),
        Channel.ZALO_BOT: (f"123456789:{CANARY}", "6ede9afa66b88fe6d6a9", side.base),
        Channel.OTHER: (f"json://{side.at}/{CANARY}/{{address}}", "daumoi", None),
    }


class TestArrival:
    def test_by_webhook_names_the_recipient_and_the_reference(self, side: OtherSide) -> None:
        assert send(Channel.WEBHOOK, f"json://{side.at}/hook?:to={{address}}").accepted
        said = side.said()
        assert (said["to"], said["message"], said["reference"]) == ("daumoi", TEXT, "20260324-digest-7")

    def test_by_a_gateway_of_text_messages_takes_the_names_it_wants(self, side: OtherSide) -> None:
        assert send(Channel.SMS, f"form://{side.at}/sms?:phone={{address}}&:message=content", "0987 654 321").accepted
        ((path, body),) = side.asked
        assert path == "/sms"
        assert parse_qs(body)["phone"] == ["84987654321"]
        assert parse_qs(body)["content"] == [TEXT]

    def test_by_mattermost_reaches_a_person_not_the_channel_of_the_webhook(self, side: OtherSide) -> None:
        assert send(Channel.MATTERMOST, f"mmost://{side.at}/{CANARY}?to={{address}}", "@dau.moi").accepted
        assert side.asked[0][0] == f"/hooks/{CANARY}"
        assert (side.said()["channel"], side.said()["text"]) == ("@dau.moi", TEXT)
        assert "icon_url" not in side.said()

    def test_by_telegram_keeps_the_text_as_it_is(self, side: OtherSide) -> None:
        assert send(Channel.TELEGRAM, f"tgram://123456789:{CANARY}/{{address}}", "-1001234567", side.base).accepted
        assert side.asked[0][0] == f"/bot123456789:{CANARY}/sendMessage"
        assert side.said()["chat_id"] == -1001234567
        assert "&lt;b&gt;&amp;" in side.said()["text"]  # read as HTML by Telegram

    def test_by_zalo_bot_keeps_what_it_is_called_there(self, side: OtherSide) -> None:
        side.body = '{"ok": true, "result": {"message_id": "m-7", "date": 1}}'
        receipt = send(Channel.ZALO_BOT, f"123456789:{CANARY}", "6ede9afa66b88fe6d6a9", side.base)
        assert (receipt.accepted, receipt.reference) == (True, "m-7")
        assert side.asked[0][0] == f"/bot123456789:{CANARY}/sendMessage"
        assert side.said() == {"chat_id": "6ede9afa66b88fe6d6a9", "text": TEXT}

    def test_is_tried_once_whatever_the_address_asks_for(self, side: OtherSide) -> None:
        side.status = 503
        receipt = send(
            Channel.WEBHOOK, f"json://{side.at}/hook?:to={{address}}&retry=3&wait=0&optional=yes&redirect=yes"
        )
        assert receipt.fault is Fault.AGAIN
        assert len(side.asked) == 1


class TestAnswers:
    @pytest.mark.parametrize(
        ("channel", "status", "body", "fault"),
        [
            (
                Channel.TELEGRAM,
                400,
                '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}',
                "BAD_ADDRESS",
            ),
            (
                Channel.TELEGRAM,
                403,
                '{"ok":false,"description":"Forbidden: bot was blocked by the user"}',
                "OTHER_CHANNEL",
            ),
            (Channel.TELEGRAM, 403, '{"ok":false,"description":"Forbidden: user is deactivated"}', "BAD_ADDRESS"),
            (Channel.TELEGRAM, 401, '{"ok":false,"description":"Unauthorized"}', "STOP"),
            (Channel.TELEGRAM, 404, '{"ok":false,"description":"Not Found"}', "STOP"),
            (Channel.TELEGRAM, 400, '{"ok":false,"description":"Bad Request: message is too long"}', "CONTENT"),
            (Channel.MATTERMOST, 404, '{"id":"web.incoming_webhook.channel.app_error"}', "BAD_ADDRESS"),
            (Channel.MATTERMOST, 400, '{"id":"x","message":"Invalid webhook"}', "STOP"),
            (Channel.MATTERMOST, 403, '{"id":"web.incoming_webhook.permissions.app_error"}', "OTHER_CHANNEL"),
            (Channel.MATTERMOST, 501, "Incoming webhooks have been disabled by the system admin.", "STOP"),
            (Channel.ZALO_BOT, 200, '{"ok":false,"error_code":401,"description":"Unauthorized"}', "STOP"),
            (Channel.ZALO_BOT, 200, '{"ok":false,"error_code":403,"description":"Forbidden"}', "OTHER_CHANNEL"),
            (Channel.ZALO_BOT, 200, "<html>", "AGAIN"),
            (Channel.WEBHOOK, 403, "", "STOP"),
            (Channel.WEBHOOK, 307, "", "STOP"),
            (Channel.WEBHOOK, 422, "số điện thoại?", "CONTENT"),
            (Channel.SMS, 500, "x", "AGAIN"),
            (Channel.OTHER, 404, "", "OTHER_CHANNEL"),
        ],
    )
    def test_mean_what_the_outbox_has_to_know(
        self, side: OtherSide, channel: Channel, status: int, body: str, fault: str
    ) -> None:
        side.status, side.body = status, body
        url, address, base = urls(side)[channel]
        receipt = send(channel, url, address, base)
        assert receipt.fault is Fault[fault], receipt
        assert len(side.asked) == 1

    def test_that_ask_for_patience_say_how_long(self, side: OtherSide) -> None:
        side.status = 429
        side.body = '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":17}}'
        for channel in (Channel.TELEGRAM, Channel.ZALO_BOT):
            url, address, base = urls(side)[channel]
            receipt = send(channel, url, address, base)
            assert (receipt.fault, receipt.wait) == (Fault.AGAIN, 17.0)

    @pytest.mark.parametrize("channel", [Channel.WEBHOOK, Channel.TELEGRAM, Channel.ZALO_BOT])
    @pytest.mark.parametrize("manner", ["drop", "hang"])
    def test_that_never_come_leave_open_whether_it_arrived(
        self, side: OtherSide, channel: Channel, manner: str
    ) -> None:
        side.manner = manner
        url, address, base = urls(side)[channel]
        receipt = send(channel, url, address, base)
        assert receipt.fault is Fault.AGAIN
        assert "chưa rõ" in receipt.answer

    @pytest.mark.parametrize("channel", [Channel.WEBHOOK, Channel.TELEGRAM, Channel.ZALO_BOT])
    def test_of_nobody_there_let_the_channel_rest(self, channel: Channel) -> None:
        with running() as gone:
            url, address, base = urls(gone)[channel]
        assert send(channel, url, address, base).fault is Fault.UNREACHABLE

    def test_are_refused_beforehand_for_a_text_that_has_no_room(self, side: OtherSide) -> None:
        url, address, base = urls(side)[Channel.SMS]
        assert send(Channel.SMS, url, address, base, text="x" * 321).fault is Fault.CONTENT
        assert not side.asked


class TestHostileAddresses:
    @pytest.mark.parametrize("channel", list(Channel)[4:])
    @pytest.mark.parametrize(
        "address",
        [
            "../../admin",
            "x/../../y",
            "x?:to=giamdoc",
            "x&:to=giamdoc",
            "x&+Authorization=z",
            "x#y",
            "x%2Fy",
            "%252e%252e%252fadmin",
            "x,giamdoc",
            "x;giamdoc",
            "x giamdoc",
            "x@evil.example/",
            "{address}",
            "\r\nHost: evil.example",
            "@all\x00",
            "",
        ],
    )
    def test_never_reach_the_other_side(self, side: OtherSide, channel: Channel, address: str) -> None:
        url, _, base = urls(side)[channel]
        assert send(channel, url, address, base).fault is Fault.BAD_ADDRESS
        assert not side.asked

    @pytest.mark.parametrize("address", ["x@evil.example", "..", "x.", "@all", "-x_y.z"])
    def test_that_are_allowed_stay_in_their_place(self, side: OtherSide, address: str) -> None:
        for url in (f"json://{side.at}/hook?:to={{address}}", f"json://{side.at}/hook/{{address}}/tin"):
            side.asked.clear()
            receipt = send(Channel.OTHER, url, address)
            for path, body in side.asked:
                assert path in ("/hook", f"/hook/{address}/tin", f"/hook/{address.replace('@', '%40')}/tin")
                assert path != "/hook" or json.loads(body)["to"] == address
            assert receipt.accepted or receipt.fault is Fault.BAD_ADDRESS


class TestSecrets:
    @pytest.mark.parametrize("channel", list(Channel)[4:])
    @pytest.mark.parametrize("manner", ["", "refuse", "drop"])
    def test_stand_in_no_log_at_any_level_and_in_no_answer(
        self,
        side: OtherSide,
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
        channel: Channel,
        manner: str,
    ) -> None:
        caplog.set_level(1)
        for name in ("apprise", "urllib3", "httpx", "httpcore"):
            caplog.set_level(1, name)
        side.manner = "drop" if manner == "drop" else ""
        if manner == "refuse":
            side.status, side.body = (
                400,
                json.dumps({"description": f"no such path /bot123456789:{CANARY}/sendMessage"}),
            )
        url, address, base = urls(side)[channel]
        way = AppriseWay(channel, url, 0.5, base)
        receipt = way().send(Message(address, "", "", TEXT, "", "r", brief=TEXT))
        seen = capfd.readouterr()
        everything = f"{receipt}{caplog.text}{[one.__dict__ for one in caplog.records]}{seen.out}{seen.err}{way!r}"
        assert CANARY not in everything
        assert side.asked

    @pytest.mark.parametrize(
        ("channel", "url"),
        [
            (Channel.WEBHOOK, f"json://{{address}}/hook/{CANARY}"),
            (Channel.WEBHOOK, f"json://user:{{address}}@127.0.0.1/{CANARY}"),
            (Channel.WEBHOOK, f"mailto://127.0.0.1/{CANARY}?to={{address}}"),
            (Channel.MATTERMOST, f"mmost://127.0.0.1/{CANARY}/{{address}}"),
            (Channel.TELEGRAM, f"tgram://{CANARY}/{{address}}"),
            (Channel.OTHER, f"khong-co://{CANARY}/{{address}}"),
            (Channel.OTHER, f"tgram://123456789:{CANARY}"),
            (Channel.OTHER, CANARY),
            (Channel.OTHER, f"json://[{CANARY}/{{address}}"),
            (Channel.MAIL, f"mailto://{CANARY}/{{address}}"),
            (Channel.ZALO_BOT, ""),
        ],
    )
    def test_that_cannot_be_used_are_refused_without_being_repeated(
        self, caplog: pytest.LogCaptureFixture, channel: Channel, url: str
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with pytest.raises(ChannelUrlInvalid) as refusal:
            open_way(channel, url)
        receipt = AppriseWay(channel, url)().send(Message("daumoi", "", "", TEXT, "", "r"))
        assert (receipt.fault, receipt.answer) == (Fault.STOP, str(refusal.value))
        assert CANARY not in f"{refusal.value}{caplog.text}"
