"""The lines of an appendix's table: cells under their columns, numbers parsed off, rows torn by a page joined."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cchc_tasks.domain.reading.columns import Column, Header, header_at, is_numbering_of_columns
from cchc_tasks.domain.reading.document import Grid, GridRow, Merge

VERBATIM = (Column.PRODUCT, Column.TIME, Column.LEAD, Column.COOPERATING)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table under its columns; `merged` columns have the text of the cell above.

    `number` is what stands in its own column or before the title ("13. …"), which `title` is without. `after_break`
    says that a page ended before it, or at least before its group's label; `spanning` that its title takes the place
    of several columns.
    """

    number: str
    title: str
    texts: Mapping[Column, str]
    merged: frozenset[Column] = frozenset()
    after_break: bool = False
    spanning: bool = False
    in_numbered_table: bool = False

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
        return any(self.own_text(column) for column in self.texts if column not in (Column.GROUP, Column.NUMBER))

    @property
    def printed(self) -> str:
        """The words printed in it, on one line."""
        return " ".join(" ".join(text.split()) for column, text in self.texts.items() if self.own_text(column))

    def is_heading(self, following: "Line | None") -> bool:
        """Whether it only names the group of the lines below: "II. Cải cách thể chế", or "2" above "2.1"."""
        if not self.title or self.title_is_merged or any(self.text(column) for column in VERBATIM):
            return False
        if self.spanning or (Column.GROUP not in self.texts and not self.number[:1].isdecimal()):
            return True
        return following is not None and following.number.startswith(f"{self.number}.")


def lines_of(grid: Grid, start: int, header: Header, *, carries_on: bool) -> Iterator[Line]:
    """The lines of a grid from a row on, without headers and blank rows; a break before these passes to the next line.

    `carries_on` says that the grid goes on with a table from an earlier page.
    """
    after_break = carries_on
    above: Sequence[str] = ()
    index = start
    while index < len(grid.rows):
        row = grid.rows[index]
        after_break = after_break or (row.after_break and index > start)
        here = header_at(grid, index)
        if not here.missing:
            header = here
            index += here.height
            continue
        index += 1
        above = _with_merged(row, above)
        line = _line(row, above, header, after_break)
        if line and not is_numbering_of_columns(row):
            yield line
            after_break = False


def joined_over_pages(lines: Sequence[Line]) -> list[Line]:
    """The lines with the pieces of torn ones put together, cell by cell."""
    numbered = any(line.number for line in lines)
    whole: list[Line] = []
    for line in lines:
        if whole and _goes_on_from_before(line, numbered=numbered):
            whole[-1] = _joined(whole[-1], line)
        else:
            whole.append(replace(line, in_numbered_table=numbered))
    return whole


_NUMBERED_TITLE = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)([.)/:]?)(\s*)(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3})*|[IVXLC]+|[A-ZĐ])[.)]*")
_LETTER = re.compile(r"[-+*a-zđ][.)]*")
_HEADING_NUMBER = re.compile(r"([IVXLC]+|[A-ZĐ]|\d{1,2})\s*[.)/]\s*(?=\S)")


def _with_merged(row: GridRow, above: Sequence[str]) -> list[str]:
    """The texts of a row, those of merged cells taken from the row above."""
    return [
        above[place] if cell.merge is Merge.FROM_ABOVE and place < len(above) else cell.text
        for place, cell in enumerate(row.cells)
    ]


def _line(row: GridRow, texts: Sequence[str], header: Header, after_break: bool) -> Line | None:
    """A row under its columns; None where it is blank."""
    if not any(cell.text for cell in row.cells):
        return None
    by_column = {column: texts[place] for column, place in header.columns.items() if place < len(texts)}
    merged = frozenset(column for column in by_column if row.cells[header.columns[column]].merge is Merge.FROM_ABOVE)
    printed_number, title = by_column.get(Column.NUMBER, ""), by_column.get(Column.TITLE, "")
    number = _NUMBER.fullmatch(printed_number)
    spanning = not title and bool(printed_number) and not number and not _LETTER.fullmatch(printed_number)
    if spanning:
        title = printed_number
        number = _HEADING_NUMBER.match(title)
        title = title[number.end() :] if number else title
    elif not number:
        numeral, title = _numeral_before(title)
        return Line(numeral, title, by_column, merged, after_break)
    return Line(number[1] if number else "", title, by_column, merged, after_break, spanning)


def _numeral_before(title: str) -> tuple[str, str]:
    """The number before a title and the title: of "13. Tham mưu …" or "2.1 Rà soát …"; none of "100% đơn vị …"."""
    found = _NUMBERED_TITLE.match(title)
    if not found:
        return "", title
    numeral, mark, space = found.groups()
    rest = title[found.end() :]
    marked = mark and (space or rest[0].isalpha())
    return (numeral, rest) if marked or ("." in numeral and space and rest[0].isupper()) else ("", title)


def _goes_on_from_before(line: Line, *, numbered: bool) -> bool:
    """Whether a line is the rest of one that a page break tore apart.

    It stands behind the break and has no number. Among numbered lines that is enough, unless it begins anew in every
    cell; elsewhere its title must go on in small letters. Without a title it may also be a further row of its task:
    then it says by itself when and by whom.
    """
    if not line.after_break or line.number or line.spanning:
        return False
    time, lead = line.text(Column.TIME), line.text(Column.LEAD)
    if not line.title or line.title_is_merged:
        return not (time and lead)
    begins_anew = line.title[0].isupper() and lead[:1].isupper() and bool(time) and not time.isdecimal()
    return not begins_anew if numbered else line.title[0].islower()


def _joined(first: Line, rest: Line) -> Line:
    texts = {column: " ".join(filter(None, (text, rest.own_text(column)))) for column, text in first.texts.items()}
    title = first.title if rest.title_is_merged else " ".join(filter(None, (first.title, rest.title)))
    label = rest.own_text(Column.GROUP)
    if not label or first.own_text(Column.GROUP):
        return replace(first, texts=texts, title=title)
    # A label behind the break names a new group, or goes on with the label above it: the table decides.
    merged = first.merged - {Column.GROUP}
    return replace(first, texts={**texts, Column.GROUP: label}, title=title, merged=merged, after_break=True)
