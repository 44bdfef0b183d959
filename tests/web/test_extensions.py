"""Gia hạn on pages: asked beside the obligation, decided in a queue, shown where the day is shown."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import ExtensionState
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from tests.conftest import actor_of
from tests.services.conftest import lines_of
from tests.web.conftest import Browse, statements

FOCAL, FOREIGN, OFFICE = "khtc.daumoi", "gdmn.daumoi", "vp.thuongtruc1"
REASON = "Chờ số liệu <của> các trường"


@pytest.fixture
def duty(published: Application) -> int:
    """An obligation of the finance department alone, due after today."""
    today = published.today()
    return next(one.id for one in lines_of(published, "24") if one.due_on and one.due_on > today)


def post(client: TestClient, path: str, **fields: str) -> tuple[int, str, str]:
    """Status, where it leads, and what the page says."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    answer = client.post(path, data={"csrf": client.headers["X-Test-Csrf"]} | named)
    return answer.status_code, answer.headers.get("location", ""), unescape(answer.text)


def ask(client: TestClient, duty: int, until: str = "30/12/2027") -> tuple[int, str, str]:
    return post(client, f"/nhiem-vu/{duty}/gia-han", den=until, ly_do=REASON)


def state_of(app: Application, extension_id: int) -> ExtensionState:
    with app.database.read() as uow:
        return uow.extensions.get(extension_id).state


class TestAsking:
    def test_is_offered_to_the_unit_and_said_on_the_page(self, browse: Browse, duty: int) -> None:
        client = browse(FOCAL)
        link = f'href="/nhiem-vu/{duty}/gia-han"'
        assert link in client.get(f"/nhiem-vu/{duty}").text
        status, there, _ = ask(client, duty)
        assert (status, there) == (303, f"/nhiem-vu/{duty}?da-xin-gia-han#gia-han")
        page = client.get(there).text
        assert "Đã gửi đề nghị gia hạn đến 30/12/2027" in page
        assert "Chờ số liệu &lt;của&gt; các trường" in page
        assert link not in page

    def test_keeps_what_was_typed_when_it_is_refused(self, browse: Browse, duty: int) -> None:
        client = browse(FOCAL)
        for until, words in (("31/6/2026", "không có thật"), ("24/3/2026", "quá sớm")):
            status, _, page = ask(client, duty, until)
            assert status == 422
            assert words in page
            assert f'value="{until}"' in page
            assert REASON in page
        status, _, page = post(client, f"/nhiem-vu/{duty}/gia-han", den="30/12/2027", ly_do=" ")
        assert (status, "phải có lý do" in page) == (422, True)

    def test_is_refused_to_those_who_do_not_lead_and_where_one_waits(self, browse: Browse, duty: int) -> None:
        for user in (FOREIGN, OFFICE):
            assert browse(user).get(f"/nhiem-vu/{duty}/gia-han").status_code == 403
            assert ask(browse(user), duty)[0] == 403
        client = browse(FOCAL)
        ask(client, duty)
        assert client.get(f"/nhiem-vu/{duty}/gia-han").status_code == 409
        assert ask(client, duty)[0] == 409


