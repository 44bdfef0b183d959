"""From the grids of a document to the rows of its appendix: joined over pages, numbered, grouped, verbatim."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from cchc_tasks.domain.errors import NoAppendix, TableWithoutColumns
from cchc_tasks.domain.reading.columns import Column, find_header, header_at
from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument
from cchc_tasks.domain.reading.findings import Question, Row
from cchc_tasks.domain.reading.lines import VERBATIM, Line, joined_over_pages, lines_of
from cchc_tasks.domain.reading.text import search_key


def read_rows(document: SourceDocument) -> tuple[tuple[Row, ...], tuple[Question, ...]]:
    """The rows of all tables that assign duties, and what is to be asked of the table as a whole.

    A row without a title belongs to the task above it; where a numbered task has several rows their ids get letters.
    A group's label counts until the next one. Raises NoAppendix or TableWithoutColumns.
    """
    table = _Table()
    lines = joined_over_pages(_all_lines(document))
    for line, following in zip_longest(lines, lines[1:]):
        table.add(line, following)
    table.ask_about_labels_behind_a_break()
    return tuple(table.rows()), tuple(table.questions)


def _all_lines(document: SourceDocument) -> list[Line]:
    """The lines of every grid with the needed columns, and of those that carry such a grid on."""
    found: list[Line] = []
    header, width, apart = None, 0, False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            apart = apart or not block.text.strip().isdecimal()  # a page's number parts no table
            continue
        start = find_header(block)
        if start is not None:
            header = header_at(block, start)
            found.extend(lines_of(block, start, header, carries_on=bool(found)))
        elif header is not None and not apart and len(block.rows[0].cells) == width:
            found.extend(lines_of(block, 0, header, carries_on=True))
        else:
            continue
        width, apart = len(block.rows[0].cells), False
    if header is None:
        raise _nothing_to_read(document.grids)
    return found


def _nothing_to_read(grids: Sequence[Grid]) -> NoAppendix | TableWithoutColumns:
    """Why there is no appendix: no table but the letterhead's and the signature's, or one that lacks columns."""
    tables = [grid for grid in grids if not _is_frame(grid)]
    headers = [header_at(grid, index) for grid in tables for index in range(len(grid.rows))]
    if not headers:
        return NoAppendix()
    nearest = max(headers, key=lambda header: len(header.columns))
    return TableWithoutColumns(columns=", ".join(f"“{name}”" for name in nearest.missing))


def _is_frame(grid: Grid) -> bool:
    """Whether a grid only places the letterhead, the number and day, or the recipients and the signature."""
    words = " ".join(cell.text for row in grid.rows for cell in row.cells)
    small = len(grid.rows) <= 8 and len(grid.rows[0].cells) <= 3
    return small and _FRAME.search(search_key(words)) is not None


_FRAME = re.compile(r"cong hoa xa hoi|noi nhan|\bso\s*:|\bngay\b.*\bthang\b.*\bnam\b")


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
    """The rows so far, and the labels of groups, which may go on behind a page break."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self._drafts: list[_Draft] = []
        self._labels: list[str] = []

    def add(self, line: Line, following: Line | None) -> None:
        """Take in a line: a heading, a row of a task, or something to ask about."""
        if line.is_heading(following):
            self._labels.append(line.title)
            return
        names_group = self._take_label(line)
        if line.title and not line.title_is_merged:
            self._add_task_row(line, names_group)
        elif self._drafts and line.stands_for_a_duty:
            self._add_draft(line, self._drafts[-1].title, names_group, of_same_task=True)
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
                cells={column.value: draft.line.text(column) for column in VERBATIM},
                questions=tuple(draft.questions),
            )

    def _take_label(self, line: Line) -> bool:
        """Note the group a line names; says whether it is a new one."""
        label = " ".join(line.own_text(Column.GROUP).split())
        if not label or (self._labels and search_key(label) == search_key(self._labels[-1])):
            return False
        if self._labels and label[0].islower() and line.after_break:
            self._labels[-1] += f" {label}"
            return False
        self._labels.append(label)
        return True

    def _add_task_row(self, line: Line, names_group: bool) -> None:
        known = self._drafts[-1].number if self._drafts else ""
        same_task = not line.number and bool(known) and line.in_numbered_table
        self._add_draft(line, line.title, names_group, of_same_task=same_task)

    def _add_draft(self, line: Line, title: str, names_group: bool, *, of_same_task: bool) -> None:
        last = self._drafts[-1] if self._drafts else None
        task = last.task + (not of_same_task) if last else 1
        self._drafts.append(
            _Draft(
                line=line,
                task=task,
                number=last.number if last and of_same_task else line.number or str(task),
                title=title,
                label=len(self._labels) - 1 if self._labels else None,
                names_group=names_group,
                carried=not line.text(Column.GROUP),
            )
        )

    def _label(self, draft: _Draft) -> str | None:
        return None if draft.label is None else self._labels[draft.label]

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
