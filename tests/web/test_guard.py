"""What every answer tells the browser, and how a session grows old."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.web.guard import POLICY, Guard
from tests.conftest import StandingClock
from tests.web.gates import PASSWORD, Desk, browser, give_own_password, whole_web

HEAD = "gdmn.truong"


@pytest.fixture
def client(app: Application, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with browser(whole_web(app, Desk(), monkeypatch)) as opened:
        yield opened


class TestHeaders:
    @pytest.mark.parametrize("path", ["/dang-nhap", "/khong-co", "/tai-khoan", "/static/style.css"])
    def test_stand_on_every_answer(self, client: TestClient, path: str) -> None:
        headers = client.get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert (headers.get("cache-control") == "no-store") is not path.startswith("/static/")

    def test_leave_a_stricter_policy_alone(self) -> None:
        web = FastAPI()
        web.add_middleware(Guard)
        web.get("/")(lambda: HTMLResponse("", headers={"Content-Security-Policy": "sandbox"}))
        with TestClient(web) as client:
            assert client.get("/").headers.get_list("content-security-policy") == ["sandbox"]

    def test_allow_nothing_a_page_would_break(self, client: TestClient) -> None:
        page = client.get("/dang-nhap").text
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick" not in page


class TestSession:
    def test_is_asked_for_anew_after_eight_idle_hours(
        self, client: TestClient, app: Application, clock: StandingClock
    ) -> None:
        give_own_password(app, HEAD)
        client.post("/dang-nhap", data={"nguoi-dung": HEAD, "mat-khau": PASSWORD})
        clock.moment += timedelta(hours=7, minutes=59)
        assert client.get("/tai-khoan").status_code == 200
        clock.moment += timedelta(hours=7, minutes=59)
        assert client.get("/tai-khoan").status_code == 200
        clock.moment += timedelta(hours=8)
        assert client.get("/tai-khoan").headers["location"] == "/dang-nhap?ve=%2Ftai-khoan"
