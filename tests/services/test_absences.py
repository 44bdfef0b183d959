"""Absences: who hears in whose place, chosen or named, in chains; and people who come and go."""

from collections.abc import Callable
from datetime import date

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    AbsenceOver,
    AbsenceOverlaps,
    AbsencePast,
    AbsenceUnknown,
    NoRight,
    SpanInvalid,
    StandInUnsuitable,
    UserUnknown,
)
from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.models.obligation import NamedPerson
from cchc_tasks.services.add_absence import NewAbsence, Recorded, add_absence
from cchc_tasks.services.add_user import NewUser, add_user
from cchc_tasks.services.disable_user import disable_user
from cchc_tasks.services.end_absence import end_absence
from cchc_tasks.services.list_absences import list_absences
from tests.conftest import actor_of
from tests.services.planned import obligation_of, rungs_of
from tests.services.test_deliver import Postbox, decide, run

ON = date(2026, 1, 5)
FIRST, LAST = date(2026, 1, 12), date(2026, 1, 16)
DUE = date(2026, 1, 20)
OF_THE_MONTH = date(2026, 3, 25)
MONTHLY = "Giải quyết hồ sơ đúng hạn"


def away(
    app: Application, user: str, first: date = FIRST, last: date = LAST, *, stand_in: str | None = None, by: str = ""
) -> Recorded:
    actor = actor_of(app, by) if by else LOCAL_ADMINISTRATOR
    return add_absence(app.database, NewAbsence(user, first, last, stand_in), actor=actor, on=ON, now=app.clock.now())


def back(app: Application, number: int, on: date = ON) -> str:
    return end_absence(app.database, number, actor=LOCAL_ADMINISTRATOR, on=on, now=app.clock.now())


def hearers(app: Application, on: date) -> dict[str, str | None]:
    with app.database.read() as uow:
        found = uow.absences.hearers(on)
        return {
            uow.directory.person(one).user: uow.directory.person(other).user if other else None
            for one, other in found.items()
        }


def add(app: Application, user: str, role: Role, unit: str = "GDMN") -> None:
    add_user(
        app.database,
        app.passwords,
        NewUser(user, user, unit, role, f"{user}@songlam.example"),
        actor=LOCAL_ADMINISTRATOR,
        on=ON,
        now=app.clock.now(),
    )


def disable(app: Application, user: str) -> int:
    return disable_user(app.database, user, actor=LOCAL_ADMINISTRATOR, on=ON, now=app.clock.now())


def morning(app: Application, on: date) -> dict[str, str]:
    """What the morning says, by the user name that each address begins with."""
    decide(app, on)
    postbox = Postbox()
    run(app, postbox, on)
    return {message.recipient.split("@")[0]: message.text for message in postbox.messages}


