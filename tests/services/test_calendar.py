"""The office's calendar: changed days and breaks move what is near them, in one transaction, and nothing else."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    BreakUnknown,
    CalendarDayUnknown,
    CalendarUnreadable,
    DayWorkedAnyway,
    NoRight,
    SpanInvalid,
)
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.vocabulary import DayKind, Stage, UnitKind
from cchc_tasks.services.add_break import NewBreak, add_break
from cchc_tasks.services.import_calendar import CalendarChanged, import_calendar
from cchc_tasks.services.propose_calendar import propose_calendar
from cchc_tasks.services.remove_break import remove_break
from cchc_tasks.services.remove_calendar_day import remove_calendar_day
from cchc_tasks.services.set_calendar_day import set_calendar_day
from cchc_tasks.services.show_calendar import show_calendar
from tests.conftest import actor_of
from tests.journeys.chain import PUBLISHED_ON, publish_sample
from tests.services.planned import days_of, obligation_of, rungs_of

ON = date(2026, 1, 5)
SOURCE = "Công văn số 1/VPCP"


def set_day(app: Application, day: date, kind: DayKind, actor: str | None = None) -> int:
    return set_calendar_day(
        app.database,
        Holiday(day, kind, "Hoán đổi", SOURCE),
        actor=actor_of(app, actor) if actor else LOCAL_ADMINISTRATOR,
        on=ON,
        now=app.clock.now(),
    )


def remove(app: Application, day: date) -> int:
    return remove_calendar_day(app.database, day, actor=LOCAL_ADMINISTRATOR, on=ON, now=app.clock.now())


def rest(app: Application, kind: UnitKind, first: date, last: date) -> tuple[int, int]:
    wanted = NewBreak(kind, first, last, "Nghỉ giữa kỳ", SOURCE)
    return add_break(app.database, wanted, actor=LOCAL_ADMINISTRATOR, on=ON, now=app.clock.now())


def bring_in(app: Application, file: Path) -> CalendarChanged:
    return import_calendar(
        app.database, app.calendar_reader(), file, actor=LOCAL_ADMINISTRATOR, on=ON, now=app.clock.now()
    )


class TestDay:
    @pytest.mark.parametrize(
        "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
    )
    def test_that_is_a_worked_saturday_takes_the_aim_and_its_rung(
        self, app_on: Callable[[str], Application], tmp_path: Path, kind: str
    ) -> None:
        app, sunday = app_on(kind), date(2026, 10, 25)
        publish_sample(app, tmp_path)
        before = obligation_of(app, "14", sunday)
        assert before.aim_on == date(2026, 10, 23)
        far = obligation_of(app, "14", date(2026, 8, 25))
        assert set_day(app, date(2026, 10, 24), DayKind.WORKED) > 0
        after = obligation_of(app, "14", sunday)
        assert after.aim_on == date(2026, 10, 24)
        assert days_of(app, after, "motcua.daumoi")["before-0"] == date(2026, 10, 24)
        assert after.due_version == before.due_version + 1
        assert obligation_of(app, "14", date(2026, 8, 25)).due_version == far.due_version

    def test_that_is_off_moves_steps_before_earlier_and_steps_after_later(self, published: Application) -> None:
        due = obligation_of(published, "14", date(2026, 3, 25))  # a Wednesday
        set_day(published, date(2026, 3, 23), DayKind.OFF)
        set_day(published, date(2026, 3, 26), DayKind.OFF)
        planned = days_of(published, due, "motcua.daumoi")
        assert planned["before-2"] == date(2026, 3, 20)
        assert planned["before-0"] == date(2026, 3, 25)
        assert planned["after-1"] == date(2026, 3, 27)

    def test_that_is_taken_off_the_calendar_is_worked_again(self, published: Application) -> None:
        friday_of_tet = date(2026, 2, 20)
        due = obligation_of(published, "14", date(2026, 2, 25))
        assert days_of(published, due, "motcua.daumoi")["before-5"] == date(2026, 2, 13)
        assert remove(published, friday_of_tet) > 0
        assert days_of(published, due, "motcua.daumoi")["before-5"] == friday_of_tet
        with pytest.raises(CalendarDayUnknown):
            remove(published, friday_of_tet)

    def test_brings_nothing_back_that_lies_before_the_day_of_the_change(self, published: Application) -> None:
        due = obligation_of(published, "2", date(2026, 1, 20), "GDMN")
        set_day(published, date(2026, 1, 12), DayKind.OFF)
        assert min(day for _, _, day in rungs_of(published, due)) >= ON

    def test_moves_the_aim_of_a_conditional_duty_that_waits_too(self, published: Application) -> None:
        with published.database.write(published.clock.now()) as uow:
            waiting = uow.obligations.get(obligation_of(published, "14", date(2026, 10, 25)).id or 0)
            waiting.stage = Stage.DRAFT
        set_day(published, date(2026, 10, 24), DayKind.WORKED)
        after = obligation_of(published, "14", date(2026, 10, 25))
        assert (after.aim_on, after.due_version) == (date(2026, 10, 24), waiting.due_version)

    def test_is_refused_to_others_and_where_it_is_worked_anyway(self, published: Application) -> None:
        with pytest.raises(NoRight):
            set_day(published, date(2026, 10, 24), DayKind.WORKED, "gdmn.truong")
        with pytest.raises(DayWorkedAnyway):
            set_day(published, date(2026, 10, 23), DayKind.WORKED)

    def test_is_journalled_with_its_document_and_what_it_moved(self, published: Application) -> None:
        moved = set_day(published, date(2026, 10, 24), DayKind.WORKED, "vp.thuongtruc1")
        with published.database.read() as uow:
            *_, entry = uow.journal.entries()
        details = json.loads(entry.details)
        assert (entry.actor, entry.action, entry.subject) == ("vp.thuongtruc1", "calendar.set", "day:2026-10-24")
        assert (details["document"], details["replanned"]) == (SOURCE, moved)


class TestYear:
    def test_2027_says_that_it_is_undecided(self, app: Application) -> None:
        seen = show_calendar(app.database, 2027, actor=actor_of(app, "gdmn.daumoi"))
        assert seen.standing == "Lịch nghỉ năm 2027 chưa có quyết định chính thức."
        assert not seen.decided

    def test_shows_every_day_of_its_months_as_it_is_worked(self, app: Application) -> None:
        january = show_calendar(app.database, 2026, actor=actor_of(app, "kiemtra")).months[0]
        days = {one.day.day: one for week in january for one in week if one}
        assert len(days) == 31
        assert (days[2].working, days[2].differs) == (False, True)
        assert (days[10].working, days[10].differs) == (True, True)
        assert (days[11].working, days[11].differs) == (False, False)

    def test_is_proposed_without_overwriting_what_stands(self, app: Application) -> None:
        tet = Holiday(date(2028, 1, 26), DayKind.OFF, "Tết Mậu Thân", SOURCE)
        set_calendar_day(app.database, tet, actor=LOCAL_ADMINISTRATOR, on=ON, now=app.clock.now())
        propose = [
            propose_calendar(
                app.database, app.public_holidays(), 2028, actor=LOCAL_ADMINISTRATOR, on=ON, now=app.clock.now()
            )
            for _ in range(2)
        ]
        assert (propose[0].days > 10, propose[1].days) == (True, 0)
        days = {one.day: one for one in show_calendar(app.database, 2028, actor=LOCAL_ADMINISTRATOR).days}
        assert days[tet.day] == tet
        assert not days[date(2028, 9, 2)].decided
        with app.database.read() as uow:
            assert not uow.office.calendar().is_working(date(2028, 5, 2))  # the day after one that met a Sunday


class TestFile:
    def test_of_rows_is_taken_in_and_a_second_time_changes_nothing(
        self, published: Application, tmp_path: Path
    ) -> None:
        file = tmp_path / "lich.csv"
        file.write_text(
            "ngày;loại;tên;văn bản\n23/10/2026;nghỉ;Hoán đổi;Công văn số 2/VPCP\n"
            "24/10/2026;làm bù;Làm bù;Công văn số 2/VPCP\n",
            encoding="utf-8",
        )
        first, second = bring_in(published, file), bring_in(published, file)
        assert (first.days, first.replanned > 0, second) == (2, True, CalendarChanged(0, 0))
        assert obligation_of(published, "14", date(2026, 10, 25)).aim_on == date(2026, 10, 24)

    def test_of_toml_is_taken_in_with_what_is_undecided(self, app: Application, tmp_path: Path) -> None:
        file = tmp_path / "lich.toml"
        file.write_text(
            '[[day]]\nday = 2027-03-01\nkind = "OFF"\nname = "Nghỉ"\ndocument = "Dự thảo"\ndecided = false\n',
            encoding="utf-8",
        )
        assert bring_in(app, file).days == 1
        days = show_calendar(app.database, 2027, actor=LOCAL_ADMINISTRATOR).days
        assert [one.decided for one in days if one.day == date(2027, 3, 1)] == [False]

    def test_with_one_bad_row_leaves_everything_as_it_was(self, app: Application, tmp_path: Path) -> None:
        file = tmp_path / "lich.csv"
        file.write_text(
            "ngày;loại;tên;văn bản\n23/10/2026;nghỉ;Hoán đổi;2/VPCP\n24/13/2026;làm bù;Làm bù;2/VPCP\n",
            encoding="utf-8",
        )
        with pytest.raises(CalendarUnreadable, match="dòng 3"):
            bring_in(app, file)
        with app.database.read() as uow:
            assert uow.office.calendar().is_working(date(2026, 10, 23))


class TestBreak:
    def test_moves_the_rungs_of_its_kind_of_units_alone(self, published: Application) -> None:
        school = obligation_of(published, "6", date(2026, 6, 15), "THPT-LE-LOI")
        office = obligation_of(published, "11", date(2026, 6, 30))
        steps, others = days_of(published, school, "thpt-le-loi.daumoi"), rungs_of(published, office)
        assert (steps["before-7"], steps["before-3"]) == (date(2026, 6, 8), date(2026, 6, 12))
        number, moved = rest(published, UnitKind.SUBORDINATE, date(2026, 6, 8), date(2026, 6, 12))
        planned = days_of(published, school, "thpt-le-loi.daumoi")
        assert moved > 0
        assert (planned["before-7"], planned["before-3"]) == (date(2026, 6, 5), date(2026, 6, 5))
        assert planned["before-0"] == date(2026, 6, 15)
        assert rungs_of(published, office) == others
        assert obligation_of(published, "6", date(2026, 6, 15), "THPT-LE-LOI").aim_on == school.aim_on
        remove_break(published.database, number, actor=LOCAL_ADMINISTRATOR, on=ON, now=published.clock.now())
        assert days_of(published, school, "thpt-le-loi.daumoi") == steps

    def test_lets_steps_after_the_day_wait_for_its_end(self, published: Application) -> None:
        school = obligation_of(published, "6", date(2026, 6, 15), "THPT-LE-LOI")
        rest(published, UnitKind.SUBORDINATE, date(2026, 6, 16), date(2026, 6, 19))
        assert days_of(published, school, "thpt-le-loi.truong")["after-1"] == date(2026, 6, 22)

    @pytest.mark.parametrize(
        ("first", "last"), [(date(2026, 7, 2), date(2026, 7, 1)), (date(2026, 7, 1), date(2027, 7, 1))]
    )
    def test_is_refused_where_it_ends_before_it_begins_or_never(
        self, app: Application, first: date, last: date
    ) -> None:
        with pytest.raises(SpanInvalid):
            rest(app, UnitKind.SUBORDINATE, first, last)
        with pytest.raises(BreakUnknown):
            remove_break(app.database, 999, actor=LOCAL_ADMINISTRATOR, on=PUBLISHED_ON, now=app.clock.now())
