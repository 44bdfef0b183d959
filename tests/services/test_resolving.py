"""Names as printed become units of the directory, as it stands on the plan's date."""

from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.reading.units import read_units
from cchc_tasks.domain.vocabulary import Responsibility
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.resolving import Resolved, plan_day, resolve, unit_questions
from tests.journeys.chain import import_text

MERGED_ON = date(2025, 7, 1)


def resolved(app: Application, cell: str, on: date = date(2026, 1, 5)) -> list[Resolved]:
    with app.database.read() as uow:
        return resolve(uow, read_units(cell).units, on)


def asked(app: Application, cell: str, role: Responsibility = Responsibility.LEAD) -> list[tuple[str, str | None]]:
    with app.database.read() as uow:
        found = resolve(uow, read_units(cell).units, date(2026, 1, 5))
        return [(question.code, question.proposal) for question in unit_questions(uow, found, role)]


def close(app: Application, name: str, *, successor: str | None = None) -> None:
    """End a unit on the day before the merger, with the unit that takes its work on."""
    with app.database.write(app.clock.now()) as uow:
        unit = uow.directory.unit_with_code(name)
        unit.valid_to = date(2025, 6, 30)
        unit.successor_id = uow.directory.unit_with_code(successor).id if successor else None


def unit_of(one: Resolved) -> str | None:
    return one.unit.code if one.unit else None


class TestName:
    @pytest.mark.parametrize(
        ("cell", "codes"),
        [
            ("Văn phòng Sở, phong TCCB", ["VP", "TCCB"]),
            ("Phòng KH-TC tổng hợp báo cáo", ["KH-TC"]),
            ("Các phòng TCCB, KHTC", ["TCCB", "KH-TC"]),
            ("VĂN PHÒNG (bộ phận Pháp chế)", ["VP"]),
        ],
    )
    def test_is_found_however_it_is_written(self, app: Application, cell: str, codes: list[str]) -> None:
        assert [unit_of(one) for one in resolved(app, cell)] == codes

    def test_of_a_group_is_found_with_the_share_beside_it(self, app: Application) -> None:
        (one,) = resolved(app, "20% đơn vị trực thuộc")
        assert one.group is not None
        assert (one.group.code, one.mention.share) == ("cac-don-vi-truc-thuoc", 20)

    def test_that_nobody_knows_is_kept_as_printed(self, app: Application) -> None:
        (one,) = resolved(app, "Hội Khuyến học")
        assert (one.mention.text, one.unit, one.group) == ("Hội Khuyến học", None, None)
        assert one.reason


class TestDayOfThePlan:
    def test_is_its_date_of_issue_or_the_first_day_of_its_years(self) -> None:
        plan = Plan(title="", first_year=2026, last_year=2030, file_name="", file_sha256="", imported_at=None)
        assert plan_day(plan) == date(2026, 1, 1)
        plan.issued_on = date(2025, 12, 22)
        assert plan_day(plan) == date(2025, 12, 22)

    def test_gives_a_merged_unit_before_the_merger_and_its_successor_after_it(self, app: Application) -> None:
        close(app, "TCCB", successor="VP")
        assert [unit_of(one) for one in resolved(app, "Phòng TCCB", date(2025, 6, 30))] == ["TCCB"]
        assert [unit_of(one) for one in resolved(app, "Phòng TCCB", MERGED_ON)] == ["VP"]

    def test_follows_a_successor_that_was_merged_in_its_turn(self, app: Application) -> None:
        close(app, "TCCB", successor="KH-TC")
        close(app, "KH-TC", successor="VP")
        assert [unit_of(one) for one in resolved(app, "Phòng TCCB", MERGED_ON)] == ["VP"]

    def test_ends_where_successors_go_in_a_circle(self, app: Application) -> None:
        close(app, "TCCB", successor="KH-TC")
        close(app, "KH-TC", successor="TCCB")
        assert [unit_of(one) for one in resolved(app, "Phòng TCCB", MERGED_ON)] == [None]

    def test_raises_a_question_when_the_leading_unit_has_closed(self, app: Application) -> None:
        close(app, "TCCB")
        assert asked(app, "Phòng TCCB") == [("lead-vague", None)]
        assert asked(app, "Phòng TCCB", Responsibility.COOPERATING) == []

    def test_is_that_of_the_imported_plan(self, app: Application, tmp_path: Path) -> None:
        close(app, "TCCB")
        header = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp"
        codes = []
        for year in (2025, 2026):
            text = f"KẾ HOẠCH cải cách hành chính năm {year}\n\n{header}\n1. Rà soát\tBáo cáo\tQuý II\tPhòng TCCB\t\n"
            plan_id = import_text(app, tmp_path, text).plan_id
            with app.database.read() as uow:
                codes.append([one.code for one in uow.plans.questions(plan_id) if one.about == "lead"])
        assert codes == [[], ["lead-vague"]]


class TestQuestion:
    @pytest.mark.parametrize("cell", ["Các đơn vị có liên quan", "Các cơ quan, đơn vị có liên quan"])
    def test_about_a_vague_group_is_asked_only_of_a_lead(self, app: Application, cell: str) -> None:
        assert asked(app, cell) == [("lead-vague", None)]
        assert asked(app, cell, Responsibility.COOPERATING) == []

    @pytest.mark.parametrize("role", [Responsibility.LEAD, Responsibility.COOPERATING])
    def test_about_an_unknown_name_proposes_the_nearest(self, app: Application, role: Responsibility) -> None:
        assert asked(app, "Phòng Tổ chứ cán bộ", role) == [("unit-unknown", "Phòng Tổ chức cán bộ")]
        assert asked(app, "Hội Khuyến học", role) == [("unit-unknown", None)]

    def test_about_a_share_of_a_group_is_asked_only_of_a_lead(self, app: Application) -> None:
        assert asked(app, "20% đơn vị trực thuộc") == [("lead-share", None)]
        assert asked(app, "20% đơn vị trực thuộc", Responsibility.COOPERATING) == []
        assert asked(app, "100% đơn vị trực thuộc") == []
