"""Ladders of reminders as the office sets them: their names in words, and whether the steps can be climbed."""

from collections.abc import Sequence

from cchc_tasks.domain.errors import LadderInvalid
from cchc_tasks.domain.reminders import SUPPLEMENT, Ladder
from cchc_tasks.domain.vocabulary import Frequency

LADDER_IN_WORDS = {
    Frequency.YEARLY.value: "hằng năm, một lần",
    Frequency.HALF_YEARLY.value: "6 tháng",
    Frequency.QUARTERLY.value: "hằng quý",
    Frequency.MONTHLY.value: "hằng tháng",
    Frequency.BIWEEKLY.value: "hai tuần",
    Frequency.WEEKLY.value: "hằng tuần",
    SUPPLEMENT: "hạn bổ sung",
}
LONGEST = 365  # days before or after the day
MOST_STEPS = 30


def read_ladder(name: str, before: str, after: str, at_most: int | None) -> Ladder:
    """A ladder from days as people type them ("30,14,7"), in the order of the calendar; raises LadderInvalid."""
    ladder = Ladder(
        name,
        tuple(sorted(_days(before, least=0), reverse=True)),
        tuple(sorted(_days(after, least=1))),
        at_most,
    )
    if not ladder.before and not ladder.after:
        raise LadderInvalid(reason="cần ít nhất một mốc")
    if len(ladder.before) + len(ladder.after) > MOST_STEPS:
        raise LadderInvalid(reason=f"nhiều nhất {MOST_STEPS} mốc")
    if at_most is not None and at_most < 1:
        raise LadderInvalid(reason="số lần nhiều nhất phải từ 1")
    return ladder


def ladder_in_words(before: Sequence[int], after: Sequence[int], at_most: int | None) -> str:
    """The steps as one line: "trước 14, 7, 1, 0 ngày; sau 1, 3 ngày; nhiều nhất 5 lần"."""
    parts = [f"trước {_listed(before)} ngày"] if before else []
    parts += [f"sau {_listed(after)} ngày"] if after else []
    parts += [f"nhiều nhất {at_most} lần"] if at_most else []
    return "; ".join(parts)


def _listed(days: Sequence[int]) -> str:
    return ", ".join(map(str, days))


def _days(text: str, *, least: int) -> set[int]:
    pieces = [piece.strip() for piece in text.split(",")] if text.strip() else []
    if not all(piece.isascii() and piece.isdecimal() and len(piece) <= 3 for piece in pieces):
        raise LadderInvalid(reason=f"“{text}” không phải là các số ngày cách nhau bằng dấu phẩy")
    days = {int(piece) for piece in pieces}
    if len(days) < len(pieces):
        raise LadderInvalid(reason=f"“{text}” ghi một số ngày hai lần")
    if any(not least <= day <= LONGEST for day in days):
        raise LadderInvalid(reason=f"số ngày phải từ {least} đến {LONGEST}")
    return days
