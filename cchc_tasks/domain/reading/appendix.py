"""From the grids of a document to the rows of its appendix: joined over pages, numbered, grouped, verbatim."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from cchc_tasks.domain.reading.appendix_tables import lines_of_tables
from cchc_tasks.domain.reading.column_names import Column
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import Question, Row
from cchc_tasks.domain.reading.groups import Groups
from cchc_tasks.domain.reading.lines import VERBATIM, VERBATIM_WHERE_PRINTED, Line
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.reading.torn_lines import joined_over_pages, with_cells_as_above


def read_rows(
    document: SourceDocument, columns: Mapping[Column, int] | None = None
) -> tuple[tuple[Row, ...], tuple[Question, ...]]:
    """The rows of all tables that assign duties, and what is to be asked of the tables as a whole.

    A row without a title belongs to the task above it; where a numbered task has several rows their ids get letters.
    A group's label counts until the next one. `columns` are the places, counted from 1, of columns named by hand, in
    every table that is wide enough. Raises NoAppendix or TableWithoutColumns.
    """
    lines, unread = lines_of_tables(document, columns)
    whole = with_cells_as_above(joined_over_pages(lines))
    table = _Table()
    for line, following in zip_longest(whole, whole[1:]):
        table.add(line, following)
    table.ask_about_labels_behind_a_break()
    return tuple(table.rows()), (*table.questions, *table.groups.questions(), *unread)


_FIRST = "1"  # with which the numbers of a table begin that does not go on with another


@dataclass(slots=True)
class _Draft:
    """A row before it is known whether its task has others, and how its group's label ends."""

    line: Line
    task: int
    number: str
    title: str
    label: int | None  # its place among the labels
    names_group: bool
    carried: bool  # its group is that of the row above for want of another
    questions: list[Question] = field(default_factory=list)


class _Table:
    """The rows so far, and the groups they stand in."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.groups = Groups()
        self._drafts: list[_Draft] = []
        self._task = 0
        self._tasks = 0  # that have rows
        self._printed = ""  # the number of the task that rows without one belong to
        self._number = ""  # the same, or the one counted where none is printed

    def add(self, line: Line, following: Line | None) -> None:
        """Take in a line: a heading, a row of a task, or something to ask about; a sum assigns nothing."""
        if line.is_sum:
            return
        if line.opens_table and line.number == _FIRST:
            self.groups.leave()
        if line.is_heading(following):
            self._printed = self._number = self.groups.open(line)
            self._task += 1
            return
        names_group = self.groups.take_label(line)
        if line.title and not line.title_is_merged:
            self._add_task_row(line, names_group)
        elif self._drafts and line.stands_for_a_duty:
            self._add_draft(line, self._drafts[-1].title, names_group)
        elif line.has_text_beside_its_group:
            self.questions.append(_unread_line(line))

    def ask_about_labels_behind_a_break(self) -> None:
        """Ask where rows end a page whose lead is that of the next page's first row, which names a new group.

        The label of a merged cell is printed in its middle: a page break can put it behind rows that belong to it.
        """
        for index, draft in enumerate(self._drafts):
            if draft.names_group and draft.line.after_break:
                for before in self._same_lead_before(index):
                    before.questions.append(_group_question(before, self._label(before), self._label(draft)))

    def rows(self) -> Iterator[Row]:
        """The rows with their ids: the number, a letter where its task has several rows, unique in the table."""
        sizes = Counter(draft.task for draft in self._drafts)
        seen, used = Counter[int](), Counter[str]()
        for draft in self._drafts:
            code = draft.number + (_letter(seen[draft.task]) if sizes[draft.task] > 1 else "")
            seen[draft.task] += 1
            used[code] += 1  # numbers begin again in the next group or table of some plans
            yield Row(
                id=code if used[code] == 1 else f"{code}-{used[code]}",
                number=draft.number,
                group=self._label(draft),
                title=draft.title,
                cells=_cells(draft.line),
                questions=tuple(draft.questions),
            )

    def _add_task_row(self, line: Line, names_group: bool) -> None:
        if line.number or not self._printed:
            self._task += 1
            self._tasks += 1
            self._printed, self._number = line.number, line.number or str(self._tasks)
        self._add_draft(line, line.title, names_group)

    def _add_draft(self, line: Line, title: str, names_group: bool) -> None:
        self.groups.place(line.number)
        self._drafts.append(
            _Draft(
                line=line,
                task=self._task,
                number=self._number,
                title=title,
                label=self.groups.current,
                names_group=names_group,
                carried=not line.text(Column.GROUP),
                questions=list(line.questions),
            )
        )

    def _label(self, draft: _Draft) -> str | None:
        return self.groups.label(draft.label)

    def _same_lead_before(self, index: int) -> Sequence[_Draft]:
        """The rows before a label that share its lead, when the row above them has the same group and another lead."""
        lead = _lead(self._drafts[index])
        first = index
        while first > 0 and self._drafts[first - 1].carried and _lead(self._drafts[first - 1]) == lead:
            first -= 1
        if first == 0 or not lead or _lead(self._drafts[first - 1]) == lead:
            return ()
        same_group = self._drafts[first - 1].label == self._drafts[index - 1].label
        return self._drafts[first:index] if same_group else ()


def _cells(line: Line) -> dict[str, str]:
    """The verbatim cells by their keys: those every row has, and those of columns that the table has besides."""
    besides = (column for column in VERBATIM_WHERE_PRINTED if column in line.texts)
    return {column.value: line.text(column) for column in (*VERBATIM, *besides)}


def _lead(draft: _Draft) -> str:
    return search_key(draft.line.text(Column.LEAD)).rstrip(".")


def _letter(index: int) -> str:
    """a, b, … z, aa, ab, …"""
    rest, last = divmod(index, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("a") + last)


def _group_question(draft: _Draft, carried: str | None, proposed: str | None) -> Question:
    return Question(
        code="group-before-label",
        about="group",
        text=f"Dòng {draft.number} đứng trước ngắt trang, nhãn nhóm “{proposed}” in ngay sau ngắt trang và cùng đơn vị "
        f"chủ trì. Dòng này thuộc nhóm “{carried}” hay nhóm “{proposed}”?",
        proposal=proposed,
        choices=tuple(label for label in (carried, proposed) if label),
    )


def _unread_line(line: Line) -> Question:
    return Question(
        code="row-unread",
        about="appendix",
        text=f"Chưa rõ dòng “{line.printed}” của phụ lục thuộc nhiệm vụ nào.",
    )
