"""Ladders and hours that the office sets: what they touch is planned anew, what is outside the hours waits."""

from datetime import date, time

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import DutyUnknown, LadderNotOverridden, LadderUnknown, NoRight, UnitUnknown
from cchc_tasks.domain.ladders import read_ladder
from cchc_tasks.domain.vocabulary import Channel, DeliveryState
from cchc_tasks.services.clear_ladder import clear_ladder
from cchc_tasks.services.deliver import Delivered
from cchc_tasks.services.drain import drain
from cchc_tasks.services.ladder_places import LadderPlace
from cchc_tasks.services.list_ladders import list_ladders
from cchc_tasks.services.remind import remind
from cchc_tasks.services.set_channel_hours import set_channel_hours
from cchc_tasks.services.set_ladder import set_ladder
from tests.conftest import actor_of
from tests.making.delivering import TERMS, by_mail
from tests.services.planned import days_of, obligation_of
from tests.services.test_deliver import Postbox, decide

ON = date(2026, 1, 5)
DUE = date(2026, 1, 20)
MONTHLY = date(2026, 3, 25)
FRIDAY = date(2026, 3, 27)


def put(app: Application, name: str, before: str, after: str, at_most: int | None = None, **place: int | str) -> int:
    return set_ladder(
        app.database,
        read_ladder(name, before, after, at_most),
        LadderPlace(**place),  # type: ignore[arg-type]
        actor=LOCAL_ADMINISTRATOR,
        on=ON,
        now=app.clock.now(),
    )


def clear(app: Application, name: str, **place: int | str) -> int:
    return clear_ladder(
        app.database,
        name,
        LadderPlace(**place),  # type: ignore[arg-type]
        actor=LOCAL_ADMINISTRATOR,
        on=ON,
        now=app.clock.now(),
    )


def steps(app: Application, code: str, due_on: date, user: str, unit: str | None = None) -> list[str]:
    return list(days_of(app, obligation_of(app, code, due_on, unit), user))


def open_hours(app: Application, opens: str, closes: str) -> None:
    set_channel_hours(app.database, Channel.MAIL, opens, closes, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


def drained_at(app: Application, postbox: Postbox, at: time) -> Delivered:
    return drain(
        app.database,
        by_mail(postbox),
        app.writer,
        app.clock,
        on=FRIDAY,
        at=at,
        terms=TERMS,
        actor=LOCAL_ADMINISTRATOR,
    )


class TestEverywhere:
    def test_replaces_the_steps_of_its_frequency_alone(self, published: Application) -> None:
        yearly = obligation_of(published, "2", DUE, "GDMN").due_version
        assert put(published, "monthly", "7,1", "2") > 0
        assert steps(published, "14", MONTHLY, "motcua.daumoi") == ["before-7", "before-1", "after-2"]
        assert obligation_of(published, "2", DUE, "GDMN").due_version == yearly

    def test_limits_how_often_one_person_hears_and_keeps_what_is_nearest(self, published: Application) -> None:
        put(published, "monthly", "5,2,0", "1,3,7", 3)
        assert steps(published, "14", MONTHLY, "motcua.daumoi") == ["before-2", "before-0", "after-1"]

    def test_knows_its_own_names_only(self, published: Application) -> None:
        with pytest.raises(LadderUnknown, match="yearly, half-yearly"):
            put(published, "daily", "1", "1")
        with pytest.raises(NoRight):
            set_ladder(
                published.database,
                read_ladder("monthly", "1", "1", None),
                LadderPlace(),
                actor=actor_of(published, "gdmn.truong"),
                on=ON,
                now=published.clock.now(),
            )


class TestAtOnePlace:
    def test_holds_for_one_unit_and_is_taken_back(self, published: Application) -> None:
        before = set(steps(published, "2", DUE, "gdmn.daumoi", "GDMN"))
        assert put(published, "yearly", "2", "5", unit="GDMN") > 0
        assert steps(published, "2", DUE, "gdmn.daumoi", "GDMN") == ["before-2", "after-5"]
        assert "before-1" in steps(published, "2", DUE, "gdth.daumoi", "GDTH")
        assert clear(published, "yearly", unit="GDMN") > 0
        assert set(steps(published, "2", DUE, "gdmn.daumoi", "GDMN")) == before
        with pytest.raises(LadderNotOverridden, match="Phòng Giáo dục Mầm non"):
            clear(published, "yearly", unit="GDMN")

    def test_of_a_duty_wins_over_the_plan_and_a_second_setting_replaces_the_first(self, published: Application) -> None:
        due = obligation_of(published, "14", MONTHLY)
        put(published, "monthly", "9", "", plan_id=1)
        put(published, "monthly", "4", "", duty_id=due.duty_id)
        put(published, "monthly", "3", "", duty_id=due.duty_id)
        assert steps(published, "14", MONTHLY, "motcua.daumoi") == ["before-3"]
        clear(published, "monthly", duty_id=due.duty_id)
        assert steps(published, "14", MONTHLY, "motcua.daumoi") == ["before-9"]
        places = {one.place for one in list_ladders(published.database, actor=LOCAL_ADMINISTRATOR)}
        assert places == {"mọi nơi", "kế hoạch số 1"}

    def test_that_does_not_exist_is_refused(self, published: Application) -> None:
        with pytest.raises(UnitUnknown):
            put(published, "yearly", "1", "", unit="KHONG-CO")
        with pytest.raises(DutyUnknown):
            put(published, "yearly", "1", "", duty_id=99_999)
        with pytest.raises(LadderNotOverridden):
            clear(published, "yearly")


class TestHours:
    def test_let_nothing_leave_outside_them_and_keep_it_planned(self, published: Application) -> None:
        planned = decide(published, FRIDAY).planned
        postbox = Postbox()
        for at in (time(6, 59), time(18, 0), time(23, 0)):
            assert drained_at(published, postbox, at).sent == 0
        with published.database.read() as uow:
            assert {one.state for one in uow.outbox.deliveries(FRIDAY)} == {DeliveryState.PLANNED}
        assert drained_at(published, postbox, time(17, 59)).sent == planned > 0

    def test_that_begin_after_seven_let_the_morning_wait_for_them(self, published: Application) -> None:
        open_hours(published, "08:30", "17:00")
        postbox = Postbox()
        morning = remind(
            published.database,
            by_mail(postbox),
            published.writer,
            published.clock,
            on=FRIDAY,
            terms=TERMS,
            horizon_months=13,
            actor=LOCAL_ADMINISTRATOR,
        )
        assert (morning.decided.planned > 0, morning.delivered.sent, postbox.messages) == (True, 0, [])
        assert drained_at(published, postbox, time(8, 20)).sent == 0
        assert drained_at(published, postbox, time(8, 30)).sent == morning.decided.planned
