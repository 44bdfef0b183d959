"""Lượt gửi: what went out and what did not, in plain words; a message is shown without power over the page."""

import re
from html import unescape

import pytest

from cchc_tasks.adapters.mail_sink import MailSink
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.mail_answers import meaning
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Receipt
from cchc_tasks.web.app import create_app
from tests.services.test_deliver import Postbox, decide, run
from tests.web.conftest import Browse, statements


@pytest.fixture
def morning(published: Application) -> Postbox:
    """A morning on which one mailbox did not exist and one was busy."""
    decide(published)
    postbox = Postbox(
        tccb_daumoi=Receipt(fault=Fault.CONTENT, answer="550 5.1.1 no such <script>user</script>"),
        khtc_daumoi=Receipt(answer="451 try again later", fault=Fault.AGAIN),
    )
    run(published, postbox)
    return postbox


class TestLog:
    def test_counts_what_was_sent_failed_and_put_off(self, browse: Browse, morning: Postbox) -> None:
        page = unescape(browse("vp.thuongtruc1").get("/luot-gui").text)
        sentence = " ".join(re.sub(r"<[^>]+>", "", page.split("<h1", 1)[1].split("</h1>")[0]).split())
        assert f"{len(morning.messages) + 2} lượt gửi: {len(morning.messages)} đã gửi, 1 lỗi, 1 hoãn" in sentence

    def test_says_why_in_plain_words(self, browse: Browse, morning: Postbox) -> None:
        page = browse("quantri").get("/luot-gui?tinh-trang=loi").text
        assert "Hộp thư không tồn tại hoặc từ chối nhận" in page
        assert "550 5.1.1 no such &lt;script&gt;user" in page  # what the server said stands beside it
        assert page.count("<tr>") == 2  # the head and the one that failed

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("ngay=31/6/2026", "Không có ngày “31/6/2026”;"),
            ("tinh-trang=lung-tung", "Không có tình trạng “lung-tung”;"),
            ("ngay=xxx&trang=99999999", "Không có ngày “xxx”;"),
            ("trang=-1", ""),
        ],
    )
    def test_leaves_out_what_does_not_exist_and_says_so(
        self, browse: Browse, morning: Postbox, query: str, words: str
    ) -> None:
        client = browse("vp.thuongtruc1")
        page = client.get(f"/luot-gui?{query}").text
        assert words in unescape(page)
        assert page.count("<tr>") == client.get("/luot-gui").text.count("<tr>")

    def test_keeps_its_filters_in_every_address(self, browse: Browse, morning: Postbox) -> None:
        page = unescape(browse("vp.thuongtruc1").get("/luot-gui?ngay=24/3/2026&tim=to+chuc+can+bo").text)
        assert 'Ngày <span class="nowrap">thứ Ba 24/3/2026</span>: <b>2 lượt gửi</b>' in " ".join(page.split())
        assert 'href="/luot-gui?ngay=2026-03-24&tinh-trang=loi&tim=to+chuc+can+bo"' in page

    def test_says_when_there_is_no_mail_server(self, browse: Browse, published: Application) -> None:
        decide(published)
        run(published, None)
        assert (
            "Máy chủ thư chưa được cài đặt hoặc đang dừng;" in browse("quantri").get("/luot-gui?tinh-trang=hoan").text
        )

    def test_says_what_will_be_here_while_it_is_empty(self, browse: Browse) -> None:
        page = browse("quantri").get("/luot-gui").text
        assert "Không có lượt gửi." in " ".join(page.replace("\n", " ").split())
        assert "Chưa có lượt gửi nào" in page

    def test_asks_the_database_no_more_often_for_more_rows(
        self, browse: Browse, published: Application, morning: Postbox
    ) -> None:
        client = browse("vp.thuongtruc1")
        one = statements(published, lambda: client.get("/luot-gui?tinh-trang=loi"))
        assert statements(published, lambda: client.get("/luot-gui")) == one


