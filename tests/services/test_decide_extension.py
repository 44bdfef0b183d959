"""Extensions are decided by document, with the reminders planned anew in the same moment."""

from collections.abc import Iterable
from datetime import date

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    DocumentNumberMissing,
    ExtensionDecided,
    ExtensionReasonMissing,
    ExtensionTooEarly,
    ExtensionUnknown,
    NoRight,
    SuperiorNumberMissing,
)
from cchc_tasks.domain.vocabulary import Bound, ExtensionState, Outcome, ReminderState, Stage, Standing
from cchc_tasks.services.decide_extension import Grant
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.open_obligations import open_obligations
from cchc_tasks.services.set_internal_day import set_internal_day
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from cchc_tasks.store.internal_days import Chosen
from tests.conftest import actor_of
from tests.services.conftest import drained
from tests.services.extended import (
    APRIL_15,
    HEAD,
    MARCH_24,
    MARCH_31,
    OFFICE,
    ask,
    grant,
    kept,
    line_of,
    noon,
    refuse,
    request_of,
    rungs,
    submit,
)
from tests.services.test_deliver import Postbox

JAN_15 = date(2027, 1, 15)


def give_back(app: Application, evidence_id: int, outcome: Outcome, on: date, until: date) -> None:
    verify_evidence(
        app.database,
        evidence_id,
        Decision(outcome, "Thiếu biểu", until),
        actor=actor_of(app, OFFICE),
        today=on,
        now=noon(on),
        supplement_working_days=3,
    )


def morning(app: Application, on: date) -> None:
    """What is due goes out."""
    decide_reminders(app.database, on=on, actor=LOCAL_ADMINISTRATOR, now=noon(on))
    drained(app, Postbox(), on)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def unique(those: Iterable[date]) -> list[date]:
    return list(dict.fromkeys(those))


class TestGranting:
    @pytest.mark.parametrize(
        ("code", "on", "until", "aim_on", "first_days", "last_days"),
        [
            # in mid-ladder: a Wednesday
            (
                "1",
                MARCH_24,
                APRIL_15,
                APRIL_15,
                ["2026-04-01", "2026-04-08"],
                ["2026-04-16", "2026-04-20", "2026-04-22"],
            ),
            # late already
            ("1", date(2026, 4, 8), APRIL_15, APRIL_15, ["2026-04-08"], ["2026-04-16", "2026-04-20", "2026-04-22"]),
            # into the next year, from one printed last day to a Friday
            ("2", date(2026, 12, 21), JAN_15, JAN_15, ["2026-12-31"], ["2027-01-18", "2027-01-22"]),
            # into Tết: the day granted counts, reminders end before the days off
            ("4", date(2026, 2, 2), date(2026, 2, 18), date(2026, 2, 13), ["2026-02-06"], ["2026-02-23", "2026-02-25"]),
            # from a month's end to the next month's
            ("5", date(2026, 2, 24), MARCH_31, MARCH_31, ["2026-02-27"], ["2026-04-01", "2026-04-03", "2026-04-07"]),
        ],
        ids=["mid-ladder", "late", "year's end", "Tết", "month's end"],
    )
    def test_moves_the_day_and_every_reminder_with_it(
        self,
        small_office: Application,
        code: str,
        on: date,
        until: date,
        aim_on: date,
        first_days: list[str],
        last_days: list[str],
    ) -> None:
        old = kept(small_office, code)
        grant(small_office, ask(small_office, code, until, on=on), on=on)
        new = kept(small_office, code)
        assert (new.due_on, new.aim_on, new.late_after, new.bound) == (until, aim_on, until, Bound.BY)
        assert (new.stated_on, new.slot) == (old.stated_on, old.slot)
        planned = unique(day for _, day in rungs(small_office, code))
        assert planned == sorted(planned)
        planned = [day for day in planned if day >= on]  # no morning was held before: their word waits
        assert (first_days, last_days) == (
            [str(day) for day in planned[: len(first_days)]],
            [str(day) for day in planned if day > until],
        )

    def test_keeps_what_was_sent_and_lets_nothing_of_the_old_day_fire(self, small_office: Application) -> None:
        for day in days("2026-02-27", "2026-03-16", "2026-03-23"):
            morning(small_office, day)
        sent = rungs(small_office, "1", ReminderState.SENT)
        assert [name for name, _ in sent] == ["before-30", "before-14", "before-7"]
        grant(small_office, ask(small_office, "1", APRIL_15))
        assert rungs(small_office, "1", ReminderState.SENT) == sent
        for day in days("2026-03-27", "2026-03-30", "2026-03-31"):
            morning(small_office, day)
            assert rungs(small_office, "1", ReminderState.SENT) == sent
        morning(small_office, date(2026, 4, 1))
        assert rungs(small_office, "1", ReminderState.SENT) == [*sent, ("before-14", date(2026, 4, 1))]

    def test_twice_keeps_both_days_and_judges_by_the_last(self, small_office: Application) -> None:
        first, second = date(2026, 4, 10), date(2026, 4, 24)
        grant(small_office, ask(small_office, "1", first))
        again = date(2026, 4, 9)
        grant(small_office, ask(small_office, "1", second, on=again), Grant("Số 52/SGDĐT-VP"), on=again)
        with small_office.database.read() as uow:
            moved = uow.extensions.granted([line_of(small_office, "1").id])[line_of(small_office, "1").id]
        assert [(one.due_on, one.number) for one in moved] == [(MARCH_31, "45/SGDĐT-VP"), (first, "52/SGDĐT-VP")]
        assert line_of(small_office, "1", second).standing is Standing.DUE_SOON
        assert line_of(small_office, "1", date(2026, 4, 25)).standing is Standing.OVERDUE
        later = unique(day for _, day in rungs(small_office, "1") if day > second)
        assert later == days("2026-04-28", "2026-05-04")  # behind the days off of 26 April and 1 May

    def test_may_give_another_day_than_was_asked_but_none_before_the_present_one(
        self, small_office: Application
    ) -> None:
        asked = ask(small_office, "1", APRIL_15)
        with pytest.raises(ExtensionTooEarly):
            grant(small_office, asked, Grant("45/SGDĐT-VP", MARCH_31))
        assert grant(small_office, asked, Grant("45/SGDĐT-VP", date(2026, 4, 3))) == date(2026, 4, 3)
        assert kept(small_office, "1").due_on == date(2026, 4, 3)

    def test_needs_its_document_and_the_superiors_where_the_duty_came_from_above(
        self, small_office: Application
    ) -> None:
        asked = ask(small_office, "1", APRIL_15)
        with pytest.raises(DocumentNumberMissing):
            grant(small_office, asked, Grant(" "))
        with small_office.database.write(noon(MARCH_24)) as uow:
            uow.obligations.duty(line_of(small_office, "1").duty_id).assigned_by = "UBND tỉnh"
        with pytest.raises(SuperiorNumberMissing):
            grant(small_office, asked)
        assert kept(small_office, "1").due_on == MARCH_31
        grant(small_office, asked, Grant("45/SGDĐT-VP", superior_number="số 9/UBND-KGVX"))
        assert request_of(small_office, asked).superior_number == "9/UBND-KGVX"

    def test_takes_the_internal_day_with_it(self, small_office: Application) -> None:
        internal = date(2026, 3, 26)
        chosen = Chosen(obligation_ids=(line_of(small_office, "1").id,))
        office_side = actor_of(small_office, OFFICE)
        set_internal_day(small_office.database, chosen, internal, actor=office_side, today=MARCH_24, now=noon(MARCH_24))
        grant(small_office, ask(small_office, "1", APRIL_15))
        assert kept(small_office, "1").internal_due_on is None
        assert next(one for one in rungs(small_office, "1") if one[1] >= MARCH_24) == ("before-14", date(2026, 4, 1))

    def test_opens_nothing_on_the_old_day_again(self, small_office: Application) -> None:
        grant(small_office, ask(small_office, "1", APRIL_15))
        opened = open_obligations(
            small_office.database, on=MARCH_24, horizon_months=13, actor=LOCAL_ADMINISTRATOR, now=noon(MARCH_24)
        )
        assert opened == 0

    def test_is_the_secretariats_and_happens_once(self, small_office: Application) -> None:
        asked = ask(small_office, "1", APRIL_15)
        for user in (HEAD, "giamdoc", "quantri"):
            with pytest.raises(NoRight):
                grant(small_office, asked, user=user)
        grant(small_office, asked)
        with pytest.raises(ExtensionDecided, match="đã đồng ý"):
            grant(small_office, asked)
        with pytest.raises(ExtensionDecided):
            refuse(small_office, asked)
        with pytest.raises(ExtensionUnknown):
            grant(small_office, 999)


