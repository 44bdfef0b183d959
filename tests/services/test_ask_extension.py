"""Asking for a later day: by the unit that leads, once, until it is decided or no longer needed."""

from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    CchcError,
    ExtensionAskedAlready,
    ExtensionDecided,
    ExtensionOfInput,
    ExtensionReasonMissing,
    ExtensionTooEarly,
    NoDueDay,
    NoRight,
    ObligationUnknown,
    StageForbids,
)
from cchc_tasks.domain.vocabulary import ExtensionState, Stage, Standing
from cchc_tasks.services.list_extensions import list_extensions
from tests.conftest import actor_of
from tests.journeys.chain import import_text, publish
from tests.services.extended import (
    APRIL_15,
    FOREIGN,
    HEAD,
    LINES,
    MARCH_24,
    MARCH_31,
    OFFICE,
    OFFICER,
    ask,
    ask_for,
    grant,
    kept,
    line_of,
    noon,
    refuse,
    request_of,
    rungs,
    submit,
)


class TestAsking:
    def test_keeps_the_day_and_its_reminders_until_it_is_decided(self, small_office: Application) -> None:
        before = rungs(small_office, "1")
        asked = request_of(small_office, ask(small_office, "1", APRIL_15))
        assert (asked.due_on, asked.asked_until, asked.state) == (MARCH_31, APRIL_15, ExtensionState.ASKED)
        assert kept(small_office, "1").due_on == MARCH_31
        assert rungs(small_office, "1") == before

    def test_is_possible_after_the_day_and_late_until_decided(self, small_office: Application) -> None:
        late_on = date(2026, 4, 8)
        asked = ask(small_office, "1", APRIL_15, on=late_on)
        assert (line_of(small_office, "1", late_on).standing, line_of(small_office, "1", late_on).days_late) == (
            Standing.OVERDUE,
            8,
        )
        grant(small_office, asked, on=late_on)
        assert line_of(small_office, "1", late_on).standing is Standing.DUE_SOON

    @pytest.mark.parametrize(
        ("code", "until", "why", "user", "refusal"),
        [
            ("1", MARCH_31, "x", HEAD, ExtensionTooEarly),
            ("1", APRIL_15, "  ", HEAD, ExtensionReasonMissing),
            ("1", APRIL_15, "x", FOREIGN, NoRight),
            ("1", APRIL_15, "x", OFFICER, NoRight),
            ("1", APRIL_15, "x", OFFICE, NoRight),
            ("3", APRIL_15, "x", HEAD, NoDueDay),
        ],
    )
    def test_is_refused_with_a_reason(
        self, small_office: Application, code: str, until: date, why: str, user: str, refusal: type[CchcError]
    ) -> None:
        with pytest.raises(refusal):
            ask(small_office, code, until, why=why, user=user)
        assert list_extensions(small_office.database, actor=LOCAL_ADMINISTRATOR, waiting=False) == []

    def test_is_for_what_exists_and_waits_for_the_unit(self, small_office: Application) -> None:
        submit(small_office, "1", MARCH_24)
        with pytest.raises(StageForbids):
            ask(small_office, "1", APRIL_15)
        with pytest.raises(ObligationUnknown):
            ask_for(small_office, 999)

    def test_is_not_for_what_another_unit_asked_of_this_one(self, small_office: Application) -> None:
        asked_of, parent = line_of(small_office, "1").id, line_of(small_office, "2").id
        with small_office.database.write(noon(MARCH_24)) as uow:
            uow.obligations.get(asked_of).parent_id = parent
        with pytest.raises(ExtensionOfInput):
            ask_for(small_office, asked_of)

    def test_waits_for_the_answer_to_the_first_request(self, small_office: Application) -> None:
        asked = ask(small_office, "1", APRIL_15)
        with pytest.raises(ExtensionAskedAlready):
            ask(small_office, "1", date(2026, 4, 30))
        refuse(small_office, asked)
        ask(small_office, "1", date(2026, 4, 30))


class TestWithdrawing:
    def test_happens_when_the_evidence_comes_first(self, small_office: Application) -> None:
        asked = ask(small_office, "1", APRIL_15)
        submit(small_office, "1", date(2026, 3, 30))
        assert request_of(small_office, asked).state is ExtensionState.WITHDRAWN
        with pytest.raises(ExtensionDecided):
            grant(small_office, asked)

    def test_happens_when_a_new_version_ends_the_duty(self, small_office: Application, tmp_path: Path) -> None:
        asked = ask(small_office, "1", APRIL_15)
        ended = request_of(small_office, asked).obligation_id
        changed = "\n".join(LINES).replace("31/3/2026", "30/4/2026")
        publish(small_office, import_text(small_office, tmp_path, changed, replaces=1).plan_id, MARCH_24)
        with small_office.database.read() as uow:
            assert uow.obligations.get(ended).stage is Stage.DROPPED
        assert request_of(small_office, asked).state is ExtensionState.WITHDRAWN


class TestList:
    def test_shows_units_their_own_requests_and_the_office_all(self, small_office: Application) -> None:
        asked = ask(small_office, "1", APRIL_15)
        (line,) = list_extensions(small_office.database, actor=actor_of(small_office, HEAD), waiting=True)
        assert (line.id, line.units, line.days, line.reason) == (asked, ("Thanh tra",), 15, "Chờ số liệu")
        assert list_extensions(small_office.database, actor=actor_of(small_office, FOREIGN), waiting=True) == []
        refuse(small_office, asked)
        seen_by_all = actor_of(small_office, "giamdoc")
        assert list_extensions(small_office.database, actor=seen_by_all, waiting=True) == []
        assert [one.state for one in list_extensions(small_office.database, actor=seen_by_all, waiting=False)] == [
            "REFUSED"
        ]
