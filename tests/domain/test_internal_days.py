"""Internal days: set where the unit is awaited and the day is not behind the due day; all others say why not."""

from datetime import date

import pytest

from cchc_tasks.domain.errors import InternalDayPast
from cchc_tasks.domain.internal_days import LeftOut, hold_not_past, left_out
from cchc_tasks.domain.vocabulary import Stage

DUE = date(2026, 12, 31)
ON = date(2026, 12, 5)


class TestInternalDay:
    @pytest.mark.parametrize(
        ("on", "stage", "due_on", "present", "is_input", "reason"),
        [
            (ON, Stage.OPEN, DUE, None, False, None),
            (ON, Stage.ACKNOWLEDGED, DUE, date(2026, 12, 1), False, None),
            (DUE, Stage.OPEN, DUE, None, False, None),
            (ON, Stage.OPEN, date(2026, 12, 4), None, False, LeftOut.DUE_EARLIER),
            (ON, Stage.OPEN, None, None, False, LeftOut.UNDATED),
            (ON, Stage.OPEN, DUE, ON, False, LeftOut.UNCHANGED),
            (ON, Stage.OPEN, DUE, None, True, LeftOut.INPUT),
            (ON, Stage.RETURNED, DUE, None, False, LeftOut.RETURNED),
            *((ON, stage, DUE, None, False, LeftOut.NOT_AWAITED) for stage in (Stage.DRAFT, Stage.SUBMITTED)),
            *((ON, stage, DUE, None, False, LeftOut.NOT_AWAITED) for stage in (Stage.VERIFIED, Stage.DROPPED)),
            # cleared wherever one is set
            (None, Stage.OPEN, DUE, ON, False, None),
            (None, Stage.VERIFIED, DUE, ON, False, None),
            (None, Stage.OPEN, DUE, None, False, LeftOut.NONE_SET),
        ],
    )
    def test_is_set_or_left_out_with_a_reason(
        self,
        on: date | None,
        stage: Stage,
        due_on: date | None,
        present: date | None,
        is_input: bool,
        reason: LeftOut | None,
    ) -> None:
        assert left_out(on, stage=stage, due_on=due_on, internal_due_on=present, is_input=is_input) is reason

    def test_is_not_set_on_a_day_that_is_over(self) -> None:
        hold_not_past(ON, ON)
        hold_not_past(None, ON)
        with pytest.raises(InternalDayPast, match="05/12/2026"):
            hold_not_past(ON, date(2026, 12, 6))
