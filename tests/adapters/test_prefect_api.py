"""What is asked of Prefect's server and read from its answers, over real HTTP on loopback."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from cchc_tasks.adapters.prefect_api import PrefectApi
from cchc_tasks.domain.errors import PrefectUnreachable

NOW = datetime(2026, 3, 24, 0, 30, tzinfo=UTC)
DEPLOYMENTS = [{"id": "a", "name": "send-reminders"}, {"id": "b", "name": "housekeeping"}]
RUNS = [
    {"deployment_id": "b", "expected_start_time": "2026-03-24T19:00:00Z"},
    {"deployment_id": "a", "expected_start_time": "2026-03-25T00:00:00Z"},
    {"deployment_id": "a", "expected_start_time": "2026-03-25T01:00:00Z"},
    {"deployment_id": None, "expected_start_time": "2026-03-24T02:00:00Z"},
]


class Answers(BaseHTTPRequestHandler):
    """Answers as Prefect 3.8 does, and keeps what it was asked."""

    asked: ClassVar[dict[str, Any]]
    replies: ClassVar[dict[str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked[self.path] = json.loads(body)
        self.send_response(200 if self.path in self.replies else 503)
        self.end_headers()
        self.wfile.write(self.replies.get(self.path, b"busy"))

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def prefect() -> Iterator[tuple[PrefectApi, type[Answers]]]:
    """The client and what it talks to."""

    Answers.asked = {}
    Answers.replies = {
        "/api/deployments/filter": json.dumps(DEPLOYMENTS).encode(),
        "/api/flow_runs/filter": json.dumps(RUNS).encode(),
    }
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield PrefectApi(f"http://127.0.0.1:{server.server_port}/api/"), Answers
    server.shutdown()
    thread.join()
    server.server_close()


class TestNextRuns:
    def test_are_the_first_of_each_deployment_within_the_span(self, prefect: tuple[PrefectApi, type[Answers]]) -> None:
        api, server = prefect
        assert api.next_runs(timedelta(hours=26), NOW) == {
            "housekeeping": datetime(2026, 3, 24, 19, 0, tzinfo=UTC),
            "send-reminders": datetime(2026, 3, 25, 0, 0, tzinfo=UTC),
        }
        wanted = server.asked["/api/flow_runs/filter"]["flow_runs"]
        assert wanted["state"] == {"type": {"any_": ["SCHEDULED"]}}
        assert wanted["expected_start_time"] == {
            "after_": "2026-03-24T00:30:00+00:00",
            "before_": "2026-03-25T02:30:00+00:00",
        }

    def test_are_asked_past_a_proxy_of_the_environment(
        self, prefect: tuple[PrefectApi, type[Answers]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        assert prefect[0].next_runs(timedelta(hours=26), NOW)

    @pytest.mark.parametrize("reply", [None, b"<html>not json"], ids=["an error", "another program"])
    def test_are_unknown_where_no_prefect_answers(
        self, prefect: tuple[PrefectApi, type[Answers]], reply: bytes | None
    ) -> None:
        api, server = prefect
        server.replies = {} if reply is None else {"/api/deployments/filter": reply}
        with pytest.raises(PrefectUnreachable):
            api.next_runs(timedelta(hours=26), NOW)
