"""The whole system as an administrator starts it: a process of its own, looked at from outside."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.conftest import CHECKOUT

UP = (sys.executable, "-c", "from cchc_tasks.cli.main import main; main()", "up")
T = TypeVar("T")


class System:
    """One `cchc up`: its folder, its port, what it printed, and Prefect's API behind it."""

    def __init__(self, home: Path, *options: str, **environment: str) -> None:
        self.home, self.port = home, free_port()
        self.output = home.parent / f"{home.name}.out"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("CCHC_", "PREFECT_"))}
        self.environment = {**clean, "CCHC_HOME": str(home), "CCHC_CONFIG": str(CHECKOUT / "config"), **environment}
        with self.output.open("w") as out:
            self.process = subprocess.Popen(
                [*UP, "--port", str(self.port), *options],
                env=self.environment,
                cwd=home.parent,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def wait(self) -> None:
        """Until the web answers."""
        until(lambda: self.process.poll() is not None or ask(f"{self.url}/suc-khoe") is not None, 90)
        assert self.process.poll() is None, self.output.read_text()

    @property
    def prefect_url(self) -> str:
        """Where Prefect's API is."""
        return str(json.loads((self.home / "running.json").read_text())["prefect"])

    def prefect(self, path: str, body: Any = None) -> Any:
        """Prefect's answer; None while it does not answer."""
        return ask(self.prefect_url + path, body)

    def run(self, flow: str, body: dict[str, Any]) -> str:
        """Begin a run of a flow's deployment and give its id."""
        deployment = until(lambda: self.prefect(f"/deployments/name/{flow}/{flow}"), 120)
        made = until(lambda: self.prefect(f"/deployments/{deployment['id']}/create_flow_run", body), 60)
        return str(made["id"])

    def state(self, run: str) -> str:
        """Where a run stands: "COMPLETED", "RUNNING", …"""
        return str((self.prefect(f"/flow_runs/{run}") or {}).get("state_type"))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of our own database."""
        with closing(sqlite3.connect(self.home / "cchc.sqlite3", timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def children(self) -> dict[int, str]:
        """The processes that this system began, and theirs, by id with their command lines."""
        found: dict[int, str] = {}
        parents = {self.process.pid}
        for pid, parent, command in sorted(processes()):
            if parent in parents or parent in found:
                found[pid] = command
        return found

    def child(self, words: str) -> int:
        """The id of the child whose command holds these words."""
        return until(lambda: next((pid for pid, command in self.children().items() if words in command), None), 60)

    def end(self, number: int = signal.SIGINT) -> None:
        """Send the process a signal and wait until it and all it began are gone."""
        left = [self.process.pid, *self.children()]
        self.process.send_signal(number)
        self.process.wait(30)
        until(lambda: not any(alive(pid) for pid in left), 30)

    def clear(self) -> None:
        """Whatever a test left: every process this system began is ended, by id."""
        left = [*self.children(), self.process.pid]
        for pid in left:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)


@contextmanager
def running(home: Path, *options: str, **environment: str) -> Iterator[System]:
    """A system that answers; it is gone at the end of the block."""
    system = System(home, *options, **environment)
    try:
        system.wait()
        yield system
    finally:
        system.clear()


def until(look: Callable[[], T | None], seconds: float) -> T:
    """What `look` gives as soon as it gives something; raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.3)
    raise TimeoutError(f"nothing within {seconds} seconds")


def ask(url: str, body: Any = None) -> Any:
    """An answer as JSON or text; None where there is none."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read().decode()
    except (urllib.error.URLError, OSError):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes() -> Iterator[tuple[int, int, str]]:
    """(id, parent's id, command line) of every process."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                facts = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            yield int(folder.name), int(facts[1]), command


def alive(pid: int) -> bool:
    """Whether a process is there and not just waiting to be collected."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
