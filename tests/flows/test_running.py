"""The running system: schedules that really exist, runs that really run, and an end that leaves nothing behind."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.adapters.mail_sink import MailSink
from cchc_tasks.adapters.prefect_api import PrefectApi
from tests.flows.system import UP, System, alive, ask, running, until

pytestmark = pytest.mark.xdist_group("prefect")

FLOWS = {"housekeeping", "open-obligations", "send-reminders", "drain-outbox"}


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A demo in a folder of its own."""
    with running(tmp_path_factory.mktemp("running") / "home", "--demo") as one:
        yield one


def mails(system: System) -> list[Any]:
    return MailSink(system.home / "mail-sink").messages()


def first_reminders(system: System) -> int:
    """How many messages the demo's first run sent."""
    until(lambda: system.rows("SELECT 1 FROM heartbeat WHERE name = 'send-reminders'"), 120)
    return len(mails(system))


class TestSchedules:
    def test_really_exist_for_every_flow(self, system: System) -> None:
        first_reminders(system)
        api = PrefectApi(system.prefect_url)
        within = timedelta(hours=26)
        scheduled = until(lambda: (found := api.next_runs(within, datetime.now(UTC))).keys() >= FLOWS and found, 120)
        morning = scheduled["send-reminders"].astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
        assert (morning.hour, morning.minute) == (7, 0)


class TestReminders:
    def test_are_sent_by_the_flow_itself_one_message_a_person(self, system: System) -> None:
        count = first_reminders(system)
        assert count > 10
        assert len({mail.recipient for mail in mails(system)}) == count

    def test_after_missed_mornings_go_out_once_however_many_late_runs_start_together(self, system: System) -> None:
        first_reminders(system)
        later = date.fromisoformat(system.rows("SELECT max(business_on) FROM delivery")[0][0]) + timedelta(days=28)
        runs = [
            system.run("send-reminders", {"parameters": {"on": str(later)}, "state": missed(days)})
            for days in (3, 2, 1)
        ]
        until(lambda: {system.state(run) for run in runs} == {"COMPLETED"}, 120)
        people = system.rows(f"SELECT person_id FROM delivery WHERE business_on = '{later}' AND state = 'SENT'")
        assert people
        assert len(people) == len(set(people))

    def test_of_two_runs_at_once_and_of_a_late_one_go_out_once(self, system: System) -> None:
        first_reminders(system)
        before = system.rows("SELECT count(*) FROM delivery")
        day = system.rows("SELECT max(business_on) FROM delivery")[0][0]
        runs = [
            system.run("send-reminders", {"parameters": {"on": day}}),
            system.run("send-reminders", {"parameters": {"on": day}}),
            system.run("send-reminders", {"parameters": {"on": day}, "state": missed(1)}),
        ]
        until(lambda: {system.state(run) for run in runs} == {"COMPLETED"}, 120)
        assert system.rows("SELECT count(*) FROM delivery") == before
        real = "business_on > (SELECT min(business_on) FROM delivery)"  # the first day's are told by the demo alone
        assert [(len(mails(system)),)] == system.rows(f"SELECT count(*) FROM delivery WHERE state = 'SENT' AND {real}")


class TestTrouble:
    def test_a_failed_run_reaches_the_administrators(self, system: System) -> None:
        first_reminders(system)
        run = system.run("housekeeping", {"state": {"type": "SCHEDULED", "state_details": {"scheduled_time": far()}}})
        system.prefect(f"/flow_runs/{run}/set_state", {"state": {"type": "FAILED", "name": "Failed"}, "force": True})
        until(lambda: system.rows("SELECT 1 FROM alert WHERE source = 'housekeeping' AND text LIKE '%bị lỗi%'"), 120)
        assert system.rows("SELECT count(*) FROM delivery WHERE kind = 'ALERT'") == [(1,)]

    def test_a_killed_runner_comes_back_and_settles_what_it_left(self, system: System) -> None:
        first_reminders(system)
        stuck = system.run(
            "open-obligations", {"state": {"type": "SCHEDULED", "state_details": {"scheduled_time": far()}}}
        )
        running_state = {"state": {"type": "RUNNING", "name": "Running"}, "force": True}
        system.prefect(f"/flow_runs/{stuck}/set_state", running_state)
        before = system.child("flows.runner")
        os.kill(before, signal.SIGKILL)
        until(lambda: system.state(stuck) == "CRASHED", 120)
        assert system.child("flows.runner") != before
        assert system.rows("SELECT 1 FROM alert WHERE source = 'runner'")


class TestSecondStart:
    def test_says_that_one_runs(self, system: System) -> None:
        said = subprocess.run(UP, env=system.environment, capture_output=True, text=True, timeout=60, check=False)
        assert said.returncode == 1
        assert said.stderr.startswith("Lỗi [already-running]")
        assert system.url in said.stderr

    def test_elsewhere_says_that_the_port_is_taken(self, system: System, tmp_path: Path) -> None:
        said = subprocess.run(
            [*UP, "--port", str(system.port)],
            env={**system.environment, "CCHC_HOME": str(tmp_path / "other")},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (said.returncode, said.stderr.partition("]")[0]) == (1, "Lỗi [port-in-use")


class TestEnd:
    def test_by_ctrl_c_leaves_no_process_and_frees_the_port_and_the_next_start_keeps_the_data(
        self, system: System
    ) -> None:
        count = first_reminders(system)
        system.end(signal.SIGINT)
        assert system.process.returncode == 0, system.output.read_text()
        with socket.socket() as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(("127.0.0.1", system.port))
        with running(system.home) as again:
            assert len(mails(again)) >= count
            self.dies_whole(again)

    def dies_whole(self, system: System) -> None:
        """kill -9 of the parent takes everything with it."""
        system.child("prefect server")
        system.child("flows.runner")
        left = list(system.children())
        system.process.kill()
        until(lambda: not any(alive(pid) for pid in left), 30)
        assert ask(f"{system.url}/suc-khoe") is None


def missed(days: int) -> dict[str, Any]:
    """The state of a run that should have started some days ago."""
    past = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    return {"type": "SCHEDULED", "name": "Scheduled", "state_details": {"scheduled_time": past}}


def far() -> str:
    """A time that no test waits for."""
    return (datetime.now(UTC) + timedelta(days=300)).isoformat()
