"""Chờ xác nhận: longest first, decided on what was seen, two verifiers at once, nothing typed lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from tests.conftest import StandingClock, actor_of
from tests.web.conftest import Browse, statements

UNIT, SENDER = "TCCB", "tccb.daumoi"
Submit = Callable[..., int]


@pytest.fixture
def submit(published: Application) -> Submit:
    """Hands in one of the unit's obligations, each call the next one; gives the evidence's id."""

    def one(days_ago: int = 0, user: str = SENDER) -> int:
        with published.database.read() as uow:
            unit = uow.directory.unit_with_code(UNIT).id or 0
            owed = [one for one, _ in uow.obligations.listing([unit]) if one.due_on and one.stage is Stage.OPEN]
        return submit_evidence(
            published.database,
            published.vault,
            published.reader,
            [owed[0].id or 0],
            Handed(references=["12/BC-TCCB ngày 02/3/2026"]),
            actor=actor_of(published, user),
            today=published.today() - timedelta(days_ago),
            now=published.clock.now(),
        )

    return one


def form(client: TestClient, page: str, **fields: str) -> dict[str, str]:
    """The decision's form as the page holds it, with fields filled in."""
    number = re.findall(r'name="lan-nop" value="(\d+)"', page)
    return {"csrf": client.headers["X-Test-Csrf"], "lan-nop": number[0] if number else "1"} | {
        name.replace("_", "-"): value for name, value in fields.items()
    }


class TestQueue:
    def test_begins_with_what_has_waited_longest(self, browse: Browse, submit: Submit) -> None:
        new, old = submit(0), submit(5)
        page = browse("vp.thuongtruc1").get("/cho-xac-nhan").text
        assert re.findall(r'<li[^>]*><a href="/cho-xac-nhan/(\d+)"', page) == [str(old), str(new)]
        assert f'action="/cho-xac-nhan/{old}"' in page
        assert "5 ngày" in page

    def test_asks_the_database_no_more_often_for_a_longer_queue(
        self, browse: Browse, submit: Submit, published: Application
    ) -> None:
        client = browse("vp.thuongtruc1")
        submit()
        few = statements(published, lambda: client.get("/cho-xac-nhan"))
        for _ in range(4):
            submit()
        assert statements(published, lambda: client.get("/cho-xac-nhan")) == few

    def test_teaches_when_it_is_empty(self, browse: Browse) -> None:
        assert "Chưa có báo cáo nào chờ xác nhận" in browse("vp.thuongtruc1").get("/cho-xac-nhan").text


class TestDeciding:
    def test_accepts_and_leads_to_the_next(self, browse: Browse, submit: Submit, published: Application) -> None:
        first, second = submit(3), submit(1)
        client = browse("vp.thuongtruc1")
        page = client.get(f"/cho-xac-nhan/{first}").text
        answer = client.post(f"/cho-xac-nhan/{first}", data=form(client, page, viec="xac-nhan"))
        assert (answer.status_code, answer.headers["location"]) == (303, f"/cho-xac-nhan/{second}?da={first}")
        said = unescape(client.get(answer.headers["location"]).text)
        assert "Đã ghi quyết định: xác nhận hoàn thành," in said
        assert f'<a href="/cho-xac-nhan/{first}">Xem lại</a>' in said
        with published.database.read() as uow:
            (obligation_id,) = uow.evidence.obligations_of(first)
            assert uow.obligations.get(obligation_id).stage is Stage.VERIFIED

    def test_returns_with_the_offered_reason_the_own_words_and_the_day(
        self, browse: Browse, submit: Submit, published: Application
    ) -> None:
        one = submit()
        client = browse("vp.thuongtruc1")
        fields = {"viec": "tra-lai", "ly_do": "Thiếu biểu số liệu", "loi": "Biểu số 02", "han": "31/3/2026"}
        client.post(f"/cho-xac-nhan/{one}", data=form(client, client.get("/cho-xac-nhan").text, **fields))
        with published.database.read() as uow:
            decided = uow.evidence.verification(uow.evidence.last_revision(one).id or 0)
        assert decided
        assert (decided.reason, str(decided.supplement_due_on), decided.outcome.value) == (
            "Thiếu biểu số liệu: Biểu số 02",
            "2026-03-31",
            "RETURNED_TO_COMPLETE",
        )

    def test_asks_for_the_work_anew_where_the_substance_is_wrong(
        self, browse: Browse, submit: Submit, published: Application
    ) -> None:
        one = submit()
        client = browse("vp.thuongtruc1")
        fields = {"viec": "tra-lai", "ly_do": "Sai nội dung, phải làm lại"}
        client.post(f"/cho-xac-nhan/{one}", data=form(client, client.get("/cho-xac-nhan").text, **fields))
        with published.database.read() as uow:
            decided = uow.evidence.verification(uow.evidence.last_revision(one).id or 0)
        assert decided
        assert decided.outcome.value == "RETURNED_TO_REDO"
        said = client.get(f"/cho-xac-nhan?da={one}").text
        assert "yêu cầu làm lại, hạn" in said
        assert "27/3/2026" in said

    @pytest.mark.parametrize("number", ["99999", "-1", "abc", "٣"])
    def test_says_nothing_of_a_decision_that_was_not_made(self, browse: Browse, submit: Submit, number: str) -> None:
        waiting = submit()
        client = browse("vp.thuongtruc1")
        for asked in (number, str(waiting)):
            assert "Đã ghi quyết định" not in client.get("/cho-xac-nhan", params={"da": asked}).text

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"ly_do": "Lý do khác"}, "lý do"),
            ({"ly_do": "Thiếu biểu số liệu", "han": "31/6/2026"}, "31/6/2026"),
            ({"loi": "Thiếu trang 2", "han": "01/01/2026"}, "01/01/2026"),
        ],
        ids=["own words left out", "a day that does not exist", "a day before the paper came"],
    )
    def test_gives_a_mistake_back_with_what_was_typed(
        self, browse: Browse, submit: Submit, published: Application, fields: dict[str, str], words: str
    ) -> None:
        one = submit()
        client = browse("vp.thuongtruc1")
        typed = {"viec": "tra-lai", **fields}
        answer = client.post(f"/cho-xac-nhan/{one}", data=form(client, client.get("/cho-xac-nhan").text, **typed))
        page = unescape(answer.text)
        assert answer.status_code == 422
        assert words in page
        assert f">{fields.get('loi', '')}</textarea>" in page
        if "ly_do" in fields:
            assert re.search(rf'value="{fields["ly_do"]}"[^>]* checked', page)
        with published.database.read() as uow:
            assert uow.evidence.verification(uow.evidence.last_revision(one).id or 0) is None