class TestStandIn:
    @pytest.mark.parametrize(
        ("user", "stand_in"),
        [
            ("gdmn.daumoi", "gdmn.truong"),
            ("tccb.chuyenvien", "tccb.truong"),
            ("gdmn.truong", "gdmn.daumoi"),
            ("vp.thuongtruc1", "vp.thuongtruc2"),
            ("giamdoc", "phogiamdoc"),
            ("kiemtra", "thanhtra.truong"),
        ],
    )
    def test_is_chosen_by_the_role_of_who_is_away(self, app: Application, user: str, stand_in: str) -> None:
        said = away(app, user)
        assert hearers(app, FIRST) == {user: stand_in}
        with app.database.read() as uow:
            assert said.stand_in == uow.directory.person_with_user(stand_in).name

    def test_is_nobody_where_the_others_are_away_as_well(self, app: Application) -> None:
        away(app, "gdmn.truong", stand_in="gdth.truong")
        assert away(app, "gdmn.daumoi").stand_in is None
        assert hearers(app, FIRST) == {"gdmn.truong": "gdth.truong", "gdmn.daumoi": None}

    def test_of_the_office_may_be_of_another_unit_but_a_heads_may_not(self, app: Application) -> None:
        away(app, "gdmn.daumoi", stand_in="gdth.daumoi", by="vp.thuongtruc1")
        with pytest.raises(StandInUnsuitable, match="không cùng đơn vị"):
            away(app, "gdth.daumoi", stand_in="gdmn.truong", by="gdth.truong")

    def test_is_refused_where_it_could_not_hear(self, app: Application) -> None:
        away(app, "gdth.truong")
        disable(app, "gdtrh.daumoi")
        with pytest.raises(StandInUnsuitable, match="cũng tạm vắng"):
            away(app, "gdth.daumoi", LAST, date(2026, 1, 30), stand_in="gdth.truong")
        with pytest.raises(StandInUnsuitable, match="chính là người tạm vắng"):
            away(app, "gdth.daumoi", stand_in="gdth.daumoi")
        with pytest.raises(UserUnknown):
            away(app, "gdth.daumoi", stand_in="gdtrh.daumoi")

    @pytest.mark.parametrize(
        "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
    )
    def test_that_goes_away_later_is_followed_to_theirs(self, app_on: Callable[[str], Application], kind: str) -> None:
        app = app_on(kind)
        away(app, "gdmn.daumoi", stand_in="gdmn.truong")
        away(app, "gdmn.truong", date(2026, 1, 14), date(2026, 1, 20), stand_in="gdth.truong")
        away(app, "gdth.truong", LAST, LAST, stand_in="gdth.daumoi")
        assert hearers(app, date(2026, 1, 11)) == {}
        assert hearers(app, date(2026, 1, 13)) == {"gdmn.daumoi": "gdmn.truong"}
        assert hearers(app, date(2026, 1, 14)) == {"gdmn.daumoi": "gdth.truong", "gdmn.truong": "gdth.truong"}
        assert set(hearers(app, LAST).values()) == {"gdth.daumoi"}
        assert hearers(app, date(2026, 1, 20)) == {"gdmn.truong": "gdth.truong"}

    def test_whose_account_was_closed_hears_no_more_and_it_waits(self, app: Application) -> None:
        away(app, "gdmn.daumoi", stand_in="gdth.daumoi")
        disable(app, "gdth.daumoi")
        assert hearers(app, FIRST) == {"gdmn.daumoi": None}


class TestPauseOverTheDate:
    def test_sends_to_the_stand_in_and_nothing_to_who_is_away(self, published: Application) -> None:
        away(published, "motcua.daumoi", date(2026, 3, 23), date(2026, 3, 27), stand_in="gdth.daumoi")
        told = morning(published, OF_THE_MONTH)
        assert MONTHLY in told["gdth.daumoi"]
        assert "motcua.daumoi" not in told

    def test_keeps_it_until_the_return_where_nobody_stands_in(self, published: Application) -> None:
        away(published, "motcua.truong", date(2026, 3, 23), date(2026, 3, 27), stand_in="gdth.truong")
        away(published, "motcua.daumoi", date(2026, 3, 23), date(2026, 3, 27))
        assert "motcua.daumoi" not in morning(published, OF_THE_MONTH)
        assert MONTHLY in morning(published, date(2026, 3, 30))["motcua.daumoi"]


