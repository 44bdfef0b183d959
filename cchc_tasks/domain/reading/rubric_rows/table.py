"""From the grids of a document to the rows of its rubrics: codes parsed off, merged cells filled, pages joined."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cchc_tasks.domain.reading.columns import is_numbering_of_columns
from cchc_tasks.domain.reading.document import Grid, GridRow, Merge, Paragraph, SourceDocument
from cchc_tasks.domain.reading.rubric_rows.columns import RubricColumn, RubricHeader, header_at, rubric_header
from cchc_tasks.domain.reading.rubric_rows.markup import has_mark, lines_in
from cchc_tasks.domain.reading.rubric_rows.rules import points_in
from cchc_tasks.domain.reading.text import search_key


@dataclass(frozen=True, slots=True)
class RubricRow:
    """One row of the table: `lines` is its text, `maximum` the number of its points column.

    `marked` says that the text begins with a dash or a letter, `broken` that it has line breaks of its own, `spanning`
    that it stands where codes do and nothing beside it.
    """

    code: str | None
    lines: tuple[str, ...]
    unit: str
    maximum: Fraction | None
    cells: Mapping[str, str] = field(default_factory=dict)
    marked: bool = False
    broken: bool = False
    after_break: bool = False
    spanning: bool = False


@dataclass(frozen=True, slots=True)
class RubricTable:
    """The rows of one rubric, and whether it has columns for who is responsible and for points."""

    rows: tuple[RubricRow, ...]
    has_units: bool
    has_points: bool


def rubric_tables(document: SourceDocument) -> Iterator[RubricTable]:
    """The rubrics of a document in their order; a table that carries on over pages is one."""
    rows: list[RubricRow] = []
    columns: set[RubricColumn] = set()
    header: RubricHeader | None = None
    width, apart = 0, False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            apart = apart or not block.text.strip().isdecimal()  # a page's number parts no table
            continue
        found = rubric_header(block)
        if found is not None:
            start, header = found
            more = list(_rows(block, start, header))
            if rows and _starts_again(rows, more):
                yield _table(rows, columns)
                rows, columns = [], set()
            rows += more
            columns.update(header.places)
        elif header is not None and not apart and len(block.rows[0].cells) == width:
            rows += _rows(block, 0, header)
        else:
            continue
        width, apart = len(block.rows[0].cells), False
    if rows:
        yield _table(rows, columns)


def _table(rows: list[RubricRow], columns: set[RubricColumn]) -> RubricTable:
    """A whole rubric, without the text that a sheet goes on with below it."""
    while rows and rows[-1].spanning:
        rows.pop()
    return RubricTable(tuple(rows), RubricColumn.UNIT in columns, RubricColumn.MAXIMUM in columns)


_CODE = re.compile(r"(\d{1,2}(?:\.\d{1,2})*|[IVXLC]+|[A-ZĐ])\s*[.)]*")
_CODE_BEFORE = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+(?=[^\W\d_])|(\d{1,2}|[IVXLC]+)[.)]\s*(?=[^\W\d_])")


def _starts_again(rows: Sequence[RubricRow], more: Sequence[RubricRow]) -> bool:
    first = next((row.code for row in more if row.code), None)
    return first is not None and any(row.code == first for row in rows)


def _rows(grid: Grid, start: int, header: RubricHeader) -> Iterator[RubricRow]:
    """The rows of a grid from one on, without headers, blank rows and numberings of columns."""
    index = start
    after_break = start == 0
    above: Sequence[str] = ()
    while index < len(grid.rows):
        row = grid.rows[index]
        after_break = after_break or row.after_break
        repeated = header_at(grid, index)
        if repeated is not None:
            index += repeated.height
            continue
        index += 1
        above = [
            above[place] if cell.merge is Merge.FROM_ABOVE and place < len(above) else cell.text
            for place, cell in enumerate(row.cells)
        ]
        if any(cell.text for cell in row.cells) and not is_numbering_of_columns(row):
            yield _row(row, above, header, after_break)
            after_break = False


def _row(row: GridRow, texts: Sequence[str], header: RubricHeader, after_break: bool) -> RubricRow:
    own = {column: row.cells[place].text for column, place in header.places.items()}
    printed, text = own.get(RubricColumn.CODE, "").strip(), own[RubricColumn.TITLE]
    found, at_code = _CODE.fullmatch(printed), header.places.get(RubricColumn.CODE)
    code = found[1] if found else None
    if printed and code is None:
        text = f"{printed} {text}".strip()  # a heading over all columns, or "a)"
    if code is None and (before := _CODE_BEFORE.match(text.strip())):
        code, text = before[1] or before[2], text.strip()[before.end() :]
    rules = own.get(RubricColumn.RULES, "")
    unit = texts[header.places[RubricColumn.UNIT]] if RubricColumn.UNIT in header.places else ""
    return RubricRow(
        code=code,
        lines=(*lines_in(text), *lines_in(rules)),
        unit=unit if code is not None or own.get(RubricColumn.UNIT) else "",
        maximum=points_in(own.get(RubricColumn.MAXIMUM, "")),
        cells={title: text for place, title in header.others.items() if (text := row.cells[place].text)},
        marked=has_mark(text),
        broken="\n" in text.strip() or "</i> <i>" in text,
        after_break=after_break,
        spanning=bool(printed)
        and not found
        and not any(texts[place] for place in range(len(texts)) if place != at_code),
    )


def is_total(row: RubricRow) -> bool:
    """The row that gives the sum of the whole table."""
    return row.code is None and bool(row.lines) and _TOTAL.match(search_key(row.lines[0])) is not None


_TOTAL = re.compile(r"(tong (cong|so diem|diem)|cong)\b(?!.{30})")
