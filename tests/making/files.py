"""Makes .txt, .md, .csv, .html, .docx and .xlsx files from one truth: a document as its reader should find it."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import docx
import xlsxwriter
from docx.enum.text import WD_BREAK
from docx.table import Table, _Cell

from cchc_tasks.domain.reading.document import Cell, Grid, Merge, Paragraph, SourceDocument
from tests.making.grids import extent

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text_file(document: SourceDocument, path: Path) -> Path:
    """A text with one tab a column and a blank line where a page ends. Merged cells are blank in it."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines += [block.text, ""]
            continue
        for row in block.rows:
            lines += [""] * row.after_break + ["\t".join(cell.text.replace("\n", " ") for cell in row.cells)]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def markdown_file(document: SourceDocument, path: Path) -> Path:
    """Markdown with a ruled line below the first row and a blank line where a page ends. Merged cells are blank."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines += [block.text, ""]
            continue
        for number, row in enumerate(block.rows):
            texts = (cell.text.replace("|", "\\|").replace("\n", "<br>") for cell in row.cells)
            lines += [""] * row.after_break + [f"| {' | '.join(texts)} |"]
            lines += ["|---" * len(row.cells) + "|"] * (number == 0)
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def separated_file(document: SourceDocument, path: Path, separator: str = ";", encoding: str = "utf-8-sig") -> Path:
    """A spreadsheet's CSV: titles in lines of their own, a blank line where a page ends. Merged cells are blank."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        for block in document.blocks:
            if isinstance(block, Paragraph):
                writer.writerow([block.text])
                continue
            for row in block.rows:
                writer.writerows([[]] * row.after_break)
                writer.writerow([cell.text for cell in row.cells])
    return path


def page_file(document: SourceDocument, path: Path, encoding: str = "utf-8") -> Path:
    """An HTML page in an encoding that it declares, with merged cells and rows that begin a page."""
    blocks: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append(f"<p>{_marked_up(block.text)}</p>")
        else:
            rows = (_page_row(block, row) for row in range(len(block.rows)))
            blocks.append(f"<table border=1>\n{chr(10).join(rows)}\n</table>")
    head = f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="{encoding}"><title>Kế hoạch</title></head>'
    path.write_text("\n".join([head, "<body>", *blocks, "</body></html>"]), encoding, "xmlcharrefreplace")
    return path


def word_file(document: SourceDocument, path: Path) -> Path:
    """A Word document with merged cells, and a page break at the beginning of a row that begins a page."""
    made = docx.Document()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            made.add_paragraph(block.text)
        else:
            table = made.add_table(len(block.rows), len(block.rows[0].cells))
            for row, column, cell in _own_cells(block):
                _fill(table, block, row, column, cell)
    made.save(str(path))
    return path


def workbook_file(document: SourceDocument, path: Path) -> Path:
    """A workbook with everything on one sheet: paragraphs are title lines in column A, grids stand below them."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Phụ lục")
        top = 0
        for block in document.blocks:
            if isinstance(block, Paragraph):
                sheet.write_string(top, 0, block.text)
                top += 1
                continue
            for row, column, cell in _own_cells(block):
                last_row, last_column = extent(block, row, column)
                if (last_row, last_column) != (row, column):
                    sheet.merge_range(top + row, column, top + last_row, last_column, cell.text)
                elif cell.text:
                    sheet.write_string(top + row, column, cell.text)
            top += len(block.rows)
    return path


def word_package(body: str, before_root: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """The smallest Word file with this markup as its body, for what python-docx does not write; `parts` beside it."""

    def rooted(name: str, content: str) -> bytes:
        root = f'<w:{name} xmlns:w="{WORD_NAMESPACE}">{content}</w:{name}>'
        return f'<?xml version="1.0" encoding="UTF-8"?>{before_root}{root}'.encode()

    contents = {"document": f"<w:body>{body}</w:body>", **(parts or {})}
    return package({f"word/{name}.xml": rooted(name, content) for name, content in contents.items()})


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def _page_row(table: Grid, row: int) -> str:
    cells: list[str] = []
    for column, cell in enumerate(table.rows[row].cells):
        if cell.merge is Merge.NONE:
            last_row, last_column = extent(table, row, column)
            spans = f'rowspan="{last_row - row + 1}" colspan="{last_column - column + 1}"'
            cells.append(f"<td {spans}>\n  {_marked_up(cell.text)}\n</td>")
    style = " style='page-break-before:always'" if table.rows[row].after_break else ""
    return f"<tr{style}>{''.join(cells)}</tr>"


def _marked_up(text: str) -> str:
    return escape(text).replace("  ", "&nbsp; ").replace("\n", "<br>")


def _own_cells(table: Grid) -> Iterator[tuple[int, int, Cell]]:
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line.cells):
            if cell.merge is Merge.NONE:
                yield row, column, cell


def _fill(table: Table, block: Grid, row: int, column: int, cell: Cell) -> None:
    place: _Cell = table.cell(row, column)
    last = extent(block, row, column)
    if last != (row, column):
        place = place.merge(table.cell(*last))
    run = place.paragraphs[0].add_run()
    first_own = next(index for index, one in enumerate(block.rows[row].cells) if one.merge is Merge.NONE)
    if block.rows[row].after_break and column == first_own:
        run.add_break(WD_BREAK.PAGE)
    run.add_text(cell.text)
