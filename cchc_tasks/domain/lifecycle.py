"""An obligation's life: which deed is possible in which stage, and how it stands against its date on a day.

Source of the rules: docs/promises.md, promises 6 and 7. Days are local dates in Asia/Ho_Chi_Minh.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.errors import StageForbids
from cchc_tasks.domain.vocabulary import Outcome, Stage, Standing

WAITING_FOR_UNIT = frozenset({Stage.OPEN, Stage.ACKNOWLEDGED, Stage.RETURNED})
WAITING_FOR_OFFICE = frozenset({Stage.SUBMITTED, Stage.FORWARDED})

STAGE_IN_WORDS = {
    Stage.DRAFT: "chưa giao",
    Stage.OPEN: "đã giao",
    Stage.ACKNOWLEDGED: "đã tiếp nhận",
    Stage.SUBMITTED: "đã báo cáo – chờ xác nhận",
    Stage.FORWARDED: "đã trình – chờ cấp trên",
    Stage.RETURNED: "yêu cầu bổ sung",
    Stage.VERIFIED: "hoàn thành",
    Stage.SUSPENDED: "tạm dừng",
    Stage.DROPPED: "thôi thực hiện",
    Stage.NOT_TRIGGERED: "không phát sinh",
}

STANDING_IN_WORDS = {
    Standing.NO_DEADLINE: "không có thời hạn",
    Standing.ON_TRACK: "đang thực hiện",
    Standing.DUE_SOON: "sắp đến hạn",
    Standing.OVERDUE: "quá hạn",
    Standing.AWAITING: "đã báo cáo – chờ xác nhận",
    Standing.DONE_ON_TIME: "hoàn thành đúng hạn",
    Standing.DONE_LATE: "hoàn thành quá hạn",
}

_DEEDS = {
    "tiếp nhận": (frozenset({Stage.OPEN}), Stage.ACKNOWLEDGED),
    "nộp": (WAITING_FOR_UNIT, Stage.SUBMITTED),
    "xác nhận": (frozenset({Stage.SUBMITTED}), Stage.VERIFIED),
    "yêu cầu bổ sung": (frozenset({Stage.SUBMITTED}), Stage.RETURNED),
    "giao": (frozenset({Stage.DRAFT}), Stage.OPEN),
    "ghi không phát sinh": (frozenset({Stage.DRAFT}), Stage.NOT_TRIGGERED),
    "thôi thực hiện": (WAITING_FOR_UNIT | WAITING_FOR_OFFICE | {Stage.DRAFT, Stage.SUSPENDED}, Stage.DROPPED),
}


@dataclass(frozen=True, slots=True)
class Submission:
    """One revision handed in, and what was decided about it (None while it waits)."""

    received_on: date
    outcome: Outcome | None = None


def after(deed: str, stage: Stage) -> Stage:
    """The stage behind a deed; raises StageForbids where the present stage does not allow it."""
    allowed, then = _DEEDS[deed]
    if stage not in allowed:
        raise StageForbids(deed=deed, stage=STAGE_IN_WORDS[stage])
    return then


def judged_on(submissions: Sequence[Submission]) -> date | None:
    """The day by which timeliness is judged, from all submissions in order; None before any counts.

    A return *to complete* leaves the first submission's day standing; a return *to redo* forgets it.
    """
    judged: date | None = None
    for submission in submissions:
        judged = judged or submission.received_on
        if submission.outcome is Outcome.RETURNED_TO_REDO:
            judged = None
    return judged


def late_after(due_on: date | None, supplement_due_on: date | None, submissions: Sequence[Submission]) -> date | None:
    """The last day on which a waiting obligation is not late; None without a deadline.

    After a return to complete it is the later of the due day and the hạn bổ sung; otherwise the due day.
    """
    if due_on is None or supplement_due_on is None or not submissions:
        return due_on
    if submissions[-1].outcome is Outcome.RETURNED_TO_COMPLETE:
        return max(due_on, supplement_due_on)
    return due_on


def standing(
    stage: Stage,
    due_on: date | None,
    supplement_due_on: date | None,
    submissions: Sequence[Submission],
    *,
    on: date,
    due_soon_days: int,
) -> Standing | None:
    """How an obligation stands on a day; None for those that are not counted (draft, suspended, dropped, …)."""
    if stage in WAITING_FOR_OFFICE:
        return Standing.AWAITING
    if stage is Stage.VERIFIED:
        judged = judged_on(submissions)
        late = due_on is not None and judged is not None and judged > due_on
        return Standing.DONE_LATE if late else Standing.DONE_ON_TIME
    if stage not in WAITING_FOR_UNIT:
        return None
    last = late_after(due_on, supplement_due_on, submissions)
    if last is None:
        return Standing.NO_DEADLINE
    if on > last:
        return Standing.OVERDUE
    return Standing.DUE_SOON if last - on <= timedelta(days=due_soon_days) else Standing.ON_TRACK


def days_late(stage: Stage, due_on: date | None, submissions: Sequence[Submission], *, on: date) -> int:
    """Whole days past the due day: up to `on` while the unit is awaited, up to the judged day once handed in."""
    until = on if stage in WAITING_FOR_UNIT else judged_on(submissions)
    if due_on is None or until is None:
        return 0
    return max(0, (until - due_on).days)
