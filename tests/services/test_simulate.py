"""A year seen beforehand: what is simulated is what later goes out, and nothing is kept."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import NoRight, SpanBackwards, SpanTooLong
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.simulate import Simulated, Span, simulate
from tests.conftest import actor_of
from tests.journeys.chain import PUBLISHED_ON, import_sample, publish

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def simulated(app: Application, span: Span, today: date = PUBLISHED_ON) -> Simulated:
    return simulate(app.database, span, today=today, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


class TestSimulation:
    def test_finds_the_mornings_that_come(self, published: Application) -> None:
        found = simulated(published, Span(FIRST, LAST, nobody_answers=True)).simulation
        went: Counter[date] = Counter()
        day = PUBLISHED_ON
        while day <= LAST:
            decide_reminders(published.database, on=day, actor=LOCAL_ADMINISTRATOR, now=published.clock.now())
            with published.database.write(published.clock.now()) as uow:
                for one in uow.outbox.deliveries(day):
                    uow.rungs.attach([one], day, {})
                    went[day] += bool(uow.rungs.of_deliveries([one.id or 0]).get(one.id or 0, []))
                    uow.rungs.mark_spoken(one.id or 0)
            day += timedelta(days=1)
        assert found.by_day() == {day: went[day] for day in sorted(went) if went[day] and day >= FIRST}
        assert found.messages > 200

    def test_of_a_draft_is_that_of_the_plan_once_published(self, app: Application, tmp_path: Path) -> None:
        plan_id = import_sample(app, tmp_path).plan_id
        span = Span(PUBLISHED_ON, LAST, plan_id)
        before = simulated(app, span).simulation
        with app.database.read() as uow:
            assert not list(uow.obligations.duties(plan_id))  # nothing was kept
        publish(app, plan_id)
        assert simulated(app, span).simulation.by_day() == before.by_day()
        assert before.by_unit()

    def test_goes_beyond_what_is_opened(self, published: Application) -> None:
        near = simulated(published, Span(FIRST, LAST)).simulation
        assert near.messages
        assert (
            simulated(published, Span(date(2027, 2, 1), date(2027, 12, 31))).simulation.messages == 0
        )  # the plan ends

    def test_says_nothing_of_late_work_where_everybody_hands_in(self, published: Application) -> None:
        on_time = simulated(published, Span(FIRST, LAST, closely=None)).simulation
        never = simulated(published, Span(FIRST, LAST, nobody_answers=True, closely=None)).simulation
        rungs = {item.rung for items in never.items.values() for item in items}
        assert {"after-1", "after-7"} <= rungs
        assert not any(item.rung.startswith("after") for items in on_time.items.values() for item in items)
        assert never.messages > on_time.messages

    def test_keeps_the_messages_of_one_unit(self, published: Application) -> None:
        found = simulated(published, Span(FIRST, LAST, closely=("TCCB",)))
        people = {found.simulation.people[one].name for _, one in found.simulation.items}
        with published.database.read() as uow:
            unit = uow.directory.unit_with_code("TCCB")
            theirs = {one.name for one in uow.people.lines() if one.unit == unit.name}
        assert people
        assert people <= theirs

    def test_names_the_longest_spans_without_a_word(self, published: Application) -> None:
        found = simulated(published, Span(FIRST, LAST))
        first, last, days = found.simulation.quiet_spans(found.calendar)[0]
        assert days == sum(found.calendar.is_working(first + timedelta(one)) for one in range((last - first).days + 1))
        assert not [day for day in found.simulation.by_day() if first <= day <= last]

    @pytest.mark.parametrize(
        ("first", "last", "refused"),
        [(LAST, FIRST, SpanBackwards), (FIRST, date(2029, 1, 1), SpanTooLong)],
    )
    def test_refuses_a_span_that_cannot_be(
        self, published: Application, first: date, last: date, refused: type[Exception]
    ) -> None:
        with pytest.raises(refused):
            simulated(published, Span(first, last))

    def test_is_the_offices(self, published: Application) -> None:
        with pytest.raises(NoRight):
            simulate(
                published.database,
                Span(FIRST, LAST),
                today=PUBLISHED_ON,
                actor=actor_of(published, "gdmn.truong"),
                now=published.clock.now(),
            )
