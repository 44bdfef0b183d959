"""Days that a workbook stores exchanged: 5/3 typed for the fifth of March, kept as the third of May."""

import re
from collections.abc import Mapping, Sequence

from cchc_tasks.domain.reading.document import Cell, Stored
from cchc_tasks.domain.reading.findings import Question


def swapped_days(cells: Sequence[Cell]) -> Mapping[int, str]:
    """By its place in a column, the other reading of each day that may be exchanged.

    A workbook that expects the month first exchanges what it can and keeps the rest as text. So a stored day is doubted
    where the column also has days as text, or where it is shown month first, unless some stored day of the column
    could not have been exchanged. Days that are text are doubted where another can only have the month first, as
    "11/20/2026", and none can only have the day first.
    """
    return {**_swapped_in_store(cells), **_typed_month_first(cells)}


def swapped_question(title: str, stored: str, other: str) -> Question:
    """Which of both days a task's time cell means; the exchanged one is the likelier."""
    return Question(
        code="date-cell-swapped",
        about="time",
        text=f"Thời hạn của nhiệm vụ “{title}” được lưu là ngày {stored}, nhưng bảng tính có thể đã đảo ngày và tháng "
        f"khi nhập. Thời hạn đúng là {stored} hay {other}?",
        proposal=other,
        choices=(stored, other),
    )


_MOST_MONTHS = 12
_DAY = re.compile(r"(?P<day>\d\d)/(?P<month>\d\d)(?P<rest>/\d{4}.*)")
_FIGURES = re.compile(r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4}|\d{2})")
_TYPED_DAY = re.compile(r"(?:\w+\s+){0,3}\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}")


def _swapped_in_store(cells: Sequence[Cell]) -> Mapping[int, str]:
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


def _typed_month_first(cells: Sequence[Cell]) -> Mapping[int, str]:
    typed = {
        place: found
        for place, cell in enumerate(cells)
        if cell.stored is Stored.TEXT and (found := _FIGURES.fullmatch(cell.text.strip()))
    }
    first = any(int(found["month"]) > _MOST_MONTHS for found in typed.values())
    if not first or any(int(found["day"]) > _MOST_MONTHS for found in typed.values()):
        return {}
    return {
        place: f"{found['month']}/{found['day']}/{found['year']}"
        for place, found in typed.items()
        if int(found["month"]) <= _MOST_MONTHS and int(found["day"]) != int(found["month"])
    }
