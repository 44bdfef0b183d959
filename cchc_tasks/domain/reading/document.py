"""The seam every format arrives through: a document is paragraphs and grids of cells, in reading order."""

from dataclasses import dataclass
from enum import Enum


class Merge(Enum):
    """Whether a cell is part of one that began above it or to its left; such a cell has no text of its own."""

    NONE = "none"
    FROM_ABOVE = "above"
    FROM_LEFT = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a grid. Text keeps its line breaks."""

    text: str = ""
    merge: Merge = Merge.NONE


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid; `after_break` says that a page ended just before it."""

    cells: tuple[Cell, ...]
    after_break: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equal length, merged places included."""

    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text outside any table."""

    text: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as its reader found it."""

    blocks: tuple[Paragraph | Grid, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text outside tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))
