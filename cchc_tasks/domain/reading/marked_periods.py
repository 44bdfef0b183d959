"""A row of crosses below "Tháng 1 … Tháng 12": the words of time they stand for, and the question whether they do."""

import re
from collections.abc import Mapping, Sequence

from cchc_tasks.domain.reading.findings import Question


def marked_periods(marks: Mapping[str, str], title: str) -> tuple[str, tuple[Question, ...]]:
    """The time that a row's marks give, by the period of their column, and what is to be asked about it.

    Crosses next to each other may mean one stretch or each period; other words beside a cross are for the office to
    read. Nothing is asked where nothing is marked: then the time is simply blank.
    """
    periods = list(marks)
    marked = [place for place, period in enumerate(periods) if marks[period].strip()]
    if not marked:
        return "", ()
    each = "; ".join(periods[place] for place in marked)
    words = {periods[place]: " ".join(marks[periods[place]].split()) for place in marked}
    if not all(_CROSS.fullmatch(word) for word in words.values()):
        printed = "; ".join(f"{period}: {word}" for period, word in words.items())
        return printed, (_question(title, printed, None, ()),)
    if not _adjoin(marked):
        return each, (_question(title, each, each, (each,)),)
    through = f"từ {periods[marked[0]]} đến {periods[marked[-1]]}"
    return through, (_question(title, each, through, (through, each)),)


_CROSS = re.compile(r"[xX×✓✔☑☒✗✘√●•■*+vV]{1,3}")


def _adjoin(places: Sequence[int]) -> bool:
    return len(places) > 1 and places[-1] - places[0] == len(places) - 1


def _question(title: str, marked: str, proposal: str | None, choices: tuple[str, ...]) -> Question:
    return Question(
        code="time-from-marks",
        about="time",
        text=f"Thời gian của nhiệm vụ “{title}” chỉ được đánh dấu ở các cột: {marked}. Thời hạn thực hiện là khi nào?",
        proposal=proposal,
        choices=choices,
    )
