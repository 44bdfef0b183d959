"""PDF files printed by real programs from one truth: their cells, their text, and what is no text of theirs."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cchc_tasks.adapters.documents.prints.pdf import NoTextLayer, read_pdf
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument
from tests.making.grids import document, grid
from tests.making.print_outs import (
    NEEDS_BROWSER,
    NEEDS_OFFICE,
    browser,
    by_browser,
    by_office,
    print_page,
    ruled_word_file,
)
from tests.making.real_plan import real_plan
from tests.making.sample_plan import whole_plan

TABLE = """
TT | Nội dung công việc | Đơn vị thực hiện | < | Thời gian hoàn thành | Kết quả
^ | ^ | Chủ trì | Phối hợp | ^ | ^
I | Thể chế | < | < | < | <
1 | Rà soát văn bản của Phòng KH-TC theo Quyết định 15/QĐ-UBND | VP⏎Tổ CNTT | Tổ CNTT | Quý II/2026 | Báo cáo
2 | Tập huấn | Phòng TCCB | ^ | 30/9/2026 | Kế hoạch
^ | ^ | Thanh tra | Các trường | 31/12/2026 | Kết luận
"""


def ruled(table: str = TABLE) -> SourceDocument:
    return document("Sở Giáo dục và Đào tạo tỉnh An Bình giao việc như sau:", grid(table), "Nơi nhận: các phòng.")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


def read(path: Path) -> SourceDocument:
    return read_pdf(path.read_bytes())


def rows(source: SourceDocument) -> list[tuple[str, ...]]:
    """Each duty's number, group, title and cells; where a cell's text wraps is not compared."""
    return [
        (row.number, row.group or "", row.title, *(" ".join(text.split()) for text in row.cells.values()))
        for row in read_rows(source)[0]
    ]


@NEEDS_OFFICE
class TestPrintedByAnOfficeSuite:
    @pytest.mark.parametrize("landscape", [False, True])
    def test_has_the_cells_and_merged_places_of_the_truth(self, tmp_path: Path, landscape: bool) -> None:
        truth = ruled(TABLE.replace("⏎", " "))

        assert read(by_office(ruled_word_file(truth, tmp_path / "bang.docx", landscape=landscape))) == truth

    def test_has_the_duties_of_the_truth_where_pages_tear_rows_and_repeat_the_header(self, tmp_path: Path) -> None:
        found = read(by_office(ruled_word_file(whole_plan(), tmp_path / "ke-hoach.docx", landscape=True)))

        assert [" ".join(one.text.split()) for one in whole_plan().paragraphs] == [one.text for one in found.paragraphs]
        assert sum(row.after_break for row in found.grids[0].rows) > 0
        assert rows(found) == rows(whole_plan())

    def test_has_the_rows_of_a_real_plan(self, shared: Path, tmp_path: Path) -> None:
        kept = FileReader().read(real_plan(shared, tmp_path).files["xlsx"])
        gold = json.loads((shared / "gold" / "003_rows.json").read_text(encoding="utf-8"))

        found = read(by_office(ruled_word_file(_header_first(kept), tmp_path / "that.docx")))

        same = sum(row == wanted for row, wanted in zip(rows(found), rows(kept), strict=True))
        assert len(gold) - same <= 1  # "KH-" and "TC" on two pages


def _header_first(kept: SourceDocument) -> SourceDocument:
    """A sheet's titles as paragraphs and its table with its header at the top, where pages repeat it."""
    (sheet,) = kept.grids
    start = next(at for at, row in enumerate(sheet.rows) if all(cell.text for cell in row.cells))
    return SourceDocument((*(Paragraph(row.cells[0].text) for row in sheet.rows[:start]), Grid(sheet.rows[start:])))


