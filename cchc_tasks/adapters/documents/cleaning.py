"""Text in composed letters, without control characters and marks that turn the reading direction."""

import re
import unicodedata
from dataclasses import replace

from cchc_tasks.domain.reading.document import Cell, Grid, Paragraph, SourceDocument

_DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def cleaned(document: SourceDocument) -> SourceDocument:
    """The document with the text of every paragraph and cell cleaned."""
    return replace(document, blocks=tuple(_cleaned_block(block) for block in document.blocks))


def cleaned_text(text: str) -> str:
    """A text in composed letters (NFC); line breaks and tabs are the only control characters left."""
    text = unicodedata.normalize("NFC", text)
    return text if text.isprintable() else _DROPPED.sub("", text)


def _cleaned_block(block: Paragraph | Grid) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return Paragraph(cleaned_text(block.text))
    return Grid(tuple(replace(row, cells=tuple(map(_cleaned_cell, row.cells))) for row in block.rows))


def _cleaned_cell(cell: Cell) -> Cell:
    return replace(cell, text=cleaned_text(cell.text)) if cell.text else cell