class TestDeciding:
    def test_shows_the_longest_waiting_with_its_reason_and_history(self, browse: Browse, duty: int) -> None:
        unit, office = browse(FOCAL), browse(OFFICE)
        ask(unit, duty)
        post(office, "/gia-han/1", viec="khong-dong-y", ly_do="Còn đủ thời gian")
        ask(unit, duty)
        page = unescape(office.get("/gia-han").text)
        assert "1 đề nghị gia hạn chờ quyết định" in page
        assert 'action="/gia-han/2"' in page
        assert "Không đồng ý: Còn đủ thời gian" in page
        assert page.count("button primary") == 1

    def test_grants_and_shows_where_the_day_comes_from(self, browse: Browse, published: Application, duty: int) -> None:
        unit, office = browse(FOCAL), browse(OFFICE)
        ask(unit, duty)
        before = next(one.due_on for one in lines_of(published, "24") if one.id == duty)
        assert before
        status, there, _ = post(office, "/gia-han/1", viec="dong-y", so="Số 45/SGDĐT-VP", den="29/12/2027")
        assert (status, there) == (303, "/gia-han?da=1")
        said = unescape(office.get(there).text)
        assert "Đã gia hạn đến 29/12/2027" in said
        assert "Không có đề nghị gia hạn nào chờ quyết định" in said
        page = unescape(unit.get(f"/nhiem-vu/{duty}").text)
        origin = rf"gia hạn từ {before.day:02d}/0?{before.month}/{before.year}, số 45/SGDĐT-VP"
        assert re.search(rf"<b>thứ Tư 29/12/2027</b>{origin}", page)
        listed = unescape(unit.get("/nhiem-vu?tinh-trang=tat-ca&thang=2027-12").text)
        assert re.search(origin, listed)

    def test_keeps_what_was_typed_when_it_is_refused(self, browse: Browse, published: Application, duty: int) -> None:
        office = browse(OFFICE)
        ask(browse(FOCAL), duty)
        status, _, page = post(office, "/gia-han/1", viec="dong-y", so="", den="28/12/2027")
        assert (status, 'value="28/12/2027"' in page, "Cần ghi số" in page) == (422, True, True)
        status, _, page = post(office, "/gia-han/1", viec="dong-y", so="45/SGDĐT", den="01/01/2026")
        assert (status, 'value="45/SGDĐT"' in page, "quá sớm" in page) == (422, True, True)
        status, _, page = post(office, "/gia-han/1", viec="khong-dong-y", ly_do="")
        assert (status, "Không đồng ý gia hạn phải có lý do" in page) == (422, True)
        assert state_of(published, 1) is ExtensionState.ASKED

    def test_asks_for_the_superiors_number_where_the_duty_came_from_above(
        self, browse: Browse, published: Application, duty: int
    ) -> None:
        office = browse(OFFICE)
        ask(browse(FOCAL), duty)
        assert 'name="cap-tren"' not in office.get("/gia-han").text
        with published.database.write(published.clock.now()) as uow:
            uow.obligations.duty(uow.obligations.get(duty).duty_id).assigned_by = "UBND tỉnh Sông Lam"
        assert 'name="cap-tren"' in office.get("/gia-han").text
        status, _, page = post(office, "/gia-han/1", viec="dong-y", so="45/SGDĐT-VP")
        assert (status, "Nhiệm vụ do UBND tỉnh Sông Lam giao" in page) == (422, True)

    def test_tells_the_second_that_it_is_decided_and_keeps_what_was_typed(self, browse: Browse, duty: int) -> None:
        ask(browse(FOCAL), duty)
        post(browse(OFFICE), "/gia-han/1", viec="dong-y", so="45/SGDĐT-VP")
        status, _, page = post(browse("vp.thuongtruc2"), "/gia-han/1", viec="khong-dong-y", ly_do="Còn kịp")
        assert status == 409
        assert "không còn chờ quyết định (đã đồng ý)" in page
        assert "chưa gửi: “Còn kịp”" in page

    def test_is_not_needed_once_the_evidence_came(self, browse: Browse, published: Application, duty: int) -> None:
        ask(browse(FOCAL), duty)
        submit_evidence(
            published.database,
            published.vault,
            published.reader,
            [duty],
            Handed(references=["12/BC-KHTC ngày 23/3/2026"]),
            actor=actor_of(published, FOCAL),
            today=published.today(),
            now=published.clock.now(),
        )
        assert "Chưa có đề nghị nào" in browse(OFFICE).get("/gia-han").text
        assert "Báo cáo đã nộp" in browse(FOCAL).get(f"/nhiem-vu/{duty}").text
        again = browse(FOCAL).get(f"/nhiem-vu/{duty}/gia-han")
        assert (again.status_code, "Không thể gia hạn" in unescape(again.text)) == (409, True)

    def test_asks_the_database_no_more_often_for_a_longer_queue(
        self, browse: Browse, published: Application, duty: int
    ) -> None:
        client = browse(OFFICE)
        ask(browse(FOCAL), duty)
        few = statements(published, lambda: client.get("/gia-han"))
        for line in lines_of(published, "24"):
            ask(browse(FOCAL), line.id)
        assert statements(published, lambda: client.get("/gia-han")) == few
