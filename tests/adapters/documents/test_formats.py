"""One truth in every format: whoever writes a plan, its rows and duties are read alike."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument
from cchc_tasks.domain.reading.whole import read_document
from tests.making.files import markdown_file, page_file, separated_file, text_file, word_file
from tests.making.real_plan import real_plan
from tests.making.sample_plan import torn_plan, whole_plan

Writer = Callable[[SourceDocument, Path], Path]

WRITERS: dict[str, Writer] = {
    "text": text_file,
    "Markdown": markdown_file,
    "rows with semicolons": separated_file,
    "rows with commas": partial(separated_file, separator=",", encoding="utf-8"),
    "rows with tabs": partial(separated_file, separator="\t", encoding="utf-16"),
    "a page": page_file,
    "a page of old": partial(page_file, encoding="cp1258"),
}


def with_marks_apart(document: SourceDocument) -> SourceDocument:
    """Letters and their marks as signs of their own, as some systems type them."""

    def apart(block: Paragraph | Grid) -> Paragraph | Grid:
        if isinstance(block, Paragraph):
            return Paragraph(unicodedata.normalize("NFD", block.text))
        rows = (
            replace(row, cells=tuple(replace(one, text=unicodedata.normalize("NFD", one.text)) for one in row.cells))
            for row in block.rows
        )
        return Grid(tuple(rows))

    return SourceDocument(tuple(apart(block) for block in document.blocks))


@pytest.mark.parametrize("format", WRITERS)
class TestPlan:
    def test_comes_back_cell_by_cell(self, format: str, tmp_path: Path) -> None:
        assert FileReader().read(WRITERS[format](torn_plan(), tmp_path / "ke-hoach")) == torn_plan()

    def test_of_a_real_office_comes_back_cell_by_cell(self, format: str, shared: Path, tmp_path: Path) -> None:
        printed = FileReader().read(real_plan(shared, tmp_path).files["txt"])

        assert FileReader().read(WRITERS[format](printed, tmp_path / "ke-hoach")) == printed

    def test_comes_back_composed_where_marks_stand_apart(self, format: str, tmp_path: Path) -> None:
        apart = WRITERS[format](with_marks_apart(torn_plan()), tmp_path / "ke-hoach")

        assert FileReader().read(apart) == torn_plan()


class TestPlanInMergedCells:
    @pytest.mark.parametrize("write", [page_file, word_file])
    def test_has_the_same_rows_and_duties(self, write: Writer, tmp_path: Path) -> None:
        assert read_document(FileReader().read(write(whole_plan(), tmp_path / "ke-hoach"))) == read_document(
            whole_plan()
        )
