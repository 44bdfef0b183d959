"""The groups that rows of an appendix stand in: named by headings or by labels, which may go on behind a page break."""

import re

from cchc_tasks.domain.reading.column_names import Column
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.lines import Line
from cchc_tasks.domain.reading.text import search_key


class Groups:
    """The labels so far, by their place, and the one that counts now."""

    def __init__(self) -> None:
        self.current: int | None = None
        self._labels: list[str] = []
        self._within: list[tuple[str, int | None]] = []  # the number of a heading like "2", and the group around it
        self._waiting: list[Line] = []  # headings that no row has followed as yet
        self._questions: list[Question] = []

    def open(self, heading: Line) -> str:
        """Begin a group; gives the number that its rows without one have: that of a task with several parts."""
        self._await_rows(heading)
        number = "" if heading.spanning or not heading.number[:1].isdecimal() else heading.number
        self._end_before(number)
        if number:
            self._within.append((number, self.current))
        else:
            self._within.clear()
        self._begin(heading.title)
        return number

    def leave(self) -> None:
        """Begin another table: the group above does not count in it, unless its rows are still to come."""
        if not self._waiting:
            self._within.clear()
            self.current = None

    def place(self, number: str) -> None:
        """Place a row: its number, where it has one, ends the groups of numbered headings that it is no part of."""
        self._waiting.clear()
        if number:
            self._end_before(number)

    def take_label(self, line: Line) -> bool:
        """Note the group that a row names in its own column; says whether it is a new one."""
        label = " ".join(line.own_text(Column.GROUP).split())
        if not label or (self.current is not None and search_key(label) == search_key(self._labels[self.current])):
            return False
        if self.current is not None and label[0].islower() and line.after_break:
            self._labels[self.current] += f" {label}"
            return False
        if not line.has_text_beside_its_group:
            self._await_rows(line)
        self._begin(label)
        return True

    def label(self, place: int | None) -> str | None:
        """A label as it stands at last."""
        return None if place is None else self._labels[place]

    def questions(self) -> tuple[Question, ...]:
        """A question for each heading below which nothing stands: it may be a task of which nothing else is said."""
        return (*self._questions, *map(_empty_question, self._waiting))

    def _await_rows(self, heading: Line) -> None:
        """Note a heading that no row follows as yet; one beside it that none followed is asked about."""
        if self._waiting and _are_alike(self._waiting[-1], heading):
            self._questions.append(_empty_question(self._waiting.pop()))
        self._waiting.append(heading)

    def _end_before(self, number: str) -> None:
        while self._within and not number.startswith(f"{self._within[-1][0]}."):
            _, self.current = self._within.pop()

    def _begin(self, label: str) -> None:
        self._labels.append(label)
        self.current = len(self._labels) - 1


_ROMAN = re.compile("[IVXLC]+")


def _are_alike(heading: Line, next_heading: Line) -> bool:
    """Whether the second stands beside the first, not below it; lines across the table may be a title of two lines."""
    if heading.spanning and not heading.number:
        return False
    first, second = _kind(heading.number), _kind(next_heading.number)
    return first == second or (first.startswith("1") and second in ("I", "A"))


def _kind(number: str) -> str:
    if number[:1].isdecimal():
        return f"1{number.count('.')}"
    return "I" if _ROMAN.fullmatch(number) else number and "A"


def _empty_question(heading: Line) -> Question:
    return Question(
        code="heading-without-rows",
        about="appendix",
        text=f"Dòng “{heading.title or heading.printed}” không ghi thời hạn, đơn vị chủ trì và không có nhiệm vụ nào "
        "bên dưới. Đây là tên nhóm, lời ghi chú hay một nhiệm vụ?",
    )
