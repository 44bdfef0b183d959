"""An administrator sets whether a channel is used and how fast, and lets a stopped one go on."""

from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import ChannelSpeedInvalid
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.store.database import Database

MOST_PER_MINUTE, MOST_AT_ONCE = 6_000, 8


@dataclass(frozen=True, slots=True)
class ChannelWish:
    """What is to change; None stays as it is."""

    enabled: bool | None = None
    per_minute: int | None = None
    no_limit: bool = False  # as fast as it goes, whatever `per_minute` says
    at_once: int | None = None


def set_channel(database: Database, channel: Channel, wish: ChannelWish, *, actor: Actor, now: datetime) -> None:
    """Keep what is wished for a channel. Raises ChannelSpeedInvalid, NoRight."""
    require(actor, Action.MANAGE_CHANNELS)
    _check("Số tin mỗi phút", wish.per_minute, MOST_PER_MINUTE)
    _check("Số tin gửi cùng lúc", wish.at_once, MOST_AT_ONCE)
    with database.write(now) as uow:
        row = uow.channels.locked(channel)
        enabled = row.enabled if wish.enabled is None else wish.enabled
        per_minute = None if wish.no_limit else wish.per_minute or row.per_minute
        at_once = wish.at_once or row.at_once
        if (enabled, per_minute, at_once) == (row.enabled, row.per_minute, row.at_once):
            return
        uow.channels.set(channel, enabled=enabled, per_minute=per_minute, at_once=at_once)
        facts = {"channel": channel, "enabled": enabled, "per_minute": per_minute, "at_once": at_once}
        uow.note(actor.user, "channel.set", f"channel:{channel}", **facts)


def resume_channel(database: Database, channel: Channel, *, actor: Actor, now: datetime) -> bool:
    """Let a channel go on from a stop or a rest; false where it did neither. Raises NoRight."""
    require(actor, Action.MANAGE_CHANNELS)
    with database.write(now) as uow:
        stood = uow.channels.resume(channel)
        if stood:
            uow.note(actor.user, "channel.resume", f"channel:{channel}", channel=channel)
        return stood


def _check(what: str, number: int | None, most: int) -> None:
    if number is not None and not 1 <= number <= most:
        raise ChannelSpeedInvalid(what=what, most=f"{most:,}".replace(",", "."))
