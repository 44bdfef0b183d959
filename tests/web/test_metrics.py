"""Figures for a program outside: behind a token of their own, whole, and without a name in them."""

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.services.beat import beat
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.secrets import forget_secret, set_secret
from cchc_tasks.web.app import create_app
from tests.web.conftest import HOST, statements

TOKEN = "do-7Hq2vX9-Lm4Ws8"
HEAD = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def watcher(published: Application) -> TestClient:
    """A program without session or origin, as Prometheus is; a token is set."""
    box, now = published.secret_box(CONNECTIONS), published.clock.now()
    set_secret(published.database, box, SecretName.METRICS_TOKEN, TOKEN, actor=LOCAL_ADMINISTRATOR, now=now)
    return TestClient(create_app(published), base_url=HOST, follow_redirects=False)


class TestFigures:
    def test_are_read_by_who_holds_the_token(self, published: Application, watcher: TestClient) -> None:
        decide_reminders(published.database, on=published.today(), actor=LOCAL_ADMINISTRATOR, now=published.clock.now())
        beat(published.database, "runner", now=published.clock.now())
        answer = watcher.get("/metrics", headers=HEAD)
        assert answer.headers["content-type"].startswith("text/plain; version=")
        found = {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }
        assert found["cchc_deliveries", "DIGEST", "MAIL", "PLANNED"] > 20
        assert found["cchc_oldest_waiting_seconds",] == 3600.0  # it is eight
        assert found["cchc_heartbeat_age_seconds", "runner"] == 0.0
        assert (found["cchc_flow_silent", "runner"], found["cchc_flow_silent", "send-reminders"]) == (0.0, 1.0)
        assert found["cchc_obligations", "OVERDUE"] == 19.0
        assert found["cchc_alerts",] == 0.0
        assert found["process_resident_memory_bytes",] > 10_000_000
        assert [name for name, *_ in found if name == "cchc_info"]

    def test_name_nobody(self, published: Application, watcher: TestClient) -> None:
        decide_reminders(published.database, on=published.today(), actor=LOCAL_ADMINISTRATOR, now=published.clock.now())
        text = watcher.get("/metrics", headers=HEAD).text
        with published.database.read() as uow:
            for one in uow.people.lines():
                assert one.name not in text
                assert one.user not in text

    def test_cost_a_few_statements(self, published: Application, watcher: TestClient) -> None:
        assert statements(published, lambda: watcher.get("/metrics", headers=HEAD)) <= 20


class TestToken:
    @pytest.mark.parametrize("said", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN, "Bearer é", f"Basic {TOKEN}"])
    def test_that_is_wrong_reads_nothing(self, watcher: TestClient, said: str) -> None:
        answer = watcher.get("/metrics", headers={b"Authorization": said.encode()})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "cchc_" not in answer.text

    def test_that_is_not_set_leaves_no_page(self, published: Application, watcher: TestClient) -> None:
        forget_secret(
            published.database, SecretName.METRICS_TOKEN, actor=LOCAL_ADMINISTRATOR, now=published.clock.now()
        )
        for head in ({}, HEAD, {"Authorization": "Bearer "}):
            assert watcher.get("/metrics", headers=head).status_code == 404
