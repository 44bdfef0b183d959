"""The list finds what the domain says, on both databases: by standing, words, period, area, month and unit."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from pydantic import SecretStr

from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.demo.show import fill_demo
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import Standing
from cchc_tasks.services import search_obligations as subject
from cchc_tasks.services.listing import ObligationLine, list_obligations
from cchc_tasks.services.search_obligations import FoundPage, Wanted, search_obligations
from cchc_tasks.settings import Settings
from tests.conftest import CHECKOUT, StandingClock, actor_of, empty_database

TODAY = date(2026, 3, 24)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """The invented Sở after its first quarter, on each kind of database; the tests here only look at it."""
    folder = tmp_path_factory.mktemp("demo")
    address = SecretStr(empty_database(request.param, folder, request))
    settings = Settings(home=folder / "var", config=CHECKOUT / "config", database_url=address)
    clock = StandingClock(datetime(2025, 12, 15, 5, 0, tzinfo=UTC))
    app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR, clock=clock)
    fill_demo(app, TODAY)
    yield app
    app.database.close()


@pytest.fixture
def lived(demo: Application, monkeypatch: pytest.MonkeyPatch) -> Application:
    """The same; one page holds everything."""
    monkeypatch.setattr(subject, "PAGE", 10_000)
    return demo


def search(app: Application, user: str | None = None, **wanted: object) -> FoundPage:
    actor = actor_of(app, user) if user else LOCAL_ADMINISTRATOR
    asked = Wanted(**{"standings": frozenset(), **wanted})  # type: ignore[arg-type]
    return search_obligations(app.database, asked, on=TODAY, actor=actor)


def everything(app: Application) -> list[ObligationLine]:
    return list_obligations(app.database, on=TODAY, actor=LOCAL_ADMINISTRATOR)


def ids(lines: Iterable[object]) -> list[int]:
    return sorted(one.id for one in lines)  # type: ignore[attr-defined]


class TestStandings:
    def test_are_those_of_the_domain_alone_and_together(self, lived: Application) -> None:
        lines = everything(lived)
        chosen = [(one,) for one in Standing] + list(combinations(Standing, 2)) + [tuple(subject.OPEN)]
        for standings in chosen:
            found = search(lived, standings=frozenset(standings))
            assert ids(found.lines) == ids(one for one in lines if one.standing in standings), standings
            assert (found.obligations, found.duties) == (
                len(found.lines),
                len({one.duty_code for one in found.lines}),
            )
            assert all(one.standing in standings for one in found.lines)
        assert {one.standing for one in lines} >= set(Standing)


class TestWords:
    def test_must_all_occur_in_number_area_title_or_part(self, lived: Application) -> None:
        with lived.database.read() as uow:
            owed = uow.obligations.listing()
        keys = {
            one.id: search_key(f"{duty.code} {duty.area or ''} {duty.title} {one.label or ''}") for one, duty in owed
        }
        for text in (
            "thủ tục",
            "THU TUC",
            "tục thủ",
            "báo cáo công vụ",
            "12",
            "tin bai tuyen truyen",
            "100%",
            "%",
            "_",
            "'",
            "\\",
        ):
            words = search_key(text).split()
            fitting = sorted(one or 0 for one, key in keys.items() if all(word in key for word in words))
            assert ids(search(lived, text=text).lines) == fitting, text

    def test_that_name_a_period_find_it_and_no_other(self, lived: Application) -> None:
        with lived.database.read() as uow:
            periods = {one.id: one.period for one, _ in uow.obligations.listing()}
        fitting = sorted(one or 0 for one, period in periods.items() if period == "2026-Q1")
        assert fitting
        for text in ("quý I", "quy 1", "QUÝ I năm 2026", "quý i/2026"):
            found = search(lived, text=text)
            assert ids(found.lines) == fitting, text
            reports = search(lived, text=f"báo cáo {text}").lines
            assert "báo cáo quý I" in {one.title.partition("(")[2].rstrip(")") for one in reports}
            assert not any("quý II" in one.title for one in found.lines)


class TestFilters:
    def test_keep_to_the_month_the_area_and_the_unit(self, lived: Application) -> None:
        march = search(lived, month=(2026, 3))
        assert ids(march.lines) == ids(
            one for one in everything(lived) if one.due_on and one.due_on.strftime("%Y-%m") == "2026-03"
        )
        for area in march.areas:
            inside = search(lived, area=area, month=(2026, 3))
            assert {one.id for one in inside.lines} <= {one.id for one in march.lines}
        assert sum(search(lived, area=area, month=(2026, 3)).obligations for area in march.areas) == march.obligations
        unit = search(lived, unit="TCCB")
        assert unit.lines
        assert all("Phòng Tổ chức cán bộ" in one.units for one in unit.lines)

    def test_that_do_not_exist_are_left_out_and_named(self, lived: Application) -> None:
        found = search(lived, unit="KHONG-CO", area="Lĩnh vực không có")
        assert found.unknown == {"unit", "area"}
        assert found.obligations == len(everything(lived))


class TestOrder:
    def test_is_by_date_with_the_undated_last_and_pages_hold_each_once(
        self, lived: Application, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = search(lived).lines
        assert [one.due_on or date.max for one in whole] == sorted(one.due_on or date.max for one in whole)
        monkeypatch.setattr(subject, "PAGE", 30)
        first = search(lived)
        pages = [search(lived, page=number).lines for number in range(1, first.pages + 1)]
        assert [one for page in pages for one in page] == list(whole)
        assert search(lived, page=10**6).page == first.pages

    def test_names_the_focal_unit_first(self, lived: Application) -> None:
        found = search(lived).lines
        with lived.database.read() as uow:
            leads = uow.obligations.leads([one.id for one in found])
            names = {one.id: one.name for one in uow.directory.units().values()}
        assert any(len(one.units) > 1 for one in found)
        assert all(list(one.units) == [names[unit] for unit in leads[one.id]] for one in found)


class TestOwnUnit:
    def test_bounds_what_a_unit_finds_whatever_it_asks_for(self, lived: Application) -> None:
        with lived.database.read() as uow:
            own = uow.directory.unit_with_code("GDMN").id or 0
            mine = sorted(one.id or 0 for one, _ in uow.obligations.listing([own]))
        found = search(lived, "gdmn.daumoi")
        assert ids(found.lines) == mine
        assert found.units == ()
        assert {one.id for one in search(lived, "gdmn.daumoi", unit="TCCB").lines} <= set(mine)
