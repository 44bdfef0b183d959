"""Which tables of a document assign duties, and what is to be said of those that do not but look it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cchc_tasks.domain.errors import NoAppendix, TableWithoutColumns
from cchc_tasks.domain.reading.column_names import Column, named_column
from cchc_tasks.domain.reading.columns import NEEDED, Header, find_header, header_at, named_header
from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.lines import Line, lines_of
from cchc_tasks.domain.reading.text import search_key


def lines_of_tables(
    document: SourceDocument, named: Mapping[Column, int] | None
) -> tuple[list[Line], tuple[Question, ...]]:
    """The lines of every grid with the needed columns and of those that carry one on; questions for what looks alike.

    `named` are columns named by hand. Raises NoAppendix or TableWithoutColumns.
    """
    found: list[Line] = []
    questions: list[Question] = []
    header: Header | None = None
    width, apart = 0, False
    for block in _tables_apart(document.blocks, named):
        if isinstance(block, Paragraph):
            apart = apart or not block.text.strip().isdecimal()  # a page's number parts no table
            continue
        own = _header_of(block, named)
        same_width = len(block.rows[0].cells) == width
        if own:
            start, header = own
            found.extend(lines_of(block, start, header, begins=True, carries_on=bool(found)))
        elif _has_other_titles(block):
            questions += _unread(block, goes_on=False)
            width = 0
            continue
        elif header is not None and not apart and same_width:
            found.extend(lines_of(block, 0, header, begins=False, carries_on=True))
        else:
            questions += _unread(block, goes_on=same_width or _goes_on_counting(block, found))
            continue
        width, apart = len(block.rows[0].cells), False
    if header is None:
        raise _nothing_to_read(document.grids)
    return found, tuple(questions)


_LEAST_COLUMNS = 3  # of a table of duties
_LONGEST_NUMBER_TITLE = 12  # letters: "Số thứ tự"
_TITLES_WITHIN = 3  # rows of a table; above them may stand its name
_FRAME = re.compile(r"cong hoa xa hoi|noi nhan|\bso\s*:|\bngay\b.*\bthang\b.*\bnam\b")
_SHOWN = 60  # letters of a table's first words


def _tables_apart(blocks: Sequence[Paragraph | Grid], named: Mapping[Column, int] | None) -> Iterator[Paragraph | Grid]:
    """The blocks, with what stands below a table of duties on its sheet under other titles as a grid of its own."""
    for block in blocks:
        start = None if named or isinstance(block, Paragraph) else find_header(block)
        if start is None or isinstance(block, Paragraph):
            yield block
            continue
        rows = range(start + 1, len(block.rows))
        cuts = [0, *(index for index in rows if _begins_another(block, index)), len(block.rows)]
        yield from (Grid(block.rows[first:last]) for first, last in pairwise(cuts))


def _begins_another(grid: Grid, index: int) -> bool:
    """Whether the titles of another table stand here, below a blank row or its name: "STT", "Họ và tên", …"""
    first = next((cell.text for cell in grid.rows[index].cells if cell.text), "")
    title = named_column(first) if len(first) <= _LONGEST_NUMBER_TITLE else None
    if title is None or title.column is not Column.NUMBER:
        return False
    above = sum(bool(cell.text) for cell in grid.rows[index - 1].cells)
    return above <= 1 and bool(header_at(grid, index).missing)


def _header_of(grid: Grid, named: Mapping[Column, int] | None) -> tuple[int, Header] | None:
    """Where a grid's header begins, and the header; by hand where somebody named columns."""
    if named:
        return None if _is_frame(grid) else named_header(grid, named)
    start = find_header(grid)
    return None if start is None else (start, header_at(grid, start))


def _has_other_titles(grid: Grid) -> bool:
    """Whether a table that assigns nothing names its own columns: a list of people on the next sheet."""
    for row in grid.rows[:_TITLES_WITHIN]:
        named = [one.column for cell in row.cells if (one := named_column(cell.text))]
        if Column.NUMBER in named or len(named) >= _LEAST_COLUMNS:
            return True
    return False


def _goes_on_counting(grid: Grid, lines: Sequence[Line]) -> bool:
    """Whether the first row has the number after the last one's: the rest of a table, with other columns."""
    last = next((line.number for line in reversed(lines) if line.number), "")
    first = next((cell.text for cell in grid.rows[0].cells if cell.text), "").rstrip(".)")
    return last.isdecimal() and first.isdecimal() and int(first) == int(last) + 1


def _unread(grid: Grid, *, goes_on: bool) -> list[Question]:
    """Ask about a table that names a task and who does it or when, or that goes on with rows but without its titles."""
    if _is_frame(grid):
        return []
    if len(grid.rows) < 2 or len(grid.rows[0].cells) < _LEAST_COLUMNS:
        return [_unread_question(grid, ())] if goes_on else []
    nearest = _nearest_header(grid)
    if Column.TITLE in nearest.columns and len(nearest.missing) < len(NEEDED) - 1:
        return [_unread_question(grid, nearest.missing)]
    return [_unread_question(grid, ())] if goes_on and not nearest.columns else []


def _unread_question(grid: Grid, missing: Sequence[str]) -> Question:
    words = " ".join(" ".join(cell.text for cell in grid.rows[0].cells).split())
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]}…"
    why = f"thiếu cột {', '.join(f'“{name}”' for name in missing)}" if missing else "không có dòng tiêu đề"
    return Question(
        code="table-unread",
        about="appendix",
        text=f"Bảng “{shown}” có {len(grid.rows)} dòng chưa được đọc vì {why}. Bảng này có giao nhiệm vụ không?",
    )


def _nothing_to_read(grids: Sequence[Grid]) -> NoAppendix | TableWithoutColumns:
    """Why there is no appendix: no table but the letterhead's and the signature's, or one that lacks columns."""
    tables = [grid for grid in grids if not _is_frame(grid)]
    if not tables:
        return NoAppendix()
    nearest = max(map(_nearest_header, tables), key=lambda header: len(header.columns))
    return TableWithoutColumns(columns=", ".join(f"“{name}”" for name in nearest.missing))


def _nearest_header(grid: Grid) -> Header:
    """The row that names most columns, read as a header."""
    headers = (header_at(grid, index) for index in range(len(grid.rows)))
    return max(headers, key=lambda header: len(header.columns))


def _is_frame(grid: Grid) -> bool:
    """Whether a grid only places the letterhead, the number and day, or the recipients and the signature."""
    words = " ".join(cell.text for row in grid.rows for cell in row.cells)
    small = len(grid.rows) <= 8 and len(grid.rows[0].cells) <= 3
    return small and _FRAME.search(search_key(words)) is not None
