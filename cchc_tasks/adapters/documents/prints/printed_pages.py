"""Puts printed pages together: tables and text in reading order, without what is printed on every page anew.

Lengths are points, counted from a page's left and top edges.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cchc_tasks.adapters.documents.prints.print_columns import side_by_side
from cchc_tasks.adapters.documents.prints.printed_lines import Glyph, PrintedLine, lines_of, typed_texts
from cchc_tasks.adapters.documents.prints.ruled_tables import Rule, RuledTable, clustered, ruled_tables
from cchc_tasks.adapters.documents.prints.unruled_tables import Columns, PrintedTable, unruled_tables
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, Paragraph, SourceDocument


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page's size, letters and ruled lines."""

    width: float
    height: float
    glyphs: Sequence[Glyph]
    lying: Sequence[Rule]
    standing: Sequence[Rule]


def read_pages(pages: Iterable[PrintedPage]) -> SourceDocument:
    """The paragraphs and grids of pages in reading order; a table that goes on over pages is one grid."""
    laid_out = [_laid_out(page) for page in pages]
    running = _running_texts(laid_out)
    blocks: list[Paragraph | list[PrintedTable]] = []
    columns: Columns | None = None
    for page in laid_out:
        shown = [line for line in page.lines if not _is_running(line, page, running)]
        here, columns = _blocks(shown, page, columns)
        for at, block in enumerate(here):
            if at == 0 and blocks:
                _add_behind_break(blocks, block)
            else:
                blocks.append(block if isinstance(block, Paragraph) else [block])
    return SourceDocument(tuple(block if isinstance(block, Paragraph) else _grid(block) for block in blocks))


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """A page with its ruled tables read and its other lines apart."""

    width: float
    height: float
    lines: list[PrintedLine]
    tables: list[PrintedTable]
    lying: Sequence[Rule]

    def is_margin(self, line: PrintedLine) -> bool:
        """Whether a line stands where pages have their headers and footers."""
        return line.bottom < self.height * _MARGIN or line.top > self.height * (1 - _MARGIN)


