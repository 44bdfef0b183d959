"""Lịch: everybody reads, the office changes; what was typed is kept, and uploads are looked at before they are read."""

from datetime import date
from html import unescape

import pytest
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import DayKind
from tests.web.conftest import Browse

OFFICE = "vp.thuongtruc1"
ROWS = "ngày;loại;tên;văn bản\n23/10/2026;nghỉ;Hoán đổi;2/VPCP\n24/10/2026;làm bù;Làm bù;2/VPCP\n"


def post(client: TestClient, path: str, **fields: str) -> tuple[int, str]:
    """What a form's answer is: its status, and the page behind the redirect or the page itself."""
    names = {name.replace("_", "-"): value for name, value in fields.items()}
    answer = client.post(path, data={"csrf": client.headers["X-Test-Csrf"], **names})
    if answer.status_code == 303:
        return 303, unescape(client.get(answer.headers["location"]).text)
    return answer.status_code, unescape(answer.text)


def upload(client: TestClient, name: str, content: bytes) -> tuple[int, str]:
    answer = client.post(
        "/lich/nhap", data={"csrf": client.headers["X-Test-Csrf"], "nam": "2026"}, files={"tep": (name, content)}
    )
    if answer.status_code == 303:
        return 303, unescape(client.get(answer.headers["location"]).text)
    return answer.status_code, unescape(answer.text)


def works(app: Application, day: date) -> bool:
    with app.database.read() as uow:
        return uow.office.calendar().is_working(day)


class TestReading:
    @pytest.mark.parametrize("user", ["gdmn.daumoi", "giamdoc", "kiemtra"])
    def test_is_everybodys_and_offers_them_nothing_to_change(self, browse: Browse, user: str) -> None:
        page = unescape(browse(user).get("/lich?nam=2026").text)
        assert "Công văn số 12729/VPCP-KGVX ngày 25/12/2025" in page
        assert page.count("<caption>Tháng") == 12
        assert 'method="post" action="/lich' not in page

    def test_says_that_2027_is_undecided_and_that_2030_is_empty(self, browse: Browse) -> None:
        client = browse("gdmn.daumoi")
        assert "Lịch nghỉ năm 2027 chưa có quyết định chính thức." in unescape(client.get("/lich?nam=2027").text)
        assert "Chưa ghi ngày nào của năm 2030" in unescape(client.get("/lich?nam=2030").text)

    def test_shows_this_year_for_an_address_that_names_none(self, browse: Browse) -> None:
        assert "Cả năm 2026 theo tháng" in unescape(browse(OFFICE).get("/lich?nam=99999&ngay=x&so=-1").text)


class TestChanging:
    def test_writes_a_day_down_and_says_what_was_planned_anew(self, browse: Browse, published: Application) -> None:
        status, page = post(
            browse(OFFICE),
            "/lich/ngay",
            ngay="24/10/2026",
            loai=DayKind.WORKED.value,
            ten="Làm bù",
            van_ban="2/VPCP",
        )
        assert (status, works(published, date(2026, 10, 24))) == (303, True)
        assert "Đã ghi vào lịch" in page
        assert "Đã tính lại ngày nhắc của" in page

    def test_offers_a_day_that_stands_for_changing_and_takes_it_off(
        self, browse: Browse, published: Application
    ) -> None:
        client = browse(OFFICE)
        page = unescape(client.get("/lich?nam=2026&ngay=2026-01-10").text)
        assert 'value="10/01/2026"' in page
        assert 'value="WORKED" checked' in page
        assert post(client, "/lich/bo-ngay", ngay="2026-01-10", nam="2026")[0] == 303
        assert not works(published, date(2026, 1, 10))
        assert post(client, "/lich/bo-ngay", ngay="2026-01-10", nam="2026")[0] == 404

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"ngay": "31/11/2026"}, "ngay"),
            ({"ngay": "23/10/2026", "loai": "WORKED"}, "ngay"),
            ({"ten": ""}, "ten"),
            ({"van_ban": ""}, "van-ban"),
        ],
    )
    def test_keeps_what_was_typed_when_it_is_refused(self, browse: Browse, fields: dict[str, str], field: str) -> None:
        typed = {"ngay": "24/10/2026", "loai": "OFF", "ten": "Tên <riêng>", "van_ban": "2/VPCP", "nam": "2026"} | fields
        status, page = post(browse(OFFICE), "/lich/ngay", **typed)
        assert status == 422
        assert f'id="{field}-wrong"' in page
        assert not typed["ten"] or 'value="Tên <riêng>"' in page

    def test_enters_a_break_and_takes_it_off(self, browse: Browse, published: Application) -> None:
        client = browse(OFFICE)
        wanted = {"dot_loai": "SUBORDINATE", "dot_tu": "01/7/2026", "dot_den": "31/7/2026", "dot_ten": "Nghỉ hè"}
        assert post(client, "/lich/dot-nghi", **wanted, dot_van_ban="")[0] == 422
        assert post(client, "/lich/dot-nghi", **wanted | {"dot_tu": "01/8/2026"}, dot_van_ban="1/QĐ")[0] == 422
        status, page = post(client, "/lich/dot-nghi", **wanted, dot_van_ban="1/QĐ")
        assert status == 303
        assert "01/7/2026 – 31/7/2026" in page
        with published.database.read() as uow:
            number = uow.office.breaks()[0].id
        assert "Chưa ghi đợt nghỉ nào" in post(client, "/lich/bo-dot-nghi", so=str(number), nam="2026")[1]

    def test_proposes_a_year_as_undecided(self, browse: Browse) -> None:
        status, page = post(browse(OFFICE), "/lich/de-xuat", nam="2028")
        assert status == 303
        assert "Lịch nghỉ năm 2028 chưa có quyết định chính thức." in page

    def test_is_the_offices_alone(self, browse: Browse, published: Application) -> None:
        client = browse("gdmn.truong")
        for path in ("ngay", "bo-ngay", "nhap", "de-xuat", "dot-nghi", "bo-dot-nghi"):
            assert post(client, f"/lich/{path}", ngay="2026-01-10", nam="2026")[0] == 403
        assert works(published, date(2026, 1, 10))


class TestUpload:
    def test_of_rows_is_taken_in(self, browse: Browse, published: Application) -> None:
        status, page = upload(browse(OFFICE), "lich.csv", ROWS.encode())
        assert status == 303
        assert "Đã ghi vào lịch" in page
        assert (works(published, date(2026, 10, 23)), works(published, date(2026, 10, 24))) == (False, True)

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("lich.csv", ROWS.replace("24/10", "24/13").encode(), "dòng 3: “24/13/2026” không phải là ngày"),
            ("lich.xlsx", b"PK\x03\x04 no archive", "tệp nén bị hỏng"),
            ("lich.csv", b"MZ\x00\x01", "loại tệp không được nhận"),
            ("lich.txt", ROWS.encode(), "đây không phải là bảng"),
        ],
    )
    def test_that_cannot_be_used_changes_nothing_and_says_why(
        self, browse: Browse, published: Application, name: str, content: bytes, sentence: str
    ) -> None:
        status, page = upload(browse(OFFICE), name, content)
        assert status == 422
        assert sentence in page
        assert works(published, date(2026, 10, 23))

    def test_without_a_file_is_asked_for_one(self, browse: Browse) -> None:
        assert "chưa chọn tệp" in post(browse(OFFICE), "/lich/nhap", nam="2026")[1]
