"""What a year brings: the reminders' process or Prefect's server killed in the middle, and Prefect over PostgreSQL."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cchc_tasks.adapters.prefect_api import PrefectApi
from cchc_tasks.bootstrap import create_application
from cchc_tasks.demo.show import fill_demo
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.settings import Settings
from tests.conftest import CHECKOUT
from tests.flows.system import System, alive, free_port, processes, running, until
from tests.smtp_server import running_smtp

pytestmark = pytest.mark.xdist_group("prefect")

MORNING = date(2026, 3, 24)

FLOWS = 5  # flows/deployments.py: each with its schedule


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with a plan under way."""
    settings = Settings(home=tmp_path / "home", config=CHECKOUT / "config")
    app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR)
    with closing(app.database):
        fill_demo(app, MORNING)
    return settings.home


class TestKilledInTheMiddle:
    def test_sends_the_rest_and_at_most_the_message_in_the_air_twice(self, home: Path) -> None:
        with running_smtp() as mailbox:
            mailbox.delay = 0.3
            settings = {"CCHC_MAIL_URL": mailbox.url, "CCHC_LEASE_SECONDS": "2"}
            with running(home, **settings, CCHC_REMIND_NOW=str(MORNING)) as system:
                until(lambda: len(mailbox.received) >= 3, 120)
                runner = system.child("flows.runner")
                at_work = descendants(runner)
                os.kill(runner, signal.SIGKILL)
                until(lambda: not any(alive(pid) for pid in at_work), 30)  # no run outlives its runner
                mailbox.delay = 0.0
                for _ in range(10):  # until the killed run's lease has ended
                    run = system.run("send-reminders", {"parameters": {"on": str(MORNING)}})
                    until(lambda run=run: system.state(run) == "COMPLETED", 120)
                    if sent(system):
                        break
                    time.sleep(5)
                planned = system.rows("SELECT count(*) FROM delivery WHERE kind <> 'ALERT'")[0][0]
        arrived = Counter(mail["X-CCHC-Delivery"] for _, mail in mailbox.received)
        digests = {reference: copies for reference, copies in arrived.items() if "alert" not in reference}
        assert len(digests) == planned > 5
        assert sum(digests.values()) <= planned + 1


class TestPrefectsServerRestarted:
    def test_in_the_middle_of_a_run_loses_and_doubles_nothing(self, home: Path) -> None:
        with running_smtp() as mailbox:
            mailbox.delay = 0.3
            with running(home, CCHC_MAIL_URL=mailbox.url, CCHC_REMIND_NOW=str(MORNING)) as system:
                until(lambda: len(mailbox.received) >= 3, 120)
                os.kill(system.child("prefect server start"), signal.SIGKILL)
                until(lambda: sent(system), 120)
                until(lambda: system.prefect("/health"), 60)
                run = system.run("send-reminders", {"parameters": {"on": str(MORNING)}})
                until(lambda: system.state(run) == "COMPLETED", 120)
                planned = system.rows("SELECT count(*) FROM delivery WHERE kind <> 'ALERT'")[0][0]
        arrived = Counter(mail["X-CCHC-Delivery"] for _, mail in mailbox.received)
        digests = {reference: copies for reference, copies in arrived.items() if "alert" not in reference}
        assert len(digests) == planned > 5
        assert set(digests.values()) == {1}


def sent(system: System) -> bool:
    """Whether every message of the morning is out."""
    return not system.rows("SELECT 1 FROM delivery WHERE kind <> 'ALERT' AND state <> 'SENT'")


def descendants(pid: int) -> list[int]:
    """The processes below a process."""
    found = {pid}
    for one, parent, _ in sorted(processes()):
        if parent in found:
            found.add(one)
    return sorted(found - {pid})


@pytest.fixture
def prefect_database() -> Iterator[str]:
    """Debian's PostgreSQL, which has the extensions that Prefect needs, run as its own user in a folder of its own."""
    initdb = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    if initdb is None or shutil.which("runuser") is None or os.geteuid() != 0:
        pytest.skip("Debian's PostgreSQL is not installed here, or the tests do not run as root")
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("there is no user postgres")
    folder = Path(tempfile.mkdtemp(prefix="cchc-prefect-pg-"))
    os.chown(folder, user.pw_uid, user.pw_gid)
    port = free_port()
    as_postgres = ["runuser", "-u", "postgres", "--"]
    data, binaries = folder / "data", initdb.parent
    subprocess.run([*as_postgres, initdb, "-D", data, "-A", "trust"], check=True, capture_output=True, cwd=folder)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    control = [*as_postgres, binaries / "pg_ctl", "-D", data, "-w"]
    log = folder / "log"
    subprocess.run([*control, "-l", log, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


class TestPrefectOverPostgres:
    def test_schedules_and_runs_all_the_same(self, home: Path, prefect_database: str) -> None:
        with running(home, CCHC_PREFECT_DATABASE_URL=prefect_database) as system:
            run = system.run("open-obligations", {})
            until(lambda: system.state(run) == "COMPLETED", 120)
            within = timedelta(hours=26)
            flows = until(
                lambda: len(PrefectApi(system.prefect_url).next_runs(within, datetime.now(UTC))) == FLOWS, 120
            )
            assert flows
