"""A mail server tells of returned mail: by a token of its own, in bounds, and learns nothing by it."""

import pytest
from starlette.testclient import TestClient

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.bounces import MOST_BYTES
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import DeliveryState, Known
from cchc_tasks.services.secrets import forget_secret, set_secret
from cchc_tasks.web.app import create_app
from tests.making.returned_mails import WHO, report
from tests.services.deliveries import kept, made
from tests.web.conftest import HOST

TOKEN = "tra-7Hq2vX9-Lm4Ws8"
HEAD = {"Authorization": f"Bearer {TOKEN}"}
PATH = "/noi-bo/thu-tra-lai"


@pytest.fixture
def server(app: Application) -> TestClient:
    """A program without session or origin, as a mail server's filter is; a token is set."""
    box, now = app.secret_box(CONNECTIONS), app.clock.now()
    set_secret(app.database, box, SecretName.BOUNCE_TOKEN, TOKEN, actor=LOCAL_ADMINISTRATOR, now=now)
    return TestClient(create_app(app), base_url=HOST, follow_redirects=False)


@pytest.fixture
def sent(app: Application) -> int:
    """The number of a mail that was accepted."""
    return made(app, DeliveryState.SENT, sent_at=app.clock.now(), recipient=WHO, known=Known.ACCEPTED)


def known(app: Application, number: int) -> Known | None:
    return kept(app, number).known


class TestTelling:
    def test_by_facts_marks_the_delivery(self, app: Application, server: TestClient, sent: int) -> None:
        facts = {"reference": f"20260324-digest-{sent}", "recipient": WHO, "status": "5.1.1", "reason": "unknown"}
        answer = server.post(PATH, json=facts, headers=HEAD)
        assert (answer.status_code, answer.content) == (204, b"")
        assert known(app, sent) is Known.RETURNED
        assert server.post(PATH, json=facts, headers=HEAD).status_code == 204

    def test_by_the_mail_itself_marks_the_delivery(self, app: Application, server: TestClient, sent: int) -> None:
        head = HEAD | {"Content-Type": "message/rfc822"}
        assert server.post(PATH, content=report(f"20260324-digest-{sent}"), headers=head).status_code == 204
        assert known(app, sent) is Known.RETURNED

    def test_of_others_and_of_none_answers_alike(self, app: Application, server: TestClient, sent: int) -> None:
        for facts in ({"reference": f"20260324-digest-{sent}", "recipient": "x@y.example"}, {"reference": "x"}, {}):
            assert server.post(PATH, json=facts, headers=HEAD).status_code == 204
        assert server.post(PATH, content=b"\xff\x00", headers=HEAD).status_code == 204
        assert known(app, sent) is Known.ACCEPTED

    @pytest.mark.parametrize("body", [b"", b"\xff{", b"[1]", b"[" * 60_000], ids=["empty", "no text", "list", "deep"])
    def test_in_no_json_is_refused(self, server: TestClient, body: bytes) -> None:
        head = HEAD | {"Content-Type": "application/json"}
        assert server.post(PATH, content=body, headers=head).status_code == 400

    def test_at_length_is_refused(self, server: TestClient) -> None:
        pieces = (b" " * (MOST_BYTES // 16) for _ in range(64))  # no length is told
        assert server.post(PATH, content=pieces, headers=HEAD).status_code == 413


class TestToken:
    @pytest.mark.parametrize("said", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN, "Bearer é", f"Basic {TOKEN}"])
    def test_that_is_wrong_tells_nothing(self, app: Application, server: TestClient, sent: int, said: str) -> None:
        facts = {"reference": f"20260324-digest-{sent}", "recipient": WHO, "status": "5.1.1"}
        answer = server.post(PATH, json=facts, headers={b"Authorization": said.encode()})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert known(app, sent) is Known.ACCEPTED

    def test_that_is_not_set_leaves_nothing_there(self, app: Application, server: TestClient) -> None:
        forget_secret(app.database, SecretName.BOUNCE_TOKEN, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        for head in ({}, HEAD, {"Authorization": "Bearer "}):
            assert server.post(PATH, json={}, headers=head).status_code == 404
