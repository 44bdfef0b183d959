"""Prints documents to PDF with real programs: an office suite where one is installed, and the tests' browser."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from playwright.sync_api import Browser, PdfMargins, sync_playwright

from cchc_tasks.domain.reading.document import SourceDocument
from tests.making.files import page_file, word_file

OFFICE = shutil.which("soffice")
BROWSER = os.environ.get("CCHC_TEST_BROWSER")

NEEDS_OFFICE = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
NEEDS_BROWSER = pytest.mark.skipif(not BROWSER, reason="no browser: `make test` names it in CCHC_TEST_BROWSER")


def by_office(word: Path, kind: str = "pdf") -> Path:
    """A Word file printed to PDF, or saved as another kind, by LibreOffice."""
    profile = f"-env:UserInstallation=file://{word.parent}/profile"
    command = [
        OFFICE or "soffice",
        "--headless",
        profile,
        "--convert-to",
        kind,
        "--outdir",
        str(word.parent),
        str(word),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return word.with_suffix(f".{kind}")


def as_old_word(word: Path) -> Path:
    """A Word file saved in Word's format of before 2007; through ODF, as LibreOffice 7 drops tables otherwise."""
    return by_office(by_office(word, "odt"), "doc")


def ruled_word_file(document: SourceDocument, path: Path, *, landscape: bool = False) -> Path:
    """A Word file as offices make them: ruled tables with their first row repeated on every page, page numbers."""
    made = docx.Document(str(word_file(document, path)))
    for table in made.tables:
        table.style = "Table Grid"
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    section = made.sections[0]
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    made.save(str(path))
    return path


@contextmanager
def browser() -> Iterator[Browser]:
    """The tests' browser, which prints pages too."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def by_browser(document: SourceDocument, path: Path, started: Browser, *, landscape: bool = False) -> Path:
    """A page with ruled tables printed by a browser."""
    page = page_file(document, path.with_suffix(".html"))
    text = page.read_text(encoding="utf-8").replace("<table", '<table style="border-collapse:collapse"')
    return print_page(text, path, started, landscape=landscape)


def print_page(text: str, path: Path, started: Browser, *, landscape: bool = False, lines: bool = False) -> Path:
    """The text of a page printed on A4 by a browser, perhaps with its lines in the margins: title, date, page."""
    tab = started.new_page()
    tab.set_content(text)
    tab.pdf(path=str(path), format="A4", landscape=landscape, display_header_footer=lines, margin=_MARGINS)
    tab.close()
    return path


_MARGINS: PdfMargins = {"top": "2cm", "bottom": "2cm", "left": "3cm", "right": "2cm"}
