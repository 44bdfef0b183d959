"""A flow has stopped once a time of its own has passed without it, and the patience for that run is used up."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.domain.schedules import DRAIN, REMINDERS, SCHEDULES, Schedule

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
BY_FLOW = {one.flow: one for one in SCHEDULES}
MORNING, DRAINING = BY_FLOW[REMINDERS], BY_FLOW[DRAIN]


def at(text: str) -> datetime:
    """A local instant: "24/03/2026 07:00"."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=HERE)


class TestSchedule:
    def test_is_written_for_cron_and_for_people(self) -> None:
        assert (MORNING.cron, MORNING.in_words()) == ("0 7 * * *", "07:00 hằng ngày")
        assert DRAINING.cron == "0,10,20,30,40,50 7,8,9,10,11,12,13,14,15,16,17 * * *"
        assert DRAINING.in_words() == "07:00 – 17:50, cứ 10 phút"

    @pytest.mark.parametrize(
        ("schedule", "now", "last", "following"),
        [
            (MORNING, "24/03/2026 07:00", "24/03/2026 07:00", "25/03/2026 07:00"),
            (MORNING, "24/03/2026 06:59", "23/03/2026 07:00", "24/03/2026 07:00"),
            (MORNING, "01/03/2026 05:00", "28/02/2026 07:00", "01/03/2026 07:00"),  # over the end of a month
            (MORNING, "31/12/2026 23:59", "31/12/2026 07:00", "01/01/2027 07:00"),
            (DRAINING, "24/03/2026 12:09", "24/03/2026 12:00", "24/03/2026 12:10"),
            (DRAINING, "24/03/2026 17:59", "24/03/2026 17:50", "25/03/2026 07:00"),
        ],
    )
    def test_knows_the_times_around_an_instant(self, schedule: Schedule, now: str, last: str, following: str) -> None:
        assert schedule.last_before(at(now), HERE) == at(last)
        assert schedule.next_after(at(now), HERE) == at(following)

    def test_is_of_the_zone_it_is_asked_for(self) -> None:
        midnight = datetime(2026, 3, 24, 0, 0, tzinfo=UTC)  # 07:00 here, still the evening before in New York
        assert MORNING.last_before(midnight, HERE) == midnight
        new_york = ZoneInfo("America/New_York")
        assert MORNING.last_before(midnight, new_york) == datetime(2026, 3, 23, 7, 0, tzinfo=new_york)


class TestSilence:
    @pytest.mark.parametrize(
        ("schedule", "finished", "now", "since"),
        [
            (MORNING, "23/03/2026 07:04", "24/03/2026 07:29", None),  # the run may still be at work
            (MORNING, "23/03/2026 07:04", "24/03/2026 07:30", "24/03/2026 07:00"),
            (MORNING, "24/03/2026 07:00", "24/03/2026 12:00", None),
            (MORNING, "24/03/2026 06:59", "25/03/2026 07:29", None),  # begun a moment early
            (MORNING, "24/03/2026 06:58", "24/03/2026 12:00", "24/03/2026 07:00"),
            (MORNING, "27/02/2026 07:04", "02/03/2026 09:00", "28/02/2026 07:00"),  # a Saturday: it runs all the same
            (DRAINING, "24/03/2026 12:01", "24/03/2026 12:49", None),
            (DRAINING, "24/03/2026 12:01", "24/03/2026 12:50", "24/03/2026 12:10"),
            (DRAINING, "24/03/2026 17:51", "25/03/2026 07:39", None),  # the night is not its time
            (DRAINING, "24/03/2026 17:51", "25/03/2026 07:40", "25/03/2026 07:00"),
        ],
    )
    def test_begins_with_the_first_time_that_passed_without_it(
        self, schedule: Schedule, finished: str, now: str, since: str | None
    ) -> None:
        assert schedule.silent_since(at(finished), at(now), HERE) == (at(since) if since else None)

    @pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda one: one.flow)
    def test_is_never_that_of_a_flow_whose_runs_end_within_their_patience(self, schedule: Schedule) -> None:
        slow = schedule.patience - timedelta(seconds=1)
        for minutes in range(0, 24 * 60, 5):
            now = at("01/03/2026 00:00") + timedelta(minutes=minutes)
            begun = schedule.last_before(now - slow, HERE)
            assert schedule.silent_since(begun + slow, now, HERE) is None
