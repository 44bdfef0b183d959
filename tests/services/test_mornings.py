"""Who hears what on which morning, played day by day on both databases: every step, and no word on any other day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import DeliveryKind, Role
from cchc_tasks.models.directory import Absence
from cchc_tasks.models.obligation import NamedPerson
from cchc_tasks.services.planning import RungPlanner
from tests.journeys.chain import PUBLISHED_ON
from tests.services.mornings import days, lines, planned, play


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def office(app_on: Callable[[str], Application], request: pytest.FixtureRequest) -> Application:
    """The invented Sở without any plan, on each kind of database."""
    return app_on(request.param)


class TestOneDuty:
    def test_is_spoken_of_on_its_mornings_and_on_no_other(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", "Văn phòng"))
        said = play(office, days(PUBLISHED_ON, date(2026, 4, 30)))
        assert said == {
            "thanhtra.daumoi": lines(
                """22/12 1 introduction
                02/02 1 before-30
                13/02 1 before-14
                25/02 1 before-7
                27/02 1 before-3
                03/03 1 before-1
                04/03 1 before-0
                06/03 1 after-1
                09/03 1 after-3
                12/03 1 after-7"""
            ),
            "thanhtra.truong": ["06/03 1 after-1", "09/03 1 after-3", "12/03 1 after-7"],
        }

    def test_is_spoken_of_over_the_turn_of_the_year(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trong năm 2026", "Phòng TCCB", ""), on=date(2026, 12, 21))
        said = play(office, days(date(2026, 12, 21), date(2027, 1, 15)))
        assert said["tccb.daumoi"] == lines(
            """21/12 1 introduction
            24/12 1 before-7
            28/12 1 before-3
            30/12 1 before-1
            31/12 1 before-0
            04/01 1 after-3
            07/01 1 after-7"""  # 01/01 to 03/01 are days off: two steps meet on the Monday
        )

    def test_reaches_every_joint_lead_and_no_cooperating_unit(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 20/01/2026", "Thanh tra, Phòng TCCB", "Văn phòng, Phòng KH-TC"))
        said = play(office, days(PUBLISHED_ON, date(2026, 1, 30)))
        assert set(said) == {"thanhtra.daumoi", "thanhtra.truong", "tccb.daumoi", "tccb.truong"}
        assert said["thanhtra.daumoi"] == said["tccb.daumoi"]

    def test_due_before_the_plan_was_issued_is_never_spoken_of(self, office: Application, tmp_path: Path) -> None:
        rows = ("Trước ngày 05/3/2026", "Thanh tra", ""), ("Trước ngày 05/6/2026", "Thanh tra", "")
        planned(office, tmp_path, *rows, on=date(2026, 4, 6), issued="01 tháng 4 năm 2026")
        said = play(office, days(date(2026, 4, 6), date(2026, 6, 1)))
        assert {line.split()[1] for line in said["thanhtra.daumoi"]} == {"2"}

    def test_published_late_is_introduced_and_goes_on_from_there(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", ""), on=date(2026, 2, 26))
        said = play(office, days(date(2026, 2, 26), date(2026, 3, 6)))
        assert said["thanhtra.daumoi"] == lines(
            """26/02 1 introduction
            27/02 1 before-3
            03/03 1 before-1
            04/03 1 before-0
            06/03 1 after-1"""
        )


class TestAnOutage:
    @pytest.mark.parametrize(
        ("missed", "heard"),
        [
            pytest.param((date(2026, 2, 25), date(2026, 2, 25)), "26/02 1 before-7", id="of one day"),
            pytest.param((date(2026, 2, 20), date(2026, 3, 2)), "03/03 1 before-1", id="of ten days"),
            pytest.param((date(2026, 3, 3), date(2026, 3, 8)), "09/03 1 after-3", id="over the due day"),
        ],
    )
    def test_ends_with_the_most_urgent_step_and_repeats_nothing(
        self, office: Application, tmp_path: Path, missed: tuple[date, date], heard: str
    ) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", ""))
        first, last = missed
        running = [day for day in days(PUBLISHED_ON, date(2026, 3, 12)) if not first <= day <= last]
        said = play(office, running)["thanhtra.daumoi"]
        after = [line for line in said if heard[:5] == line[:5]]
        assert after == [heard]
        assert len({line[6:] for line in said}) == len(said)
        assert not any(day == line[:5] for line in said for day in (f"{one:%d/%m}" for one in days(first, last)))


class TestAnEarlierDay:
    def test_of_the_office_is_aimed_at_and_late_waits_for_the_due_day(
        self, office: Application, tmp_path: Path
    ) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", ""))
        play(office, (PUBLISHED_ON, date(2026, 2, 11)))
        with office.database.write(office.clock.now()) as uow:
            ((obligation, _),) = uow.obligations.listing()
            obligation.internal_due_on = date(2026, 2, 25)
            RungPlanner(uow).plan_anew(obligation, not_before=date(2026, 2, 12))
        said = play(office, days(date(2026, 2, 12), date(2026, 3, 6)))
        assert said["thanhtra.daumoi"] == lines(
            """13/02 1 before-3
            24/02 1 before-1
            25/02 1 before-0
            04/03 1 last-day
            06/03 1 after-1"""
        )

    def test_of_a_person_assigned_by_name_is_theirs_alone(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Phòng TCCB", ""))
        play(office, (PUBLISHED_ON, date(2026, 2, 13)))
        with office.database.write(office.clock.now()) as uow:
            ((obligation, _),) = uow.obligations.listing()
            officer = uow.directory.person_with_user("tccb.chuyenvien")
            uow._session.add(
                NamedPerson(
                    obligation_id=obligation.id or 0,
                    person_id=officer.id or 0,
                    due_on=date(2026, 2, 27),
                    named_by="tccb.truong",
                    named_at=office.clock.now(),
                )
            )
            uow._session.flush()
            RungPlanner(uow).plan_anew(obligation, not_before=date(2026, 2, 23))
        said = play(office, days(date(2026, 2, 23), date(2026, 3, 6)))
        assert said["tccb.chuyenvien"] == lines(
            """23/02 1 introduction
            24/02 1 before-3
            26/02 1 before-1
            27/02 1 before-0
            04/03 1 last-day
            06/03 1 after-1"""
        )
        assert said["tccb.daumoi"][0] == "25/02 1 before-7"

    def test_set_on_a_morning_that_has_spoken_repeats_nothing(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", ""))
        play(office, days(PUBLISHED_ON, date(2026, 2, 25)))
        with office.database.write(office.clock.now()) as uow:
            ((obligation, _),) = uow.obligations.listing()
            RungPlanner(uow).plan_anew(obligation, not_before=date(2026, 2, 25))
        said = play(office, days(date(2026, 2, 26), date(2026, 3, 2)))
        assert said == {"thanhtra.daumoi": ["27/02 1 before-3"]}

    def test_set_before_the_first_morning_keeps_the_introduction(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", ""))
        with office.database.write(office.clock.now()) as uow:
            ((obligation, _),) = uow.obligations.listing()
            RungPlanner(uow).plan_anew(obligation, not_before=PUBLISHED_ON)
        assert play(office, [PUBLISHED_ON]) == {"thanhtra.daumoi": ["22/12 1 introduction"]}


class TestAnAbsence:
    @pytest.mark.parametrize(("stand_in", "hears"), [("thanhtra.truong", "thanhtra.truong"), (None, None)])
    def test_over_the_due_day_is_heard_by_the_stand_in_or_waits(
        self, office: Application, tmp_path: Path, stand_in: str | None, hears: str | None
    ) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", ""))
        with office.database.write(office.clock.now()) as uow:
            away = uow.directory.person_with_user("thanhtra.daumoi").id or 0
            instead = uow.directory.person_with_user(stand_in).id if stand_in else None
            uow._session.add(
                Absence(
                    person_id=away,
                    first_on=date(2026, 2, 26),
                    last_on=date(2026, 3, 6),
                    stand_in_id=instead,
                    recorded_by="quantri",
                    recorded_at=office.clock.now(),
                )
            )
        said = play(office, days(date(2026, 2, 23), date(2026, 3, 9)))
        assert said["thanhtra.daumoi"] == ["23/02 1 before-14", "25/02 1 before-7", "09/03 1 after-3"]
        early = [line for line in said["thanhtra.truong"] if "after" not in line]
        assert early == (["27/02 1 before-3", "03/03 1 before-1", "04/03 1 before-0"] if hears else [])
        assert [line for line in said["thanhtra.truong"] if "after" in line] == ["06/03 1 after-1", "09/03 1 after-3"]


class TestADutyFromAbove:
    def test_is_spoken_of_to_the_secretariat_as_well(self, office: Application, tmp_path: Path) -> None:
        planned(office, tmp_path, ("Trước ngày 05/3/2026", "Thanh tra", ""))
        play(office, (PUBLISHED_ON, date(2026, 2, 25)))
        with office.database.write(office.clock.now()) as uow:
            ((obligation, duty),) = uow.obligations.listing()
            duty.assigned_by = "Ủy ban nhân dân tỉnh Sông Lam"
            uow._session.flush()
            RungPlanner(uow).plan_anew(obligation, not_before=date(2026, 2, 26))
            office_people = {one.user for one in uow.people.in_role(Role.SECRETARIAT)}
        said = play(office, days(date(2026, 2, 26), date(2026, 3, 6)))
        assert office_people <= set(said)
        assert said["vp.thuongtruc1"] == ["26/02 1 introduction", *said["thanhtra.daumoi"]]


class TestTheLeadersWeek:
    def test_is_told_on_its_first_working_morning_and_once(self, office: Application) -> None:
        with office.database.write(office.clock.now()) as uow:
            leader = uow.directory.person_with_user("phogiamdoc").id or 0
            leave = Absence(
                person_id=leader,
                first_on=date(2026, 1, 5),
                last_on=date(2026, 1, 6),
                recorded_by="quantri",
                recorded_at=office.clock.now(),
            )
            uow._session.add(leave)
        told: dict[str, list[str]] = {"giamdoc": [], "phogiamdoc": []}
        turn_of_the_year = days(date(2025, 12, 22), date(2026, 1, 9))
        around_tet = days(date(2026, 2, 9), date(2026, 2, 25))  # without a working day from 14/02 to 22/02
        behind_a_holiday = days(date(2026, 4, 24), date(2026, 4, 29))  # Monday is a day off
        for day in (*turn_of_the_year, *around_tet, *behind_a_holiday):
            play(office, [day])
            with office.database.read() as uow:
                for one in uow.outbox.deliveries(day):
                    user = uow.directory.person(one.person_id).user
                    if user in told:
                        assert one.kind is DeliveryKind.WEEKLY
                        told[user].append(f"{day:%d/%m}")
        assert told["giamdoc"] == ["22/12", "29/12", "05/01", "09/02", "23/02", "24/04", "28/04"]
        assert told["phogiamdoc"] == ["22/12", "29/12", "07/01", "09/02", "23/02", "24/04", "28/04"]
