"""Zalo: the consent is an administrator's, by a button; what is told from outside must be signed, small and recent."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel, DeliveryState, Known
from cchc_tasks.services.secrets import forget_secret, set_secret
from cchc_tasks.web.app import create_app
from tests.services.deliveries import kept, made
from tests.services.test_post_to_group import GROUP
from tests.web.conftest import HOST, Browse
from tests.web.gates import hidden
from tests.web.test_calendar import post
from tests.zalo_server import Taken, Zalo, running_zalo

CONSENT, BACK, EVENTS = "/kenh-gui/zalo", "/kenh-gui/zalo/nhan", "/zalo/su-kien"
CODE = "ma-cap-quyen-1"


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    with running_zalo() as running:
        yield running


@pytest.fixture
def published(published: Application, zalo: Zalo, tmp_path: Path) -> Application:
    """The invented Sở, its application at Zalo set, nobody's consent given."""
    folder = zalo.config(tmp_path / "zalo").parent
    told = {
        SecretName.ZALO_APP_ID: zalo.app_id,
        SecretName.ZALO_APP_SECRET: zalo.app_secret,
        SecretName.ZALO_OA_ID: zalo.oa_id,
        SecretName.ZALO_CODE_VERIFIER: zalo.code_verifier,
        SecretName.ZALO_WEBHOOK_SECRET: zalo.webhook_secret,
    }
    for name, value in told.items():
        keep(published, name, value)
    return replace(published, settings=published.settings.model_copy(update={"config": folder}))


@pytest.fixture
def outside(published: Application) -> TestClient:
    """A program without session or origin, as Zalo is."""
    return TestClient(create_app(published), base_url=HOST, follow_redirects=False)


def keep(app: Application, name: SecretName, value: str) -> None:
    box, now = app.secret_box(CONNECTIONS), app.clock.now()
    set_secret(app.database, box, name, value, actor=LOCAL_ADMINISTRATOR, now=now)


