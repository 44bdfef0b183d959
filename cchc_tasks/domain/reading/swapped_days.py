"""Days that a workbook stores exchanged: 5/3 typed for the fifth of March, kept as the third of May."""

import re
from collections.abc import Mapping, Sequence

from cchc_tasks.domain.reading.document import Cell, Stored
from cchc_tasks.domain.reading.findings import Question


def swapped_days(cells: Sequence[Cell]) -> Mapping[int, str]:
    """By its place in a column, the other reading of each day that may be exchanged.

    A workbook that expects the month first exchanges what it can and keeps the rest as text. So a stored day is doubted
    where the column also has days as text, or where it is shown month first, unless some stored day of the column
    could not have been exchanged.
    """
    stored = {place: cell for place, cell in enumerate(cells) if cell.stored is not Stored.TEXT}
    days = {place: _DAY.match(cell.text) for place, cell in stored.items()}
    if any(found and int(found["day"]) > _MOST_MONTHS for found in days.values()):
        return {}
    kept_as_text = any(cell.stored is Stored.TEXT and _TYPED_DAY.fullmatch(cell.text.strip()) for cell in cells)
    return {
        place: f"{found['month']}/{found['day']}{found['rest']}"
        for place, found in days.items()
        if found and found["day"] != found["month"]
        if kept_as_text or stored[place].stored is Stored.DAY_SHOWN_MONTH_FIRST
    }


def swapped_question(title: str, stored: str, other: str) -> Question:
    """Which of both days a task's time cell means; the exchanged one is the likelier."""
    return Question(
        code="date-cell-swapped",
        about="time",
        text=f"Thời hạn của nhiệm vụ “{title}” được bảng tính lưu là ngày {stored}, nhưng bảng tính có thể đã đảo ngày "
        f"và tháng khi nhập. Thời hạn đúng là {stored} hay {other}?",
        proposal=other,
        choices=(stored, other),
    )


_MOST_MONTHS = 12
_DAY = re.compile(r"(?P<day>\d\d)/(?P<month>\d\d)(?P<rest>/\d{4}.*)")
_TYPED_DAY = re.compile(r"(?:\w+\s+){0,3}\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}")
