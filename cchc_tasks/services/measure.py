"""Figures by which a program outside watches the engine: counts and ages, never a name or an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cchc_tasks.domain.channel_hours import MORNING
from cchc_tasks.domain.schedules import RUNNER
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState
from cchc_tasks.services.engine_health import engine_health
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Measures:
    """The engine at one instant. Ages are in seconds; a flow that has never finished has none."""

    revision: str
    deliveries: Sequence[tuple[Channel, DeliveryKind, DeliveryState, int]]
    oldest_waiting: float
    channels: Sequence[tuple[Channel, bool]]  # whether each stands still
    heartbeats: Mapping[str, float]
    silent: Mapping[str, bool]
    standings: Sequence[tuple[str, int]]
    alerts: int


def measure(database: Database, *, on: date, now: datetime, zone: ZoneInfo) -> Measures:
    """One aggregate query for each figure. A message waits from the morning of its day on."""
    health = engine_health(database, on=on, now=now, zone=zone)
    with database.read() as uow:
        deliveries = uow.measures.deliveries(on)
        oldest = uow.measures.oldest_waiting()
        channels = uow.measures.channels()
        standings = uow.measures.standings(on, uow.office.due_soon_days())
        alerts = uow.measures.alerts(on)
    waiting_since = datetime.combine(oldest, MORNING, zone) if oldest else now
    finished = {one.flow: one.finished_at for one in health.pulses} | {RUNNER: health.beaten_at}
    return Measures(
        revision=schema.revision(database) or "",
        deliveries=deliveries,
        oldest_waiting=max((now - waiting_since).total_seconds(), 0.0),
        channels=channels,
        heartbeats={flow: (now - at).total_seconds() for flow, at in finished.items() if at},
        silent={one.flow: one.silent_since is not None for one in health.pulses} | {RUNNER: not health.beats},
        standings=standings,
        alerts=alerts,
    )
