"""The lines of an appendix's table: cells under their columns, numbers parsed off, marks below months read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cchc_tasks.domain.reading.column_names import Column
from cchc_tasks.domain.reading.columns import Header, header_at, is_numbering_of_columns
from cchc_tasks.domain.reading.document import Grid, GridRow, Merge
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.marked_periods import marked_periods
from cchc_tasks.domain.reading.swapped_days import swapped_days, swapped_question
from cchc_tasks.domain.reading.table_feet import is_foot
from cchc_tasks.domain.reading.text import search_key

VERBATIM = (Column.PRODUCT, Column.TIME, Column.LEAD, Column.COOPERATING)  # that every row has, if only blank
VERBATIM_WHERE_PRINTED = (Column.NOTE, Column.TARGET)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table under its columns; `merged` columns have the text of the cell above.

    `number` is what stands in its own column or before the title ("13. …"), which `title` is without; `mark` is the
    letter or dash of one among several rows of a task. `after_break` says that a page ended before it, or at least
    before its group's label; `opens_table` that a header of its own stands right above it; `spanning` that its title
    takes the place of several columns. `elsewhere` is what stands in columns of no name.
    """

    number: str
    title: str
    texts: Mapping[Column, str]
    merged: frozenset[Column] = frozenset()
    after_break: bool = False
    opens_table: bool = False
    spanning: bool = False
    mark: str = ""
    elsewhere: str = ""
    questions: tuple[Question, ...] = ()

    def text(self, column: Column) -> str:
        """The cell's text, from above where it is merged; empty where there is no such column."""
        return self.texts.get(column, "")

    def own_text(self, column: Column) -> str:
        """The text that is printed in this very row."""
        return "" if column in self.merged else self.text(column)

    @property
    def title_is_merged(self) -> bool:
        """Whether the title stands in a cell that began above."""
        return Column.TITLE in self.merged

    @property
    def stands_for_a_duty(self) -> bool:
        """Whether a line without a title asks for something of its own."""
        return bool(self.own_text(Column.PRODUCT) or self.own_text(Column.TIME))

    @property
    def has_text_beside_its_group(self) -> bool:
        """Whether anything but a group's label is printed in it."""
        named = (self.own_text(column) for column in self.texts if column not in (Column.GROUP, Column.NUMBER))
        return any(named) or bool(self.elsewhere)

    @property
    def assigns_nothing(self) -> bool:
        """Whether nothing stands beside its title and number."""
        return not any(self.text(column) for column in VERBATIM)

    @property
    def is_sum(self) -> bool:
        """Whether it only adds up the columns of figures."""
        figures = all(_SUMMED.fullmatch(self.text(column)) for column in VERBATIM)
        return figures and _SUM.fullmatch(search_key(self.title)) is not None

    @property
    def printed(self) -> str:
        """The words printed in it, on one line."""
        named = (text for column, text in self.texts.items() if self.own_text(column))
        return " ".join(" ".join((*named, self.elsewhere)).split())

    def is_heading(self, following: "Line | None") -> bool:
        """Whether it only names the group of the lines below: "II. Cải cách thể chế", or "2" above "2.1" or "a"."""
        if not self.title or self.title_is_merged or not self.assigns_nothing:
            return False
        if self.spanning:
            return True
        if Column.GROUP not in self.texts and not self.number[:1].isdecimal() and not self.mark:
            return True
        return following is not None and self._stands_above(following)

    def _stands_above(self, following: "Line") -> bool:
        """Whether the next line is one of its parts."""
        if self.mark:
            return False
        if following.number:
            return bool(self.number) and following.number.startswith(f"{self.number}.")
        if following.mark:
            return not following.spanning
        begins = bool(following.title) and not following.title_is_merged and not following.after_break
        return begins and self.number[:1].isdecimal() and not following.assigns_nothing


def lines_of(grid: Grid, start: int, header: Header, *, begins: bool, carries_on: bool) -> Iterator[Line]:
    """The lines of a grid from a row on, without headers, blank rows and what stands below the table on its sheet.

    A break before a header or a blank row passes to the next line. `begins` says that the header stands at `start`;
    `carries_on` that the grid goes on with a table from an earlier page.
    """
    after_break = carries_on
    above: Sequence[str] = ()
    doubted = _doubted(grid, header)
    index = start + header.height * begins
    signed, opens_table = False, begins
    while index < len(grid.rows):
        row = grid.rows[index]
        after_break = after_break or (row.after_break and index > start)
        height, header = _header_here(grid, index, header)
        if height:
            doubted, signed = _doubted(grid, header), False
            index += height
            continue
        signed = signed or (not _is_numbered(row) and is_foot(grid.rows, index))
        above = _with_merged(row, above)
        line = None if signed else _line(row, above, header, after_break, doubted.get(index))
        index += 1
        if line and not is_numbering_of_columns(row):
            yield replace(line, opens_table=opens_table)
            after_break = opens_table = False


_NUMBERED_TITLE = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)([.)/:]?)(\s*)(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3})*|[IVXLC]+|[A-ZĐ])[.)]*")
_LETTER = re.compile(r"[-+*•–]|\(?[a-zđ][.)]*")
_MARKED_TITLE = re.compile(r"[-+*•–]\s*(?=\S)|\(?[a-zđ]\s*[.)]\s*(?=\S)")
_HEADING_NUMBER = re.compile(r"([IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/]\s*(?=\S)")
_SUM = re.compile(
    r"(?:tong|cong)(?: (?:so|cong|hop|kinh phi|tien))*[\s:.]*"
    r"|(?:tong so|tong cong|cong)[\s:]*(?:\d[\d.,]*)?\s*(?:nhiem vu|noi dung|cong viec|dau viec|viec)?"
    r"[\s:]*(?:\d[\d.,]*)?\.?"
)
_LONGEST_NUMBER = 5  # with what stands behind it
_SUMMED = re.compile(r"[\d.,%\s]*")


