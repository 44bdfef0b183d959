"""Workbooks of the old Excel: read where LibreOffice can make one, and never to the harm of who reads them."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.adapters.documents.sheets.xls import is_xls
from cchc_tasks.domain.errors import FileDamaged
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, SourceDocument, Stored
from tests.making.files import workbook_file
from tests.making.grids import document
from tests.making.sample_plan import whole_plan

OFFICE = shutil.which("soffice")
BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class TestOldWorkbook:
    @pytest.mark.skipif(OFFICE is None, reason="nothing here writes .xls but LibreOffice")
    def test_comes_back_with_its_merged_cells(self, tmp_path: Path) -> None:
        table = document(*whole_plan().grids)
        new = workbook_file(table, tmp_path / "phu-luc.xlsx")

        assert FileReader().read(_old(new)) == table

    def test_is_known_by_the_name_in_its_directory(self) -> None:
        for name, known in {"Workbook": True, "Book": True, "WordDocument": False}.items():
            assert is_xls(BEGINNING + bytes(500) + name.ljust(32, "\0").encode("utf-16-le")) is known

    @pytest.mark.parametrize("filling", [bytes(5000), b"\xff" * 5000])
    def test_is_refused_where_it_is_damaged(self, filling: bytes, tmp_path: Path) -> None:
        path = tmp_path / "a.xls"
        path.write_bytes(BEGINNING + filling + "Workbook".ljust(32, "\0").encode("utf-16-le"))

        with pytest.raises(FileDamaged, match=r"\.xls"):
            FileReader().read(path)


class TestDay:
    @pytest.mark.skipif(OFFICE is None, reason="nothing here writes .xls but LibreOffice")
    @pytest.mark.parametrize(
        ("format_", "stored"), [("dd/mm/yyyy", Stored.DAY), ("mm/dd/yyyy", Stored.DAY_SHOWN_MONTH_FIRST)]
    )
    def test_says_how_it_may_have_been_kept(self, format_: str, stored: Stored, tmp_path: Path) -> None:
        new = tmp_path / "phu-luc.xlsx"
        with xlsxwriter.Workbook(str(new)) as workbook:
            shown = workbook.add_format({"num_format": format_})
            workbook.add_worksheet().write_datetime(0, 0, date(2026, 5, 3), shown)

        assert FileReader().read(_old(new)) == SourceDocument((Grid((GridRow((Cell("03/05/2026", stored=stored),)),)),))


def _old(new: Path) -> Path:
    """The same workbook as LibreOffice writes it for the old Excel."""
    profile = f"-env:UserInstallation={(new.parent / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xls", "--outdir", str(new.parent), str(new)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return new.with_suffix(".xls")
