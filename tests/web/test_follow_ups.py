"""Đôn đốc: by unit, one decision for many, nothing chosen or typed lost, a colleague's decision told."""

import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from cchc_tasks.services.plan_follow_ups import plan_follow_ups
from tests.conftest import StandingClock
from tests.services.test_follow_ups import office
from tests.web.conftest import Browse, statements

SECRETARY, COLLEAGUE = "vp.thuongtruc1", "vp.thuongtruc2"


@pytest.fixture
def published(app: Application, clock: StandingClock, tmp_path: Path) -> Application:
    """A plan of two duties of two units; it is eight in the morning of Tuesday 24 March 2026, and both are late."""
    office(app, tmp_path)
    clock.moment = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)
    return app


@pytest.fixture
def late(published: Application) -> Application:
    """The morning's proposals."""
    plan_follow_ups(published.database, on=published.today(), steps=(7,), actor=ENGINE, now=published.clock.now())
    return published


def ids(page: str) -> list[str]:
    return re.findall(r'name="de-xuat" value="(\d+)"', page)


def decide(client: TestClient, chosen: list[str], **fields: str) -> tuple[int, str]:
    """Post a decision, follow where it leads, and give the status and what the page says."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    answer = client.post("/don-doc", data={"csrf": client.headers["X-Test-Csrf"], "de-xuat": chosen, **named})
    if answer.status_code == 303:
        return 303, unescape(client.get(answer.headers["location"]).text)
    return answer.status_code, unescape(answer.text)


class TestQueue:
    def test_shows_each_unit_with_its_head_and_how_late_it_is(self, browse: Browse, late: Application) -> None:
        page = unescape(browse(SECRETARY).get("/don-doc").text)
        assert "<b>2 việc quá hạn</b></a> ở 2 đơn vị chờ quyết định đôn đốc" in page
        assert '<b>Phòng Tổ chức cán bộ</b> <span class="second">Đỗ Ngọc Yến</span>' in page
        assert re.findall(r"quá hạn</span>(\d+) ngày", page) == ["19", "14"]
        assert "checked" not in page

    def test_comes_with_all_of_it_chosen_where_that_is_asked(self, browse: Browse, late: Application) -> None:
        page = browse(SECRETARY).get("/don-doc?chon=tat-ca").text
        assert page.count(" checked>") == len(ids(page))

    def test_asks_the_database_no_more_often_for_more(self, browse: Browse, late: Application) -> None:
        client = browse(SECRETARY)
        many = statements(late, lambda: client.get("/don-doc"))
        decide(client, ids(client.get("/don-doc").text)[1:], cach="khong", ly_do="Đã có báo cáo")
        assert statements(late, lambda: client.get("/don-doc")) == many

    def test_teaches_when_it_is_empty(self, browse: Browse) -> None:
        page = unescape(browse(SECRETARY).get("/don-doc").text)
        assert "Không có việc nào chờ quyết định" in page
        assert "Chưa lập công văn nào" in page


class TestDeciding:
    def test_makes_a_letter_that_can_be_saved_and_stays_listed(self, browse: Browse, late: Application) -> None:
        client = browse(SECRETARY)
        chosen = ids(client.get("/don-doc").text)
        status, page = decide(client, chosen, cach="ca-hai")
        assert status == 303
        assert "Đã ghi quyết định về 2 việc: báo cáo lãnh đạo Sở và lập công văn đôn đốc" in page
        assert "Lãnh đạo Sở được báo trong thư sáng thứ Tư 25/3/2026" in page
        assert not ids(page)
        saved = client.get("/don-doc/cong-van/1")
        assert saved.headers["content-disposition"] == 'attachment; filename="cong-van-don-doc-1-20260324.docx"'
        assert len(Document(BytesIO(saved.content)).tables[1].rows) == 3
        assert "/don-doc/cong-van/1" in client.get("/don-doc").text

    def test_against_it_needs_a_reason_and_keeps_what_was_chosen(self, browse: Browse, late: Application) -> None:
        client = browse(SECRETARY)
        chosen = ids(client.get("/don-doc").text)
        status, page = decide(client, chosen, cach="khong", ly_do="  ")
        assert (status, page.count(" checked>")) == (422, 2)
        assert "Quyết định không đôn đốc phải có lý do." in page
        assert decide(client, chosen, cach="khong", ly_do="Đã có văn bản giải trình")[0] == 303

    @pytest.mark.parametrize(
        ("chosen", "way", "words", "status"),
        [
            ([], "lanh-dao", "Chưa chọn việc nào", 422),
            (["1"], "khac", "Chưa chọn cách đôn đốc", 422),
            (["1", "99999"], "lanh-dao", "Không có đề xuất đôn đốc số 99999", 404),
            (["x", "٣", "9" * 5000], "lanh-dao", "Chưa chọn việc nào", 422),
        ],
        ids=["nothing chosen", "no such way", "an unknown one", "no numbers"],
    )
    def test_in_another_way_is_refused_on_the_page(
        self, browse: Browse, late: Application, chosen: list[str], way: str, words: str, status: int
    ) -> None:
        client = browse(SECRETARY)
        told, page = decide(client, chosen, cach=way, ly_do="nguyên văn lý do")
        assert (told, words in page, "nguyên văn lý do" in page) == (status, True, True)

    def test_second_is_told_who_decided_what(self, browse: Browse, late: Application) -> None:
        first, second = browse(SECRETARY), browse(COLLEAGUE)
        chosen = ids(second.get("/don-doc").text)
        decide(first, chosen[:1], cach="lanh-dao")
        status, page = decide(second, chosen, cach="cong-van")
        assert status == 409
        assert f"Trần Quốc Dũng quyết định báo cáo lãnh đạo Sở (đề xuất số {chosen[0]})" in page
        assert page.count(" checked>") == 1
        assert "Chưa lập công văn nào" in page

    @pytest.mark.parametrize("number", ["99999", "-1", "abc", "٣"])
    def test_says_nothing_of_a_decision_that_was_not_made(self, browse: Browse, late: Application, number: str) -> None:
        client = browse(SECRETARY)
        for asked in (number, ids(client.get("/don-doc").text)[0]):
            assert "Đã ghi quyết định" not in client.get("/don-doc", params={"da": asked}).text
