"""Việc của đơn vị as a browser gets it: sections, one deed a row, foreign units refused."""

import re

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.services.listing import list_obligations
from tests.conftest import actor_of
from tests.web.conftest import Browse

FOCAL, OFFICE = "khtc.daumoi", "vp.daumoi"


def new_ids(page: str) -> list[str]:
    return re.findall(r'name="viec" value="(\d+)"', page)


class TestPage:
    def test_says_how_much_is_late_and_offers_to_hand_it_in(self, browse: Browse) -> None:
        answer = browse(FOCAL).get("/viec-cua-don-vi")
        assert answer.status_code == 200
        assert "thứ Ba 24/3/2026" in answer.text
        assert "Quá hạn" in answer.text
        assert re.search(r'class="button primary" href="/nhiem-vu/\d+/nop"', answer.text)

    def test_works_without_a_script(self, browse: Browse) -> None:
        assert "<script" not in browse(FOCAL).get("/viec-cua-don-vi").text

    def test_teaches_where_there_is_nothing(self, browse: Browse) -> None:
        answer = browse("kiemtra").get("/viec-cua-don-vi?don-vi=SGDDT")
        assert "Chưa có việc nào" in answer.text

    def test_shows_to_one_person_what_concerns_them(self, browse: Browse) -> None:
        answer = browse(FOCAL).get("/viec-cua-toi")
        assert answer.status_code == 200
        assert "Việc của tôi" in answer.text

    def test_of_another_unit_is_refused_to_a_unit_and_shown_to_the_office(self, browse: Browse) -> None:
        assert browse(FOCAL).get("/viec-cua-don-vi?don-vi=VP").status_code == 403
        assert browse("vp.thuongtruc1").get("/viec-cua-don-vi?don-vi=KH-TC").status_code == 200
        assert browse("vp.thuongtruc1").get("/viec-cua-don-vi?don-vi=KHONG-CO").status_code == 404


class TestAcknowledgement:
    def test_of_all_new_jobs_takes_one_button(self, browse: Browse) -> None:
        client = browse(OFFICE)
        ids = new_ids(client.get("/viec-cua-don-vi").text)
        assert ids
        answer = client.post("/viec-cua-don-vi/tiep-nhan", data={"csrf": client.headers["X-Test-Csrf"], "viec": ids})
        assert answer.status_code == 303
        after = client.get(answer.headers["location"]).text
        assert f"Đã tiếp nhận {len(ids)} việc" in after
        assert not new_ids(after)

    def test_of_foreign_jobs_changes_nothing(self, browse: Browse, published: Application) -> None:
        foreign = new_ids(browse(OFFICE).get("/viec-cua-don-vi").text)
        client = browse(FOCAL)
        answer = client.post(
            "/viec-cua-don-vi/tiep-nhan", data={"csrf": client.headers["X-Test-Csrf"], "viec": foreign}
        )
        assert answer.status_code == 403
        lines = list_obligations(published.database, on=published.today(), actor=actor_of(published, OFFICE))
        assert Stage.ACKNOWLEDGED not in {line.stage for line in lines}

    def test_needs_the_token_of_the_session(self, browse: Browse) -> None:
        answer = browse(FOCAL).post("/viec-cua-don-vi/tiep-nhan", data={"csrf": "", "viec": "1"})
        assert answer.status_code in (403, 409, 422)
