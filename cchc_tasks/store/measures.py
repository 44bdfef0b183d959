"""Counts of how the engine fares: each one aggregate query, and nothing about people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault
from cchc_tasks.models.channel import ChannelSetting
from cchc_tasks.models.journal import JournalEntry
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt
from cchc_tasks.models.running import Alert, Heartbeat
from cchc_tasks.store.standings import NOT_INPUT, standing_of
from cchc_tasks.store.store import Store

WAITING = (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.CLAIMED)
GIVEN_UP = (DeliveryState.FAILED, DeliveryState.DEAD)
REFUSED = (Fault.BAD_ADDRESS, Fault.OTHER_CHANNEL, Fault.CONTENT)


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What became of a day's messages; one that went on by another channel counts there."""

    sent: int
    failed: int
    waiting: int


class MeasureStore(Store):
    """Reads for watching the engine."""

    def deliveries(self, on: date) -> Sequence[tuple[Channel, DeliveryKind, DeliveryState, int]]:
        """(channel, kind, state, how many) of a day's messages."""
        what = (col(Delivery.channel), col(Delivery.kind), col(Delivery.state))
        query = sa.select(*what, sa.func.count()).where(col(Delivery.business_on) == on).group_by(*what)
        return [(channel, kind, state, count) for channel, kind, state, count in self._session.execute(query)]

    def day(self, on: date) -> DayCounts:
        """What became of a day's messages, also after the next morning took back what had not gone out.

        One in which nothing was left to say, which ended without a fault and unsent, counts nowhere.
        """
        tries = sa.select(sa.func.max(col(DeliveryAttempt.id)).label("id"), col(DeliveryAttempt.delivery_id))
        tries = tries.join(Delivery, col(Delivery.id) == col(DeliveryAttempt.delivery_id))
        newest = tries.where(col(Delivery.business_on) == on).group_by(col(DeliveryAttempt.delivery_id)).subquery()
        last, other = aliased(DeliveryAttempt), aliased(Delivery)
        state, fault = col(Delivery.state), col(last.fault)
        goes_on = sa.exists().where(col(other.instead_of_id) == col(Delivery.id))
        word = sa.case(
            (state == DeliveryState.SENT, "sent"),
            (goes_on, "elsewhere"),
            (state.in_(GIVEN_UP), "failed"),
            (state.in_(WAITING), "waiting"),
            (col(last.accepted).is_(True), "nothing"),
            (fault.in_(REFUSED), "failed"),
            else_="waiting",
        )
        query = (
            sa.select(word, sa.func.count())
            .select_from(Delivery)
            .join(newest, newest.c.delivery_id == col(Delivery.id), isouter=True)
            .join(last, col(last.id) == newest.c.id, isouter=True)
            .where(col(Delivery.business_on) == on, col(Delivery.kind) != DeliveryKind.ALERT)
            .group_by(word)
        )
        found: dict[str, int] = dict(self._session.execute(query).tuples().all())
        return DayCounts(*(found.get(one, 0) for one in ("sent", "failed", "waiting")))

    def oldest_waiting(self) -> date | None:
        """The day of the oldest message that has still to go out."""
        days = sa.select(col(Delivery.business_on)).where(col(Delivery.state).in_(WAITING)).distinct()
        # not by min(): PostgreSQL would walk through all the days that are behind
        return min(self._session.execute(days).scalars(), default=None)

    def unreached_since(self, on: date) -> dict[Channel, datetime]:
        """By channel, since when nobody answers there: the first such try at what has still to go out on a day."""
        query = (
            sa.select(col(Delivery.channel), sa.func.min(col(DeliveryAttempt.started_at)))
            .join(DeliveryAttempt, col(DeliveryAttempt.delivery_id) == col(Delivery.id))
            .where(col(Delivery.business_on) == on, col(Delivery.state).in_(WAITING))
            .where(col(DeliveryAttempt.fault) == Fault.UNREACHABLE)
            .group_by(col(Delivery.channel))
        )
        return dict(self._session.execute(query).tuples().all())

    def channels(self) -> Sequence[tuple[Channel, bool]]:
        """(channel, whether it stands still until somebody has seen to it) of those that were set."""
        query = sa.select(col(ChannelSetting.channel), col(ChannelSetting.stopped_at).is_not(None))
        return [(channel, stopped) for channel, stopped in self._session.execute(query)]

    def standings(self, on: date, due_soon_days: dict[str, int]) -> Sequence[tuple[str, int]]:
        """(standing, obligations) of the whole office; what units ask of each other is left out."""
        word = standing_of(on, due_soon_days).label("stands")
        query = sa.select(word, sa.func.count()).select_from(Obligation).where(NOT_INPUT).group_by(word)
        return [(stands, count) for stands, count in self._session.execute(query) if stands]

    def heartbeats(self) -> dict[str, tuple[datetime, str]]:
        """When each part of the engine last gave a sign of life, and what it said."""
        query = sa.select(col(Heartbeat.name), col(Heartbeat.beaten_at), col(Heartbeat.said))
        return {name: (beaten_at, said) for name, beaten_at, said in self._session.execute(query)}

    def alerts(self, on: date) -> int:
        """How many alerts a day has seen."""
        query = sa.select(sa.func.count()).select_from(Alert).where(col(Alert.raised_on) == on)
        return int(self._session.execute(query).scalar_one())

    def set_up_at(self) -> datetime | None:
        """When the journal begins."""
        query = sa.select(col(JournalEntry.at)).order_by(col(JournalEntry.number)).limit(1)
        return self._session.execute(query).scalar_one_or_none()
