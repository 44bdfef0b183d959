"""Duties from a công văn: owed at once, told at once, one document however many duties, nothing half-kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    CchcError,
    DayBeyondDue,
    DayPast,
    DocumentNotYetIssued,
    DutyNumberMissing,
    DutyTitleMissing,
    HourInvalid,
    LeadMissing,
    PlanIsDispatch,
    UnitExternal,
    UnitUnknown,
)
from cchc_tasks.domain.vocabulary import ReminderState, Stage
from cchc_tasks.models.directory import Person
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.add_duty import AddedDuty, NewDuty, add_duty
from cchc_tasks.services.carry_over_plan import carry_over_plan
from cchc_tasks.services.compare_plans import compare_plans
from cchc_tasks.services.overview import overview
from cchc_tasks.services.show_obligation import show_obligation
from tests.conftest import actor_of
from tests.services.conftest import NOON, TODAY

NEW = NewDuty(
    title="Báo cáo rà soát thủ tục hành chính",
    number="1245/UBND-VX",
    dated=date(2026, 3, 20),
    leads=["KH-TC"],
    due_on=date(2026, 4, 20),
    assigned_by="UBND tỉnh Sông Lam",
    cooperating=["TCCB"],
    products=["Báo cáo", "Biểu số liệu"],
    hour="17h",
)

REFUSED: list[tuple[dict[str, Any], type[CchcError]]] = [
    ({"title": "  "}, DutyTitleMissing),
    ({"number": ""}, DutyNumberMissing),
    ({"dated": date(2026, 3, 25)}, DocumentNotYetIssued),
    ({"due_on": date(2026, 3, 23)}, DayPast),
    ({"internal_due_on": date(2026, 4, 21)}, DayBeyondDue),
    ({"internal_due_on": date(2026, 3, 23)}, DayPast),
    ({"hour": "17 rưỡi"}, HourInvalid),
    ({"leads": [" "]}, LeadMissing),
    ({"leads": ["KHONG-CO"]}, UnitUnknown),
    ({"leads": ["UBND-TINH"]}, UnitExternal),
    ({"cooperating": ["KHONG-CO"]}, UnitUnknown),
]


def added(app: Application, new: NewDuty = NEW) -> AddedDuty:
    return add_duty(app.database, new, actor=LOCAL_ADMINISTRATOR, today=TODAY, now=NOON)


def obligations(app: Application, duty: AddedDuty) -> list[Obligation]:
    with app.database.read() as uow:
        return [uow.obligations.get(one) for one in duty.obligation_ids]


def rungs(app: Application, obligation_id: int) -> set[tuple[str, str, date]]:
    """(user, step, day) of what is planned for an obligation."""
    query = (
        sa.select(col(Person.user), col(Reminder.rung), col(Reminder.fire_on))
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .where(col(Reminder.obligation_id) == obligation_id, col(Reminder.state) == ReminderState.PLANNED)
    )
    with app.database.engine.connect() as connection:
        return {(user, rung, day) for user, rung, day in connection.execute(query)}


def count(app: Application, table: Any) -> int:
    with app.database.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


class TestDuty:
    def test_is_owed_at_once_by_its_lead_with_day_hour_and_products(self, published: Application) -> None:
        (one,) = obligations(published, added(published))
        assert (one.due_on, one.stated_on, one.at, one.stage) == (NEW.due_on, NEW.due_on, "17h00", Stage.OPEN)
        seen = show_obligation(
            published.database, one.id or 0, on=TODAY, answer_working_days=3, actor=actor_of(published, "khtc.daumoi")
        )
        assert seen.plan == "Công văn số 1245/UBND-VX"
        assert seen.checklist == ("Báo cáo", "Biểu số liệu")
        assert [(body.code, body.responsibility.value) for body in seen.bodies] == [
            ("KH-TC", "LEAD"),
            ("TCCB", "COOPERATING"),
        ]
        assert {cell.name: cell.verbatim for cell in seen.cells}["Thời gian"] == "Chậm nhất 17h00 ngày 20/4/2026"
        assert seen.journal[0].words == (
            "giao nhiệm vụ theo công văn số 1245/UBND-VX ngày 20/3/2026, UBND tỉnh Sông Lam giao, hạn 20/4/2026"
        )

    def test_is_introduced_and_reminded_to_the_secretariat_where_it_is_owed_upward(
        self, published: Application
    ) -> None:
        upward = rungs(published, added(published).obligation_ids[0])
        own = rungs(published, added(published, replace(NEW, assigned_by=None)).obligation_ids[0])
        assert ("khtc.daumoi", "introduction", TODAY) in upward & own
        assert {user for user, _, _ in upward} - {user for user, _, _ in own} >= {"vp.thuongtruc1", "vp.thuongtruc2"}

    def test_of_a_group_is_owed_by_each_member(self, published: Application) -> None:
        duty = added(published, replace(NEW, leads=["cac-trung-tam-gdtx", "Phòng TCCB"]))
        owed = {one.owed_by for one in obligations(published, duty)}
        with published.database.read() as uow:
            group = uow.addressees.called("cac-trung-tam-gdtx")
            members = {f"{unit.id}" for unit in uow.directory.members(group.id or 0, NEW.due_on)}
        assert owed == members | {"joint"}
        assert len(members) > 1

    def test_aims_its_reminders_at_the_internal_day_and_is_introduced_all_the_same(
        self, published: Application
    ) -> None:
        plain = rungs(published, added(published).obligation_ids[0])
        inside = rungs(published, added(published, replace(NEW, internal_due_on=date(2026, 4, 10))).obligation_ids[0])
        assert ("khtc.daumoi", "introduction", TODAY) in inside
        assert max(day for _, step, day in inside if step.startswith("before")) <= date(2026, 4, 20)
        assert ("khtc.daumoi", "before-7", date(2026, 4, 3)) in inside - plain

    def test_of_a_far_year_is_opened_at_once(self, published: Application) -> None:
        (one,) = obligations(published, added(published, replace(NEW, due_on=date(2029, 2, 28))))
        assert one.due_on == date(2029, 2, 28)


class TestDocument:
    def test_takes_a_second_duty_instead_of_standing_twice(self, published: Application) -> None:
        first = added(published)
        second = added(
            published,
            replace(NEW, title="Việc khác", number="1245/ubnd-vx ", due_on=date(2027, 1, 15)),
        )
        assert second.plan_id == first.plan_id
        with published.database.read() as uow:
            plan = uow.plans.get(first.plan_id)
            assert (plan.document_type, plan.title) == ("CV", NEW.title)
            assert (plan.first_year, plan.last_year) == (2026, 2027)
            assert [duty.code for duty in uow.obligations.duties(first.plan_id)] == ["1", "2"]

    def test_is_another_with_another_number_date_or_assigner(self, published: Application) -> None:
        changes: list[dict[str, Any]] = [
            {},
            {"number": "1246/UBND-VX"},
            {"dated": date(2026, 3, 19)},
            {"assigned_by": "UBND phường"},
        ]
        assert len({added(published, replace(NEW, **change)).plan_id for change in changes}) == len(changes)

    def test_is_no_plan_of_a_year(self, published: Application) -> None:
        plans = overview(published.database, on=TODAY, actor=LOCAL_ADMINISTRATOR).plans
        one = added(published).plan_id
        assert overview(published.database, on=TODAY, actor=LOCAL_ADMINISTRATOR).plans == plans
        with pytest.raises(PlanIsDispatch):
            compare_plans(published.database, 1, one, actor=LOCAL_ADMINISTRATOR)
        with pytest.raises(PlanIsDispatch):
            compare_plans(published.database, one, 1, actor=LOCAL_ADMINISTRATOR)
        with pytest.raises(PlanIsDispatch):
            carry_over_plan(published.database, one, 2027, actor=LOCAL_ADMINISTRATOR, now=NOON)


class TestRefusal:
    def test_keeps_nothing(self, published: Application) -> None:
        before = [count(published, table) for table in (Plan, Duty, Obligation, Reminder)]
        for change, error in REFUSED:
            with pytest.raises(error):
                added(published, replace(NEW, **change))
        assert [count(published, table) for table in (Plan, Duty, Obligation, Reminder)] == before

    def test_does_not_meet_a_duty_that_is_due_today(self, published: Application) -> None:
        (one,) = obligations(published, added(published, replace(NEW, due_on=TODAY, internal_due_on=TODAY)))
        assert one.due_on == TODAY