def forget(app: Application, name: SecretName) -> None:
    forget_secret(app.database, name, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


class TestConsent:
    def test_says_what_the_console_is_told(self, browse: Browse, published: Application) -> None:
        admin = browse("quantri")
        assert f'href="{CONSENT}"' in admin.get("/kenh-gui").text
        page = unescape(admin.get(CONSENT).text)
        assert "Chưa ai cấp quyền gửi qua Zalo OA" in page
        assert f"{HOST}{BACK}" in page
        assert "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM" in page  # of 43 times "v"
        assert "Đã đặt đủ" in page
        assert "v" * 43 not in page
        forget(published, SecretName.ZALO_CODE_VERIFIER)
        page = unescape(admin.get(CONSENT).text)
        assert "Còn thiếu: <code>zalo-code-verifier</code>" in page

    def test_is_taken_by_the_button_alone_and_lets_the_channels_go_on(
        self, browse: Browse, published: Application, zalo: Zalo
    ) -> None:
        with published.database.write(published.clock.now()) as uow:
            for channel in (Channel.ZALO, Channel.ZALO_GROUP, Channel.SMS):
                uow.channels.stop(channel, "mất quyền", published.clock.now())
        admin = browse("quantri")
        page = admin.get(f"{BACK}?code={CODE}&oa_id={zalo.oa_id}&state=x").text
        assert f'name="ma" value="{CODE}"' in page
        assert page.count('class="button primary"') == 1
        assert zalo.asked_for("token") == []
        assert admin.post(BACK, data={"ma": CODE, "oa": zalo.oa_id}).status_code == 403
        assert zalo.asked_for("token") == []
        status, page = post(admin, BACK, ma=CODE, oa=zalo.oa_id)
        assert status == 303
        assert "Đã nhận quyền gửi qua Zalo OA" in page
        assert "còn hiệu lực đến 09:00 25/3/2026" in page
        assert "hết hạn ngày 22/6/2026" in page
        with published.database.read() as uow:
            usable = uow.channels.usable()
        assert {Channel.ZALO, Channel.ZALO_GROUP} <= usable
        assert Channel.SMS not in usable
        assert "access-bi-mat" not in page

    def test_may_be_pasted_as_the_whole_address(self, browse: Browse, zalo: Zalo) -> None:
        address = f"{HOST}{BACK}?oa_id={zalo.oa_id}&code={CODE}"
        assert post(browse("quantri"), BACK, ma=address)[0] == 303

    def test_that_is_refused_says_why_and_keeps_what_was_typed(self, browse: Browse, zalo: Zalo) -> None:
        admin = browse("quantri")
        status, page = post(admin, BACK, ma="ma-cu")
        assert (status, 'id="ma-wrong"' in page, ">ma-cu</textarea>" in page) == (503, True, True)
        assert "không nhận lần cấp quyền này" in page
        assert post(admin, BACK, ma="hai từ")[0] == 422
        other = f"{BACK}?code={CODE}&oa_id=999999999"
        assert admin.get(other).status_code == 409
        status, page = post(admin, BACK, ma=f"{HOST}{other}")
        assert (status, "OA 999999999" in page) == (409, True)
        assert CODE in zalo.codes
        assert admin.get(BACK).status_code == 422
        page = admin.get(f"{BACK}?code=%22%3E%3Cscript%3E&oa_id={zalo.oa_id}").text
        assert "<script>" not in page

    def test_says_since_when_the_right_is_lost(self, browse: Browse, published: Application, zalo: Zalo) -> None:
        admin = browse("quantri")
        post(admin, BACK, ma=CODE)
        zalo.at_token = ["-14014"]
        settings = published.zalo_settings()
        assert settings
        access = published.zalo_access(settings)
        with pytest.raises(Exception, match="mã -14014"):
            access.renewed(access.token())
        page = unescape(admin.get(CONSENT).text)
        assert "Đã mất quyền gửi qua Zalo OA</span> từ 08:00 24/3/2026" in page
        assert "Zalo không gia hạn mã truy cập (mã -14014)" in page

    def test_without_an_application_says_what_is_missing(self, browse: Browse, published: Application) -> None:
        forget(published, SecretName.ZALO_APP_ID)
        status, page = post(browse("quantri"), BACK, ma=CODE)
        assert status == 503
        assert "zalo-app-id" in page

    @pytest.mark.parametrize("user", ["vp.thuongtruc1", "giamdoc", "gdmn.daumoi"])
    def test_is_no_other_roles(self, browse: Browse, zalo: Zalo, user: str) -> None:
        client = browse(user)
        assert CONSENT not in client.get("/kenh-gui").text
        assert client.get(f"{BACK}?code={CODE}").status_code == 403
        assert post(client, BACK, ma=CODE)[0] == 403
        assert CODE in zalo.codes

    def test_needs_somebody_signed_in_and_comes_back_to_the_code(self, outside: TestClient) -> None:
        answer = outside.get(f"{BACK}?code={CODE}")
        assert answer.headers["location"] == "/dang-nhap?ve=%2Fkenh-gui%2Fzalo%2Fnhan%3Fcode%3Dma-cap-quyen-1"


class TestEvents:
    def test_that_are_signed_are_applied(self, outside: TestClient, published: Application, zalo: Zalo) -> None:
        number = made(
            published,
            DeliveryState.SENT,
            channel=Channel.ZALO,
            provider_reference="tin-1",
            known=Known.ACCEPTED,
            sent_at=published.clock.now(),
        )
        body, headers = zalo.received_event(Taken("phone", "84987654321", {}, "tin-1", None))
        for _ in range(2):
            answer = outside.post(EVENTS, content=body, headers=headers)
            assert answer.status_code == 200, answer.text
        assert kept(published, number).known is Known.DELIVERED
        body, headers = zalo.event({"event_name": "user_seen_message", "message": {"msg_ids": ["tin-1"]}})
        assert outside.post(EVENTS, content=body, headers=headers).status_code == 200
        assert kept(published, number).known is Known.SEEN

    @pytest.mark.parametrize("first", ["app_id", "oa_id"])
    @pytest.mark.parametrize("own", [True, False])
    def test_may_be_signed_in_each_form(
        self, outside: TestClient, published: Application, zalo: Zalo, first: str, own: bool
    ) -> None:
        if not own:
            forget(published, SecretName.ZALO_WEBHOOK_SECRET)
        secret = zalo.webhook_secret if own else zalo.app_secret
        body, headers = zalo.event({"event_name": "oa_send_text"})
        signed = getattr(zalo, first).encode() + body + b"1774316400000" + secret.encode()
        headers["X-ZEvent-Signature"] = f"mac={hashlib.sha256(signed).hexdigest()}"
        assert outside.post(EVENTS, content=body, headers=headers).status_code == 200
        assert outside.post(EVENTS, content=body + b" ", headers=headers).status_code == 403

    def test_that_are_hostile_change_nothing_and_break_nothing(self, outside: TestClient, zalo: Zalo) -> None:
        name = b"X-ZEvent-Signature"
        signature = {name: b"mac=" + b"0" * 64}
        for content in (b"", b"xin chao", b"[" * 60_000, b'{"timestamp": 1}', b"\xff\xfe", b"a" * 65_536):
            for headers in ({}, signature, {name: b"\xc4\x91"}):
                assert outside.post(EVENTS, content=content, headers=headers).status_code == 403
        assert outside.post(EVENTS, content=b"a" * 65_537, headers=signature).status_code == 413
        assert outside.post(EVENTS, content=(b"a" * 10_000 for _ in range(50))).status_code == 413

    def test_of_any_shape_are_answered_with_200_when_zalo_signed_them(self, outside: TestClient, zalo: Zalo) -> None:
        odd: list[object] = [
            None,
            [],
            {},
            7,
            "x" * 500,
            {"id": None},
            {"id": {"id": 1}},
            "\0",
            "\ud800",
            [[[[]]]],
            -1.5,
        ]
        names = ("user_received_message", "user_seen_message", "follow", "user_submit_info", "change_template_status")
        for name in (*names, "user_send_text", "unfollow", "change_oa_daily_quota", "la-lam", ""):
            for value in odd:
                places = ("sender", "follower", "message", "info", "status", "quota", "reason", "template_id")
                facts = {"event_name": name, **dict.fromkeys(places, value)}
                body, headers = _ascii_event(zalo, facts)
                answer = outside.post(EVENTS, content=body, headers=headers)
                assert answer.status_code == 200, (name, value, answer.text)

    def test_that_are_old_are_refused(self, outside: TestClient, zalo: Zalo) -> None:
        body, headers = zalo.event({"event_name": "follow", "timestamp": "1774116400000"})
        assert outside.post(EVENTS, content=body, headers=headers).status_code == 403

    def test_go_nowhere_while_zalo_is_not_set(self, outside: TestClient, published: Application, zalo: Zalo) -> None:
        body, headers = zalo.event({"event_name": "follow"})
        forget(published, SecretName.ZALO_WEBHOOK_SECRET)
        forget(published, SecretName.ZALO_APP_SECRET)
        assert outside.post(EVENTS, content=body, headers=headers).status_code == 404
        assert outside.get(EVENTS).status_code == 405


class TestTogether:
    def test_a_consent_a_post_and_its_receipt(
        self, browse: Browse, outside: TestClient, published: Application, zalo: Zalo
    ) -> None:
        assert post(browse("quantri"), BACK, ma=CODE)[0] == 303
        office = browse("vp.thuongtruc1")
        page = office.get("/mau-thu/nhom?nhom=cac-phong").text
        fields = {"nhom": "cac-phong", "ma_nhom": GROUP, "da_xem": hidden(page, "da-xem")}
        status, page = post(office, "/mau-thu/nhom/gui", **fields)
        assert status == 303
        number = int(page.split('href="/luot-gui/', 1)[1].split('"', 1)[0])
        for _ in range(2):
            published.drain(published.today(), LOCAL_ADMINISTRATOR)
        (taken,) = zalo.taken_for(GROUP)
        delivery = kept(published, number)
        assert (taken.said, taken.message_id) == (delivery.text, delivery.provider_reference)
        facts = {"event_name": "user_seen_message", "message": {"msg_ids": [taken.message_id]}}
        body, headers = zalo.event(facts)
        assert outside.post(EVENTS, content=body, headers=headers).status_code == 200
        assert "Người nhận đã xem lúc 08:40" in unescape(office.get(f"/luot-gui/{number}").text)


def _ascii_event(zalo: Zalo, facts: dict[str, object]) -> tuple[bytes, dict[str, str]]:
    """As `Zalo.event`, for text that UTF-8 cannot hold."""
    whole = {"app_id": zalo.app_id, "timestamp": "1774316400000", **facts}
    body = json.dumps(whole).encode()
    mac = hashlib.sha256(zalo.app_id.encode() + body + b"1774316400000" + zalo.webhook_secret.encode()).hexdigest()
    return body, {"X-ZEvent-Signature": f"mac={mac}"}