class TestRefusing:
    def test_leaves_the_day_and_its_reminders_and_says_why(self, small_office: Application) -> None:
        before = rungs(small_office, "1")
        asked = ask(small_office, "1", APRIL_15)
        with pytest.raises(ExtensionReasonMissing):
            refuse(small_office, asked, " ")
        refuse(small_office, asked, "Việc đã giao từ đầu năm")
        decided = request_of(small_office, asked)
        assert (decided.state, decided.answer, decided.decided_by) == (
            ExtensionState.REFUSED,
            "Việc đã giao từ đầu năm",
            OFFICE,
        )
        assert (kept(small_office, "1").due_on, rungs(small_office, "1")) == (MARCH_31, before)


class TestReturnedWork:
    def test_extended_after_a_return_to_complete_is_late_after_the_later_day(self, small_office: Application) -> None:
        supplement = date(2026, 4, 8)
        on = date(2026, 4, 3)
        give_back(small_office, submit(small_office, "1", on), Outcome.RETURNED_TO_COMPLETE, on, supplement)
        assert line_of(small_office, "1", on).days_late == 3
        grant(small_office, ask(small_office, "1", date(2026, 4, 6), on=on), on=on)
        one = kept(small_office, "1")
        assert (one.stage, one.supplement_due_on, one.late_after) == (Stage.RETURNED, supplement, supplement)
        # what came first is judged by the new day, and the reminders still speak of the hạn bổ sung
        assert one.judged_on == on <= date(2026, 4, 6)
        assert [day for _, day in rungs(small_office, "1") if day <= supplement][-1] == supplement
        again = date(2026, 4, 7)
        grant(small_office, ask(small_office, "1", APRIL_15, on=again), Grant("52/SGDĐT-VP"), on=again)
        assert kept(small_office, "1").late_after == APRIL_15

    def test_extended_after_a_return_to_redo_is_judged_anew_by_the_new_day(self, small_office: Application) -> None:
        on = date(2026, 4, 3)
        give_back(small_office, submit(small_office, "1", on), Outcome.RETURNED_TO_REDO, on, date(2026, 4, 20))
        grant(small_office, ask(small_office, "1", APRIL_15, on=on), on=on)
        one = kept(small_office, "1")
        assert (one.judged_on, one.late_after) == (None, APRIL_15)
