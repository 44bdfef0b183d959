"""Documents in-process, from bytes to duties, beside the bare library merely opening the same file."""

import io
import resource
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
import xlsxwriter
from lxml import etree
from python_calamine import CalamineWorkbook

from cchc_tasks.adapters.documents.parsing import parsed
from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.demo.sample_plan import sample_plan
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.document import Grid, SourceDocument
from cchc_tasks.domain.reading.whole import read_document
from tests.benchmarks.timing import beside, seconds
from tests.making.files import word_file
from tests.making.print_outs import OFFICE, by_office, ruled_word_file

SHARED = Path(__file__).parents[3] / "shared" / "seeds"
SHEET_ROWS = 20_000
PAGES = 15
Opened = Callable[[bytes], object]


def measure() -> Iterator[str]:
    """Document 003 where it is at hand, else the project's own sample; then a long PDF and a long sheet."""
    found = sorted(SHARED.glob("003_*.txt"))
    text = found[0].read_text(encoding="utf-8") if found else sample_plan(2026)
    years = Years(2023, 2023) if found else Years(2026, 2026)
    name = "document 003" if found else "the sample plan"
    with tempfile.TemporaryDirectory() as folder:
        plain = text.encode()
        word = word_file(read_text(text), Path(folder) / "plan.docx").read_bytes()
        yield _line(f"{name} as .txt (goal 100 ms)", plain, years, bytes.decode)
        yield _line(f"{name} as .docx (goal 300 ms)", word, years, _word_opened)
        if OFFICE:
            long = by_office(ruled_word_file(_repeated(read_text(text)), Path(folder) / "long.docx")).read_bytes()
            yield _line(f"{_pages(long)} pages of PDF (goal 1.5 s for {PAGES})", long, years, _pdf_opened)
        else:
            yield "no LibreOffice here to print a PDF with"
        yield from _sheet(Path(folder) / "rows.xlsx", years)
        file = Path(folder) / "plan.txt"
        file.write_bytes(plain)
        yield f".txt through the process that confines its reader: {seconds(lambda: FileReader().read(file)):.2f} s"


def _line(what: str, content: bytes, years: Years, opened: Opened) -> str:
    took, ratio = beside(lambda: read_document(parsed(content), years), lambda: opened(content))
    grids, beside_library = beside(lambda: parsed(content), lambda: opened(content))
    return (
        f"{what}: {took * 1000:.0f} ms to duties, ratio to the library opening it {ratio:.1f}; "
        f"to grids {grids * 1000:.0f} ms, ratio {beside_library:.1f}"
    )


def _sheet(path: Path, years: Years) -> Iterator[str]:
    """A workbook of many rows: once for the time, once for the memory that Python's own objects took."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("TT", "Nhiệm vụ", "Sản phẩm", "Thời gian", "Chủ trì", "Phối hợp"))
    for row in range(1, SHEET_ROWS + 1):
        day = f"Trước ngày {row % 28 + 1}/{row % 12 + 1}/{years.first}"
        sheet.write_row(row, 0, (row, f"Rà soát hồ sơ số {row}", "Báo cáo", day, "Văn phòng", "Các phòng thuộc Sở"))
    book.close()
    content = path.read_bytes()
    opened = seconds(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())
    grids = seconds(lambda: parsed(content))
    whole = seconds(lambda: read_document(parsed(content), years))
    tracemalloc.start()
    parsed(content)
    peak = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield (
        f"a sheet of {SHEET_ROWS} rows (goal 3 s): {grids:.1f} s to grids, ratio to calamine opening it "
        f"{grids / opened:.1f}; {whole:.1f} s to duties; {peak:.0f} MB of Python objects for the grids, "
        f"{resident:.0f} MB resident at most"
    )


def _repeated(plan: SourceDocument) -> SourceDocument:
    """The plan's table as often as fills the pages."""
    (table,) = plan.grids[:1]
    return SourceDocument(
        (*plan.paragraphs[:20], Grid((table.rows[0], *(row for _ in range(2) for row in table.rows[1:]))))
    )


def _pages(pdf: bytes) -> int:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _word_opened(content: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def _pdf_opened(content: bytes) -> object:
    with pdfplumber.open(io.BytesIO(content)) as opened:
        return [page.chars for page in opened.pages]