@NEEDS_BROWSER
class TestPrintedByABrowser:
    @pytest.mark.parametrize("landscape", [False, True])
    def test_has_the_cells_and_merged_places_of_the_truth(
        self, tmp_path: Path, chromium: Browser, landscape: bool
    ) -> None:
        assert read(by_browser(ruled(), tmp_path / "bang.pdf", chromium, landscape=landscape)) == ruled()

    def test_has_the_duties_of_the_truth_over_pages(self, tmp_path: Path, chromium: Browser) -> None:
        assert rows(read(by_browser(whole_plan(), tmp_path / "ke-hoach.pdf", chromium))) == rows(whole_plan())

    def test_takes_columns_from_titles_where_no_lines_are_ruled(self, tmp_path: Path, chromium: Browser) -> None:
        title = "Rà soát các thủ tục hành chính đang được thực hiện tại các đơn vị trực thuộc"
        table = f"""
        <p>Phân công nhiệm vụ</p><table style="width:100%;border-spacing:12px 6px">
        <tr><th>TT<th>Nhiệm vụ<th>Cơ quan chủ trì<th>Thời gian hoàn thành</tr>
        <tr><td>1<td>{title}<td>Văn phòng
            <td>Trước ngày 15/6/2026</tr>
        <tr><td>2<td>Tập huấn<td>Phòng TCCB<td>Quý III/2026</tr></table>"""

        found = read(print_page(table, tmp_path / "khong-ke.pdf", chromium))

        assert found.grids == (
            grid(
                """
            TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian hoàn thành
            1 | {title} | Văn phòng | Trước ngày 15/6/2026
            2 | Tập huấn | Phòng TCCB | Quý III/2026
            """.replace("            ", "").replace("{title}", title)
            ),
        )

    def test_puts_wrapped_lines_together_and_columns_one_after_the_other(
        self, tmp_path: Path, chromium: Browser
    ) -> None:
        long = "Các đơn vị trực thuộc báo cáo kết quả thực hiện về Văn phòng Sở để tổng hợp, trình lãnh đạo xem xét; "
        page = f"""<table style="width:100%"><tr><td>SỞ GIÁO DỤC VÀ ĐÀO TẠO<br>Số: 12/KH-SGDĐT
            <td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br><b>Độc lập - Tự do - Hạnh phúc</b></table>
            <p style="text-align:justify">{long * 3}<p>- Nơi nhận
            <div style="columns:2;text-align:justify">{"<p>" + long * 4}{"<p>" + long.upper() * 3}</div>"""

        assert [one.text for one in read(print_page(page, tmp_path / "cot.pdf", chromium)).paragraphs] == [
            "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
            "Số: 12/KH-SGDĐT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            (long * 3).strip(),
            "- Nơi nhận",
            (long * 4).strip(),
            (long.upper() * 3).strip(),
        ]

    def test_leaves_out_what_every_page_repeats_and_raised_figures(self, tmp_path: Path, chromium: Browser) -> None:
        page = "".join(
            f"<p style='break-after:page'>Trang này là phần {word} của kế hoạch năm 2026<sup>1</sup>.</p>"
            for word in ("một", "hai", "ba")
        )

        found = read(print_page(page, tmp_path / "trang.pdf", chromium, lines=True))

        assert [one.text for one in found.paragraphs] == [
            f"Trang này là phần {word} của kế hoạch năm 2026." for word in ("một", "hai", "ba")
        ]

    def test_reads_text_that_runs_upwards(self, tmp_path: Path, chromium: Browser) -> None:
        page = """<table border=1 style="border-collapse:collapse"><tr><td style="height:200px">
            <div style="writing-mode:vertical-rl;transform:rotate(180deg)">Cải cách thể chế</div>
            <td>Rà soát<td>Quý I</table>"""

        (found,) = read(print_page(page, tmp_path / "doc.pdf", chromium)).grids

        assert [cell.text for cell in found.rows[0].cells] == ["Cải cách thể chế", "Rà soát", "Quý I"]

    def test_is_a_scan_where_pages_are_pictures(self, tmp_path: Path, chromium: Browser) -> None:
        dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
        path = print_page(f"<img src='{dot}' width=500 height=700>", tmp_path / "anh.pdf", chromium)

        with pytest.raises(NoTextLayer):
            read(path)


class TestOtherContent:
    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 20])
    def test_is_refused(self, content: bytes) -> None:
        with pytest.raises(ValueError, match="PDF"):
            read_pdf(content)
