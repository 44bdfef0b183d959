"""How the engine is doing, in one look: when each part last did its work, what it said, and what has stopped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cchc_tasks.domain.channels import TRAITS
from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.schedules import REMINDERS, RUNNER, RUNNER_SILENT_AFTER, SCHEDULES
from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.store.database import Database

GIVEN_UP = (DeliveryState.FAILED, DeliveryState.DEAD)


@dataclass(frozen=True, slots=True)
class Pulse:
    """A part of the engine: when it last finished (None: never) and what it said then.

    `expected_at` is the last time at which it should have begun, `next_at` the next one; `silent_since` is the first
    that passed without it, None while all is well.
    """

    flow: str
    name: str
    times: str
    finished_at: datetime | None
    said: str
    expected_at: datetime
    next_at: datetime
    silent_since: datetime | None


@dataclass(frozen=True, slots=True)
class EngineHealth:
    """`beats` is whether the runner gave a sign of life just now, `beaten_at` when it last did (None: never)."""

    beats: bool
    beaten_at: datetime | None
    pulses: tuple[Pulse, ...]
    failed_today: int
    deferred_today: int  # another try comes by itself
    alerts_today: tuple[str, ...]
    stopped_channels: tuple[str, ...]  # by name
    zone: ZoneInfo

    @property
    def reminders(self) -> Pulse:
        """The morning's run."""
        return next(one for one in self.pulses if one.flow == REMINDERS)

    @property
    def stopped_since(self) -> datetime | None:
        """Since when no reminders go out by themselves: their run is missed, or nothing runs it. None: all is well."""
        since = [self.reminders.silent_since, None if self.beats else self.beaten_at]
        return min((one for one in since if one), default=None)

    @property
    def troubles(self) -> tuple[str, ...]:
        """What has stopped, a sentence each, the gravest first."""
        return tuple(self._troubles())

    @property
    def is_well(self) -> bool:
        """Whether nothing calls for a hand."""
        calls = (self.failed_today, self.deferred_today, self.alerts_today, self.stopped_channels)
        return not (self.troubles or any(calls))

    def _troubles(self) -> Iterator[str]:
        if self.stopped_since:
            yield f"Bộ nhắc việc đã ngừng từ {moment_in_words(self.stopped_since, self.zone)}."
        if not self.beats:
            begun = "không chạy" if self.beaten_at else "chưa được khởi động"
            yield f"Bộ chạy việc {begun}: quản trị chạy lệnh cchc up."
            return  # then nothing else runs either
        if self.reminders.silent_since:
            yield "Bộ chạy việc vẫn chạy nhưng lượt nhắc việc buổi sáng không hoàn thành: quản trị xem nhật ký."
        for one in self.pulses:
            if one.silent_since and one.flow != REMINDERS:
                yield f"{one.name} đã ngừng từ {moment_in_words(one.silent_since, self.zone)}."


def engine_health(database: Database, *, on: date, now: datetime, zone: ZoneInfo) -> EngineHealth:
    """The runner's heartbeat, each flow's, today's failures and alerts, and the channels that stand still."""
    with database.read() as uow:
        beats = uow.measures.heartbeats()
        set_up_at = uow.measures.set_up_at() or now
        counts = uow.measures.deliveries(on)
        alerts = tuple(dict.fromkeys(one.text for one in uow.running.alerts(on)))
        stopped = tuple(TRAITS[channel].words for channel, stands in uow.measures.channels() if stands)
    pulses = []
    for one in SCHEDULES:
        finished_at, said = beats.get(one.flow, (None, ""))
        pulses.append(
            Pulse(
                one.flow,
                one.name,
                one.in_words(),
                finished_at,
                said,
                one.last_before(now, zone),
                one.next_after(now, zone),
                one.silent_since(finished_at or set_up_at, now, zone),
            )
        )
    beaten_at, _ = beats.get(RUNNER, (None, ""))
    return EngineHealth(
        # a beat ahead of the clock, which was set back, says nothing about now
        beats=beaten_at is not None and abs(now - beaten_at) < RUNNER_SILENT_AFTER,
        beaten_at=beaten_at,
        pulses=tuple(pulses),
        failed_today=sum(count for _, _, state, count in counts if state in GIVEN_UP),
        deferred_today=sum(count for _, _, state, count in counts if state is DeliveryState.DEFERRED),
        alerts_today=alerts,
        stopped_channels=stopped,
        zone=zone,
    )


def moment_in_words(at: datetime, zone: ZoneInfo) -> str:
    """An instant as people say it: "07:00 thứ Ba 24/3/2026"."""
    local = at.astimezone(zone)
    return f"{local:%H:%M} {full_date(local.date())}"
