"""An office prepared once and copied for each test: reading and publishing a plan takes longer than most tests."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from cchc_tasks.bootstrap import Application, create_application, open_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.settings import Settings
from tests.conftest import CHECKOUT, StandingClock

PREPARED_AT = datetime(2025, 12, 15, 5, 0, tzinfo=UTC)


def prepared(folder: Path, fill: Callable[[Application], object] | None = None, *, url: str = "") -> Path:
    """The data folder of an initialised office after `fill`, on SQLite or in an empty database; nobody has it open."""
    settings = Settings(home=folder / "prepared", config=CHECKOUT / "config", database_url=SecretStr(url))
    application = create_application(settings, None, actor=LOCAL_ADMINISTRATOR, clock=StandingClock(PREPARED_AT))
    if fill:
        fill(application)
    application.database.close()
    return settings.home


@contextmanager
def copied(home: Path, folder: Path, clock: StandingClock) -> Iterator[Application]:
    """A copy of a prepared office, opened until the end of the block."""
    there = folder / "copy"
    shutil.copytree(home, there)
    application = open_application(Settings(home=there, config=CHECKOUT / "config"), clock=clock)
    yield application
    application.database.close()


def overlay(home: Path, application: Application) -> None:
    """Put a copy of a prepared office in the place of an opened one on SQLite, which goes on with it."""
    application.database.close()
    shutil.rmtree(application.settings.home)
    shutil.copytree(home, application.settings.home)
