"""The page that shows a year's messages before anybody gets one."""

from cchc_tasks.bootstrap import Application
from tests.web.conftest import Browse


class TestSimulationPage:
    def test_answers_with_counts_days_and_units(self, browse: Browse) -> None:
        said = browse("vp.thuongtruc1").get("/mo-phong?ke-hoach=1&tu=01/4/2026&den=31/12/2026").text
        assert "thư</b> tới" in said
        assert said.count('<svg viewBox="0 0 310 100"') == 9
        assert "Phòng Tổ chức cán bộ" in said

    def test_lists_each_message_of_a_unit(self, browse: Browse) -> None:
        said = browse("quantri").get("/mo-phong?ke-hoach=tat-ca&tu=01/4/2026&don-vi=TCCB").text
        assert "Từng thư của đơn vị" in said
        assert "ngày làm việc cuối" in said

    def test_asks_first_and_changes_nothing(self, published: Application, browse: Browse) -> None:
        client = browse("vp.thuongtruc1")
        assert "Ai sẽ nhận thư nào" in client.get("/mo-phong").text
        with published.database.read() as uow:
            before = len(uow.obligations.listing())
        client.get("/mo-phong?ke-hoach=1&tu=01/01/2027&den=31/12/2028")
        with published.database.read() as uow:
            assert len(uow.obligations.listing()) == before

    def test_says_what_is_wrong_and_keeps_what_was_typed(self, browse: Browse) -> None:
        client = browse("vp.thuongtruc1")
        for asked, words in (
            ("ke-hoach=1&tu=31/4/2026", "31/4/2026"),
            ("ke-hoach=99", "99"),
            ("ke-hoach=tat-ca&tu=01/4/2026&den=01/3/2026", "bị ngược"),
            ("ke-hoach=1&don-vi=KHONG-CO", "KHONG-CO"),
        ):
            answer = client.get(f"/mo-phong?{asked}")
            assert answer.status_code in (404, 422)
            assert words in answer.text
