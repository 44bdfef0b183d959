"""Whatever stands in a field or an address ends on a page of ours, leads nowhere else and shows as it was typed."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.lengths import LINES, NAME, NUMBER, TITLE, WORDS
from cchc_tasks.services.add_duty import NewDuty, add_duty
from cchc_tasks.services.keep_form import MOST_KEPT
from cchc_tasks.services.show_obligation import show_obligation
from cchc_tasks.web.pages import TEMPLATES
from cchc_tasks.web.rights import ROUTES
from tests.conftest import StandingClock, actor_of
from tests.journeys.chain import publish_sample
from tests.making.answer_links import answer_link
from tests.web.conftest import Browse

OFFICE, LEAD = "vp.thuongtruc1", "khtc.daumoi"
MARKUP = "//songlam.example<script>alert(1)</script>{{ 7*7 }}{x}\r\nBcc: a@songlam.example"
HOSTILE = ("\0", "31/12/2100", MARKUP)
LONG_NUMBER = "9" * 5000  # Python refuses to read it as one
GOOD = {"van-ban": "12/BC-KHTC ngày 23/3/2026", "khong-mat": "1"}
OF_ADDRESSES = ("chon", "da", "da-doi", "da-ghi", "da-giao", "da-tiep-nhan", "dat", "linh-vuc", "nam", "nhom", "thang")
NOT_A_FORM = ("/dang-xuat", "/noi-bo/canh-bao/{token}", "/noi-bo/thu-tra-lai")
DUTY = {
    "nhiem-vu": "Báo cáo việc thứ nhất",
    "so-van-ban": "77/UBND-VX",
    "ngay-van-ban": "20/3/2026",
    "chu-tri": "KH-TC",
    "han": "20/4/2026",
}
CHANGE = {"don-vi": "GDMN", "ten": "Phòng Mầm non", "ngay": "01/9/2026", "so": "5/QĐ", "ly-do": "x", "viec": "ghi"}
DAY = {"ngay": "02/9/2026", "loai": "OFF", "ten": "Quốc khánh", "van-ban": "1/TB"}
BREAK = {"dot-loai": "SUBORDINATE", "dot-tu": "01/6/2026", "dot-den": "01/7/2026", "dot-ten": "x", "dot-van-ban": "x"}


def owed(app: Application) -> int:
    """What the finance department owes by 20 April, with the office of staff to help it."""
    new = NewDuty("Báo cáo", "5/UBND-VX", date(2026, 3, 20), ["KH-TC"], date(2026, 4, 20), cooperating=["TCCB"])
    added = add_duty(app.database, new, actor=LOCAL_ADMINISTRATOR, today=app.today(), now=app.clock.now())
    return added.obligation_ids[0]


def link_to(app: Application, obligation_id: int) -> str:
    with app.database.read() as uow:
        person_id = uow.people.with_user(LEAD).id or 0
    link = answer_link(app, obligation_id, person_id, app.today())
    assert link
    return link


def fields_of_all_forms() -> set[str]:
    text = "".join(one.read_text(encoding="utf-8") for one in TEMPLATES.iterdir())
    return {one or two for one, two in re.findall(r'\bname="([a-z-]+)"|field\("([a-z-]+)"', text)} - {"csrf", "kept"}


def posted(client: TestClient, place: str, fields: dict[str, str]) -> Response:
    return client.post(place, data={"csrf": client.headers["X-Test-Csrf"]} | fields)


class TestEveryRoute:
    @pytest.fixture
    def published(self, app_on: Callable[[str], Application], clock: StandingClock, tmp_path: Path) -> Application:
        """The same on PostgreSQL, which takes less than SQLite does."""
        app = app_on("postgresql")
        publish_sample(app, tmp_path)
        clock.moment = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)
        return app

    @pytest.mark.xdist_group("postgresql")
    def test_answers_whatever_is_sent_and_leads_nowhere_else(self, browse: Browse, published: Application) -> None:
        obligation_id = owed(published)
        there = {
            "obligation_id": str(obligation_id),
            "name": "digest-greeting",
            "slug": "doi-ten",
            "token": link_to(published, obligation_id).rpartition("/")[2],
        }
        fields = fields_of_all_forms() | {"tim", "tep", "trang"}
        assert {"ly-do", "noi-dung", "don-vi", "ngay"} <= fields
        client = browse(OFFICE)
        for route in ROUTES:
            method, _, path = route.partition(" ")
            if path in NOT_A_FORM:
                continue
            place = re.sub(r"\{([^}]*)\}", lambda name: there.get(name[1], "1"), path)
            for value in HOSTILE:
                asked = dict.fromkeys({*fields, *OF_ADDRESSES}, value) if method != "POST" else None
                sent = {"csrf": client.headers["X-Test-Csrf"]} | dict.fromkeys(fields, value)
                answer = client.request(method, place, params=asked, data=sent if method == "POST" else None)
                assert answer.status_code < 500, (route, value)
                assert "<script>alert" not in answer.text, (route, value)
                assert re.match(r"/(?!/)", answer.headers.get("location", "/")), (route, value)
            nothing = re.sub(r"\{[^}]*\}", "%00", path)
            if nothing != path:
                assert client.request(method, nothing).status_code == 404, route


class TestLongNumber:
    def test_in_an_address_is_none(self, browse: Browse) -> None:
        client = browse(OFFICE)
        for place in ("/mo-phong?ke-hoach=", "/lich?nam=", "/giao-nhiem-vu?da-giao=", "/don-doc?da=", "/nhiem-vu/"):
            assert client.get(place + LONG_NUMBER).status_code < 500, place

    def test_in_a_form_is_none(self, browse: Browse, published: Application) -> None:
        obligation_id = owed(published)
        client = browse(LEAD)
        several = posted(client, "/viec-cua-don-vi/tiep-nhan", {"viec": LONG_NUMBER})
        assert several.headers["location"] == "/viec-cua-don-vi?da-tiep-nhan=0"
        by_link = client.post(f"{link_to(published, obligation_id)}/nop", data={"so-tep-giu": LONG_NUMBER})
        assert by_link.status_code == 422


LONG: list[tuple[str, dict[str, str], str, str, str]] = [
    ("/giao-nhiem-vu", DUTY, "nhiem-vu", "x" * (TITLE + 1), "Tên nhiệm vụ dài quá 1.000 ký tự"),
    ("/giao-nhiem-vu", DUTY, "so-van-ban", "x" * (NUMBER + 1), "công văn dài quá 100 ký tự"),
    ("/giao-nhiem-vu", DUTY, "cap-tren", "x" * (NAME + 1), "Cơ quan giao dài quá 300 ký tự"),
    ("/giao-nhiem-vu", DUTY, "chu-tri", "KH-TC\n" * (LINES + 1), "chủ trì có nhiều hơn 1.000 dòng"),
    ("/giao-nhiem-vu", DUTY, "san-pham", "x\n" * 51, "Sản phẩm phải nộp có nhiều hơn 50 dòng"),
    ("/lich/ngay", DAY, "ten", "x" * (NAME + 1), "Tên dài quá 300 ký tự"),
    ("/lich/dot-nghi", BREAK, "dot-van-ban", "x" * (NAME + 1), "Văn bản dài quá 300 ký tự"),
    ("/danh-ba/thay-doi/doi-ten", CHANGE, "ten", "x" * (NAME + 1), "Tên mới dài quá 300 ký tự"),
    ("/danh-ba/thay-doi/sap-nhap", CHANGE, "don-vi", "\n".join(map(str, range(1001))), "nhiều hơn 1.000 dòng"),
]
LONG_OF_A_UNIT: list[tuple[str, dict[str, str], str]] = [
    ("gia-han", {"den": "20/5/2026", "ly-do": "x" * (WORDS + 1)}, "Lý do xin gia hạn dài quá 3.000"),
    (
        "phoi-hop",
        {"don-vi": "GDMN", "ngay": "10/4/2026", "noi-dung": "x" * (TITLE + 1)},
        "Nội dung đề nghị dài quá 1.000",
    ),
    ("nop", GOOD | {"ghi-chu": "x" * (WORDS + 1)}, "Ghi chú dài quá 3.000"),
    ("nop", GOOD | {"van-ban": "1/BC\n" * 101}, "ký hiệu văn bản có nhiều hơn 100 dòng"),
    ("nop", GOOD | {"lien-ket": "http://a.example\n" * 101}, "liên kết có nhiều hơn 100 dòng"),
]


class TestLongWords:
    """Nothing that stands in messages and on pages is longer than an office writes."""

    def test_are_refused_beside_what_was_typed(self, browse: Browse) -> None:
        client = browse(OFFICE)
        for place, fields, name, value, said in LONG:
            answer = posted(client, place, fields | {name: value})
            assert (answer.status_code, said in answer.text) == (422, True), (place, name)
            assert value.split()[-1] in answer.text, (place, name)

    def test_of_a_unit_are_refused_too(self, browse: Browse, published: Application) -> None:
        client, obligation_id = browse(LEAD), owed(published)
        for below, fields, said in LONG_OF_A_UNIT:
            answer = posted(client, f"/nhiem-vu/{obligation_id}/{below}", fields)
            assert (answer.status_code, said in answer.text) == (422, True), (below, said)

    def test_of_a_century_fill_no_calendar(self, browse: Browse) -> None:
        client = browse(OFFICE)
        table = ("lich.csv", ("Ngày,Loại,Tên,Văn bản\n" + "02/9/2026,nghỉ,x,x\n" * 2001).encode(), "text/csv")
        answer = client.post("/lich/nhap", data={"csrf": client.headers["X-Test-Csrf"]}, files={"tep": table})
        assert (answer.status_code, "bảng dài quá 2000 dòng" in answer.text) == (422, True)


class TestMessages:
    def test_hold_the_offices_words_as_words(self, browse: Browse) -> None:
        client = browse(OFFICE)
        words = {"viec": "dat", "loi": "<img src=http://songlam.example> {nguoi_nhan}\r\nBcc: a@songlam.example"}
        assert posted(client, "/mau-thu/loi/digest-greeting", words).status_code == 303
        shown = client.get("/mau-thu/xem/thu?nguoi=khtc.daumoi&ngay=24/3/2026&so=0").text
        assert "&lt;img src=http://songlam.example&gt;" in shown
        assert "<img" not in shown


class TestKept:
    def test_files_are_no_more_than_so_many_forms_of_one_person(self, browse: Browse, published: Application) -> None:
        obligation_id = owed(published)
        client = browse(LEAD)
        place = f"/nhiem-vu/{obligation_id}/nop"

        def wrong_try(number: int) -> Response:
            file = ("bao-cao.pdf", f"%PDF-1.7\n%{number}\n%%EOF".encode(), "application/pdf")
            return client.post(place, data={"csrf": client.headers["X-Test-Csrf"]}, files={"tep": file})

        for number in range(MOST_KEPT):
            assert 'name="kept"' in wrong_try(number).text
        stored = len(list(published.vault.files()))
        full = wrong_try(MOST_KEPT)
        assert 'name="kept"' not in full.text
        assert "chọn lại tệp khi gửi lại" in full.text
        assert len(list(published.vault.files())) == stored


class TestJournal:
    def test_tells_a_cooperating_unit_nothing_of_what_the_lead_settles_for_itself(
        self, browse: Browse, published: Application
    ) -> None:
        obligation_id = owed(published)
        place = f"/nhiem-vu/{obligation_id}"
        posted(browse("khtc.truong"), f"{place}/phan-cong", {"nguoi": LEAD})
        asked = {"don-vi": "GDMN", "ngay": "10/4/2026", "noi-dung": "Số liệu của lớp"}
        assert posted(browse(LEAD), f"{place}/phoi-hop", asked).status_code == 303

        def told(user: str) -> str:
            actor = actor_of(published, user)
            seen = show_obligation(
                published.database, obligation_id, on=published.today(), answer_working_days=3, actor=actor
            )
            return " ".join(entry.words for entry in seen.journal)

        for user in (LEAD, OFFICE, "giamdoc"):
            assert "phân công" in told(user)
            assert "Số liệu của lớp" in told(user)
        assert "phân công" not in told("tccb.daumoi")
        assert "Số liệu của lớp" not in told("tccb.daumoi")
        assert "giao nhiệm vụ theo công văn" in told("tccb.daumoi")
