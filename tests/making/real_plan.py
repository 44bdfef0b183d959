"""The real appendix beside the checkout as three files, and the careful reading of its rows."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, SourceDocument
from tests.making.files import word_file, workbook_file

ABOVE = Cell(merge=Merge.FROM_ABOVE)
BEFORE_THEIR_LABEL = ("26.", "27.")  # rows of the group whose label is printed on the next page


@dataclass(frozen=True)
class RealPlan:
    """The files, by format, and a person's reading of each row."""

    files: dict[str, Path]
    gold: list[dict[str, Any]]


def real_plan(shared: Path, folder: Path) -> RealPlan:
    """The printed text, a Word file with its torn rows and headers, and a workbook of whole rows in merged cells."""
    gold = json.loads((shared / "gold" / "003_rows.json").read_text(encoding="utf-8"))
    text = next((shared / "seeds").glob("003_*.txt"))
    printed = read_text(text.read_text(encoding="utf-8"))
    return RealPlan(
        files={
            "txt": text,
            "docx": word_file(_with_merged_labels(printed), folder / "003.docx"),
            "xlsx": workbook_file(_whole(printed, gold), folder / "003.xlsx"),
        },
        gold=gold,
    )


def _with_merged_labels(printed: SourceDocument) -> SourceDocument:
    """The printed table with the header repeated on its second page and each label merged over its group's rows.

    A merged cell ends with its page, and before the rows whose label comes too late.
    """
    (table,) = printed.grids
    rows: list[GridRow] = []
    for row in table.rows:
        if row.after_break and len(rows) < 10:
            rows.append(replace(table.rows[0], after_break=True))
        label, title, *others = row.cells
        apart = label.text or row.after_break or title.text.startswith(BEFORE_THEIR_LABEL)
        rows.append(replace(row, cells=(label if apart else ABOVE, title, *others)))
    return SourceDocument((*printed.paragraphs, Grid(tuple(rows))))


def _whole(printed: SourceDocument, gold: list[dict[str, Any]]) -> SourceDocument:
    """The rows as their author had them before any page tore them."""
    (table,) = printed.grids
    rows = [table.rows[0]]
    group = None
    for row in gold:
        label = ABOVE if row["group"] == group else Cell(row["group"])
        title = ABOVE if row["task_inherited"] else Cell(f"{row['task_no']}. {row['task']}")
        others = (row["product_cell"], row["time"], row["lead_cell"], row["coordinators_cell"])
        rows.append(GridRow((label, title, *map(Cell, others))))
        group = row["group"]
    return SourceDocument((*printed.paragraphs, Grid(tuple(rows))))
