"""The pages inside a unit and for assigning duties: as each role gets them, without a thing that was typed lost."""

from html import unescape

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Stage
from tests.services.test_add_duty import rungs
from tests.services.test_inputs import ASKED, LEAD, LEAD_HEAD, STRANGER, ask, hand_in, own, stage
from tests.web.conftest import Browse

OFFICE = "vp.thuongtruc1"
FORM = {
    "nhiem-vu": "Báo cáo <rà soát>",
    "so-van-ban": "1245/UBND-VX",
    "ngay-van-ban": "20/3/2026",
    "cap-tren": "UBND tỉnh",
    "chu-tri": "Phòng TCCB\ncac-trung-tam-gdtx",
    "phoi-hop": "GDMN",
    "san-pham": "Báo cáo",
    "han": "20/4/2026",
    "gio": "17h00",
}

WRONG: list[tuple[dict[str, str], str]] = [
    ({"nhiem-vu": ""}, "nhiem-vu"),
    ({"han": "31/6/2026"}, "han"),
    ({"han": ""}, "han"),
    ({"han": "01/3/2026"}, "han"),
    ({"han-noi-bo": "21/4/2026"}, "han-noi-bo"),
    ({"han-noi-bo": "01/3/2026"}, "han-noi-bo"),
    ({"chu-tri": ""}, "chu-tri"),
    ({"chu-tri": "Phòng Không Có"}, "chu-tri"),
    ({"phoi-hop": "Phòng Không Có"}, "phoi-hop"),
    ({"gio": "trưa"}, "gio"),
]


@pytest.fixture
def parent(published: Application) -> int:
    """What the finance department owes by 20 April."""
    return own(published)


class TestAssigningDuty:
    def test_opens_it_and_says_for_whom(self, browse: Browse, published: Application) -> None:
        client = browse(OFFICE)
        answer = client.post("/giao-nhiem-vu", data={"csrf": client.headers["X-Test-Csrf"], **FORM})
        assert answer.status_code == 303, unescape(answer.text)
        said = unescape(client.get(answer.headers["location"]).text)
        assert "Đã giao 3 việc theo công văn số 1245/UBND-VX" in said
        assert "Phòng Tổ chức cán bộ</a>" in said
        assert "hạn thứ Hai 20/4/2026" in said
        link = said.split('href="/nhiem-vu/')[2].split('"')[0]
        page = client.get(f"/nhiem-vu/{link}").text
        assert "Báo cáo &lt;rà soát&gt;" in page
        assert "Công văn số 1245/UBND-VX" in page

    def test_puts_what_is_wrong_beside_its_field_and_keeps_the_rest(self, browse: Browse) -> None:
        client = browse(OFFICE)
        for change, field in WRONG:
            typed = {**FORM, **change}
            answer = client.post("/giao-nhiem-vu", data={"csrf": client.headers["X-Test-Csrf"], **typed})
            page = unescape(answer.text)
            assert answer.status_code in (404, 422), change
            assert f'id="{field}-wrong"' in page, change
            assert [value for value in typed.values() if value not in page] == []

    def test_says_nothing_of_a_duty_that_is_none(self, browse: Browse) -> None:
        client = browse(OFFICE)
        for number in ("999999", "abc", "-1"):
            assert "Đã giao" not in client.get("/giao-nhiem-vu", params={"da-giao": number}).text


