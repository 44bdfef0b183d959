"""Plain text: lines with tabs or bars are rows of a table, whose pages end with a blank line; or blanks align them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from cchc_tasks.adapters.documents.plain.aligned import read_aligned
from cchc_tasks.adapters.documents.plain.piped import Line, has_bars, read_piped
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Paragraph, SourceDocument


def read_text(text: str) -> SourceDocument:
    """Paragraphs and grids of a text, as word processors and page readers write tables out: one tab a column.

    A line with a tab is no line of a table drawn with bars.
    """
    blocks: list[Paragraph | Grid] = []
    for kind, group in groupby(_lines(text), lambda line: _kind(line[0])):
        lines = list(group)
        if kind == "tabs":
            blocks.extend(_table(lines))
        elif kind == "bars":
            blocks.extend(read_piped([(line, ended and index > 0) for index, (line, ended) in enumerate(lines)]))
        else:
            blocks.extend(read_aligned(lines))
    return SourceDocument(tuple(blocks))


def _kind(line: str) -> str:
    if "\t" in line:
        return "tabs"
    return "bars" if has_bars(line) else "words"


def _lines(text: str) -> Iterator[Line]:
    """Lines that hold something, and whether a blank one stands before; a form feed ends a page like a blank line."""
    after_blank = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n"):
        if line.strip():
            yield line, after_blank
            after_blank = False
        elif "\t" not in line:
            after_blank = True


def _table(lines: Sequence[Line]) -> Iterator[Paragraph | Grid]:
    """A grid of equal rows; lines that merely begin with a tab, or are set apart by one, stay paragraphs."""
    rows = [[piece.strip() for piece in line.split("\t")] for line, _ in lines]
    if any(sum(map(bool, row)) > 1 for row in rows):
        width = max(map(len, rows))
        breaks = [ended and index > 0 for index, (_, ended) in enumerate(lines)]
        padded = (row + [""] * (width - len(row)) for row in rows)
        yield Grid(tuple(GridRow(tuple(map(Cell, row)), ended) for row, ended in zip(padded, breaks, strict=True)))
    else:
        yield from (Paragraph(text) for row in rows for text in row if text)
