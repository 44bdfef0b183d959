"""Which tables of a document assign duties, and what is to be said of those that do not but look it."""

import re
from collections.abc import Mapping, Sequence

from cchc_tasks.domain.errors import NoAppendix, TableWithoutColumns
from cchc_tasks.domain.reading.column_names import Column
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
    for block in document.blocks:
        if isinstance(block, Paragraph):
            apart = apart or not block.text.strip().isdecimal()  # a page's number parts no table
            continue
        own = _header_of(block, named)
        same_width = len(block.rows[0].cells) == width
        if own:
            start, header = own
            found.extend(lines_of(block, start, header, begins=True, carries_on=bool(found)))
        elif header is not None and not apart and same_width:
            found.extend(lines_of(block, 0, header, begins=False, carries_on=True))
        else:
            questions += _unread(block, same_width=same_width)
            continue
        width, apart = len(block.rows[0].cells), False
    if header is None:
        raise _nothing_to_read(document.grids)
    return found, tuple(questions)


_LEAST_COLUMNS = 3  # of a table of duties
_FRAME = re.compile(r"cong hoa xa hoi|noi nhan|\bso\s*:|\bngay\b.*\bthang\b.*\bnam\b")
_SHOWN = 60  # letters of a table's first words


def _header_of(grid: Grid, named: Mapping[Column, int] | None) -> tuple[int, Header] | None:
    """Where a grid's header begins, and the header; by hand where somebody named columns."""
    if named:
        return None if _is_frame(grid) else named_header(grid, named)
    start = find_header(grid)
    return None if start is None else (start, header_at(grid, start))


def _unread(grid: Grid, *, same_width: bool) -> list[Question]:
    """Ask about a table that names a task and who does it or when, or that goes on below a title without its header."""
    if _is_frame(grid) or len(grid.rows) < 2 or len(grid.rows[0].cells) < _LEAST_COLUMNS:
        return [] if not (same_width and not _is_frame(grid)) else [_unread_question(grid, ())]
    nearest = _nearest_header(grid)
    if Column.TITLE in nearest.columns and len(nearest.missing) < len(NEEDED) - 1:
        return [_unread_question(grid, nearest.missing)]
    return [_unread_question(grid, ())] if same_width and not nearest.columns else []


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
