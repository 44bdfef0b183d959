"""The composition root: joins settings, database and adapters into one application."""

import hmac
import os
import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from cchc_tasks import ports
from cchc_tasks.adapters.archive import TarArchive
from cchc_tasks.adapters.calendar_file import CalendarFile
from cchc_tasks.adapters.clock import SystemClock
from cchc_tasks.adapters.config_files import read_directory, read_due_soon, read_holidays, read_ladders, read_regimes
from cchc_tasks.adapters.digest_mail import DigestWriter
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.adapters.letters import WordLetterWriter
from cchc_tasks.adapters.mail.notifier import AppriseNotifier
from cchc_tasks.adapters.passwords import Argon2Passwords
from cchc_tasks.adapters.public_holidays import CalculatedHolidays
from cchc_tasks.adapters.secret_box import FernetBox
from cchc_tasks.adapters.vault import FolderVault
from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.errors import HomeNotEmpty, NotInitialised, SchemaOutdated
from cchc_tasks.domain.signed_links import Links
from cchc_tasks.ports import Archive, Clock, DocumentReader, EvidenceVault, Notifier, Passwords, SecretBox
from cchc_tasks.services.backup import restore
from cchc_tasks.services.by_link import link_for
from cchc_tasks.services.deliver import Delivered
from cchc_tasks.services.drain import drain
from cchc_tasks.services.housekeeping import Housekept, housekeeping
from cchc_tasks.services.initialise import Seeds, initialise
from cchc_tasks.services.remind import Reminded, remind
from cchc_tasks.settings import Settings
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

KEY_FILE = "secret.key"


@dataclass(frozen=True)
class Application:
    """Everything a command or a page needs, once per process."""

    settings: Settings
    database: Database
    vault: EvidenceVault
    reader: DocumentReader
    writer: ports.DigestWriter
    letters: ports.LetterWriter
    archive: Archive
    passwords: Passwords
    clock: Clock

    def today(self) -> date:
        """The local business date."""
        return self.clock.now().astimezone(ZoneInfo(self.settings.time_zone)).date()

    def notifier(self) -> Notifier | None:
        """The way out for mail; None where no mail server is set."""
        url = self.settings.mail_url.get_secret_value()
        return AppriseNotifier(url) if url else None

    def remind(self, on: date, actor: Actor) -> Reminded:
        """A business day's reminders, as if at seven in the morning."""
        return remind(
            self.database,
            self.notifier(),
            self.writer,
            self.clock,
            on=on,
            lease=timedelta(seconds=self.settings.lease_seconds),
            base_url=self.settings.base_url,
            horizon_months=self.settings.horizon_months,
            link_for=partial(link_for, links=self.links(), on=on),
            actor=actor,
        )

    def drain(self, on: date, actor: Actor) -> Delivered:
        """Whatever could not go out before."""
        return drain(
            self.database,
            self.notifier(),
            self.writer,
            self.clock,
            on=on,
            at=self.clock.now().astimezone(ZoneInfo(self.settings.time_zone)).time(),
            lease=timedelta(seconds=self.settings.lease_seconds),
            base_url=self.settings.base_url,
            link_for=partial(link_for, links=self.links(), on=on),
            actor=actor,
        )

    def housekeep(self, on: date, actor: Actor) -> Housekept:
        """The night's work."""
        return housekeeping(
            self.database,
            self.vault,
            self.archive,
            self.settings.home,
            keep_backups=self.settings.keep_backups,
            actor=actor,
            on=on,
            now=self.clock.now(),
        )

    def calendar_reader(self) -> ports.CalendarReader:
        """Reads calendars that the office keeps in files."""
        return CalendarFile(self.reader)

    def public_holidays(self) -> ports.PublicHolidays:
        """Knows a year's public holidays before they are decided."""
        return CalculatedHolidays()

    def secret_box(self) -> SecretBox:
        """Seals small secrets under the data folder's key."""
        return FernetBox(self.settings.home / KEY_FILE)

    def links(self) -> Links:
        """Makes and reads the links that answer without a password."""
        return Links(_derived_key(self.settings, b"answer-links"), self.settings.base_url, self.settings.link_days)


def open_application(settings: Settings, *, clock: Clock | None = None) -> Application:
    """Join the parts over an initialised database; raises NotInitialised or SchemaOutdated."""
    if not settings.home.is_dir():
        raise NotInitialised(home=settings.home)
    application = _join(settings, clock)
    revision = schema.revision(application.database)
    if revision is None:
        raise NotInitialised(home=settings.home)
    if revision != schema.newest():
        raise SchemaOutdated
    return application


def create_application(
    settings: Settings, units: Path | None, *, actor: Actor, clock: Clock | None = None
) -> Application:
    """Make the data folder, its secret key and the filled database; nothing is left behind when a seed is wrong.

    `units` is the directory's file (config/units.toml where none is named). Raises HomeNotEmpty, DatabaseNotEmpty and
    the InputErrors of the config files.
    """
    seeds = _read_seeds(settings.config, units or settings.config / "units.toml")
    if settings.home.exists() and (not settings.home.is_dir() or any(settings.home.iterdir())):
        raise HomeNotEmpty(home=settings.home)
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    application = _join(settings, clock)
    schema.upgrade(application.database)
    initialise(application.database, seeds, actor=actor, now=application.clock.now())
    _make_key(settings.home / KEY_FILE)
    return application


def engine_token(settings: Settings) -> str:
    """What the engine proves itself by to the web: derived from the data folder's secret key."""
    return _derived_key(settings, b"engine").hex()


def upgrade_application(settings: Settings) -> None:
    """Bring an existing database to the present schema."""
    if not settings.home.is_dir():
        raise NotInitialised(home=settings.home)
    with closing(Database(settings.database)) as database:
        if schema.revision(database) is None:
            raise NotInitialised(home=settings.home)
        schema.upgrade(database)


def restore_application(settings: Settings, source: Path, *, actor: Actor) -> Application:
    """Bring a backup into an empty data folder and database, with a new secret key: a backup never holds one."""
    with closing(Database(settings.database)) as database:
        restore(database, settings.home, TarArchive(), source, actor=actor)
    _make_key(settings.home / KEY_FILE)
    return open_application(settings)


def _join(settings: Settings, clock: Clock | None) -> Application:
    return Application(
        settings=settings,
        database=Database(settings.database),
        vault=FolderVault(settings.home / "vault", limit_mb=settings.evidence_limit_mb),
        reader=FileReader(),
        writer=DigestWriter(),
        letters=WordLetterWriter(),
        archive=TarArchive(),
        passwords=Argon2Passwords(),
        clock=clock or SystemClock(),
    )


def _derived_key(settings: Settings, purpose: bytes) -> bytes:
    """A key for one purpose alone, from the data folder's secret key."""
    return hmac.digest((settings.home / KEY_FILE).read_bytes(), purpose, "sha256")


def _read_seeds(config: Path, units: Path) -> Seeds:
    return Seeds(
        directory=read_directory(units),
        ladders=read_ladders(config / "reminders.toml"),
        due_soon_days=read_due_soon(config / "reminders.toml"),
        regimes=read_regimes(config / "regimes.toml"),
        holidays=read_holidays(config / "holidays.toml"),
    )


def _make_key(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as key:
        key.write(secrets.token_urlsafe(32))
