"""How channels are set and how they fare; the secrets they need; batches that somebody let go out."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.models.columns import Instant, Words


class ChannelSetting(SQLModel, table=True):
    """One channel: whether it is used, how fast, and whether it stands still until somebody has seen to it.

    `minute` and `taken` count what was claimed in the present minute, for all processes together.
    """

    __tablename__ = "channel_setting"

    channel: Channel = Field(primary_key=True, sa_type=Words(Channel))
    enabled: bool = True
    per_minute: int | None = None  # None: as fast as it goes
    at_once: int = 1  # messages handed over side by side in one process
    stopped_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_why: str | None = None
    resting_until: datetime | None = Field(default=None, sa_type=Instant)  # the other side did not answer, or said so
    minute: datetime | None = Field(default=None, sa_type=Instant)
    taken: int = 0


class SealedSecret(SQLModel, table=True):
    """A password, token or address that is one, sealed under the data folder's key (domain/secret_names.py)."""

    __tablename__ = "sealed_secret"

    name: str = Field(primary_key=True, max_length=60)
    sealed: str
    changed_by: str
    changed_at: datetime = Field(sa_type=Instant)


class BatchRelease(SQLModel, table=True):
    """How many messages of a day may go out, because somebody looked at so many and said so."""

    __tablename__ = "batch_release"

    business_on: date = Field(primary_key=True)
    count: int
    released_by: str
    released_at: datetime = Field(sa_type=Instant)


class TakenEvent(SQLModel, table=True):
    """An event that another system told us of and that was applied: the same one told again changes nothing."""

    __tablename__ = "taken_event"

    key: str = Field(primary_key=True, max_length=200)
    taken_at: datetime = Field(sa_type=Instant, index=True)
