"""Commands as an office runs them, in a data folder of their own."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cchc_tasks.cli.main import commands
from cchc_tasks.cli.office import run
from cchc_tasks.demo.sample_plan import sample_plan
from tests.conftest import CHECKOUT
from tests.smtp_server import Mailbox, running_smtp


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, named by the environment."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CCHC_HOME", str(folder))
    monkeypatch.setenv("CCHC_CONFIG", str(CHECKOUT / "config"))
    for name in ("CCHC_DATABASE_URL", "CCHC_MAIL_URL", "CCHC_LEASE_SECONDS"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def cchc(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `cchc` with these arguments and gives what it said."""

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            run(commands, [str(one) for one in arguments])
        told = capsys.readouterr()
        return Said(int(ended.value.code or 0), told.out, told.err)

    return call


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """The sample plan of 2026."""
    file = tmp_path / "ke-hoach-2026.txt"
    file.write_text(sample_plan(2026), encoding="utf-8")
    return file


@pytest.fixture
def published(cchc: Command, home: Path, sample_home: Path) -> Command:
    """The command over a data folder with the published sample plan."""
    shutil.copytree(sample_home, home)
    return cchc


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server that the commands are told of."""
    with running_smtp() as running:
        monkeypatch.setenv("CCHC_MAIL_URL", running.url)
        yield running