class TestTwoAtOnce:
    def test_the_second_is_told_who_decided_and_keeps_what_was_typed(self, browse: Browse, submit: Submit) -> None:
        one = submit()
        first, second = browse("vp.thuongtruc1"), browse("vp.thuongtruc2")
        page = second.get(f"/cho-xac-nhan/{one}").text
        first.post(f"/cho-xac-nhan/{one}", data=form(first, page, viec="xac-nhan"))
        answer = second.post(f"/cho-xac-nhan/{one}", data=form(second, page, viec="tra-lai", loi="Thiếu trang 2"))
        assert answer.status_code == 409
        assert "Trần Quốc Dũng" in answer.text
        assert "Đã xác nhận hoàn thành" in answer.text
        assert "chưa gửi: “Thiếu trang 2”" in answer.text

    def test_a_newer_revision_is_not_decided_unseen(
        self, browse: Browse, submit: Submit, published: Application, clock: StandingClock
    ) -> None:
        one = submit(2)
        first, second = browse("vp.thuongtruc1"), browse("vp.thuongtruc2")
        page = second.get(f"/cho-xac-nhan/{one}").text
        first.post(f"/cho-xac-nhan/{one}", data=form(first, page, viec="tra-lai", loi="Thiếu trang 2"))
        with published.database.read() as uow:
            owed = list(uow.evidence.obligations_of(one))
        clock.moment += timedelta(minutes=5)
        submit_evidence(
            published.database,
            published.vault,
            published.reader,
            owed,
            Handed(references=["13/BC-TCCB ngày 24/3/2026"]),
            actor=actor_of(published, SENDER),
            today=published.today(),
            now=clock.now(),
        )
        answer = second.post(f"/cho-xac-nhan/{one}", data=form(second, page, viec="xac-nhan"))
        assert answer.status_code == 409
        assert "Đơn vị vừa nộp lần 2, trang đang xem lần 1" in answer.text
        assert 'name="lan-nop" value="2"' in answer.text


class TestOwnWork:
    def test_is_left_to_a_colleague(self, browse: Browse, published: Application) -> None:
        with published.database.read() as uow:
            office = uow.directory.unit_with_code("VP").id or 0
            owed = next(one for one, _ in uow.obligations.listing([office]) if one.due_on and one.stage is Stage.OPEN)
        submit_evidence(
            published.database,
            published.vault,
            published.reader,
            [owed.id or 0],
            Handed(links=["https://songlam.example/tin"]),
            actor=actor_of(published, "vp.thuongtruc1"),
            today=published.today(),
            now=published.clock.now(),
        )
        page = browse("vp.thuongtruc1").get("/cho-xac-nhan").text
        assert "Người nộp không tự xác nhận" in page
        assert 'value="xac-nhan"' not in page
        assert 'value="xac-nhan"' in browse("vp.thuongtruc2").get("/cho-xac-nhan").text
