"""Word documents: paragraphs, tables, text boxes and notes as a reader of the last revision sees them.

Element names are those of WordprocessingML (ECMA-376, part 1, chapter 17).
"""

import re
import zipfile
from collections.abc import Iterable, Iterator

from lxml import etree

from cchc_tasks.adapters.documents.office_markup import attribute_of, name_of, parsed
from cchc_tasks.adapters.documents.word.docx_fonts import decode_fonts
from cchc_tasks.adapters.documents.word.docx_markup import within
from cchc_tasks.adapters.documents.word.docx_numbering import Numbering
from cchc_tasks.adapters.documents.word.docx_tables import grid_of, placed_cells
from cchc_tasks.adapters.documents.word.docx_text import BLOCKS, PAGE_END, Words, boxes
from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument


def read_docx(archive: zipfile.ZipFile) -> SourceDocument:
    """The body of a Word document, and below it the notes that it refers to; raises ValueError where it is not one."""
    root = _part(archive, "document")
    if root is None:
        raise ValueError("no main part")
    styles = _part(archive, "styles")
    decode_fonts(root, styles)
    words = Words(Numbering(_part(archive, "numbering"), styles))
    return SourceDocument((*_blocks(root, words), *_notes(archive, words)))


def page_header_lines(archive: zipfile.ZipFile) -> list[str]:
    """What is printed at the top of pages, outside the running text; raises ValueError where a part is no markup."""
    words = Words(Numbering(None, None))
    parts = (entry for entry in archive.namelist() if _PAGE_HEADER.fullmatch(entry))
    blocks = (block for part in parts for block in _blocks(parsed(archive.read(part)), words))
    return [block.text for block in blocks if isinstance(block, Paragraph)]


_PAGE_HEADER = re.compile(r"word/header\d*\.xml")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part of the package by its usual name, which some programs number."""
    usual = re.compile(rf"word/{name}\d*\.xml")
    part = next((entry for entry in archive.namelist() if usual.fullmatch(entry)), None)
    return None if part is None else parsed(archive.read(part))


def _blocks(parent: etree._Element, words: Words) -> Iterator[Paragraph | Grid]:
    for child in within(parent, BLOCKS):
        if name_of(child) == "p":
            yield from _paragraphs(words.of_paragraph(child))
            for box in boxes(child):
                yield from _blocks(box, words)
            continue
        placed = placed_cells(child)
        for cell in placed:
            yield from _blocks(cell, words)
        grid = None if placed else grid_of(child, words)
        if grid:
            yield grid


def _paragraphs(text: str) -> Iterable[Paragraph]:
    lines = text.replace(PAGE_END, "\n").split("\n")
    return (Paragraph(line.strip()) for line in lines if line.strip())


def _notes(archive: zipfile.ZipFile, words: Words) -> Iterator[Paragraph | Grid]:
    """The notes in the order of their references, each once."""
    referred = list(dict.fromkeys(words.notes))
    for kind, part in _NOTES.items():
        root = _part(archive, part) if any(reference == kind for reference, _ in referred) else None
        if root is not None:
            decode_fonts(root, _part(archive, "styles"))
        by_id = {attribute_of(note, "id"): note for note in (() if root is None else root)}
        for reference, number in referred:
            if reference == kind and number in by_id:
                yield from _blocks(by_id[number], words)
