"""Workbooks read as grids."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from cchc_tasks.adapters.documents.sheets.xlsx import read_xlsx
from cchc_tasks.domain.reading.document import SourceDocument, Stored
from tests.making.files import package, workbook_file
from tests.making.grids import document, grid


def read(content: bytes) -> SourceDocument:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return read_xlsx(content, archive)


class TestWorkbook:
    def test_comes_back_with_its_merged_cells(self, tmp_path: Path) -> None:
        made = document(grid("TT | Nhóm | Việc | <\n1 | Chỉ đạo | Họp | Văn phòng\n2 | ^ | Báo cáo⏎năm | ^"))

        assert read(workbook_file(made, tmp_path / "phu-luc.xlsx").read_bytes()) == made

    def test_writes_days_and_whole_numbers_as_an_office_does(self) -> None:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as workbook:
            sheet = workbook.add_worksheet()
            sheet.write_datetime(0, 0, date(2026, 3, 5), workbook.add_format({"num_format": "dd/mm/yyyy"}))
            sheet.write_datetime(
                0, 1, datetime.fromisoformat("2026-03-05T17:00"), workbook.add_format({"num_format": "d/m/yy hh:mm"})
            )
            sheet.write_row(0, 2, [3, 2.5, "  Quý I "])

        (row,) = read(content.getvalue()).grids[0].rows
        assert [cell.text for cell in row.cells] == ["05/03/2026", "05/03/2026 17:00", "3", "2.5", "Quý I"]

    def test_says_which_cells_are_days_and_which_of_them_show_the_month_first(self) -> None:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as workbook:
            for name in ("Một", "Hai"):
                sheet = workbook.add_worksheet(name)
                for column, form in enumerate(("dd/mm/yyyy", "[$-409]m/d/yyyy;@", '"hạn" mm-dd-yy', "d mmm yyyy")):
                    day = workbook.add_format({"num_format": form})
                    sheet.write_datetime(1, column, date(2026, 3, 5), day)
                sheet.write_string(1, 4, "05/03/2026")

        plain, first = Stored.DAY, Stored.DAY_SHOWN_MONTH_FIRST
        for sheet in read(content.getvalue()).grids:
            assert [cell.stored for cell in sheet.rows[1].cells] == [plain, first, first, plain, Stored.TEXT]
            assert {cell.text for cell in sheet.rows[1].cells} == {"05/03/2026"}

    def test_gives_each_visible_sheet_that_holds_something(self) -> None:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as workbook:
            workbook.add_worksheet("Một").write(0, 0, "một")
            workbook.add_worksheet("Trống")
            hidden = workbook.add_worksheet("Ẩn")
            hidden.write(0, 0, "ẩn")
            hidden.hide()
            workbook.add_worksheet("Hai").write(1, 1, "hai")

        assert [sheet.rows[-1].cells[-1].text for sheet in read(content.getvalue()).grids] == ["một", "hai"]

    def test_is_refused_where_two_cells_span_more_room_than_a_plan_needs(self) -> None:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as workbook:
            sheet = workbook.add_worksheet()
            sheet.write(0, 0, "đầu")
            sheet.write(1_048_575, 16_383, "cuối")

        with pytest.raises(ValueError, match="too far apart"):
            read(content.getvalue())

    def test_is_refused_where_its_parts_are_none(self) -> None:
        with pytest.raises(ValueError, match="Cannot detect"):
            read(package({"xl/workbook.xml": b"<workbook/>"}))
