"""How the engine is doing, in one look for the pages: counts and times, no names."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.store.database import Database

SILENT_AFTER = timedelta(minutes=3)
RUNNER = "runner"
REMINDERS = "send-reminders"


@dataclass(frozen=True, slots=True)
class EngineHealth:
    """`beats` is whether the runner gave a sign of life just now, `beaten_at` when it last did (None: never)."""

    beats: bool
    beaten_at: datetime | None
    reminded_at: datetime | None
    reminded: str
    failed_today: int
    alerts_today: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing calls for a hand."""
        return self.beats and not self.failed_today and not self.alerts_today


def engine_health(database: Database, *, on: date, now: datetime) -> EngineHealth:
    """The runner's heartbeat, the last reminders, today's failures and alerts."""
    with database.read() as uow:
        runner, reminded = uow.running.heartbeat(RUNNER), uow.running.heartbeat(REMINDERS)
        failed = sum(one.state is DeliveryState.FAILED for one in uow.outbox.deliveries(on))
        alerts = tuple(dict.fromkeys(one.text for one in uow.running.alerts(on)))
    return EngineHealth(
        beats=runner is not None and now - runner.beaten_at < SILENT_AFTER,
        beaten_at=runner.beaten_at if runner else None,
        reminded_at=reminded.beaten_at if reminded else None,
        reminded=reminded.said if reminded else "",
        failed_today=failed,
        alerts_today=alerts,
    )
