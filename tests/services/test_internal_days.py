"""Internal days: set for many at once, reminders follow them, late does not, and what opens later is not touched."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import InternalDayPast, NoRight, ObligationUnknown, PlanUnknown
from cchc_tasks.domain.internal_days import LeftOut
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import Frequency, ReminderState, Standing
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.services.listing import list_obligations
from cchc_tasks.services.preview_internal_day import InternalDays, preview_internal_day
from cchc_tasks.services.set_internal_day import set_internal_day
from cchc_tasks.store.internal_days import Chosen
from tests.conftest import StandingClock, actor_of
from tests.journeys.chain import publish_sample
from tests.making.copied_office import copied, prepared

OFFICE = "vp.thuongtruc1"
TODAY, ON = date(2026, 3, 24), date(2026, 12, 5)  # a Saturday
NOW = datetime(2026, 3, 24, 5, tzinfo=UTC)
ALL_YEARLY = Chosen(plan_id=1, frequency=Frequency.YEARLY)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the invented Sở with its plan of 2026 published."""
    folder = tmp_path_factory.mktemp("office")
    return prepared(folder, lambda app: publish_sample(app, folder))


@pytest.fixture
def office(home: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Application]:
    """That office, for one test to change."""
    with copied(home, tmp_path, clock) as app:
        yield app


def put(app: Application, chosen: Chosen, on: date | None, user: str = OFFICE, today: date = TODAY) -> InternalDays:
    return set_internal_day(app.database, chosen, on, actor=actor_of(app, user), today=today, now=NOW)


def days_of(app: Application, obligation_id: int) -> list[tuple[str, date]]:
    """The steps that are still to come, by day."""
    with Session(app.database.engine) as session:
        query = select(Reminder).where(Reminder.obligation_id == obligation_id, Reminder.state == ReminderState.PLANNED)
        query = query.where(Reminder.rung != INTRODUCTION)
        found = session.exec(query.order_by(col(Reminder.fire_on), col(Reminder.id))).all()
    return list(dict.fromkeys((one.rung, one.fire_on) for one in found))


class TestOfAPlan:
    def test_is_set_for_what_fits_and_tells_of_the_rest(self, office: Application) -> None:
        before = preview_internal_day(office.database, ALL_YEARLY, ON, actor=actor_of(office, OFFICE), today=TODAY)
        done = put(office, ALL_YEARLY, ON)
        assert done == before
        assert done.changed
        assert {line.reason for line in done.left_out} >= {LeftOut.DUE_EARLIER, LeftOut.UNDATED}
        lines = list_obligations(office.database, on=TODAY, actor=LOCAL_ADMINISTRATOR)
        assert {one.id for one in lines if one.internal_due_on} == {one.id for one in done.changed}
        assert all(line.due_on and line.due_on >= ON for line in done.changed)

    def test_moves_the_reminders_and_not_the_judgement(self, office: Application) -> None:
        one = put(office, ALL_YEARLY, ON).changed[0]
        assert one.due_on
        steps = days_of(office, one.id)
        assert steps[0] == ("before-30", date(2026, 11, 4))
        assert ("before-0", date(2026, 12, 4)) in steps
        assert next(day for name, day in steps if name == "after-1") > one.due_on
        (line,) = [
            line
            for line in list_obligations(office.database, on=date(2026, 12, 6), actor=LOCAL_ADMINISTRATOR)
            if line.id == one.id
        ]
        assert line.standing is not Standing.OVERDUE

    def test_is_narrowed_by_days_and_set_twice_changes_nothing(self, office: Application) -> None:
        narrow = Chosen(plan_id=1, due_from=date(2026, 12, 1), due_to=date(2026, 12, 31))
        first = put(office, narrow, date(2026, 11, 27))
        assert first.changed
        assert all(line.due_on and line.due_on.month == 12 for line in (*first.changed, *first.left_out))
        again = put(office, narrow, date(2026, 11, 27))
        assert (again.changed, len(again.left_out)) == ((), len(first.changed) + len(first.left_out))

    def test_is_cleared_and_the_reminders_go_back(self, office: Application) -> None:
        one = put(office, ALL_YEARLY, ON).changed[0]
        moved = days_of(office, one.id)
        cleared = put(office, Chosen(plan_id=1), None)
        assert one.id in {line.id for line in cleared.changed}
        assert {line.reason for line in cleared.left_out} == {LeftOut.NONE_SET}
        assert days_of(office, one.id) != moved


class TestRefusals:
    def test_leave_everything_as_it_is(self, office: Application) -> None:
        some = next(
            one.id for one in list_obligations(office.database, on=TODAY, actor=LOCAL_ADMINISTRATOR) if one.due_on
        )
        with pytest.raises(NoRight):
            put(office, ALL_YEARLY, ON, user="khtc.truong")
        with pytest.raises(InternalDayPast):
            put(office, ALL_YEARLY, date(2026, 3, 23))
        with pytest.raises(PlanUnknown):
            put(office, Chosen(plan_id=99), ON)
        with pytest.raises(ObligationUnknown, match="99999"):
            put(office, Chosen((some, 99999)), ON)
        lines = list_obligations(office.database, on=TODAY, actor=LOCAL_ADMINISTRATOR)
        assert not any(one.internal_due_on for one in lines)
