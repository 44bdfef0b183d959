"""The seams: what the application asks of the world outside, as protocols that adapters fulfil."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from cchc_tasks.domain.digest import Digest
from cchc_tasks.domain.directory_rows import DirectoryRows
from cchc_tasks.domain.follow_up import FollowUpLetter
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.short_words import ShortWords
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, Fault
from cchc_tasks.domain.weekly_summary import WeeklySummary


class Clock(Protocol):
    """Real time, for leases and stamps; business dates are arguments, never asked of a clock inside a service."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class DocumentReader(Protocol):
    """Turns a file into paragraphs and grids."""

    def read(self, path: Path) -> SourceDocument:
        """Raises an InputError (missing, empty, damaged, unknown format) with the file's name in it."""

    def beginning(self, path: Path) -> Sequence[str]:
        """The lines a file begins with, cells included, enough for its first page; raises the same."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message in words: the subject, the text part and the HTML part with the same facts."""

    subject: str
    text: str
    html: str


class CalendarReader(Protocol):
    """Reads a calendar that the office keeps in a file."""

    def read(self, path: Path) -> tuple[Holiday, ...]:
        """The days that differ from their weekday; raises an InputError with the file's name in it."""


class DirectoryReader(Protocol):
    """Reads units, groups and people that the office keeps in a file."""

    def read(self, path: Path) -> DirectoryRows:
        """The rows, and what of them cannot be read; raises an InputError with the file's name in it."""


class PublicHolidays(Protocol):
    """Knows the public holidays of a year before anybody has decided about them."""

    def of_year(self, year: int) -> tuple[Holiday, ...]:
        """The days, none of them decided, in order."""


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day on which something is due, as a calendar's event: the same `key` is the same event, moved by `version`."""

    key: str  # "obligation-12"
    version: int
    on: date
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message for exactly one recipient, both bodies made by us.

    `stored` is the same message as it may be kept where links in it open without a password; None: as it is. Channels
    that carry no letter take `fields` or `brief`; `dates` go along where the channel has a place for them.
    """

    recipient: str
    recipient_name: str
    subject: str
    text: str
    html: str
    reference: str  # stable per delivery, at most 48 letters: X-CCHC-Delivery, Zalo's tracking_id
    stored: Written | None = None
    kind: DeliveryKind = DeliveryKind.DIGEST
    fields: ShortWords | None = None  # what a template has room for; None where nothing fits into one
    brief: str = ""  # the same facts in few lines of plain text
    dates: tuple[DueDate, ...] = ()  # what a calendar may take as events
    heard_at: datetime | None = None  # when the recipient last wrote to us there

    def to_keep(self) -> Written:
        """What the outbox may keep of it: without a link that opens anything by itself."""
        return self.stored or Written(self.subject, self.text, self.html)


@dataclass(frozen=True, slots=True)
class AlertLetter:
    """What an administrator is told of a day: one sentence for each thing that needs a hand."""

    person: str
    authority: str
    on: date
    sentences: tuple[str, ...]
    link: str


class DigestWriter(Protocol):
    """Puts a digest into words."""

    def write(self, digest: Digest) -> Written:
        """Both bodies of the message."""

    def write_weekly(self, summary: WeeklySummary) -> Written:
        """Both bodies of a leader's week."""

    def write_alert(self, alert: AlertLetter) -> Written:
        """Both bodies of a message to an administrator."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message: accepted, or why not, with the other side's words.

    `reference` is what the other side calls an accepted message, for recognising what it tells of it later. `wait` is
    how many seconds it asked us to wait before another try.
    """

    answer: str
    fault: Fault | None = None  # None: it was accepted
    reference: str | None = None
    wait: float | None = None

    @property
    def accepted(self) -> bool:
        """Whether the other side has taken the message."""
        return self.fault is None


class Notifier(Protocol):
    """Sends one message after another to one recipient each; never raises for what the other side says.

    Each thread has its own: it may keep a connection between messages.
    """

    def send(self, message: Message) -> Receipt:
        """Hand over one message and say what became of it."""

    def close(self) -> None:
        """Let go of the connection that is kept between messages."""


Way = Callable[[], Notifier]  # opens a channel for one thread
Ways = Mapping[Channel, Way]  # the channels that are set; others cannot send


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the vault: its SHA-256 in hexadecimal and its length in bytes."""

    sha256: str
    size: int


class EvidenceVault(Protocol):
    """Keeps files by their hash; what is in it is never overwritten or deleted."""

    def store(self, path: Path) -> StoredFile:
        """Stream a file in; raises an InputError when it is missing, empty or larger than allowed."""

    def open(self, sha256: str) -> BinaryIO:
        """The stored bytes, checked against their hash first; raises VaultDamaged."""

    def check(self, sha256: str) -> str | None:
        """None when the stored file is whole, else what is wrong with it in Vietnamese."""

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every stored file: its place below the vault's folder, and where it is now."""


class Archive(Protocol):
    """One file that holds a backup."""

    def write(self, target: Path, facts: dict[str, Any], members: Iterable[tuple[str, Path]]) -> None:
        """Write facts and (name, file) members as a whole or not at all; raises BackupExists."""

    def read(self, source: Path, into: Path) -> dict[str, Any]:
        """Unpack into a folder and give the facts; raises BackupDamaged."""


class Passwords(Protocol):
    """Hashes passwords and compares them."""

    def hash(self, password: str) -> str:
        """The hash to keep."""

    def matches(self, password: str, hashed: str | None) -> bool:
        """Whether the password is the hashed one; without a hash it is not, after the same work."""


class SecretBox(Protocol):
    """Keeps small secrets encrypted."""

    def seal(self, secret: str) -> str:
        """The secret as it may be stored."""

    def open(self, sealed: str) -> str:
        """The secret again; raises SecretKeyChanged."""


class LetterWriter(Protocol):
    """Puts a công văn đôn đốc on paper."""

    def write(self, letter: FollowUpLetter) -> bytes:
        """The Word file, to be numbered and signed."""
