"""A morning counts as done when its run has finished on that local day, and not before."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.schedules import REMINDERS
from cchc_tasks.services.beat import beat
from cchc_tasks.services.morning_missed import morning_missed

ON, ZONE = date(2026, 3, 24), ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("finished_at", "missed"),
    [
        (None, True),
        (datetime(2026, 3, 23, 16, 59, tzinfo=UTC), True),  # the evening before
        (datetime(2026, 3, 23, 17, 1, tzinfo=UTC), False),  # just after midnight in Việt Nam
        (datetime(2026, 3, 24, 0, 1, tzinfo=UTC), False),
    ],
)
def test_by_the_local_day_on_which_the_run_ended(app: Application, finished_at: datetime | None, missed: bool) -> None:
    beat(app.database, "drain-outbox", now=datetime(2026, 3, 24, 1, 0, tzinfo=UTC))  # another flow says nothing of it
    if finished_at:
        beat(app.database, REMINDERS, now=finished_at)
    assert morning_missed(app.database, on=ON, zone=ZONE) is missed
