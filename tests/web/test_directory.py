"""Danh bạ: who is where on a day, and the three deeds, each seen before it is recorded."""

from html import unescape

from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from tests.web.conftest import Browse

OFFICE = "vp.thuongtruc1"
MERGER = {"don-vi": "Phòng TCCB\nTTr", "vao": "KH-TC", "ngay": "24/3/2026", "so": "12/QĐ-SGDĐT"}


def sent(client: TestClient, slug: str, **fields: str) -> tuple[int, str]:
    typed = {name.replace("_", "-"): value for name, value in fields.items()}
    answer = client.post(f"/danh-ba/thay-doi/{slug}", data={"csrf": client.headers["X-Test-Csrf"], **typed})
    return answer.status_code, unescape(answer.text) if answer.status_code != 303 else answer.headers["location"]


class TestPage:
    def test_shows_units_with_people_and_groups_with_members(self, browse: Browse) -> None:
        page = unescape(browse("giamdoc").get("/danh-ba").text)
        for words in ("Phòng Tổ chức cán bộ", "Trần Thanh Lan", "Các trường THPT", "không gửi thư"):
            assert words in page
        assert "/danh-ba/thay-doi/" not in page  # a leader looks, the office changes

    def test_finds_units_by_name_or_person_and_says_what_is_not_there(self, browse: Browse) -> None:
        client = browse(OFFICE)
        for asked in ("to chuc can bo", "tran thanh lan"):
            page = unescape(client.get("/danh-ba", params={"tim": asked}).text)
            assert "1 đơn vị khớp" in page
            assert "Phòng Tổ chức cán bộ" in page
        assert "Không có đơn vị nào khớp" in unescape(client.get("/danh-ba", params={"tim": "xyz"}).text)
        assert "Không có ngày “31/6/2026”" in unescape(client.get("/danh-ba", params={"ngay": "31/6/2026"}).text)


class TestMerger:
    def test_is_previewed_then_recorded_and_then_seen(self, browse: Browse, published: Application) -> None:
        client = browse(OFFICE)
        status, page = sent(client, "sap-nhap", viec="xem", **MERGER)
        assert status == 200
        assert "Phòng Tổ chức cán bộ sáp nhập vào Phòng Kế hoạch - Tài chính" in page
        assert "mốc nhắc chuyển sang Phòng Kế hoạch - Tài chính" in page
        with published.database.read() as uow:
            assert uow.directory.unit_with_code("TCCB").valid_to is None
        assert sent(client, "sap-nhap", viec="ghi", **MERGER) == (303, "/danh-ba?da=hieu-luc")
        page = unescape(client.get("/danh-ba?da=hieu-luc").text)
        assert "Thay đổi đã có hiệu lực" in page
        assert 'Phòng Tổ chức cán bộ <span class="second">→ Phòng Kế hoạch - Tài chính</span>' in page

    def test_of_a_day_to_come_is_listed_and_can_be_taken_back(self, browse: Browse) -> None:
        client = browse(OFFICE)
        assert sent(client, "sap-nhap", viec="ghi", **MERGER | {"ngay": "01/7/2026"}) == (303, "/danh-ba?da=cho")
        page = unescape(client.get("/danh-ba").text)
        assert "2 thay đổi chưa đến ngày" in page
        for number in (1, 2):
            client.post(f"/danh-ba/huy/{number}", data={"csrf": client.headers["X-Test-Csrf"]})
        assert "chưa đến ngày" not in unescape(client.get("/danh-ba").text)


class TestMistake:
    def test_comes_back_beside_its_field_with_what_was_typed(self, browse: Browse) -> None:
        client = browse(OFFICE)
        for slug, changed, words in (
            ("sap-nhap", {"don-vi": "Phòng Ma"}, "Không có đơn vị “Phòng Ma” trong danh bạ."),
            ("sap-nhap", {"vao": ""}, '<p class="wrong-words" id="vao-wrong">'),
            ("sap-nhap", {"ngay": "31/6/2026"}, "31/6/2026"),
            ("sap-nhap", {"so": " "}, "Cần ghi số, ký hiệu văn bản quyết định."),
            ("doi-ten", {"don-vi": "TCCB", "ten": "Thanh tra"}, "Tên “Thanh tra” đã là tên gọi của “Thanh tra”"),
            ("ngung-hoat-dong", {"don-vi": "VP"}, "nơi công tác của người thường trực"),
            ("ngung-hoat-dong", {"don-vi": "TCCB"}, "Cần ghi lý do"),
        ):
            typed = MERGER | changed
            status, page = sent(client, slug, viec="xem", **typed)
            assert status in (404, 409, 422), slug
            assert words in page
            assert 'class="summary"' in page
            assert typed["so"].strip() in page
