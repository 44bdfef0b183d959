"""What a command opens: the settings, the application, and who acts."""

from pathlib import Path

from cchc_tasks.bootstrap import Application, open_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, Actor
from cchc_tasks.services.identity import as_actor
from cchc_tasks.settings import Settings, load_settings
from cchc_tasks.store.database import Database


def opened() -> Application:
    """The application over the data folder; raises NotInitialised."""
    return open_application(load_settings())


def acting(database: Database, user: str | None) -> Actor:
    """Who acts: the named user, or the local administrator; raises UserUnknown."""
    if user is None:
        return LOCAL_ADMINISTRATOR
    with database.read() as uow:
        person = uow.directory.person_with_user(user)
        return as_actor(person)


def link(settings: Settings, obligation_id: int) -> str:
    """The lasting address of an obligation (docs/decisions/0004)."""
    return f"{settings.base_url.rstrip('/')}/nhiem-vu/{obligation_id}"


def existing(path: str) -> Path:
    """A path as typed; whether it can be read is for its reader to say."""
    return Path(path).expanduser()
