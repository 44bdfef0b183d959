"""Word documents read as a reader of the last revision sees them."""

import io
import zipfile
from pathlib import Path

from cchc_tasks.adapters.documents.docx import MOST_COLUMNS, read_docx
from cchc_tasks.domain.reading.document import Grid, SourceDocument
from tests.making.files import word_file, word_package
from tests.making.grids import document, grid
from tests.making.sample_plan import torn_plan, whole_plan

CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


def read(body: str) -> SourceDocument:
    with zipfile.ZipFile(io.BytesIO(word_package(body))) as archive:
        return read_docx(archive)


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


class TestWordDocument:
    def test_comes_back_with_its_merged_cells_and_page_breaks(self, tmp_path: Path) -> None:
        for made in (torn_plan(), whole_plan()):
            with zipfile.ZipFile(word_file(made, tmp_path / "ke-hoach.docx")) as archive:
                assert read_docx(archive) == made

    def test_holds_what_was_inserted_and_not_what_was_deleted(self) -> None:
        found = read(
            "<w:p><w:r><w:t>Trong </w:t></w:r><w:del><w:r><w:delText>quý I</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>quý II</w:t></w:r></w:ins></w:p>"
            "<w:tbl>" + row(cell("giữ")) + row(cell("bỏ"), properties="<w:trPr><w:del/></w:trPr>") + "</w:tbl>"
        )

        assert found == document("Trong quý II", grid("giữ"))

    def test_is_read_through_content_controls(self) -> None:
        def control(content: str) -> str:
            return f"<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

        found = read(
            control("<w:p><w:r><w:t>Kế </w:t></w:r>" + control("<w:r><w:t>hoạch</w:t></w:r>") + "</w:p>")
            + control("<w:tbl>" + control(row(cell("1"), control(cell("Họp")))) + "</w:tbl>")
        )

        assert found == document("Kế hoạch", grid("1 | Họp"))

    def test_keeps_tabs_and_breaks_of_lines(self) -> None:
        found = read(
            "<w:p><w:r><w:t>Số:</w:t><w:tab/><w:t>ngày</w:t><w:br/><w:t>dưới</w:t></w:r></w:p>"
            "<w:tbl>" + row("<w:tc><w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:p/></w:tc>") + "</w:tbl>"
        )

        assert found == document("Số:\tngày\ndưới", grid("a⏎b"))


class TestTableInAWordDocument:
    def test_counts_skipped_spanned_and_merged_places(self) -> None:
        found = read(
            "<w:tbl>"
            + row(cell("nhóm", '<w:vMerge w:val="restart"/>'), cell("cả hai", '<w:gridSpan w:val="2"/>'))
            + row(cell("", "<w:vMerge/>"), cell("trái"), cell("phải"))
            + row(cell("lùi vào"), properties='<w:trPr><w:gridBefore w:val="1"/></w:trPr>')
            + "</w:tbl>"
        )

        assert found == document(grid("nhóm | cả hai | <\n^ | trái | phải\n | lùi vào | "))

    def test_keeps_the_text_of_a_table_inside_a_cell(self) -> None:
        inner = "<w:tbl>" + row(CELL.format("Quý I"), CELL.format("10")) + row(CELL.format("Quý II")) + "</w:tbl>"

        assert read(f"<w:tbl>{row(f'<w:tc>{inner}<w:p/></w:tc>')}</w:tbl>") == document(grid("Quý I 10⏎Quý II"))

    def test_begins_a_page_at_a_row_whose_text_follows_the_break(self) -> None:
        page_end = '<w:r><w:lastRenderedPageBreak/></w:r><w:r><w:br w:type="page"/></w:r>'
        behind = f"<w:tc><w:p>{page_end}<w:r><w:t>sau</w:t></w:r></w:p></w:tc>"
        amid = f"<w:tc><w:p><w:r><w:t>giữa </w:t></w:r>{page_end}<w:r><w:t>chừng</w:t></w:r></w:p></w:tc>"
        before = f"<w:tc><w:p><w:r><w:t>cuối</w:t></w:r>{page_end}</w:p></w:tc>"

        found = read(f"<w:tbl>{row(behind)}{row(amid)}{row(before)}{row(cell('đầu'))}</w:tbl>").grids[0]

        assert [(one.cells[0].text, one.after_break) for one in found.rows] == [
            ("sau", True),
            ("giữa chừng", False),
            ("cuối", False),
            ("đầu", True),
        ]

    def test_grows_no_wider_than_word_allows(self) -> None:
        huge = cell("rộng", '<w:gridSpan w:val="999999999"/>')

        found = read(f"<w:tbl>{row(huge, huge)}</w:tbl>").blocks[0]

        assert isinstance(found, Grid)
        assert len(found.rows[0].cells) == MOST_COLUMNS
