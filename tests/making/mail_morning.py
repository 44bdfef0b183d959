"""A morning on which very many people have mail to get: for measuring and for sending many at once."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr

from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.settings import Settings
from tests.conftest import CHECKOUT, postgres_server
from tests.making.multitude import FIRST_PERSON, UNITS, multitude

ON = date(2026, 3, 24)
OBLIGATIONS = 12_000  # four for each unit, said to its focal person and to its head
PEOPLE = 2 * UNITS


@contextmanager
def filled(kind: str, people: int = PEOPLE) -> Iterator[Application]:
    """A fresh application on a kind of database with such a morning, gone at the end of the block."""
    with tempfile.TemporaryDirectory() as folder, _database(kind) as url:
        settings = Settings(home=Path(folder) / "var", config=CHECKOUT / "config", database_url=SecretStr(url))
        app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR)
        with closing(app.database):
            fill_morning(app, ON, people)
            yield app


def fill_morning(app: Application, on: date, people: int = PEOPLE, obligations: int = OBLIGATIONS) -> None:
    """Fill a fresh application so that so many people have four obligations each to hear of on a day.

    Fewer `obligations`, by the thousand, are filled in sooner: the first thousand units have one or two then.
    """
    multitude(app, obligations, on)
    with app.database.engine.execution_options(cchc_writes=True).begin() as connection:
        connection.execute(
            sa.text(
                """
                INSERT INTO contact (person_id, channel, address, rank)
                SELECT id, 'MAIL', "user" || '@songlam.example', 1 FROM person WHERE id >= :first
                """
            ),
            {"first": FIRST_PERSON},
        )
        connection.execute(
            sa.text("DELETE FROM reminder WHERE rung <> 'after-1' OR person_id >= :last"),
            {"last": FIRST_PERSON + people},
        )
        connection.execute(sa.text("UPDATE reminder SET fire_on = :on, next_on = NULL"), {"on": on})
    begin_anew(app)


def begin_anew(app: Application) -> None:
    """Forget that anything was decided or sent."""
    with app.database.engine.execution_options(cchc_writes=True).begin() as connection:
        connection.execute(sa.text("UPDATE reminder SET delivery_id = NULL, state = 'PLANNED'"))
        for table in ("delivery_attempt", "delivery"):
            connection.execute(sa.text(f"DELETE FROM {table}"))


def decided(app: Application, on: date) -> int:
    """Decide the morning; gives how many messages it has."""
    return decide_reminders(app.database, on=on, actor=LOCAL_ADMINISTRATOR, now=app.clock.now()).planned


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with postgres_server() as server:
        yield server
