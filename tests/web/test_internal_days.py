"""Hạn nội bộ: seen before it is set, set for what was seen, shown where the reminders aim."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from tests.services.conftest import lines_of
from tests.web.conftest import Browse

OFFICE = "vp.thuongtruc1"
ALL_YEARLY = {"ke-hoach": "1", "tan-suat": "yearly", "ngay": "05/12/2026"}


def post(client: TestClient, **fields: str) -> tuple[int, str, str]:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    answer = client.post("/han-noi-bo", data={"csrf": client.headers["X-Test-Csrf"]} | named)
    return answer.status_code, answer.headers.get("location", ""), unescape(answer.text)


def internal(app: Application) -> dict[int, str]:
    """The obligations that have an internal day, with it."""
    with app.database.read() as uow:
        found = uow.obligations.listing()
    return {one.id or 0: str(one.internal_due_on) for one, _ in found if one.internal_due_on}


class TestPage:
    def test_teaches_before_anything_is_chosen(self, browse: Browse) -> None:
        page = unescape(browse(OFFICE).get("/han-noi-bo").text)
        assert "việc mở sau này không có hạn nội bộ" in page
        assert "button primary" not in page

    def test_shows_what_would_change_and_sets_just_that(self, browse: Browse, published: Application) -> None:
        client = browse(OFFICE)
        page = unescape(client.get("/han-noi-bo", params=ALL_YEARLY).text)
        assert "thứ Bảy 05/12/2026" in page
        assert "hạn sớm hơn ngày này" in page
        assert internal(published) == {}
        status, there, _ = post(client, **{name.replace("-", "_"): value for name, value in ALL_YEARLY.items()})
        changed = int(parse_qs(urlsplit(there).query)["da-doi"][0])
        assert (status, changed) == (303, len(internal(published)))
        assert changed
        assert f"{changed} việc sẽ thay đổi" in page
        assert f"Đã thay đổi {changed} việc theo kỳ" in unescape(client.get(there).text)
        one = next(iter(internal(published)))
        assert "<dt>Hạn nội bộ</dt><dd><b>thứ Bảy 05/12/2026</b>" in client.get(f"/nhiem-vu/{one}").text

    def test_clears_what_was_set(self, browse: Browse, published: Application) -> None:
        client = browse(OFFICE)
        post(client, ke_hoach="1", ngay="05/12/2026")
        assert internal(published)
        assert post(client, ke_hoach="1", bo="1")[0] == 303
        assert internal(published) == {}

    @pytest.mark.parametrize(
        ("day", "words"), [("31/6/2026", "không có thật"), ("23/3/2026", "đã qua"), ("", "không có thật")]
    )
    def test_gives_a_mistake_back_with_what_was_typed(
        self, browse: Browse, published: Application, day: str, words: str
    ) -> None:
        status, _, page = post(browse(OFFICE), ke_hoach="1", tan_suat="yearly", ngay=day)
        assert (status, words in page) == (422, True)
        assert f'name="ngay" value="{day}"' in page
        assert 'value="yearly" selected' in page
        assert internal(published) == {}
        assert lines_of(published, "24")
