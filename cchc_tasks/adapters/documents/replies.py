"""How a document, its first lines or a refusal pass from the process that reads to the one that asked: as JSON."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from cchc_tasks.domain.errors import (
    CchcError,
    FileDamaged,
    FileEmpty,
    FileLocked,
    FileNotText,
    FileUnpacksTooLarge,
    FormatUnknown,
    InputError,
    LibreOfficeNeeded,
    ScanReaderNeeded,
    TextTooLong,
)
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, Paragraph, SourceDocument, Stored

_LEAVES: tuple[type[InputError], ...] = (
    FileDamaged,
    FileEmpty,
    FileLocked,
    FileNotText,
    FileUnpacksTooLarge,
    FormatUnknown,
    LibreOfficeNeeded,
    ScanReaderNeeded,
    TextTooLong,
)
_BY_CODE = {leaf.code: leaf for leaf in _LEAVES}
_SIGNS = {Merge.FROM_ABOVE: 1, Merge.FROM_LEFT: 2}  # a cell is its text, one of these, or its text and how it is stored
_BLANK = Cell()
_MERGED = {sign: Cell(merge=merge) for merge, sign in _SIGNS.items()}
_UNFIT = (AttributeError, LookupError, RecursionError, TypeError, ValueError)  # what comes of JSON of another shape
_Found = TypeVar("_Found")


class NoReply(Exception):
    """Bytes that are no reply: what read a hostile content may say anything."""


class Refusal(Exception):
    """Content that cannot be read: an error's leaf, and its facts but the path, which only the asking process knows."""

    def __init__(self, leaf: type[InputError], **facts: str) -> None:
        self.leaf = leaf
        self.facts = facts
        super().__init__(leaf.code)

    def named(self, path: object) -> CchcError:
        """The error for the file of this path."""
        return self.leaf(path=path, **self.facts)


def written_document(document: SourceDocument) -> bytes:
    """A document as JSON."""
    blocks = [
        block.text if isinstance(block, Paragraph) else [_written_row(row) for row in block.rows]
        for block in document.blocks
    ]
    return _json({"blocks": blocks, "scanned": document.scanned})


def written_lines(lines: list[str]) -> bytes:
    """Lines of text as JSON."""
    return _json({"lines": lines})


def written_refusal(refusal: Refusal) -> bytes:
    """A refusal as JSON: the code of its error and the facts."""
    return _json({"refused": refusal.leaf.code, "facts": refusal.facts})


def document_of(reply: bytes) -> SourceDocument:
    """The document of a reply; raises Refusal where it is one, NoReply where it is none."""
    return _understood(
        reply, lambda facts: SourceDocument(tuple(map(_block, facts["blocks"])), scanned=facts["scanned"] is True)
    )


def lines_of(reply: bytes) -> list[str]:
    """The lines of a reply; raises Refusal where it is one, NoReply where it is none."""
    return _understood(reply, lambda facts: list(map(_text, facts["lines"])))


def _json(facts: dict[str, Any]) -> bytes:
    # A lone half of a letter that some workbook holds is no text; it becomes a question mark.
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _understood(reply: bytes, read: Callable[[dict[str, Any]], _Found]) -> _Found:
    try:
        facts = json.loads(reply)
        if "refused" not in facts:
            return read(facts)
        refusal = Refusal(_BY_CODE[facts["refused"]], **{name: _text(fact) for name, fact in facts["facts"].items()})
        refusal.named("")  # nothing is wanting in its sentence
    except _UNFIT as error:
        raise NoReply from error
    raise refusal


def _text(text: Any) -> str:  # noqa: ANN401 (JSON)
    if not isinstance(text, str):
        raise TypeError(type(text))
    return text


def _written_row(row: GridRow) -> list[Any]:
    return [int(row.after_break), *map(_written_cell, row.cells)]


def _written_cell(cell: Cell) -> Any:  # noqa: ANN401 (JSON)
    if cell.merge is not Merge.NONE:
        return _SIGNS[cell.merge]
    return cell.text if cell.stored is Stored.TEXT else [cell.text, cell.stored.value]


def _block(block: Any) -> Paragraph | Grid:  # noqa: ANN401 (JSON)
    if isinstance(block, str):
        return Paragraph(block)
    return Grid(tuple(GridRow(tuple(map(_cell, cells)), bool(after_break)) for after_break, *cells in block))


def _cell(cell: str | int | list[str]) -> Cell:
    if isinstance(cell, str):
        return Cell(cell) if cell else _BLANK
    if isinstance(cell, int):
        return _MERGED[cell]
    text, stored = cell
    return Cell(_text(text), stored=Stored(stored))
