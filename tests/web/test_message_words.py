"""Lời thư nhắc: changed with what was typed kept, previewed with real work, copied into a group without people."""

from html import unescape

from cchc_tasks.bootstrap import Application
from tests.web.conftest import Browse

USER = "vp.thuongtruc1"


class TestWords:
    def test_are_the_offices_after_they_were_set_and_ours_after_they_were_reset(self, browse: Browse) -> None:
        client = browse(USER)
        csrf = client.headers["X-Test-Csrf"]
        page = "/mau-thu/loi/digest-closing"
        done = client.post(page, data={"csrf": csrf, "viec": "dat", "loi": "Xin cảm ơn\r\n {don_vi}."})
        assert (done.status_code, done.headers["location"]) == (303, "/mau-thu?dat=digest-closing")
        listed = unescape(client.get("/mau-thu?dat=digest-closing").text)
        assert "1 trên 14 lời thư là của cơ quan" in listed
        assert "“Xin cảm ơn {don_vi}.”" in listed
        assert "Trần Quốc Dũng, 08:00 24/3/2026" in listed
        done = client.post(page, data={"csrf": csrf, "viec": "mac-dinh"})
        assert done.headers["location"] == "/mau-thu?ve=digest-closing"
        assert "Thư nhắc đang dùng 14 lời mặc định" in client.get("/mau-thu?ve=digest-closing").text

    def test_that_are_refused_come_back_as_typed_and_nothing_is_kept(
        self, browse: Browse, published: Application
    ) -> None:
        client = browse(USER)
        typed = 'Gửi {ten} <b>"x"</b>'
        answer = client.post(
            "/mau-thu/loi/digest-closing",
            data={"csrf": client.headers["X-Test-Csrf"], "viec": "dat", "loi": typed},
        )
        assert answer.status_code == 422
        assert "Không có chỗ điền “{ten}”" in unescape(answer.text)
        assert f">{typed}</textarea>" in unescape(answer.text)
        assert "<b>&#34;x&#34;" not in answer.text
        with published.database.read() as uow:
            assert uow.message_words.own() == {}
        assert client.get("/mau-thu/loi/khong-co").status_code == 404


class TestPreview:
    def test_shows_a_persons_morning_in_a_frame_that_runs_nothing_and_says_what_it_could_not_read(
        self, browse: Browse, published: Application
    ) -> None:
        client = browse(USER)
        assert "Chưa chọn người nhận" in client.get("/mau-thu/xem").text
        page = client.get("/mau-thu/xem", params={"nguoi": "khtc.daumoi", "ngay": "24/3/2026"}).text
        assert "sẽ nhận 1 thư" in page
        assert "Công khai dự toán và quyết toán ngân sách" in page
        frame = client.get("/mau-thu/xem/thu?nguoi=khtc.daumoi&ngay=2026-03-24&so=0")
        assert "Công khai dự toán và quyết toán ngân sách" in frame.text
        assert frame.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        with published.database.read() as uow:
            assert uow.outbox.deliveries(published.today()) == []
        for asked, sentence in (
            ({"nguoi": "khong.co"}, "khong.co"),
            ({"nguoi": "khtc.daumoi", "ngay": "31/6/2026"}, "31/6/2026"),
        ):
            answer = client.get("/mau-thu/xem", params=asked)
            assert answer.status_code == 422
            assert f'value="{sentence}"' in answer.text
        day_off = client.get("/mau-thu/xem", params={"nguoi": "khtc.daumoi", "ngay": "17/02/2026"})
        assert "Ngày nghỉ không gửi thư" in day_off.text


class TestGroup:
    def test_gives_a_text_to_copy_and_says_that_a_group_is_unknown(self, browse: Browse) -> None:
        client = browse(USER)
        assert "Chưa chọn nhóm" in client.get("/mau-thu/nhom").text
        page = client.get("/mau-thu/nhom", params={"nhom": "cac-phong", "ngay": "24/3/2026"}).text
        assert "Các phòng thuộc Sở: 1 việc quá hạn hoặc đến hạn trong 14 ngày" in page
        assert "Chưa gửi, còn 10 trên 10 đơn vị: Văn phòng, " in page
        quiet = client.get("/mau-thu/nhom", params={"nhom": "cac-don-vi-truc-thuoc", "ngay": "24/3/2026"})
        assert "Chưa có gì để nhắc" in quiet.text
        answer = client.get("/mau-thu/nhom?nhom=khong-co")
        assert answer.status_code == 422
        assert "Không có nhóm đơn vị" in answer.text
