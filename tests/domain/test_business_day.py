"""The day a scheduled run works for, however early or late it starts."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cchc_tasks.domain.business_day import business_day

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Việt Nam, as the scheduler writes it."""
    return datetime(2026, 3, day, hour, minute, tzinfo=HERE).astimezone(UTC)


class TestBusinessDay:
    def test_is_the_local_day_where_utc_still_has_the_day_before(self) -> None:
        assert business_day(local(24, 2), local(24, 2), HERE) == date(2026, 3, 24)

    def test_is_the_scheduled_one_where_a_run_starts_a_moment_before_midnight(self) -> None:
        assert business_day(local(25, 0), local(24, 23, 59), HERE) == date(2026, 3, 25)

    def test_is_today_where_a_run_comes_late_after_an_outage_of_one_or_three_days(self) -> None:
        late = [business_day(local(day, 7), local(27, 9), HERE) for day in (24, 25, 26, 27)]
        assert late == [date(2026, 3, 27)] * 4

    def test_is_today_where_nobody_scheduled_the_run(self) -> None:
        assert business_day(None, local(24, 0, 30), HERE) == date(2026, 3, 24)
