"""Word documents read as a reader of the last revision sees them."""

import io
import zipfile
from pathlib import Path

from cchc_tasks.adapters.documents.word.docx import read_docx
from cchc_tasks.adapters.documents.word.docx_tables import MOST_COLUMNS
from cchc_tasks.domain.reading.document import Grid, SourceDocument
from tests.making.files import word_file, word_package
from tests.making.grids import document, grid
from tests.making.sample_plan import torn_plan, whole_plan

CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


def read(body: str, **parts: str) -> SourceDocument:
    """The document of a body and of other parts by their names."""
    with zipfile.ZipFile(io.BytesIO(word_package(body, parts=parts))) as archive:
        return read_docx(archive)


def level(number: int, form: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def item(level: int, text: str, instance: int = 1) -> str:
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/>'
    return f"<w:p><w:pPr><w:numPr>{place}</w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


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

        found = read(f"<w:tbl>{row(cell('1'), f'<w:tc>{inner}<w:p/></w:tc>')}{row(cell('2'), cell('b'))}</w:tbl>")

        assert found == document(grid("1 | Quý I 10⏎Quý II\n2 | b"))

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


class TestWhatWordWritesItself:
    def numbered(self, body: str, levels: str, **parts: str) -> SourceDocument:
        """A document with one list of these levels, and what else its package holds."""
        numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>' + "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{more}</w:num>'
            for number, more in ((1, ""), (2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'))
        )
        return read(body, numbering=numbering, **parts)

    def test_numbers_the_first_column_and_titles(self) -> None:
        levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%3)")

        found = self.numbered(
            item(0, "Thể chế")
            + item(1, "Rà soát")
            + item(1, "Báo cáo")
            + item(2, "quý")
            + item(0, "Thủ tục")
            + item(1, "Niêm yết")
            + item(0, "Lại từ đầu", instance=2)
            + item(0, "Tiếp"),
            levels,
        )

        assert [paragraph.text for paragraph in found.paragraphs] == [
            "I. Thể chế",
            "I.1 Rà soát",
            "I.2 Báo cáo",
            "a) quý",
            "II. Thủ tục",
            "II.1 Niêm yết",
            "I. Lại từ đầu",
            "II. Tiếp",
        ]

    def test_numbers_empty_cells_and_skips_deleted_rows(self) -> None:
        number = f"<w:tc>{item(0, '')}</w:tc>"
        deleted = "<w:trPr><w:del/></w:trPr>"
        body = row(number, cell("a")) + row(number, cell("bỏ"), properties=deleted) + row(number, cell("b"))

        assert self.numbered(f"<w:tbl>{body}</w:tbl>", level(0, "decimal", "%1")) == document(grid("1 | a\n2 | b"))

    def test_numbers_by_a_style_and_shows_bullets_as_dashes(self) -> None:
        styles = (
            '<w:style w:styleId="Muc"><w:pPr><w:numPr>'
            '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
            '<w:style w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>'
        )
        styled = '<w:p><w:pPr><w:pStyle w:val="MucCon"/></w:pPr><w:r><w:t>Kế hoạch</w:t></w:r></w:p>'

        levels = level(0, "decimal", "%1.") + level(1, "bullet", "")

        assert self.numbered(styled, levels, styles=styles) == document("- Kế hoạch")

    def test_prints_notes_below_and_their_marks_in_no_number(self) -> None:
        marked = (
            '<w:p><w:r><w:t>Năm 2026</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
            '<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>1</w:t></w:r>'
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>4</w:t></w:r></w:p>'
        )
        notes = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:r><w:t>chú thích {n}</w:t></w:r></w:p></w:footnote>' for n in (1, 2, 3)
        )

        assert read(marked, footnotes=notes) == document("Năm 2026⁴\nchú thích 2\nchú thích 3")

    def test_moves_text_and_leaves_placeholders_out(self) -> None:
        moved = (
            "<w:p><w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>mới</w:t></w:r></w:moveTo>"
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            "<w:sdtContent><w:r><w:t>Bấm để nhập</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )

        assert read(moved) == document("mới")

    def test_reads_text_boxes_once_with_their_tables(self) -> None:
        words = "<w:p><w:r><w:t>Phụ lục</w:t></w:r></w:p>"
        content = f"<w:txbxContent>{words}<w:tbl>{row(cell('1'), cell('Họp'))}</w:tbl></w:txbxContent>"
        choice = f"<w:Choice><w:drawing><w:box>{content}</w:box></w:drawing></w:Choice>"
        other = f"<w:Fallback><w:pict>{content}</w:pict></w:Fallback>"
        drawn = f"<w:r><w:AlternateContent>{choice}{other}</w:AlternateContent></w:r>"
        body = f"<w:p><w:r><w:t>Trên</w:t></w:r>{drawn}</w:p>"

        assert read(body) == document("Trên\nPhụ lục", grid("1 | Họp"))

    def test_prints_ticks_of_symbol_fonts(self) -> None:
        assert read('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>') == document("✓")

    def test_places_tables_in_a_table_of_one_cell(self) -> None:
        inner = f"<w:tbl>{row(cell('1'), cell('Họp'))}</w:tbl>"

        assert read(f"<w:tbl>{row(f'<w:tc>{inner}<w:p/></w:tc>')}</w:tbl>") == document(grid("1 | Họp"))

    def test_joins_columns_whose_edges_differ_by_a_hair(self) -> None:
        widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in (600, 2000, 40, 1500))
        two = '<w:gridSpan w:val="2"/>'
        body = row(cell("TT"), cell("Việc"), cell("Hạn", two)) + row(cell("1"), cell("Họp", two), cell("Quý I"))

        assert read(f"<w:tbl><w:tblGrid>{widths}</w:tblGrid>{body}</w:tbl>") == document(
            grid("TT | Việc | Hạn\n1 | Họp | Quý I")
        )