_MARGIN = 0.12  # of a page's height
_PAGE_NUMBER = re.compile(r"\W*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_SAME_EDGE = 3.0
_ENDS = ".;:!?"
_LEAST_FULL = 0.75  # of the space between equal margins: what the longest line must fill to tell where lines end


def _laid_out(page: PrintedPage) -> _LaidOut:
    tables = ruled_tables(page.lying, page.standing)
    inside: dict[int, dict[tuple[int, int], list[Glyph]]] = {index: defaultdict(list) for index in range(len(tables))}
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        for index, table in enumerate(tables):
            place = table.place_of((glyph.x0 + glyph.x1) / 2, glyph.middle)
            if place is not None:
                inside[index][place].append(glyph)
                break
        else:
            outside.append(glyph)
    read = [_read_table(table, inside[index]) for index, table in enumerate(tables)]
    return _LaidOut(page.width, page.height, lines_of(_upright(outside)), read, page.lying)


def _read_table(table: RuledTable, glyphs: dict[tuple[int, int], list[Glyph]]) -> PrintedTable:
    lines = {place: lines_of(_upright(inside)) for place, inside in glyphs.items()}
    boxes = table.boxes()
    gaps = sorted(line.x0 - boxes[place][0] for place, found in lines.items() for line in found)
    padding = max(gaps[len(gaps) // 20], 0) if gaps else 0
    texts: dict[tuple[int, int], str] = {}
    for place, found in lines.items():
        left, top, right, bottom = boxes[place]
        turned = bool(glyphs[place]) and glyphs[place][0].turn != 0
        width = bottom - top if turned else right - left
        start = min(line.x0 for line in found) if turned else left + padding
        texts[place] = "\n".join(typed_texts(found, start, start + width - 2 * padding)) if found else ""
    rows = tuple(
        tuple(
            Cell(texts.get((row, column), "")) if merge is Merge.NONE else Cell(merge=merge)
            for column in table.columns
            for merge in [table.merge_at((row, column))]
        )
        for row in table.rows
    )
    return PrintedTable(table.heights[0], table.edges, rows)


def _upright(glyphs: Sequence[Glyph]) -> Iterable[Glyph]:
    """Letters of text that runs up or down, laid as if it ran from left to right."""
    turns = Counter(glyph.turn for glyph in glyphs if glyph.text.strip())
    turn = turns.most_common(1)[0][0] if turns else 0
    return (glyph.laid(turn) for glyph in glyphs)


def _running_texts(pages: Sequence[_LaidOut]) -> set[str]:
    """What stands in the margin of at least half of the pages, whatever figures are in it."""
    if len(pages) < 2:
        return set()
    seen = Counter(text for page in pages for text in {_key(line) for line in page.lines if page.is_margin(line)})
    return {text for text, count in seen.items() if count >= max(2, len(pages) / 2)}


def _key(line: PrintedLine) -> str:
    return _FIGURES.sub("#", line.text)


def _is_running(line: PrintedLine, page: _LaidOut, running: set[str]) -> bool:
    if not page.is_margin(line):
        return False
    outermost = line in (page.lines[0], page.lines[-1])
    return _key(line) in running or (outermost and _PAGE_NUMBER.fullmatch(line.text) is not None)


def _blocks(
    lines: Sequence[PrintedLine], page: _LaidOut, columns: Columns | None
) -> tuple[list[Paragraph | PrintedTable], Columns | None]:
    """The page's tables in their places among its text, and the columns of an unruled one that it ends with."""
    edges = _edges(lines, page)
    ruled = [rule.at for rule in page.lying]
    blocks: list[Paragraph | PrintedTable] = []
    rest = list(lines)
    for table in (*page.tables, None):
        above = [line for line in rest if table is None or line.top < table.top]
        parts, columns = unruled_tables(above, ruled, columns)
        for part in parts:
            blocks += [part] if isinstance(part, PrintedTable) else _paragraphs(part, edges)
        if table is not None:
            blocks.append(table)
            columns = None
        rest = rest[len(above) :]
    return blocks, columns


def _paragraphs(lines: Sequence[PrintedLine], edges: tuple[float, float]) -> Iterator[Paragraph]:
    for column, start, end in side_by_side(lines, *edges):
        yield from (Paragraph(text) for text in typed_texts(column, start, end))


def _edges(lines: Sequence[PrintedLine], page: _LaidOut) -> tuple[float, float]:
    """Between which edges the page's text is wrapped; a few short lines cannot tell."""
    left = min((line.x0 for line in lines), default=0)
    longest = max((line.x1 for line in lines), default=page.width)
    usual = page.width - left
    return left, longest if longest - left > _LEAST_FULL * (usual - left) else usual


def _add_behind_break(blocks: list[Paragraph | list[PrintedTable]], block: Paragraph | PrintedTable) -> None:
    """Add what a page begins with; it may go on with what the page before ended with."""
    last = blocks[-1]
    if isinstance(block, Paragraph):
        if isinstance(last, Paragraph) and block.text[0].islower() and last.text[-1] not in _ENDS:
            blocks[-1] = Paragraph(f"{last.text} {block.text}")
        else:
            blocks.append(block)
    elif isinstance(last, list) and _goes_on(last[-1], block):
        last.append(block)
    else:
        blocks.append([block])


def _goes_on(table: PrintedTable, after: PrintedTable) -> bool:
    """Whether a table takes up the same space on the next page."""
    ends = ((table.edges[0], after.edges[0]), (table.edges[-1], after.edges[-1]))
    return all(abs(one - other) < _SAME_EDGE for one, other in ends)


def _grid(parts: Sequence[PrintedTable]) -> Grid:
    """One grid of a table's pages, with a place for every column that any of them has."""
    edges = clustered((edge for part in parts for edge in part.edges), _SAME_EDGE)
    rows: list[GridRow] = []
    for number, part in enumerate(parts):
        at = [min(range(len(edges)), key=lambda place: abs(edges[place] - edge)) for edge in part.edges]
        for index, cells in enumerate(part.rows):
            wide = (
                spread
                for cell, start, end in zip(cells, at, at[1:], strict=False)
                for spread in (cell, *[Cell(merge=Merge.FROM_LEFT)] * (end - start - 1))
            )
            rows.append(GridRow(tuple(wide), after_break=number > 0 and index == 0))
    return Grid(tuple(rows))