class TestNaming:
    def test_leads_back_to_the_obligation_where_it_is_told(
        self, browse: Browse, published: Application, parent: int
    ) -> None:
        client = browse(LEAD_HEAD)
        assert f'href="/nhiem-vu/{parent}/phan-cong"' in client.get(f"/nhiem-vu/{parent}").text
        form = {"csrf": client.headers["X-Test-Csrf"], "nguoi": LEAD, "ngay": "10/4/2026"}
        answer = client.post(f"/nhiem-vu/{parent}/phan-cong", data=form)
        page = unescape(client.get(answer.headers["location"].partition("#")[0]).text)
        assert "Đã phân công" in page
        assert "phải xong thứ Sáu 10/4/2026" in page
        answer = client.post(f"/nhiem-vu/{parent}/thoi-phan-cong", data=form)
        assert answer.status_code == 303
        assert "Chưa phân công ai" in client.get(f"/nhiem-vu/{parent}").text

    def test_gives_a_day_behind_the_due_day_back(self, browse: Browse, parent: int) -> None:
        client = browse(LEAD_HEAD)
        form = {"csrf": client.headers["X-Test-Csrf"], "nguoi": LEAD, "ngay": "21/4/2026"}
        answer = client.post(f"/nhiem-vu/{parent}/phan-cong", data=form)
        assert answer.status_code == 422
        assert 'value="21/4/2026"' in answer.text
        assert f'value="{LEAD}" selected' in answer.text

    def test_is_for_heads_of_the_lead_alone(self, browse: Browse, parent: int) -> None:
        assert "/phan-cong" not in browse(LEAD).get(f"/nhiem-vu/{parent}").text
        for user in (LEAD, "gdmn.truong", "tccb.truong"):
            assert browse(user).get(f"/nhiem-vu/{parent}/phan-cong").status_code == 403


class TestInput:
    def test_goes_from_the_question_to_the_accepted_answer(
        self, browse: Browse, published: Application, parent: int
    ) -> None:
        client = browse(LEAD)
        form = {"csrf": client.headers["X-Test-Csrf"], "don-vi": "GDMN", "noi-dung": "Số liệu <mầm non>"}
        assert client.post(f"/nhiem-vu/{parent}/phoi-hop", data={**form, "ngay": "10/5/2026"}).status_code == 422
        answer = client.post(f"/nhiem-vu/{parent}/phoi-hop", data={**form, "ngay": "10/4/2026"})
        assert answer.status_code == 303
        with published.database.read() as uow:
            (asked,) = (one.id or 0 for one in uow.inputs.of_parent(parent))
        theirs = unescape(browse(ASKED).get("/viec-cua-don-vi").text)
        assert "Phòng Kế hoạch - Tài chính đề nghị phối hợp" in theirs
        assert "đề nghị đơn vị gửi kết quả này" in browse(ASKED).get(f"/nhiem-vu/{asked}").text
        hand_in(published, asked)
        page = client.get(f"/nhiem-vu/{parent}").text
        assert f'href="/nhiem-vu/{asked}/ket-qua"' in page
        assert "12/BC-MN ngày 23/3/2026" in page
        assert "Số liệu &lt;mầm non&gt;" in page
        shown = client.get(f"/nhiem-vu/{asked}/ket-qua").text
        assert "đã gửi kết quả phối hợp" in shown
        form = {"csrf": client.headers["X-Test-Csrf"], "lan-nop": "1", "viec": "nhan"}
        assert client.post(f"/nhiem-vu/{asked}/ket-qua", data=form).status_code == 303
        assert stage(published, asked) is Stage.VERIFIED

    def test_sent_back_without_words_keeps_the_day_and_with_words_returns(
        self, browse: Browse, published: Application, parent: int
    ) -> None:
        asked = ask(published, parent)
        hand_in(published, asked)
        client = browse(LEAD)
        form = {"csrf": client.headers["X-Test-Csrf"], "lan-nop": "1", "viec": "bo-sung", "han": "27/3/2026"}
        refused = client.post(f"/nhiem-vu/{asked}/ket-qua", data=form)
        assert (refused.status_code, 'value="27/3/2026"' in refused.text) == (422, True)
        assert 'id="loi-wrong"' in refused.text
        assert client.post(f"/nhiem-vu/{asked}/ket-qua", data={**form, "loi": "thiếu biểu"}).status_code == 303
        assert "yêu cầu bổ sung: “thiếu biểu”" in client.get(f"/nhiem-vu/{parent}").text
        assert any(user == ASKED for user, _, _ in rungs(published, asked))

    def test_is_closed_to_others(self, browse: Browse, published: Application, parent: int) -> None:
        asked = ask(published, parent)
        for user in (ASKED, STRANGER, OFFICE):
            assert browse(user).get(f"/nhiem-vu/{asked}/ket-qua").status_code == 403
            assert browse(user).get(f"/nhiem-vu/{parent}/phoi-hop").status_code == 403
        assert browse(LEAD).get(f"/nhiem-vu/{parent}/ket-qua").status_code == 404
