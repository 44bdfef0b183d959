"""How an obligation stands: every line of the table is one sentence of promise 6."""

from datetime import date

import pytest

from cchc_tasks.domain.errors import StageForbids
from cchc_tasks.domain.lifecycle import Submission, after, days_late, judged_on, standing
from cchc_tasks.domain.vocabulary import Outcome, Stage, Standing

DUE = date(2026, 3, 5)
COMPLETE, REDO, ACCEPTED = Outcome.RETURNED_TO_COMPLETE, Outcome.RETURNED_TO_REDO, Outcome.ACCEPTED


def handed(*submissions: tuple[int, Outcome | None]) -> list[Submission]:
    """Submissions by their day of March 2026 and what was decided."""
    return [Submission(date(2026, 3, day), outcome) for day, outcome in submissions]


class TestStanding:
    @pytest.mark.parametrize(
        ("stage", "supplement", "submissions", "on", "stands"),
        [
            # before, on and after the day
            (Stage.OPEN, None, [], date(2026, 2, 25), Standing.ON_TRACK),
            (Stage.OPEN, None, [], date(2026, 2, 26), Standing.DUE_SOON),
            (Stage.OPEN, None, [], DUE, Standing.DUE_SOON),
            (Stage.ACKNOWLEDGED, None, [], date(2026, 3, 6), Standing.OVERDUE),
            # while the office looks at it, the unit's clock stands
            (Stage.SUBMITTED, None, handed((3, None)), date(2026, 4, 1), Standing.AWAITING),
            (Stage.FORWARDED, None, handed((3, None)), date(2026, 4, 1), Standing.AWAITING),
            # returned to complete: late only after the later of the due day and the hạn bổ sung
            (Stage.RETURNED, date(2026, 3, 10), handed((3, COMPLETE)), date(2026, 3, 10), Standing.DUE_SOON),
            (Stage.RETURNED, date(2026, 3, 10), handed((3, COMPLETE)), date(2026, 3, 11), Standing.OVERDUE),
            (Stage.RETURNED, date(2026, 3, 4), handed((2, COMPLETE)), date(2026, 3, 5), Standing.DUE_SOON),
            # returned to redo: late after the due day, whatever the hạn bổ sung
            (Stage.RETURNED, date(2026, 3, 10), handed((3, REDO)), date(2026, 3, 6), Standing.OVERDUE),
            # done: judged by the submission that counts
            (Stage.VERIFIED, None, handed((5, ACCEPTED)), date(2026, 9, 1), Standing.DONE_ON_TIME),
            (Stage.VERIFIED, None, handed((6, ACCEPTED)), date(2026, 9, 1), Standing.DONE_LATE),
            (Stage.VERIFIED, None, handed((5, COMPLETE), (12, ACCEPTED)), date(2026, 9, 1), Standing.DONE_ON_TIME),
            (Stage.VERIFIED, None, handed((3, REDO), (6, ACCEPTED)), date(2026, 9, 1), Standing.DONE_LATE),
            (Stage.VERIFIED, None, handed((3, REDO), (5, ACCEPTED)), date(2026, 9, 1), Standing.DONE_ON_TIME),
            # not counted at all
            (Stage.DRAFT, None, [], date(2026, 9, 1), None),
            (Stage.SUSPENDED, None, [], date(2026, 9, 1), None),
            (Stage.NOT_TRIGGERED, None, [], date(2026, 9, 1), None),
        ],
    )
    def test_follows_the_stage_the_dates_and_the_submissions(
        self, stage: Stage, supplement: date | None, submissions: list[Submission], on: date, stands: Standing | None
    ) -> None:
        assert standing(stage, DUE, supplement, submissions, on=on, due_soon_days=7) is stands

    def test_without_a_date_is_never_late(self) -> None:
        assert standing(Stage.OPEN, None, None, [], on=date(2030, 1, 1), due_soon_days=7) is Standing.NO_DEADLINE


class TestJudgedDay:
    def test_stays_with_the_first_submission_through_returns_to_complete(self) -> None:
        assert judged_on(handed((3, COMPLETE), (8, COMPLETE), (12, ACCEPTED))) == date(2026, 3, 3)

    def test_begins_anew_behind_a_return_to_redo(self) -> None:
        assert judged_on(handed((3, REDO), (8, COMPLETE), (12, ACCEPTED))) == date(2026, 3, 8)

    def test_is_unknown_after_a_return_to_redo(self) -> None:
        assert judged_on(handed((3, REDO))) is None


class TestDaysLate:
    def test_grow_while_the_unit_is_awaited(self) -> None:
        assert days_late(Stage.OPEN, DUE, [], on=date(2026, 3, 12)) == 7

    def test_stop_at_the_judged_submission(self) -> None:
        assert days_late(Stage.VERIFIED, DUE, handed((7, ACCEPTED)), on=date(2026, 9, 1)) == 2

    @pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUSPENDED, Stage.NOT_TRIGGERED])
    def test_are_none_for_what_is_not_owed(self, stage: Stage) -> None:
        assert days_late(stage, DUE, [], on=date(2026, 9, 1)) == 0

    def test_are_none_on_the_day_itself(self) -> None:
        assert days_late(Stage.OPEN, DUE, [], on=DUE) == 0


class TestDeeds:
    @pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.VERIFIED, Stage.SUSPENDED, Stage.DROPPED])
    def test_nothing_is_handed_in_for_what_does_not_wait_for_its_unit(self, stage: Stage) -> None:
        with pytest.raises(StageForbids):
            after("nộp", stage)

    def test_a_submission_can_be_accepted_once(self) -> None:
        assert after("xác nhận", Stage.SUBMITTED) is Stage.VERIFIED
        with pytest.raises(StageForbids):
            after("xác nhận", Stage.VERIFIED)
