"""The seam every format arrives through: a document is paragraphs and grids of cells, in reading order."""

from dataclasses import dataclass
from enum import Enum


class Merge(Enum):
    """Whether a cell is part of one that began above it or to its left; such a cell has no text of its own."""

    NONE = "none"
    FROM_ABOVE = "above"
    FROM_LEFT = "left"


class Stored(Enum):
    """What a workbook keeps a cell's text as: a day that it stores may have day and month exchanged as it was typed."""

    TEXT = "text"
    DAY = "day"
    DAY_SHOWN_MONTH_FIRST = "day-month-first"


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a grid. Text keeps its line breaks."""

    text: str = ""
    merge: Merge = Merge.NONE
    stored: Stored = Stored.TEXT


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
    """A document as its reader found it; what was `scanned` may be wrong in any letter."""

    blocks: tuple[Paragraph | Grid, ...]
    scanned: bool = False

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text outside tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))
