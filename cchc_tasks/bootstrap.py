"""The composition root: joins settings, database and adapters into one application."""

import hmac
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from cchc_tasks import ports
from cchc_tasks.adapters.archive import TarArchive
from cchc_tasks.adapters.bounce_mailbox import ImapMailbox
from cchc_tasks.adapters.calendar_file import CalendarFile
from cchc_tasks.adapters.clock import SystemClock
from cchc_tasks.adapters.config_files import read_directory, read_due_soon, read_holidays, read_ladders, read_regimes
from cchc_tasks.adapters.digest_mail import DigestWriter
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.adapters.letters import WordLetterWriter
from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.adapters.mail.server import read_mail_url
from cchc_tasks.adapters.other_ways import CARRIED, AppriseWay
from cchc_tasks.adapters.passwords import Argon2Passwords
from cchc_tasks.adapters.pinging import sound
from cchc_tasks.adapters.public_holidays import CalculatedHolidays
from cchc_tasks.adapters.secret_box import CONNECTIONS, SECOND_FACTOR, FernetBox
from cchc_tasks.adapters.secret_key import SecretKeys
from cchc_tasks.adapters.shut_way import ShutWay
from cchc_tasks.adapters.vault import FolderVault
from cchc_tasks.adapters.zalo.notifier import CHANNELS as ZALO
from cchc_tasks.adapters.zalo.notifier import zalo_ways
from cchc_tasks.adapters.zalo.oauth import OAuthDoor
from cchc_tasks.adapters.zalo.settings import ZaloSettings, read_zalo
from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.channels import TRAITS
from cchc_tasks.domain.errors import (
    HomeNotEmpty,
    InputError,
    MailUrlInvalid,
    NotInitialised,
    SchemaOutdated,
    SecretUnopenable,
)
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.signed_links import Links
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.ports import Archive, Clock, DocumentReader, EvidenceVault, Passwords, SecretBox, Way, Ways
from cchc_tasks.services.backup import restore
from cchc_tasks.services.by_link import link_for
from cchc_tasks.services.deliver import Delivered, Terms
from cchc_tasks.services.drain import drain
from cchc_tasks.services.housekeeping import Housekept, housekeeping
from cchc_tasks.services.initialise import Seeds, initialise
from cchc_tasks.services.raise_alert import Alarm
from cchc_tasks.services.remind import Reminded, remind
from cchc_tasks.services.secrets import read_secret
from cchc_tasks.services.watch_zalo_access import watch_zalo_access
from cchc_tasks.services.zalo_access import StoredZaloAccess
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

    def secret(self, name: SecretName) -> str | None:
        """A secret for the program's own use: what the environment says for mail, else what was sealed."""
        if name is SecretName.MAIL_URL and self.settings.mail_url.get_secret_value():
            return self.settings.mail_url.get_secret_value()
        return read_secret(self.database, self.secret_box(CONNECTIONS), name)

    def ways(self) -> Ways:
        """The channels that are set; one whose secret cannot be opened, or is no address, stops with that sentence."""
        found: dict[Channel, Way] = {}
        for channel in (Channel.MAIL, *CARRIED):
            (name,) = TRAITS[channel].secrets
            try:
                value = self.secret(name)
                if value:
                    found[channel] = _mail_way(value) if channel is Channel.MAIL else AppriseWay(channel, value)
            except (SecretUnopenable, MailUrlInvalid) as error:
                found[channel] = partial(ShutWay, error)
        return found | self._zalo_ways()

    def zalo_settings(self) -> ZaloSettings | None:
        """How Zalo's Official Account is used; None where none is set. Raises the InputErrors of config/zalo.toml."""
        with self.database.read() as uow:
            is_set = uow.secrets.sealed(SecretName.ZALO_APP_ID) is not None
        return read_zalo(self.settings.config / "zalo.toml") if is_set else None

    def zalo_access(self, settings: ZaloSettings) -> StoredZaloAccess:
        """The tokens of the Official Account, shared by all threads of a run."""
        return StoredZaloAccess(self.database, self.secret_box(CONNECTIONS), OAuthDoor(settings), self.clock)

    def alarm(self) -> Alarm | None:
        """How the administrator hears past the outbox; None where no address is set, or it can be opened no more."""
        url = self._opened(SecretName.ALERT_URL)
        return partial(sound, url) if url else None

    def bounce_mailbox(self) -> ImapMailbox | None:
        """Where returned mail arrives; None where no address is set, or it can be opened no more."""
        url = self._opened(SecretName.BOUNCE_URL)
        return ImapMailbox(url) if url else None

    def terms(self, on: date) -> Terms:
        """How messages of a day are delivered."""
        return Terms(
            lease=timedelta(seconds=self.settings.lease_seconds),
            base_url=self.settings.base_url,
            zone=ZoneInfo(self.settings.time_zone),
            ceiling=self.settings.batch_ceiling,
            link_for=partial(link_for, links=self.links(), on=on),
            alarm=self.alarm(),
        )

    def remind(self, on: date, actor: Actor) -> Reminded:
        """A business day's reminders, as if at seven in the morning."""
        return remind(
            self.database,
            self.ways(),
            self.writer,
            self.clock,
            on=on,
            terms=self.terms(on),
            horizon_months=self.settings.horizon_months,
            actor=actor,
        )

    def drain(self, on: date, actor: Actor) -> Delivered:
        """Whatever could not go out before."""
        terms = self.terms(on)
        at = self.clock.now().astimezone(terms.zone).time()
        return drain(self.database, self.ways(), self.writer, self.clock, on=on, at=at, terms=terms, actor=actor)

    def housekeep(self, on: date, actor: Actor) -> Housekept:
        """The night's work; the right to write through Zalo is looked after with it."""
        now, alarm = self.clock.now(), self.alarm()
        kept = housekeeping(
            self.database,
            self.vault,
            self.archive,
            self.settings.home,
            keep_backups=self.settings.keep_backups,
            actor=actor,
            on=on,
            now=now,
            alarm=alarm,
        )
        zalo = self.zalo_settings()
        if zalo:
            box, access = self.secret_box(CONNECTIONS), self.zalo_access(zalo)
            with suppress(SecretUnopenable):  # doctor and the channel itself tell of that
                watch_zalo_access(self.database, box, access, on=on, now=now, alarm=alarm)
        return kept

    def calendar_reader(self) -> ports.CalendarReader:
        """Reads calendars that the office keeps in files."""
        return CalendarFile(self.reader)

    def public_holidays(self) -> ports.PublicHolidays:
        """Knows a year's public holidays before they are decided."""
        return CalculatedHolidays()

    def secret_box(self, purpose: bytes = SECOND_FACTOR) -> SecretBox:
        """Seals small secrets of one purpose under the system's key."""
        return FernetBox(secret_keys(self.settings), purpose)

    def links(self) -> Links:
        """Makes and reads the links that answer without a password."""
        return Links(_derived_keys(self.settings, b"answer-links"), self.settings.base_url, self.settings.link_days)

    def _opened(self, name: SecretName) -> str | None:
        try:
            return self.secret(name)
        except SecretUnopenable:  # doctor tells of it; nothing else is to stop for it
            return None

    def _zalo_ways(self) -> dict[Channel, Way]:
        try:
            settings = self.zalo_settings()
        except InputError as error:
            return dict.fromkeys(ZALO, partial(ShutWay, error))
        if settings is None:
            return {}
        return zalo_ways(settings, self.zalo_access(settings), self.clock, ZoneInfo(self.settings.time_zone))


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
    secret_keys(settings).make()
    return application


