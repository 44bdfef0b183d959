"""Plain text: lines with tabs are rows of a table, a blank line inside a table is the end of a page."""

from collections.abc import Iterator, Sequence

from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Paragraph, SourceDocument


def decoded(content: bytes) -> str | None:
    """The text of UTF-8 (with or without a mark) or of marked UTF-16; None where the bytes are neither."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def read_text(text: str) -> SourceDocument:
    """Paragraphs and grids of a text, as word processors and page readers write tables out: one tab a column."""
    blocks: list[Paragraph | Grid] = []
    rows: list[GridRow] = []
    after_break = False
    for line in _lines(text):
        if "\t" in line:
            rows.append(GridRow(tuple(Cell(piece.strip()) for piece in line.split("\t")), after_break))
            after_break = False
        elif line:
            blocks.extend(_table(rows))
            blocks.append(Paragraph(line.strip()))
            rows, after_break = [], False
        else:
            after_break = bool(rows)
    return SourceDocument((*blocks, *_table(rows)))


def _lines(text: str) -> Iterator[str]:
    """Lines without their ends; a form feed ends a page and so counts as a blank line."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n"):
        if line.strip():
            yield line
        elif "\t" not in line:
            yield ""


def _table(rows: Sequence[GridRow]) -> Iterator[Paragraph | Grid]:
    """A grid of equal rows; lines that merely begin with a tab, or are set apart by one, stay paragraphs."""
    filled = [[cell.text for cell in row.cells if cell.text] for row in rows]
    if any(len(texts) > 1 for texts in filled):
        width = max(len(row.cells) for row in rows)
        padding = [(Cell(),) * (width - len(row.cells)) for row in rows]
        yield Grid(tuple(GridRow(row.cells + pad, row.after_break) for row, pad in zip(rows, padding, strict=True)))
    else:
        yield from (Paragraph(text) for texts in filled for text in texts)
