"""What Prefect reports of failed runs becomes an alert; whoever does not know the address finds nothing there."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application, engine_token
from cchc_tasks.web.app import create_app
from tests.web.conftest import HOST


@pytest.fixture
def prefect(app: Application) -> Iterator[TestClient]:
    """A program without session, form token or origin, as Prefect's server is."""
    with TestClient(create_app(app), base_url=HOST, follow_redirects=False) as client:
        yield client


def texts(app: Application) -> list[str]:
    with app.database.read() as uow:
        return [one.text for one in uow.running.alerts(app.today())]


class TestReport:
    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("Crashed", "bị ngắt giữa chừng"),
            ("TimedOut", "quá thời gian"),
            ("Failed", "bị lỗi"),
            ("Strange", "không hoàn thành"),
        ],
    )
    def test_of_a_run_becomes_an_alert_in_words(
        self, app: Application, prefect: TestClient, state: str, words: str
    ) -> None:
        path = f"/noi-bo/canh-bao/{engine_token(app.settings)}"
        assert prefect.post(path, json={"flow": "send-reminders", "state": state}).status_code == 200
        assert texts(app) == [f"Lượt chạy “send-reminders” {words}. Xem nhật ký trong thư mục logs."]

    @pytest.mark.parametrize(
        "body",
        [b"", b"\xff{", b"[1]", b'{"flow": {"a": 1}, "state": []}', b'{"flow": "\\u0000\\ud800"}', b"[" * 60_000],
        ids=["empty", "not text", "a list", "nested", "letters no database takes", "deep"],
    )
    def test_that_nobody_understands_is_still_an_alert(
        self, app: Application, prefect: TestClient, body: bytes
    ) -> None:
        path = f"/noi-bo/canh-bao/{engine_token(app.settings)}"
        assert prefect.post(path, content=body).status_code == 200
        (text,) = texts(app)
        assert "không hoàn thành" in text

    def test_that_is_too_long_is_refused(self, app: Application, prefect: TestClient) -> None:
        path = f"/noi-bo/canh-bao/{engine_token(app.settings)}"
        assert prefect.post(path, content=b" " * (64 * 1024 + 1)).status_code == 413
        assert texts(app) == []

    @pytest.mark.parametrize("token", ["x", "%C3%A9", "0" * 64])
    def test_with_a_wrong_token_finds_nothing(self, app: Application, prefect: TestClient, token: str) -> None:
        assert prefect.post(f"/noi-bo/canh-bao/{token}", json={"flow": "x"}).status_code == 404
        assert texts(app) == []


class TestToken:
    def test_is_neither_the_key_nor_the_same_for_another_key(self, app: Application) -> None:
        key = app.settings.home / "secret.key"
        first = engine_token(app.settings)
        assert key.read_text() not in first
        key.write_text("another")
        assert engine_token(app.settings) != first