class TestOneDelivery:
    def test_shows_the_message_sealed_off_and_every_try(self, browse: Browse, morning: Postbox) -> None:
        client = browse("vp.thuongtruc1")
        sent = re.search(r'href="/luot-gui/(\d+)"', client.get("/luot-gui?tinh-trang=da-gui").text)
        assert sent
        page = client.get(f"/luot-gui/{sent[1]}")
        assert 'href="/nhiem-vu/' in page.text
        frame = client.get(f"/luot-gui/{sent[1]}/thu")
        assert frame.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert "<!doctype html>" in frame.text

    def test_keeps_a_hostile_answer_harmless(self, browse: Browse, morning: Postbox) -> None:
        client = browse("vp.thuongtruc1")
        failed = re.search(r'href="/luot-gui/(\d+)"', client.get("/luot-gui?tinh-trang=loi").text)
        assert failed
        page = client.get(f"/luot-gui/{failed[1]}").text
        assert "<script>user" not in page
        assert "no such" in page

    def test_that_does_not_exist_is_not_found(self, browse: Browse) -> None:
        answer = browse("vp.thuongtruc1").get("/luot-gui/99999")
        assert (answer.status_code, "delivery-unknown" in answer.text) == (404, True)


class TestMeaning:
    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            ("550 5.1.1 user unknown", "Hộp thư không tồn tại"),
            ("552 5.2.2 mailbox full", "Hộp thư đầy"),
            ("421 service not available", "tạm thời"),
            ("521 does not accept mail", "không nhận thư này"),
            ("550 5.7.26 unauthenticated", "chống thư rác"),
            ("Máy chủ thư từ chối địa chỉ (550 5.1.1 unknown).", "Hộp thư không tồn tại"),
            ("Máy chủ thư từ chối người gửi (550 not you).", "địa chỉ của hệ thống"),
            ("451 4.3.0 queue 552 is full", "tạm thời"),
            ("Địa chỉ thư “lop 550” không đúng.", "Địa chỉ thư “lop 550” không đúng."),
            ("535 authentication failed", "tài khoản gửi"),
            ("554 5.7.1 spam", "từ chối thư này"),
            ("250 2.0.0 ok", "đã nhận"),
            ("Người nhận chưa có địa chỉ thư.", "Người nhận chưa có địa chỉ thư."),
        ],
    )
    def test_is_what_an_office_understands(self, answer: str, words: str) -> None:
        assert words in meaning(answer)


class TestSink:
    def test_is_a_demos_alone(self, published: Application, browse: Browse) -> None:
        client = browse("vp.thuongtruc1")
        assert client.get("/thu-mau").status_code == 200
        client.app.state.demo = False  # type: ignore[attr-defined]
        assert [client.get(path).status_code for path in ("/thu-mau", "/thu-mau/x", "/thu-mau/x/thu")] == [404] * 3

    def test_shows_a_message_sealed_off(self, published: Application, browse: Browse) -> None:
        folder = published.settings.home / "mail-sink"
        folder.mkdir()
        (folder / "1-0000.eml").write_bytes(
            b"X-Taken-For: a@songlam.example\r\nSubject: Thu\r\nContent-Type: text/html\r\n\r\n<p>Chao</p>"
        )
        client = browse("giamdoc")
        assert "a@songlam.example" in client.get("/thu-mau").text
        assert client.get("/thu-mau/1-0000").status_code == 200
        assert "sandbox" in client.get("/thu-mau/1-0000/thu").headers["content-security-policy"]
        assert client.get("/thu-mau/..%2F..%2Fsecret").status_code == 404
        assert MailSink(folder).message("../secret") is None

    def test_needs_a_session(self, published: Application) -> None:
        from starlette.testclient import TestClient

        with TestClient(create_app(published, demo=True), follow_redirects=False) as client:
            assert client.get("/thu-mau").status_code == 303
