"""The running system keeps its secrets to itself: no list of processes, log, artifact or file of it shows one."""

import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import KEY_FILE, open_application
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.settings import Settings
from tests.flows.system import running, until
from tests.journeys.canaries import KEY, PASSWORDS, VALUES, files, leaks, mail_server_that_lets_nobody_in

pytestmark = pytest.mark.xdist_group("prefect")

MORNING = "2026-01-05"


@contextmanager
def broken_watch() -> Iterator[str]:
    """A place outside that answers every ping with an error; its address holds a secret."""

    class Broken(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(500)

        do_POST = do_HEAD = do_GET  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Broken) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{PASSWORDS[SecretName.PING_URL]}"
        server.shutdown()


def test_the_running_system_shows_no_secret(settings: Settings, sample_home: Path) -> None:
    shutil.copytree(sample_home, settings.home)
    (settings.home / KEY_FILE).unlink()
    with mail_server_that_lets_nobody_in() as mail_url, broken_watch() as ping_url:
        with_key = settings.model_copy(update={"secret_key": SecretStr(KEY)})
        app = open_application(with_key)
        with closing(app.database), app.database.write(datetime.now(UTC)) as uow:
            for name, value in {**VALUES, SecretName.PING_URL: ping_url}.items():
                uow.secrets.keep(name, app.secret_box(CONNECTIONS).seal(value), "quantri", datetime.now(UTC))
        with running(settings.home, CCHC_MAIL_URL=mail_url, CCHC_SECRET_KEY=KEY) as system:
            run = system.run("send-reminders", {"parameters": {"on": MORNING}})
            until(lambda: system.state(run) in {"COMPLETED", "FAILED", "CRASHED"}, 120)
            told = [system.prefect(f"/{what}/filter", {}) for what in ("artifacts", "logs", "flow_runs", "deployments")]
            assert all(told)
            commands = list(system.children().values())
            assert any("flows.runner" in command for command in commands)
            assert any("prefect" in command for command in commands)
            assert leaks(*commands, json.dumps(told, ensure_ascii=False), system.output.read_text()) == set()
            assert list((settings.home / "logs").glob("*.log"))
            assert leaks(*files(settings.home)) == set()
            assert system.rows("SELECT count(*) FROM delivery_attempt") != [(0,)]