class TestRecording:
    def test_of_one_person_twice_on_a_day_is_refused(self, app: Application) -> None:
        away(app, "gdmn.daumoi")
        with pytest.raises(AbsenceOverlaps, match="từ 12/01/2026 đến 16/01/2026"):
            away(app, "gdmn.daumoi", LAST, date(2026, 1, 20))
        away(app, "gdmn.daumoi", date(2026, 1, 17), date(2026, 1, 20))

    @pytest.mark.parametrize(
        ("first", "last", "refusal"),
        [
            (LAST, FIRST, SpanInvalid),
            (FIRST, date(2028, 1, 1), SpanInvalid),
            (date(2025, 12, 1), date(2026, 1, 4), AbsencePast),
        ],
    )
    def test_of_a_span_that_is_none_or_over_is_refused(
        self, app: Application, first: date, last: date, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            away(app, "gdmn.daumoi", first, last)

    def test_is_for_heads_of_the_own_unit_and_for_the_office(self, app: Application) -> None:
        away(app, "gdmn.daumoi", by="gdmn.truong")
        number = away(app, "gdth.daumoi", by="vp.thuongtruc1").number
        for user in ("gdmn.truong", "gdth.daumoi", "giamdoc"):
            with pytest.raises(NoRight):
                away(app, "khtc.daumoi", by=user)
        with pytest.raises(NoRight):
            end_absence(app.database, number, actor=actor_of(app, "gdmn.truong"), on=ON, now=app.clock.now())
        seen = list_absences(app.database, actor=actor_of(app, "gdmn.truong"), on=ON)
        assert [one.user for one in seen.lines] == ["gdmn.daumoi"]
        assert {one.unit for one in seen.people} == {"Phòng Giáo dục Mầm non"}
        everybody = list_absences(app.database, actor=actor_of(app, "vp.thuongtruc1"), on=ON)
        assert [one.user for one in everybody.lines] == ["gdmn.daumoi", "gdth.daumoi"]


class TestEnding:
    def test_lets_a_person_hear_again_from_that_day(self, app: Application) -> None:
        number = away(app, "gdmn.daumoi").number
        back(app, number, date(2026, 1, 14))
        assert hearers(app, date(2026, 1, 13)) == {"gdmn.daumoi": "gdmn.truong"}
        assert hearers(app, date(2026, 1, 14)) == {}
        with pytest.raises(AbsenceOver, match="13/01/2026"):
            back(app, number, date(2026, 1, 14))

    def test_forgets_one_that_never_began(self, app: Application) -> None:
        number = away(app, "gdmn.daumoi").number
        back(app, number, FIRST)
        assert hearers(app, FIRST) == {}
        with pytest.raises(AbsenceUnknown):
            back(app, number, FIRST)


class TestPersonWhoLeft:
    def test_hands_what_was_planned_to_the_others_of_the_unit(self, published: Application) -> None:
        due = obligation_of(published, "2", DUE, "GDMN")
        assert {user for user, rung, _ in rungs_of(published, due) if rung == "before-1"} == {"gdmn.daumoi"}
        assert disable(published, "gdmn.daumoi") > 0
        planned = rungs_of(published, due)
        assert {user for user, _, _ in planned} == {"gdmn.truong"}
        assert "before-1" in {rung for _, rung, _ in planned}
        assert disable(published, "gdmn.daumoi") == 0

    def test_is_assigned_nothing_by_name_any_more(self, published: Application) -> None:
        due = obligation_of(published, "18", date(2026, 6, 30))
        with published.database.write(published.clock.now()) as uow:
            officer = uow.directory.person_with_user("tccb.chuyenvien")
            uow.named_people.add(
                NamedPerson(
                    obligation_id=due.id or 0,
                    person_id=officer.id or 0,
                    named_by="tccb.truong",
                    named_at=published.clock.now(),
                )
            )
        assert disable(published, "tccb.chuyenvien") == 1
        with published.database.read() as uow:
            assert uow.obligations.named([due.id or 0]) == {}


class TestPersonWhoCame:
    @pytest.mark.parametrize(("role", "step"), [(Role.FOCAL, "before-1"), (Role.HEAD, "after-1")])
    def test_hears_from_then_on_of_the_units_work(self, published: Application, role: Role, step: str) -> None:
        due = obligation_of(published, "2", DUE, "GDMN")
        add(published, "gdmn.moi", role)
        planned = rungs_of(published, due)
        assert {"gdmn.moi"} < {user for user, rung, _ in planned if rung == step}
        assert min(day for user, _, day in planned if user == "gdmn.moi") >= ON

    def test_as_an_officer_changes_nothing(self, published: Application) -> None:
        due = obligation_of(published, "2", DUE, "GDMN")
        add(published, "gdmn.moi", Role.OFFICER)
        assert obligation_of(published, "2", DUE, "GDMN").due_version == due.due_version
