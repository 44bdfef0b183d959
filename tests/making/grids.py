"""Tables drawn with bars, so that a test shows what it reads."""

from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, Paragraph, SourceDocument

_MERGED = {"^": Merge.FROM_ABOVE, "<": Merge.FROM_LEFT}


def grid(drawing: str) -> Grid:
    """A line for each row, a bar between cells; `^` and `<` are merged with the cell above and to the left.

    A blank line is the end of a page, `⏎` a line break within a cell.
    """
    rows: list[GridRow] = []
    after_break = False
    for line in drawing.strip("\n").split("\n"):
        if not line.strip():
            after_break = True
            continue
        texts = [text.strip().replace("⏎", "\n") for text in line.split("|")]
        rows.append(GridRow(tuple(_cell(text) for text in texts), after_break))
        after_break = False
    return Grid(tuple(rows))


def document(*blocks: str | Grid) -> SourceDocument:
    """Paragraphs and grids in order; the lines of a text are paragraphs."""
    found: list[Paragraph | Grid] = []
    for block in blocks:
        found += [block] if isinstance(block, Grid) else [Paragraph(line) for line in block.split("\n") if line.strip()]
    return SourceDocument(tuple(found))


def extent(table: Grid, row: int, column: int) -> tuple[int, int]:
    """The last row and last column of the merged range that begins at a place."""
    last_column, last_row = column, row
    cells = table.rows[row].cells
    while last_column + 1 < len(cells) and cells[last_column + 1].merge is Merge.FROM_LEFT:
        last_column += 1
    while last_row + 1 < len(table.rows) and table.rows[last_row + 1].cells[column].merge is Merge.FROM_ABOVE:
        last_row += 1
    return last_row, last_column


def _cell(text: str) -> Cell:
    return Cell(merge=_MERGED[text]) if text in _MERGED else Cell(text)
