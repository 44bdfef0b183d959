"""Internal days (hạn nội bộ): for which obligations one can be set, and why the others are left out."""

from datetime import date
from enum import StrEnum

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import InternalDayPast
from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import Stage


class LeftOut(StrEnum):
    """Why an obligation keeps what it has, as the office is told."""

    NOT_AWAITED = "chưa giao, đã nộp hoặc đã kết thúc"
    RETURNED = "đang bổ sung, nhắc theo hạn bổ sung"
    INPUT = "việc phối hợp, ngày do đơn vị đề nghị phối hợp đặt"
    UNDATED = "không có thời hạn"
    DUE_EARLIER = "hạn sớm hơn ngày này"
    UNCHANGED = "đã đặt đúng ngày này"
    NONE_SET = "chưa đặt hạn nội bộ"


def hold_not_past(on: date | None, today: date) -> None:
    """Raise InternalDayPast for a day that is over; None (clearing) never is."""
    if on is not None and on < today:
        raise InternalDayPast(day=short_date(on))


def left_out(
    on: date | None, *, stage: Stage, due_on: date | None, internal_due_on: date | None, is_input: bool
) -> LeftOut | None:
    """Why an internal day is not set (or, with None, not cleared) for an obligation; None where it is."""
    if on is None:
        return LeftOut.NONE_SET if internal_due_on is None else None
    reasons = {
        LeftOut.NOT_AWAITED: stage not in WAITING_FOR_UNIT,
        LeftOut.RETURNED: stage is Stage.RETURNED,
        LeftOut.INPUT: is_input,
        LeftOut.UNDATED: due_on is None,
        LeftOut.DUE_EARLIER: due_on is not None and due_on < on,
        LeftOut.UNCHANGED: internal_due_on == on,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
