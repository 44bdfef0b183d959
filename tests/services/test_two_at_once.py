"""Two people act on one plan in the same moment: one of them is told so, and nothing is done twice or by halves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    CarriedOverAlready,
    CchcError,
    PlanImportedAlready,
    PlanNotPublished,
    StageForbids,
)
from cchc_tasks.domain.vocabulary import PlanStage, Stage
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.acknowledge_obligation import acknowledge_obligation
from cchc_tasks.services.carry_over_plan import carry_over_plan
from cchc_tasks.services.import_plan import Imported, import_plan
from cchc_tasks.services.open_obligations import open_obligations
from cchc_tasks.services.publish_plan import Published
from tests.conftest import actor_of
from tests.journeys.chain import publish

HEADER = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp"
CHECK = "1. Kiểm tra công vụ\tBiên bản\tTrong quý IV năm 2026\tThanh tra\t"
MEET = "2. Giao ban cải cách hành chính\tBiên bản\tHằng tháng\tVăn phòng\t"
NEW_DAY = date(2026, 3, 2)
Act = Callable[[], object]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def app(request: pytest.FixtureRequest, app_on: Callable[[str], Application]) -> Application:
    """The invented Sở on either database."""
    return app_on(request.param)


def written(folder: Path, name: str, *rows: str) -> Path:
    """A plan of 2026 with these rows as a file."""
    file = folder / f"{name}.txt"
    lines = ["Số: 20/KH-SGDĐT", "Sông Lam, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH năm 2026", "", HEADER, *rows, ""]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def imported(app: Application, file: Path, replaces: int | None = None) -> Imported:
    return import_plan(
        app.database,
        app.reader,
        file,
        years=None,
        before_is_strict=False,
        replaces=replaces,
        actor=LOCAL_ADMINISTRATOR,
        now=app.clock.now(),
    )


def at_once(*acts: Act) -> list[object]:
    """What each gave, or the refusal it met, all begun in one moment."""
    ready = Barrier(len(acts))

    def run(act: Act) -> object:
        ready.wait()
        try:
            return act()
        except CchcError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def kinds(results: list[object]) -> set[type]:
    return {type(one) for one in results}


def obligations(app: Application, plan_id: int) -> list[Obligation]:
    with app.database.read() as uow:
        duties = [duty.id or 0 for duty in uow.obligations.duties(plan_id)]
        return [one for duty_id in duties for one in uow.obligations.of_duty(duty_id)]


class TestOneFile:
    def test_becomes_one_plan(self, app: Application, tmp_path: Path) -> None:
        file = written(tmp_path, "ke-hoach", CHECK)
        results = at_once(*[lambda: imported(app, file)] * 3)
        assert sorted(type(one).__name__ for one in results) == ["Imported"] + ["PlanImportedAlready"] * 2
        assert PlanImportedAlready in kinds(results)

    def test_is_carried_over_once(self, app: Application, tmp_path: Path) -> None:
        first = imported(app, written(tmp_path, "ke-hoach", CHECK)).plan_id

        def carry() -> object:
            return carry_over_plan(app.database, first, 2027, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())

        assert [type(one) is CarriedOverAlready for one in at_once(carry, carry)].count(True) == 1


class TestOneDraft:
    def test_is_published_once(self, app: Application, tmp_path: Path) -> None:
        plan_id = imported(app, written(tmp_path, "ke-hoach", CHECK, MEET)).plan_id
        results = at_once(*[lambda: publish(app, plan_id)] * 3)
        assert sorted(one.already for one in results if isinstance(one, Published)) == [False, True, True]
        assert len(obligations(app, plan_id)) == 13


class TestTwoVersions:
    def test_of_one_plan_do_not_both_take_its_place(self, app: Application, tmp_path: Path) -> None:
        publish(app, imported(app, written(tmp_path, "cu", CHECK, MEET)).plan_id)
        changed = (CHECK.replace("quý IV", "quý III"), CHECK.replace("quý IV", "quý II"))
        drafts = [imported(app, written(tmp_path, f"moi-{n}", row, MEET), 1).plan_id for n, row in enumerate(changed)]
        results = at_once(*[lambda one=one: publish(app, one, NEW_DAY) for one in drafts])
        assert kinds(results) == {Published, PlanNotPublished}
        with app.database.read() as uow:
            stages = sorted(one.stage for one in uow.plans.all())
        assert stages == sorted([PlanStage.REPLACED, PlanStage.PUBLISHED, PlanStage.DRAFT])
        monthly = [one for draft in drafts for one in obligations(app, draft) if one.period != "2026-Q4"]
        assert len([one for one in monthly if one.period and "Q" not in one.period]) == 12

    def test_are_not_begun_of_a_plan_that_is_being_replaced(self, app: Application, tmp_path: Path) -> None:
        publish(app, imported(app, written(tmp_path, "cu", CHECK, MEET)).plan_id)
        second = imported(app, written(tmp_path, "moi", CHECK.replace("IV", "III"), MEET), 1).plan_id
        third = written(tmp_path, "moi-nua", CHECK.replace("IV", "II"), MEET)
        done, late = at_once(lambda: publish(app, second, NEW_DAY), lambda: imported(app, third, 1))
        assert isinstance(done, Published)
        if isinstance(late, Imported):  # it came first: publishing it is refused, and what can be done is asked
            with pytest.raises(PlanNotPublished):
                publish(app, late.plan_id, NEW_DAY)
        else:
            assert isinstance(late, PlanNotPublished)


class TestAHeldPlan:
    def test_is_seen_as_others_left_it_even_where_it_was_read_before(
        self, app_on: Callable[[str], Application], tmp_path: Path
    ) -> None:
        app = app_on("postgresql")  # on SQLite no other can write meanwhile
        plan_id = imported(app, written(tmp_path, "ke-hoach", CHECK)).plan_id
        with app.database.write(app.clock.now()) as uow:
            assert uow.plans.get(plan_id).stage is PlanStage.DRAFT
            publish(app, plan_id)
            assert uow.plans.locked(plan_id).stage is PlanStage.PUBLISHED


class TestUnit:
    def test_that_takes_on_work_during_publishing_keeps_it_or_is_told(self, app: Application, tmp_path: Path) -> None:
        publish(app, imported(app, written(tmp_path, "cu", CHECK, MEET)).plan_id)
        (owed,) = [one for one in obligations(app, 1) if one.period == "2026-Q4"]
        new = imported(app, written(tmp_path, "moi", CHECK.replace("IV", "III"), MEET), 1).plan_id
        head = actor_of(app, "thanhtra.truong")
        done, taken = at_once(
            lambda: publish(app, new, NEW_DAY),
            lambda: acknowledge_obligation(app.database, owed.id or 0, actor=head, now=app.clock.now()),
        )
        assert isinstance(done, Published)
        with app.database.read() as uow:
            stage = uow.obligations.get(owed.id or 0).stage
        assert (stage, type(taken)) in {(Stage.ACKNOWLEDGED, type(None)), (Stage.DROPPED, StageForbids)}


class TestDailyOpening:
    def test_opens_nothing_twice_while_a_version_takes_over(self, app: Application, tmp_path: Path) -> None:
        yearly = "3. Báo cáo năm\tBáo cáo\tTrước ngày 05/12 hằng năm\tVăn phòng\t"
        rows = (CHECK, MEET, yearly)
        publish(app, imported(app, written(tmp_path, "cu", *rows)).plan_id)
        new = imported(app, written(tmp_path, "moi", CHECK.replace("IV", "III"), *rows[1:]), 1).plan_id
        results = at_once(
            lambda: publish(app, new, NEW_DAY),
            lambda: open_obligations(
                app.database, on=NEW_DAY, horizon_months=24, actor=LOCAL_ADMINISTRATOR, now=app.clock.now()
            ),
        )
        assert kinds(results) == {Published, int}
        slots = [(one.duty_id, one.owed_by, one.slot) for one in obligations(app, new)]
        assert len(slots) == len(set(slots))
