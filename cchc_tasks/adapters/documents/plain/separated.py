"""Rows whose cells are parted by one sign, with quotes around what holds it: the CSV files of spreadsheets."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Paragraph, SourceDocument

LEAST_CELLS = 3  # fewer lines of prose look like a table: "Căn cứ Nghị định;"

_SEPARATORS = ";,\t"
_NAMED = re.compile(r'"?sep=([^\s"]|\t)"?\r?\n', re.IGNORECASE)  # the first line that Excel writes and heeds
_SAMPLE = 64 * 1024
_RECORDS = 200
_QUOTED = re.compile(r'(?:^|\t)"((?:[^"]|"")*+)"(?=\t|\r?$)', re.MULTILINE)


def separator_of(text: str) -> str | None:
    """The sign that parts the cells: named by `sep=`, or the one that parts most lines alike; None for prose."""
    named = _NAMED.match(text)
    if named:
        return named[1]
    sample = text[:_SAMPLE]
    if any("\t" in line.strip() for line in sample.split("\n")):
        # Plain tabs are read as text; quotes that were needed show a spreadsheet's file.
        quoted = [found[1] for found in _QUOTED.finditer(sample)]
        needed = any(set(text) & set('\n\t",') for text in quoted)
        lone = any(text[:1].isspace() or text[-1:].isspace() for text in quoted)  # between two that mean "as above"
        return "\t" if needed and not lone and _evidence(sample, "\t") else None
    best = max(_SEPARATORS, key=lambda sign: _evidence(sample, sign))
    return best if _evidence(sample, best) else None


def read_separated(text: str, separator: str) -> SourceDocument:
    """One grid, after the title lines above it; a blank line is the end of a page. Raises ValueError where damaged."""
    named = _NAMED.match(text)
    source = io.StringIO(text[named.end() :] if named else text, newline="")
    try:
        records = [[_clean(cell) for cell in record] for record in csv.reader(source, delimiter=separator, strict=True)]
    except csv.Error as error:  # a quote that is never closed, a cell beyond the library's limit
        raise ValueError(str(error)) from error
    start = next((index for index, record in enumerate(records) if _filled(record) > 1), len(records))
    titles = [Paragraph(line) for record in records[:start] for cell in record for line in cell.split("\n") if line]
    return SourceDocument((*titles, *_grid(records[start:])))


def _grid(records: Sequence[Sequence[str]]) -> Sequence[Grid]:
    """The records as rows of one length; empty ones at the end are none."""
    rows: list[GridRow] = []
    width = max((len(record) for record in records), default=0)
    last = max((index for index, record in enumerate(records) if _filled(record)), default=-1)
    after_break = False
    for record in records[: last + 1]:
        if record:
            cells = (*map(Cell, record), *[Cell()] * (width - len(record)))
            rows.append(GridRow(cells, after_break))
        after_break = not record
    return [Grid(tuple(rows))] if rows else []


def _evidence(sample: str, sign: str) -> int:
    """How many places the sign parts as in a table; 0 where lines differ in cells or a blank follows, as in prose."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
    try:
        records = [record for record in islice(reader, _RECORDS) if len(record) > 1]
    except csv.Error:
        return 0
    widths = Counter(len(record) for record in records)
    width, alike = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if width < LEAST_CELLS or alike < 2 or alike * 2 < len(records):
        return 0
    parted = [pair for record in records for pair in pairwise(record) if pair[1]]
    blanks = sum(right[0].isspace() for _, right in parted)
    decimals = sum(left[-1:].isdecimal() and right[0].isdecimal() for left, right in parted) if sign == "," else 0
    tight = len(parted) - blanks - decimals
    return tight if tight > 4 * blanks else 0


def _filled(record: Sequence[str]) -> int:
    return sum(map(bool, record))


def _clean(cell: str) -> str:
    return "\n".join(line.strip() for line in cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
