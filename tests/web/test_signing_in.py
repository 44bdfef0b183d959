"""Signing in on the pages: from the first password to the page that was asked for, and out again."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.web.session import COOKIE, safe_back
from tests.conftest import StandingClock
from tests.web.gates import HOST, PASSWORD, Desk, browser, first_password, give_own_password, hidden, whole_web

OFFICE, HEAD = "vp.thuongtruc1", "gdmn.truong"


@pytest.fixture
def client(app: Application, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with browser(whole_web(app, Desk(), monkeypatch)) as opened:
        yield opened


def sign_in(client: TestClient, user: str, password: str = PASSWORD, back: str = "/") -> Any:
    return client.post("/dang-nhap", data={"nguoi-dung": user, "mat-khau": password, "ve": back})


class TestSignInPage:
    def test_says_whose_it_is_and_whom_to_ask(self, client: TestClient) -> None:
        answer = client.get("/dang-nhap")
        assert answer.status_code == 200
        assert "UBND tỉnh Sông Lam" in answer.text
        assert "liên hệ quản trị (Lê Hải Cường)" in answer.text
        assert "Đăng xuất" not in answer.text

    def test_leads_back_to_the_page_that_was_asked_for(self, client: TestClient, app: Application) -> None:
        give_own_password(app, HEAD)
        asked = client.get("/tai-khoan?da=x")
        assert asked.status_code == 303
        assert asked.headers["location"] == "/dang-nhap?ve=%2Ftai-khoan%3Fda%3Dx"
        page = client.get(asked.headers["location"])
        answer = sign_in(client, HEAD, back=hidden(page.text, "ve"))
        assert answer.headers["location"] == "/tai-khoan?da=x"
        assert "Trưởng đơn vị" in client.get("/tai-khoan").text
        assert client.get("/dang-nhap").headers["location"] == "/"

    @pytest.mark.parametrize("back", ["//other.example", "https://other.example", "/\\other.example", "", "/\tx"])
    def test_never_leads_elsewhere(self, back: str) -> None:
        assert safe_back(back) == "/"

    def test_keeps_the_name_and_never_the_password(self, client: TestClient, app: Application) -> None:
        give_own_password(app, HEAD)
        answer = sign_in(client, HEAD, "sai-mật-khẩu-này", "/tai-khoan")
        assert answer.status_code == 422
        assert "Tên người dùng hoặc mật khẩu không đúng." in answer.text
        assert f'value="{HEAD}"' in answer.text
        assert hidden(answer.text, "ve") == "/tai-khoan"
        assert "sai-mật-khẩu-này" not in answer.text
        assert COOKIE not in client.cookies

    def test_says_until_when_it_is_locked(self, client: TestClient, app: Application) -> None:
        give_own_password(app, HEAD)
        for _ in range(5):
            sign_in(client, HEAD, "sai mật khẩu")
        answer = sign_in(client, HEAD)
        assert answer.status_code == 429
        assert "Đăng nhập lại được từ 12:01 ngày 15/12/2025." in answer.text

    def test_works_from_no_other_site(self, client: TestClient, app: Application) -> None:
        give_own_password(app, HEAD)
        client.headers["Origin"] = "http://other.example"
        answer = sign_in(client, HEAD)
        assert "form-foreign" in answer.text
        assert COOKIE not in answer.headers.get("set-cookie", "")


class TestCookie:
    def test_is_out_of_reach_of_scripts_and_other_sites(self, client: TestClient, app: Application) -> None:
        give_own_password(app, HEAD)
        said = sign_in(client, HEAD).headers["set-cookie"]
        assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=lax", said)

    def test_travels_encrypted_only_where_the_web_is(self, app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
        give_own_password(app, HEAD)
        encrypted = replace(app, settings=app.settings.model_copy(update={"base_url": "https://cchc.so.example"}))
        with browser(whole_web(encrypted, Desk(), monkeypatch)) as client:
            assert "; Secure" in sign_in(client, HEAD).headers["set-cookie"]

    def test_is_new_at_each_sign_in_and_the_one_before_is_worthless(self, client: TestClient, app: Application) -> None:
        give_own_password(app, HEAD)
        sign_in(client, HEAD)
        first = client.cookies[COOKIE]
        sign_in(client, HEAD)
        assert client.cookies[COOKIE] != first
        client.cookies.clear()
        client.cookies.set(COOKIE, first)
        assert client.get("/tai-khoan").status_code == 303


class TestFirstSignIn:
    def test_of_the_secretariat_sets_a_password_and_a_second_factor(
        self, client: TestClient, app: Application, clock: StandingClock
    ) -> None:
        given = first_password(app, OFFICE)
        answer = sign_in(client, OFFICE, given, "/tai-khoan")
        assert answer.headers["location"] == "/doi-mat-khau?ve=%2Ftai-khoan"
        assert client.get("/tai-khoan").headers["location"].startswith("/dang-nhap")  # nothing opens before
        page = client.get(answer.headers["location"]).text
        answer = self.change(client, page, given, PASSWORD)
        assert answer.headers["location"] == "/tai-khoan/xac-thuc?ve=%2Ftai-khoan"
        page = client.get(answer.headers["location"]).text
        assert "<svg" in page
        key = re.search(r'class="key">([A-Z2-7 ]+)<', page)
        assert key
        assert {len(one) for one in key[1].split()} == {4}
        totp = pyotp.TOTP(key[1].replace(" ", ""))
        form = {"csrf": hidden(page, "csrf"), "ve": hidden(page, "ve"), "ma": "12"}
        assert "Mã xác thực không đúng" in client.post("/tai-khoan/xac-thuc", data=form).text
        answer = client.post("/tai-khoan/xac-thuc", data=form | {"ma": totp.at(clock.moment)})
        assert answer.headers["location"] == "/tai-khoan"
        page = client.get("/tai-khoan").text
        assert "đã bật từ 12:00 15/12/2025" in page
        assert client.get("/tai-khoan/xac-thuc").status_code == 409
        self.signs_in_with_a_code_from_now_on(client, clock, totp, hidden(page, "csrf"))

    def signs_in_with_a_code_from_now_on(
        self, client: TestClient, clock: StandingClock, totp: pyotp.TOTP, csrf: str
    ) -> None:
        assert client.post("/dang-xuat", data={"csrf": csrf}).headers["location"] == "/dang-nhap"
        clock.moment += timedelta(minutes=1)
        answer = sign_in(client, OFFICE, back="/tai-khoan")
        assert answer.headers["location"] == "/ma-xac-thuc?ve=%2Ftai-khoan"
        page = client.get(answer.headers["location"]).text
        form = {"csrf": hidden(page, "csrf"), "ve": hidden(page, "ve")}
        for other in ("/doi-mat-khau", "/tai-khoan/xac-thuc"):  # the password alone changes nothing
            refused = client.post(other, data=form | {"mat-khau": PASSWORD, "mat-khau-moi": "x" * 12})
            assert refused.headers["location"].startswith("/dang-nhap")
            assert client.get(refused.headers["location"]).headers["location"].startswith("/ma-xac-thuc")
        assert client.post("/ma-xac-thuc", data=form | {"ma": "000000"}).status_code == 422
        answer = client.post("/ma-xac-thuc", data=form | {"ma": totp.at(clock.moment)})
        assert answer.headers["location"] == "/tai-khoan"
        assert client.get("/tai-khoan").status_code == 200

    def change(self, client: TestClient, page: str, present: str, new: str, again: str | None = None) -> Any:
        form = {"mat-khau": present, "mat-khau-moi": new, "mat-khau-lai": again or new}
        return client.post("/doi-mat-khau", data=form | {one: hidden(page, one) for one in ("csrf", "ve")})

    def test_says_what_is_wrong_with_a_new_password(self, client: TestClient, app: Application) -> None:
        given = first_password(app, HEAD)
        page = client.get(sign_in(client, HEAD, given).headers["location"]).text
        assert "ít nhất 10 ký tự" in self.change(client, page, given, "ngắn").text
        assert "quá dễ đoán" in self.change(client, page, given, "matkhau123").text
        assert "không được trùng với tên" in self.change(client, page, given, HEAD).text
        assert "phải khác" in self.change(client, page, given, given).text
        assert "không giống nhau" in self.change(client, page, given, PASSWORD, "khác").text
        assert "đang dùng không đúng" in self.change(client, page, "sai", PASSWORD).text
        assert self.change(client, page, given, PASSWORD).headers["location"] == "/"


class TestSignOut:
    def test_ends_the_session_for_good(self, client: TestClient, app: Application) -> None:
        give_own_password(app, HEAD)
        sign_in(client, HEAD)
        token = client.cookies[COOKIE]
        page = client.get("/tai-khoan").text
        assert client.post("/dang-xuat", data={"csrf": "khác"}).status_code != 303
        answer = client.post("/dang-xuat", data={"csrf": hidden(page, "csrf")})
        assert answer.headers["location"] == "/dang-nhap"
        assert COOKIE not in client.cookies
        client.cookies.set(COOKIE, token)
        assert client.get("/tai-khoan").status_code == 303

    def test_of_one_browser_leaves_the_others(self, client: TestClient, app: Application) -> None:
        give_own_password(app, HEAD)
        sign_in(client, HEAD)
        page = client.get("/tai-khoan").text
        with TestClient(client.app, base_url=HOST, headers={"Origin": HOST}, follow_redirects=False) as other:
            sign_in(other, HEAD)
            client.post("/dang-xuat", data={"csrf": hidden(page, "csrf")})
            assert other.get("/tai-khoan").status_code == 200
