"""Forms: who may post is settled before a byte is read, what is too long is said in words, and nothing is lost."""

import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from anyio import run
from fastapi import FastAPI
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.services.keep_form import Kept, kept_form
from cchc_tasks.web.forms import PLAIN_KB
from cchc_tasks.web.session import COOKIE
from tests.conftest import StandingClock
from tests.web.gates import HOST, PASSWORD, Desk, browser, give_own_password, hidden, whole_web

HEAD, READER, ANOTHER = "gdmn.truong", "kiemtra", "gdmn.daumoi"
DESK = "/ban-nhan/7"
PDF = b"%PDF-1.7\n1 0 obj\n"
MB = 1024 * 1024


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def web(app: Application, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    for user in (HEAD, READER, ANOTHER):
        give_own_password(app, user)
    limited = replace(app, settings=app.settings.model_copy(update={"evidence_limit_mb": 2}))
    return whole_web(limited, desk, monkeypatch)


@pytest.fixture
def client(web: FastAPI) -> Iterator[TestClient]:
    with browser(web) as opened:
        yield opened


def come_in(client: TestClient, user: str = HEAD) -> str:
    """Sign in and give the token that forms carry."""
    assert client.post("/dang-nhap", data={"nguoi-dung": user, "mat-khau": PASSWORD}).status_code == 303
    return hidden(client.get("/tai-khoan").text, "csrf")


def incoming(app: Application) -> list[Path]:
    folder = app.settings.home / "incoming"
    return list(folder.iterdir()) if folder.exists() else []


class TestPosted:
    def test_gives_texts_and_files_and_leaves_no_file_behind(
        self, client: TestClient, app: Application, desk: Desk
    ) -> None:
        data = {"csrf": come_in(client), "so": ["12/BC ", "", "13/BC"], "ghi-chu": " Bo\u0302\u0309 sung\r\nlần 2\0 "}
        files = [("tep", ("..\\Báo cáo.pdf", PDF)), ("tep", ("b.txt", b"x" * MB)), ("khac", ("", b""))]
        answer = client.post(DESK, data=data, files=files)
        assert answer.text == "đã nhận"
        assert desk.got[0].all("so") == ["12/BC", "13/BC"]
        assert desk.got[0].text("ghi-chu") == "Bổ sung\nlần 2"
        assert desk.got[0].text("khong-co") == ""
        assert [(name, len(content)) for name, content in desk.files] == [("Báo cáo.pdf", len(PDF)), ("b.txt", MB)]
        assert desk.got[0].uploads[1][1].size == MB
        assert incoming(app) == []

    def test_keeps_fields_of_a_form_without_files(self, client: TestClient, desk: Desk) -> None:
        client.post(DESK, data={"csrf": come_in(client), "ghi-chu": "một & hai = ba"})
        assert desk.got[0].text("ghi-chu") == "một & hai = ba"

    def test_refuses_a_type_that_is_not_taken(self, client: TestClient, app: Application) -> None:
        answer = client.post(DESK, data={"csrf": come_in(client)}, files=[("tep", ("a.pdf", b"MZ\x90\0" * 9))])
        assert answer.status_code == 422
        assert "file-type-refused" in answer.text
        assert incoming(app) == []


class TestOrder:
    @pytest.mark.parametrize(
        ("user", "origin", "csrf", "read", "said"),
        [
            (None, HOST, "right", False, "/dang-nhap"),
            (READER, HOST, "right", False, "no-right"),
            (HEAD, "http://other.example", "right", False, "form-foreign"),
            (HEAD, "null", "right", False, "form-foreign"),
            (HEAD, HOST, "wrong", True, "form-token-wrong"),
            (HEAD, HOST, "right", True, "đã nhận"),
        ],
    )
    def test_is_session_right_origin_body_token(
        self, client: TestClient, user: str | None, origin: str, csrf: str, read: bool, said: str
    ) -> None:
        token = come_in(client, user) if user else "x"
        asked = []

        async def body() -> AsyncIterator[bytes]:
            asked.append(True)
            yield f"csrf={token if csrf == 'right' else 'x' * 64}".encode()

        answer = ask(client, body, origin)
        assert said in answer["location"] + answer["text"]
        assert bool(asked) is read

    def test_takes_the_referer_where_no_origin_is_sent_and_the_host_of_links_behind_a_proxy(
        self, client: TestClient, desk: Desk
    ) -> None:
        csrf = come_in(client)
        del client.headers["Origin"]
        assert "form-foreign" in client.post(DESK, data={"csrf": csrf}).text
        for page in (f"{HOST}/nhiem-vu/1", "http://127.0.0.1:8700/nhiem-vu/1"):
            assert client.post(DESK, data={"csrf": csrf}, headers={"Referer": page}).text == "đã nhận"
        assert len(desk.got) == 2


def ask(client: TestClient, body: Callable[[], AsyncIterator[bytes]], origin: str) -> dict[str, str]:
    """Post a body that tells when it is read, straight to the web."""
    told: dict[str, Any] = {"location": "", "text": ""}
    headers = {
        "host": HOST.removeprefix("http://"),
        "origin": origin,
        "cookie": f"{COOKIE}={client.cookies.get(COOKIE, '')}",
        "content-type": "application/x-www-form-urlencoded",
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": DESK,
        "raw_path": DESK.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("10.0.0.7", 4000),
        "server": ("so.example", 8700),
        "state": {},
    }
    pieces = body()

    async def receive() -> dict[str, object]:
        piece = await anext(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            told["location"] = dict(message["headers"]).get(b"location", b"").decode()
        else:
            told["text"] += message.get("body", b"").decode()

    run(client.app, scope, receive, send)
    return told


class TestLimits:
    def test_are_said_in_words(self, client: TestClient, app: Application, desk: Desk) -> None:
        csrf = come_in(client)
        answer = client.post(DESK, data={"csrf": csrf, "ghi-chu": "x" * PLAIN_KB * 1024})
        assert "form-too-large" in answer.text
        answer = client.post(DESK, data={"csrf": csrf}, files=[("tep", ("lớn.pdf", bytes(4 * MB)))])
        assert "Tệp “lớn.pdf” lớn hơn 2 MB cho phép" in answer.text
        assert desk.got == []
        assert incoming(app) == []

    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            ("multipart/form-data", b"x"),
            ("multipart/form-data; boundary=x", b"nothing of the kind"),
            ("application/x-www-form-urlencoded", b"\xff\xfe"),
            ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 600)),
            ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' * 600),
        ],
    )
    def test_of_what_can_be_read_are_no_crash(self, client: TestClient, kind: str, content: bytes) -> None:
        come_in(client)
        answer = client.post(DESK, content=content, headers={"Content-Type": kind})
        assert any(code in answer.text for code in ("form-unreadable", "form-token-wrong"))

    def test_are_told_to_a_browser_that_is_still_sending(self, web: FastAPI, client: TestClient) -> None:
        csrf = come_in(client)
        head = f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n--x\r\nContent-Disposition: '
        body = (head + 'form-data; name="tep"; filename="a.pdf"\r\n\r\n').encode() + bytes(20 * MB) + b"\r\n--x--\r\n"
        with served(web) as port:
            host = f"127.0.0.1:{port}"
            asked = (
                f"POST {DESK} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
                f"Cookie: {COOKIE}={client.cookies[COOKIE]}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
                line.sendall(asked.encode() + body)
                answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
        assert "file-too-large" in answer


@contextmanager
def served(web: FastAPI) -> Iterator[int]:
    """The web on a port of its own, in a thread of its own."""
    server = uvicorn.Server(uvicorn.Config(web, log_config=None, lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as line:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [line]})
        thread.start()
        yield line.getsockname()[1]
        server.should_exit = True
        thread.join(20)


class TestFormOfAnEndedSession:
    def send_late(self, client: TestClient, clock: StandingClock, csrf: str) -> Any:
        clock.moment += timedelta(hours=9)
        data = {"csrf": csrf, "ghi-chu": "Gõ <b>cả buổi</b>", "mat-khau": "bí mật lắm"}
        return client.post(DESK, data=data, files=[("tep", ("Báo cáo.pdf", PDF)), ("tep", ("rong.txt", b""))])

    def test_is_kept_and_sent_again_by_one_button(
        self, client: TestClient, app: Application, clock: StandingClock, desk: Desk
    ) -> None:
        answer = self.send_late(client, clock, come_in(client))
        assert answer.status_code == 303
        assert desk.got == []
        page = client.get(answer.headers["location"]).text
        assert "Những gì đã nhập vẫn được giữ." in page
        back = hidden(page, "ve")
        signed = client.post("/dang-nhap", data={"nguoi-dung": HEAD, "mat-khau": PASSWORD, "ve": back})
        page = client.get(signed.headers["location"]).text
        assert f'action="{DESK}"' in page
        assert "Gõ &lt;b&gt;cả buổi&lt;/b&gt;" in page
        assert "Báo cáo.pdf" in page
        assert "bí mật lắm" not in page
        form = {"csrf": hidden(page, "csrf"), "kept": hidden(page, "kept"), "ghi-chu": "Gõ <b>cả buổi</b>"}
        assert client.post(DESK, data=form).text == "đã nhận"
        assert desk.got[0].text("ghi-chu") == "Gõ <b>cả buổi</b>"
        assert desk.files == [("Báo cáo.pdf", PDF)]
        assert incoming(app) == []

    def test_is_shown_to_its_sender_alone(self, client: TestClient, app: Application, clock: StandingClock) -> None:
        answer = self.send_late(client, clock, come_in(client))
        form_id = answer.headers["location"].rpartition("%2F")[2]
        csrf = come_in(client, ANOTHER)
        page = client.get(f"/tiep-tuc/{form_id}")
        assert page.status_code == 404
        assert "cả buổi" not in page.text
        assert client.post(DESK, data={"csrf": csrf, "kept": form_id}).status_code == 404
        assert self.kept(app, form_id, HEAD).path == DESK

    @pytest.mark.parametrize(
        ("user", "origin", "csrf"), [(HEAD, HOST, "x"), (READER, HOST, None), (HEAD, "http://other.example", None)]
    )
    def test_is_not_kept_where_it_would_have_been_refused(
        self, client: TestClient, clock: StandingClock, user: str, origin: str, csrf: str | None
    ) -> None:
        token = come_in(client, user)
        client.headers["Origin"] = origin
        answer = self.send_late(client, clock, csrf or token)
        assert answer.headers["location"] == "/dang-nhap?ve=%2F"

    def test_is_not_kept_after_signing_out(self, client: TestClient, clock: StandingClock) -> None:
        csrf = come_in(client)
        token = client.cookies[COOKIE]
        client.post("/dang-xuat", data={"csrf": csrf})
        client.cookies.set(COOKIE, token)
        assert self.send_late(client, clock, csrf).headers["location"] == "/dang-nhap?ve=%2F"

    def kept(self, app: Application, form_id: str, user: str) -> Kept:
        with app.database.read() as uow:
            person = uow.directory.person_with_user(user)
        return kept_form(app.database, form_id, person.id or 0)
