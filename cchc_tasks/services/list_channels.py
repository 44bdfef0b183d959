"""Every channel: whether it is used, how fast, between which hours, what it lacks, what waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.channel_hours import Hours
from cchc_tasks.domain.channels import TRAITS
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.models.channel import ChannelSetting
from cchc_tasks.store.channels import is_resting
from cchc_tasks.store.database import Database


class ChannelState(Enum):
    """How a channel stands, in the words of the pages."""

    USED = "đang dùng"
    UNSET = "chưa đặt khóa kết nối"
    OFF = "đã tắt"
    STOPPED = "đã dừng"
    RESTING = "đang nghỉ"


@dataclass(frozen=True, slots=True)
class SecretSet:
    """A secret that a channel needs, and since when it is set; None: it is not. Never what it says."""

    name: SecretName
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel as an administrator sees it."""

    channel: Channel
    words: str
    state: ChannelState
    enabled: bool
    per_minute: int | None
    usual_per_minute: int | None
    at_once: int
    hours: Hours
    secrets: tuple[SecretSet, ...]
    stopped_at: datetime | None
    stopped_why: str | None
    resting_until: datetime | None
    waiting: int
    sent_today: int

    @property
    def missing(self) -> tuple[SecretName, ...]:
        """The secrets without which it cannot send."""
        return tuple(one.name for one in self.secrets if one.since is None)

    def standing(self, zone: ZoneInfo) -> str:
        """How it stands, with since when and why: "đã dừng từ 07:02 24/3/2026 vì: …"."""
        if self.state is ChannelState.STOPPED and self.stopped_at:
            return f"đã dừng từ {_moment(self.stopped_at, zone)} vì: {self.stopped_why}"
        if self.state is ChannelState.RESTING and self.resting_until:
            return f"đang nghỉ đến {_moment(self.resting_until, zone)}"
        return self.state.value


def list_channels(
    database: Database, *, actor: Actor, on: date, now: datetime, mail_is_set: bool
) -> tuple[ChannelLine, ...]:
    """The channels in the order of the vocabulary; mail's address may come from the environment (`mail_is_set`).

    Raises NoRight.
    """
    require(actor, Action.MANAGE_REMINDING)
    with database.read() as uow:
        since = {one.name: one.changed_at for one in uow.secrets.all()}
        waiting, sent = uow.channels.waiting(), uow.channels.sent(on)
        return tuple(
            _line(
                row,
                now,
                hours=uow.office.hours(row.channel),
                secrets=() if row.channel is Channel.MAIL and mail_is_set else _secrets(row.channel, since),
                waiting=waiting.get(row.channel, 0),
                sent_today=sent.get(row.channel, 0),
            )
            for row in uow.channels.all()
        )


def _secrets(channel: Channel, since: Mapping[str, datetime]) -> tuple[SecretSet, ...]:
    return tuple(SecretSet(name, since.get(name)) for name in TRAITS[channel].secrets)


def _line(
    row: ChannelSetting,
    now: datetime,
    *,
    hours: Hours,
    secrets: tuple[SecretSet, ...],
    waiting: int,
    sent_today: int,
) -> ChannelLine:
    traits = TRAITS[row.channel]
    stopped, resting = row.stopped_at is not None, is_resting(row, now)
    if not row.enabled:
        state = ChannelState.OFF
    elif any(one.since is None for one in secrets):
        state = ChannelState.UNSET
    else:
        state = ChannelState.STOPPED if stopped else ChannelState.RESTING if resting else ChannelState.USED
    return ChannelLine(
        channel=row.channel,
        words=traits.words,
        state=state,
        enabled=row.enabled,
        per_minute=row.per_minute,
        usual_per_minute=traits.per_minute,
        at_once=row.at_once,
        hours=hours,
        secrets=secrets,
        stopped_at=row.stopped_at if stopped else None,
        stopped_why=row.stopped_why if stopped else None,
        resting_until=row.resting_until if resting else None,
        waiting=waiting,
        sent_today=sent_today,
    )


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%H:%M} {short_date(local.date())}"
