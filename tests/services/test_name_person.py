"""People assigned by name: of the own unit, by a day within the due day, reminded against it."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import (
    CchcError,
    DayBeyondDue,
    DayPast,
    NoRight,
    PersonNotNamed,
    PersonOfOtherUnit,
    StageForbids,
    UserUnknown,
)
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.services.add_duty import NewDuty, add_duty
from cchc_tasks.services.disable_user import disable_user
from cchc_tasks.services.name_person import name_person, unname_person
from cchc_tasks.services.unit_work import unit_work
from tests.conftest import actor_of
from tests.services.conftest import NOON, TODAY
from tests.services.test_add_duty import LOCAL_ADMINISTRATOR, rungs

HEAD, OFFICER = "tccb.truong", "tccb.chuyenvien"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OWN_DAY, DUE = date(2026, 4, 10), date(2026, 4, 20)

REFUSED: list[tuple[dict[str, Any], type[CchcError]]] = [
    ({"by": date(2026, 4, 21)}, DayBeyondDue),
    ({"by": date(2026, 3, 23)}, DayPast),
    ({"user": "khtc.daumoi"}, PersonOfOtherUnit),
    ({"user": "khong.co"}, UserUnknown),
    ({"actor": "gdmn.truong"}, NoRight),
    ({"actor": "tccb.daumoi"}, NoRight),
]


@pytest.fixture
def owed(published: Application) -> int:
    """An obligation of two departments together, due on 20 April."""
    new = NewDuty("Rà soát", "5/UBND-VX", date(2026, 3, 20), ["TCCB", "KH-TC"], DUE)
    return add_duty(published.database, new, actor=LOCAL_ADMINISTRATOR, today=TODAY, now=NOON).obligation_ids[0]


def name(app: Application, owed: int, user: str = OFFICER, by: date | None = OWN_DAY, actor: str = HEAD) -> None:
    name_person(app.database, owed, user, by=by, actor=actor_of(app, actor), today=TODAY, now=NOON)


def own_jobs(app: Application, user: str) -> set[int]:
    actor = actor_of(app, user)
    with app.database.read() as uow:
        person_id = uow.directory.person_with_user(user).id
    seen = unit_work(app.database, on=TODAY, zone=ZONE, answer_working_days=3, actor=actor, person_id=person_id)
    return {job.id for section in (seen.overdue, seen.due_soon, seen.later) for job in section.jobs}


class TestNaming:
    def test_tells_the_person_and_reminds_against_the_own_day(self, published: Application, owed: int) -> None:
        before = rungs(published, owed)
        name(published, owed)
        hers = {(step, day) for user, step, day in rungs(published, owed) if user == OFFICER}
        assert ("introduction", TODAY) in hers
        assert ("before-7", date(2026, 4, 3)) in hers
        others = {one for one in rungs(published, owed) if one[0] != OFFICER}
        assert {one for one in before if one[1] != "introduction"} <= others

    def test_is_shown_among_the_own_work_and_changes_its_day_the_second_time(
        self, published: Application, owed: int
    ) -> None:
        assert owed not in own_jobs(published, OFFICER)
        name(published, owed)
        name(published, owed, by=None)
        assert owed in own_jobs(published, OFFICER)
        with published.database.read() as uow:
            assert [(one.user, one.due_on) for one in uow.named_people.rows(owed)] == [(OFFICER, None)]

    def test_ends_with_all_that_was_planned_for_the_person(self, published: Application, owed: int) -> None:
        name(published, owed)
        unname_person(published.database, owed, OFFICER, actor=actor_of(published, HEAD), today=TODAY, now=NOON)
        assert not [one for one in rungs(published, owed) if one[0] == OFFICER]
        assert rungs(published, owed)
        with pytest.raises(PersonNotNamed):
            unname_person(published.database, owed, OFFICER, actor=actor_of(published, HEAD), today=TODAY, now=NOON)

    def test_is_refused(self, published: Application, owed: int) -> None:
        before = rungs(published, owed)
        for call, error in REFUSED:
            with pytest.raises(error):
                name(published, owed, **call)
        assert rungs(published, owed) == before

    def test_is_refused_of_a_disabled_person_and_for_work_that_is_done(self, published: Application, owed: int) -> None:
        disable_user(published.database, OFFICER, on=TODAY, actor=LOCAL_ADMINISTRATOR, now=NOON)
        with pytest.raises(UserUnknown):
            name(published, owed)
        with published.database.write(NOON) as uow:
            uow.obligations.locked(owed).stage = Stage.VERIFIED
        with pytest.raises(StageForbids):
            name(published, owed, user="tccb.daumoi")
