"""Text printed in columns side by side: a letterhead's halves, recipients beside a signature, pages in two columns."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cchc_tasks.adapters.documents.prints.printed_lines import PrintedLine

Column = tuple[Sequence[PrintedLine], float, float]  # its lines, and between which edges they are wrapped


def side_by_side(lines: Sequence[PrintedLine], left: float, right: float) -> Iterator[Column]:
    """The lines in reading order, those of a left column before those of the one to its right."""
    rows = _rows(lines)
    plain: list[PrintedLine] = []
    index = 0
    while index < len(rows):
        height, gutter = _band(rows, index)
        if not height:
            plain += rows[index]
            index += 1
            continue
        above: list[PrintedLine] = []
        while plain and plain[-1].x0 >= gutter[1]:  # the right column may begin a little higher than the left one
            above.insert(0, plain.pop())
        if plain:
            yield plain, left, right
            plain = []
        middle = sum(gutter) / 2
        band = [*above, *(line for row in rows[index : index + height] for line in row)]
        parts = [part for line in band for part in _halves(line, middle)]
        yield from side_by_side([part for part in parts if part.x0 < middle], left, gutter[0])
        yield from side_by_side([part for part in parts if part.x0 >= middle], gutter[1], right)
        index += height
    if plain:
        yield plain, left, right


Gap = tuple[float, float]

_GUTTER = 0.8  # of the letters' size: the space between columns over several lines
_ALONE = 2.0  # the same where only a few lines show it
_LEAST_ROWS = 2
_PARAGRAPH = 0.9  # of the letters' size: a space after which a column of one side ends


def _rows(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Lines that stand beside one another, in larger and smaller letters perhaps."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda one: one.top):
        last = rows[-1][-1] if rows else None
        overlap = last.bottom - line.top if last else 0.0
        apart = last is not None and (last.x1 < line.x0 or line.x1 < last.x0)
        if last is not None and apart and overlap > 0.5 * min(line.size, last.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _band(rows: Sequence[Sequence[PrintedLine]], start: int) -> tuple[int, Gap]:
    """How many rows from one on share a gap between two sides, and that gap; no rows where there is none."""
    least = _GUTTER * rows[start][0].size
    bands = [_shared(rows, start, gap, least) for gap in _gaps(rows[start]) if gap[1] - gap[0] > least]
    return max(bands, key=lambda band: (band[0], band[1][1] - band[1][0]), default=(0, (0.0, 0.0)))


def _shared(rows: Sequence[Sequence[PrintedLine]], start: int, gutter: Gap, least: float) -> tuple[int, Gap]:
    end, two_sided = start + 1, 1
    while end < len(rows):
        narrowed = _narrowed(gutter, rows[end])
        both = any(line.x0 < gutter[0] for line in rows[end]) and any(line.x1 > gutter[1] for line in rows[end])
        space = rows[end][0].top - rows[end - 1][0].bottom
        if narrowed[1] - narrowed[0] <= least or (not both and space > _PARAGRAPH * rows[end][0].size):
            break
        gutter, end, two_sided = narrowed, end + 1, two_sided + both
    if two_sided < _LEAST_ROWS and gutter[1] - gutter[0] <= _ALONE * rows[start][0].size:
        return 0, gutter
    return end - start, gutter


def _gaps(row: Sequence[PrintedLine]) -> Iterator[Gap]:
    words = sorted((word.x0, word.x1) for line in row for word in line.words)
    return ((one[1], other[0]) for one, other in pairwise(words))


def _narrowed(gutter: Gap, row: Sequence[PrintedLine]) -> Gap:
    """What a row leaves of a gap: the widest space without a word."""
    inside = [(word.x0, word.x1) for line in row for word in line.words if word.x1 > gutter[0] and word.x0 < gutter[1]]
    ends = [(gutter[0], gutter[0]), *sorted(inside), (gutter[1], gutter[1])]
    return max(((one[1], other[0]) for one, other in pairwise(ends)), key=lambda gap: gap[1] - gap[0])


def _halves(line: PrintedLine, middle: float) -> Iterator[PrintedLine]:
    for words in (tuple(w for w in line.words if w.x0 < middle), tuple(w for w in line.words if w.x0 >= middle)):
        if words:
            yield PrintedLine(words, line.top, line.bottom, line.size, line.font)