def engine_token(settings: Settings) -> str:
    """What the engine proves itself by to the web: derived from the system's secret key."""
    return _derived_keys(settings, b"engine")[0].hex()


def is_engine(settings: Settings, token: str) -> bool:
    """Whether a token is the engine's, which keeps the one it was started with while keys change."""
    known = [key.hex() for key in _derived_keys(settings, b"engine")]
    return any(hmac.compare_digest(token.encode(), one.encode()) for one in known)


def secret_keys(settings: Settings) -> SecretKeys:
    """The system's secret keys: of the environment, else of the data folder."""
    return SecretKeys(settings.home / KEY_FILE, settings.secret_key.get_secret_value())


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
    secret_keys(settings).make()
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


def _mail_way(url: str) -> Way:
    """Mail by this server, whose address is read now; raises MailUrlInvalid."""
    read_mail_url(url)
    return partial(MailNotifier, url)


def _derived_keys(settings: Settings, purpose: bytes) -> tuple[bytes, ...]:
    """Keys for one purpose alone, one for each of the system's secret keys; the first signs, all are read."""
    return tuple(hmac.digest(key, purpose, "sha256") for key in secret_keys(settings).read())


def _read_seeds(config: Path, units: Path) -> Seeds:
    return Seeds(
        directory=read_directory(units),
        ladders=read_ladders(config / "reminders.toml"),
        due_soon_days=read_due_soon(config / "reminders.toml"),
        regimes=read_regimes(config / "regimes.toml"),
        holidays=read_holidays(config / "holidays.toml"),
    )
