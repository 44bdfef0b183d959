"""Workbooks of Excel 97 to 2003, read in a process of their own: their parser ends its process where one is damaged."""

import json
import resource
import subprocess
import sys

from cchc_tasks.adapters.documents.xlsx import read_sheets
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, SourceDocument

SECONDS = 30
MOST_MEMORY = 1024 * 1024 * 1024  # bytes, the interpreter's own included


def is_xls(content: bytes) -> bool:
    """Whether the directory of a compound file (MS-CFB) names a workbook."""
    return any(name.ljust(32, "\0").encode("utf-16-le") in content for name in ("Workbook", "Book"))


def read_xls(content: bytes) -> SourceDocument:
    """The visible sheets that hold something, merged cells included; raises ValueError where they cannot be read."""
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 (our own module)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise ValueError("no workbook that can be read") from error
    return SourceDocument(tuple(_grid(rows) for rows in json.loads(done.stdout)))


def _grid(rows: list[list[tuple[str, str]]]) -> Grid:
    return Grid(tuple(GridRow(tuple(Cell(text, Merge(merge)) for text, merge in row)) for row in rows))


def _print_sheets() -> None:
    """What the process does: a workbook comes in, the texts of its places and how they are merged go out."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    grids = read_sheets(sys.stdin.buffer.read()).grids
    json.dump(
        [[[(cell.text, cell.merge.value) for cell in row.cells] for row in grid.rows] for grid in grids], sys.stdout
    )


if __name__ == "__main__":
    _print_sheets()
