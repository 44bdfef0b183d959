"""Every printed appendix is read alike from each format that can hold it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.document import Cell, Grid, Merge, SourceDocument
from tests.making.appendices import APPENDICES, PrintedAppendix
from tests.making.files import markdown_file, page_file, separated_file, text_file, word_file, workbook_file

Writer = Callable[[SourceDocument, Path], Path]

KEEPING_MERGED_CELLS: dict[str, Writer] = {"Word": word_file, "a page": page_file}
WITHOUT_MERGED_CELLS: dict[str, Writer] = {
    "text": text_file,
    "Markdown": markdown_file,
    "rows with semicolons": separated_file,
    "rows with tabs": partial(separated_file, separator="\t", encoding="utf-16"),
}
OF_ONE_TABLE = [one for one in APPENDICES if len(one.blocks) == 1]


def without_merged_cells(document: SourceDocument, *, on_one_line: bool) -> SourceDocument:
    """The document as a format holds it in which each place is a cell of its own."""

    def plain(cell: Cell) -> Cell:
        text = "" if cell.merge is not Merge.NONE else cell.text
        return Cell(text.replace("\n", " ") if on_one_line else text)

    return SourceDocument(
        tuple(
            Grid(tuple(replace(row, cells=tuple(map(plain, row.cells))) for row in block.rows))
            if isinstance(block, Grid)
            else block
            for block in document.blocks
        )
    )


@pytest.mark.parametrize("appendix", APPENDICES, ids=lambda one: one.name)
@pytest.mark.parametrize("format", KEEPING_MERGED_CELLS)
def test_a_format_with_merged_cells_holds_the_same_document(
    format: str, appendix: PrintedAppendix, tmp_path: Path
) -> None:
    file = KEEPING_MERGED_CELLS[format](appendix.source, tmp_path / "phu-luc")

    assert FileReader().read(file) == appendix.source


@pytest.mark.parametrize("appendix", OF_ONE_TABLE, ids=lambda one: one.name)
@pytest.mark.parametrize("format", WITHOUT_MERGED_CELLS)
def test_a_format_without_merged_cells_holds_the_same_texts(
    format: str, appendix: PrintedAppendix, tmp_path: Path
) -> None:
    truth = without_merged_cells(appendix.source, on_one_line=format == "text")

    file = WITHOUT_MERGED_CELLS[format](truth, tmp_path / "phu-luc")

    assert FileReader().read(file).grids == truth.grids


@pytest.mark.parametrize("appendix", OF_ONE_TABLE, ids=lambda one: one.name)
def test_a_workbook_gives_the_same_rows(appendix: PrintedAppendix, tmp_path: Path) -> None:
    """But for rows torn by a page: a sheet has none."""
    whole = SourceDocument(
        tuple(
            Grid(tuple(replace(row, after_break=False) for row in block.rows)) if isinstance(block, Grid) else block
            for block in appendix.source.blocks
        )
    )

    file = workbook_file(whole, tmp_path / "phu-luc.xlsx")

    assert read_rows(FileReader().read(file)) == read_rows(whole)
