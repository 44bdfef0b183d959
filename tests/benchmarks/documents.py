"""Documents: a plan from .txt and .docx to duties, beside merely opening the file (bytes; the unpacked main part)."""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.demo.sample_plan import sample_plan
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.whole import read_document
from tests.benchmarks.timing import beside

SHARED = Path(__file__).parents[3] / "shared" / "seeds"


def measure() -> Iterator[str]:
    """Document 003 where it is at hand, else the project's own sample."""
    found = sorted(SHARED.glob("003_*.txt"))
    text = found[0].read_text(encoding="utf-8") if found else sample_plan(2026)
    years = Years(2023, 2023) if found else Years(2026, 2026)
    with tempfile.TemporaryDirectory() as folder:
        plain, word = Path(folder) / "plan.txt", Path(folder) / "plan.docx"
        plain.write_text(text, encoding="utf-8")
        _write_docx(text, word)
        yield f"{'document 003' if found else 'the sample plan'}, {len(text)} characters"
        for file, opened in ((plain, plain.read_bytes), (word, lambda: _unpacked(word))):
            took, ratio = beside(lambda file=file: read_document(FileReader().read(file), years), opened)
            only_reading, _ = beside(lambda file=file: FileReader().read(file), opened)
            yield (
                f"{file.suffix}: {took * 1000:.0f} ms to duties, of which {only_reading * 1000:.1f} ms to grids; "
                f"ratio to merely opening the file: {ratio:.0f}"
            )


def _unpacked(file: Path) -> bytes:
    with zipfile.ZipFile(file) as package:
        return package.read("word/document.xml")


def _write_docx(text: str, file: Path) -> None:
    """The same lines as a Word file: tabs become table rows, all else paragraphs."""
    document = docx.Document()
    table = None
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) < 3:
            table = table if not line.strip() else None
            if line.strip():
                document.add_paragraph(line)
            continue
        table = table or document.add_table(rows=0, cols=len(cells))
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    document.save(str(file))