def _header_here(grid: Grid, index: int, header: Header) -> tuple[int, Header]:
    """How many rows of a header begin here, 0 if none, and the header that counts from here on."""
    if _is_numbered(grid.rows[index]):
        return 0, header
    here = header_at(grid, index)
    if not here.missing and here.printed != header.printed:
        return here.height, here
    # One that repeats stays as it was named by hand, and as high as it was: what follows may begin like a title.
    if not here.missing:
        return min(here.height, header.height), header
    printed = tuple(search_key(cell.text) for cell in grid.rows[index].cells) if header.printed else ()
    return (header.height, header) if printed and printed == header.printed else (0, header)


def _is_numbered(row: GridRow) -> bool:
    """Whether a row begins with the number of a task: most do, and need no closer look."""
    first = next((cell.text for cell in row.cells if cell.text), "")
    return len(first) <= _LONGEST_NUMBER and first.rstrip(".)").isdecimal()


def _doubted(grid: Grid, header: Header) -> dict[int, str]:
    """By row, the other reading of days that may have day and month exchanged; merged cells share theirs."""
    place = header.columns.get(Column.TIME)
    if place is None or place >= len(grid.rows[0].cells):
        return {}
    cells = [row.cells[place] for row in grid.rows]
    doubted = dict(swapped_days(cells))
    for index, cell in enumerate(cells):
        if cell.merge is Merge.FROM_ABOVE and index - 1 in doubted:
            doubted[index] = doubted[index - 1]
    return doubted


def _with_merged(row: GridRow, above: Sequence[str]) -> list[str]:
    """The texts of a row, those of merged cells taken from the row above."""
    return [
        above[place] if cell.merge is Merge.FROM_ABOVE and place < len(above) else cell.text
        for place, cell in enumerate(row.cells)
    ]


def _line(row: GridRow, texts: Sequence[str], header: Header, after_break: bool, other_day: str | None) -> Line | None:
    """A row under its columns; None where it is blank."""
    if not any(cell.text for cell in row.cells):
        return None
    by_column = {column: texts[place] for column, place in header.columns.items() if place < len(texts)}
    merged = frozenset(column for column in by_column if row.cells[header.columns[column]].merge is Merge.FROM_ABOVE)
    across = _across(row, header)
    if across:
        by_column = {column: "" if text == across else text for column, text in by_column.items()}
    number, mark, title = ("", "", across) if across else _number_and_title(by_column)
    spanning = bool(across) or (bool(title) and not by_column.get(Column.TITLE))
    if spanning:
        number, title = _number_of_heading(title)
        merged -= {Column.TITLE}
    questions: tuple[Question, ...] = ()
    if header.periods:
        marks = {period: texts[place] for place, period in header.periods.items() if place < len(texts)}
        by_column[Column.TIME], questions = marked_periods(marks, title)
    elif other_day:
        questions = (swapped_question(title, by_column[Column.TIME], other_day),)
    named = {*header.columns.values(), *header.periods}
    if not (number or mark or spanning):
        named.discard(header.columns.get(Column.NUMBER, -1))
    elsewhere = " ".join(cell.text for place, cell in enumerate(row.cells) if place not in named and cell.text)
    return Line(
        number=number,
        title=title,
        texts=by_column,
        merged=merged,
        after_break=after_break,
        spanning=spanning,
        mark=mark,
        elsewhere=elsewhere,
        questions=questions,
    )


def _across(row: GridRow, header: Header) -> str:
    """The text of a cell that begins to the left of the title and reaches over it; "" where there is none."""
    place = header.columns[Column.TITLE]
    cells = row.cells[: place + 1]
    if len(cells) <= place or cells[place].merge is not Merge.FROM_LEFT:
        return ""
    return next(cell.text for cell in reversed(cells) if cell.merge is not Merge.FROM_LEFT)


def _number_and_title(by_column: Mapping[Column, str]) -> tuple[str, str, str]:
    """Number, mark and title; the title may stand where the number should."""
    printed, title = by_column.get(Column.NUMBER, "").strip(), by_column.get(Column.TITLE, "")
    number = _NUMBER.fullmatch(printed)
    if number:
        return number[1], "", title
    if _LETTER.fullmatch(printed):
        return "", printed.strip("(.) "), title
    if printed and not title:
        return "", "", printed
    numeral, title = _numeral_before(title)
    marked = None if numeral else _MARKED_TITLE.match(title)
    return numeral, marked[0].strip("(.) ") if marked else "", title


def _number_of_heading(title: str) -> tuple[str, str]:
    """The number before a heading, and the heading: of "II. Cải cách thể chế"."""
    number = _HEADING_NUMBER.match(title)
    return (number[1], title[number.end() :]) if number else ("", title)


def _numeral_before(title: str) -> tuple[str, str]:
    """The number before a title and the title: of "13. Tham mưu …" or "2.1 Rà soát …"; none of "100% đơn vị …"."""
    found = _NUMBERED_TITLE.match(title)
    if not found:
        return "", title
    numeral, mark, space = found.groups()
    rest = title[found.end() :]
    marked = mark and (space or rest[0].isalpha())
    return (numeral, rest) if marked or ("." in numeral and space and rest[0].isupper()) else ("", title)
