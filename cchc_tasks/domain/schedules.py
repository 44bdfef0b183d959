"""When each flow runs, in local time, and from when on its silence means that it has stopped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

RUNNER = "runner"  # the process that runs the flows; it beats every minute
RUNNER_SILENT_AFTER = timedelta(minutes=3)
REMINDERS = "send-reminders"
DRAIN = "drain-outbox"
EARLY = timedelta(minutes=1)  # a scheduler may begin a run a moment before its time
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A flow that runs every day, days off included, at these minutes of these hours.

    `patience` is how long after its time a run may need until it is missed; retries are within it.
    """

    flow: str
    name: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    patience: timedelta

    @property
    def cron(self) -> str:
        """The times as cron writes them."""
        return f"{_listed(self.minutes)} {_listed(self.hours)} * * *"

    def in_words(self) -> str:
        """The times as people say them: "07:00 hằng ngày", "07:00 – 17:50, cứ 10 phút"."""
        first, *others = self._times()
        if not others:
            return f"{first:%H:%M} hằng ngày"
        return f"{first:%H:%M} – {others[-1]:%H:%M}, cứ {self.minutes[1] - self.minutes[0]} phút"

    def last_before(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The last time at or before an instant at which it should have begun."""
        today = moment.astimezone(zone).date()
        return max(at for at in self._around(today, zone) if at <= moment)

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first time after an instant at which it should begin."""
        today = moment.astimezone(zone).date()
        return min(at for at in self._around(today, zone) if at > moment)

    def silent_since(self, finished_at: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The first time it should have begun and did not come to its end; None while all is well.

        `finished_at` is when it last did or, where it never has, when the office was set up.
        """
        if finished_at + EARLY >= self.last_before(now - self.patience, zone):
            return None
        return self.next_after(finished_at + EARLY, zone)

    def _times(self) -> list[time]:
        return [time(hour, minute) for hour in self.hours for minute in self.minutes]

    def _around(self, day: date, zone: ZoneInfo) -> Iterator[datetime]:
        for one in (day - ONE_DAY, day, day + ONE_DAY):
            yield from (datetime.combine(one, at, zone) for at in self._times())


EVERY_TEN_MINUTES = tuple(range(0, 60, 10))
SCHEDULES = (
    Schedule("housekeeping", "Sao lưu và kiểm tra đêm", (0,), (2,), timedelta(minutes=90)),
    Schedule("open-obligations", "Mở việc theo kỳ", (0,), (3,), timedelta(minutes=90)),
    # so that the morning's message can speak of what waits
    Schedule("plan-follow-ups", "Đề xuất đôn đốc", (30,), (6,), timedelta(minutes=30)),
    Schedule(REMINDERS, "Nhắc việc buổi sáng", (0,), (7,), timedelta(minutes=30)),
    # within allowed hours, after the morning's run
    Schedule(DRAIN, "Gửi bù trong ngày", EVERY_TEN_MINUTES, tuple(range(7, 18)), timedelta(minutes=40)),
)


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))
