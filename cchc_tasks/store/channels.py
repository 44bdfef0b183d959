"""How channels are set and how they fare: switched off, stopped, resting, and how much may go out in a minute."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, func, select

from cchc_tasks.domain.vocabulary import Channel, DeliveryState
from cchc_tasks.models.channel import ChannelSetting
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.store.outbox import LONGEST_WAIT
from cchc_tasks.store.store import Store

UNSENT = (DeliveryState.PLANNED, DeliveryState.CLAIMED, DeliveryState.DEFERRED)
APART = timedelta(minutes=5)  # by which clocks of two machines may differ; further ahead was a wrong one


class ChannelStore(Store):
    """Reads and keeps the settings of channels; every channel has its row."""

    def all(self) -> Sequence[ChannelSetting]:
        """The settings of every channel, in the order of the vocabulary."""
        rows = {row.channel: row for row in self._session.exec(select(ChannelSetting))}
        return [rows[channel] for channel in Channel if channel in rows]

    def of(self, channel: Channel) -> ChannelSetting:
        """The settings of a channel."""
        return self._session.get_one(ChannelSetting, channel)

    def locked(self, channel: Channel) -> ChannelSetting:
        """The same as they are now, the row held until the transaction ends."""
        query = select(ChannelSetting).where(ChannelSetting.channel == channel).with_for_update()
        return self._session.exec(query.execution_options(populate_existing=True)).one()

    def set(self, channel: Channel, *, enabled: bool, per_minute: int | None, at_once: int) -> None:
        """Keep whether a channel is used and how fast."""
        row = self.locked(channel)
        row.enabled, row.per_minute, row.at_once = enabled, per_minute, at_once
        self._session.flush()

    def stop(self, channel: Channel, why: str, at: datetime) -> bool:
        """Let nothing go out until somebody has seen to it; false where it stood still already."""
        row = self.locked(channel)
        if row.stopped_at is not None:
            return False
        row.stopped_at, row.stopped_why = at, why
        self._session.flush()
        return True

    def resume(self, channel: Channel) -> bool:
        """Let a channel go on, from a stop and from a rest; false where it did neither."""
        row = self.locked(channel)
        stood = row.stopped_at is not None or row.resting_until is not None
        row.stopped_at = row.stopped_why = row.resting_until = None
        self._session.flush()
        return stood

    def resume_all(self) -> None:
        """Let every channel go on."""
        stood = or_(col(ChannelSetting.stopped_at).is_not(None), col(ChannelSetting.resting_until).is_not(None))
        self._change(update(ChannelSetting).where(stood).values(stopped_at=None, stopped_why=None, resting_until=None))

    def rest(self, channel: Channel, until: datetime) -> None:
        """Leave a channel alone for a while; the longer of two rests counts."""
        row = self.locked(channel)
        if not is_resting(row, until):
            row.resting_until = until
        self._session.flush()

    def usable(self) -> frozenset[Channel]:
        """The channels that are switched on and not stopped; one that rests is among them, for it wakes by itself."""
        rows = self._session.exec(select(ChannelSetting).where(col(ChannelSetting.enabled)))
        return frozenset(row.channel for row in rows if row.stopped_at is None)

    def waiting(self) -> dict[Channel, int]:
        """How many messages wait for each channel."""
        return self._counted(col(Delivery.state).in_(UNSENT))

    def sent(self, on: date) -> dict[Channel, int]:
        """How many messages of a day each channel has taken."""
        return self._counted(col(Delivery.state) == DeliveryState.SENT, col(Delivery.business_on) == on)

    def claimable(self, channel: Channel, now: datetime, wanted: int) -> int:
        """Take up to `wanted` places of this minute and say how many there were, for all processes together."""
        row = self.locked(channel)
        if not row.enabled or row.stopped_at is not None or is_resting(row, now):
            return 0
        if row.per_minute is None:
            return wanted
        minute = now.replace(second=0, microsecond=0)
        if row.minute is None or not minute <= row.minute <= minute + APART:  # a later one is another process's clock
            row.minute, row.taken = minute, 0
        given = max(0, min(wanted, row.per_minute - row.taken))
        row.taken += given
        self._session.flush()
        return given

    def leave(self, channel: Channel, places: int) -> None:
        """Give back places of this minute for which nothing was found; `claimable` holds the row."""
        row = self.of(channel)
        if row.per_minute is not None:
            row.taken -= places
            self._session.flush()

    def _counted(self, *wanted: ColumnElement[bool]) -> dict[Channel, int]:
        query = select(Delivery.channel, func.count()).where(*wanted).group_by(col(Delivery.channel))
        return {Channel(channel): count for channel, count in self._session.exec(query)}


def is_resting(row: ChannelSetting, now: datetime) -> bool:
    """Whether a channel is left alone because the other side did not answer, or asked for it."""
    return row.resting_until is not None and now < row.resting_until <= now + LONGEST_WAIT
