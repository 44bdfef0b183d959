"""A công văn đôn đốc as a Word file, laid out by phụ lục I of NĐ 30/2020/NĐ-CP."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from cchc_tasks.domain.follow_up import HEADS, ON_BEHALF, SUBJECT, FollowUpLetter

FONT = "Times New Roman"
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
BODY, SMALL = Pt(14), Pt(12)
LEFT_HALF, RIGHT_HALF = Cm(6.3), Cm(10.2)
COLUMNS = (Cm(1), Cm(3.3), Cm(5.3), Cm(3), Cm(2.3), Cm(1.6))
CENTRED, JUSTIFIED, TO_THE_LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
ALIGNED = (CENTRED, TO_THE_LEFT, TO_THE_LEFT, TO_THE_LEFT, CENTRED, CENTRED)
ROOM_FOR_SIGNATURE = Pt(70)
LONGEST_PROPERTY = 255  # ECMA-376 part 2, as python-docx holds to it


class WordLetterWriter:
    """Writes letters with python-docx; every text goes in as plain text, whatever it begins with."""

    def write(self, letter: FollowUpLetter) -> bytes:
        """The Word file of a letter; its number, its day and the signature are left to be filled in."""
        paper = _paper(letter)
        _head(paper, letter)
        _address(paper, letter.addressees)
        for text in letter.before_table:
            _body(paper, text)
        _table(paper, letter.rows)
        for place, text in enumerate(letter.after_table):
            paragraph = _body(paper, text)
            paragraph.paragraph_format.space_before = Pt(6) if place == 0 else None
        paragraph.paragraph_format.keep_with_next = True  # so that no page holds the signature alone
        _foot(paper, letter)
        file = BytesIO()
        paper.save(file)
        return file.getvalue()


def _paper(letter: FollowUpLetter) -> Paper:
    """An empty A4 sheet with its margins, its type and the page number from the second page on."""
    paper = Document()
    about = paper.core_properties
    about.title, about.author, about.comments, about.language = SUBJECT, _author(letter.authority), "", "vi-VN"
    page = paper.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
    page.top_margin = page.bottom_margin = Cm(2)
    page.left_margin, page.right_margin, page.header_distance = Cm(3), Cm(1.5), Cm(1)
    normal = paper.styles["Normal"]
    normal.font.size = BODY
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1
    _set_type(normal.element.get_or_add_rPr().get_or_add_rFonts())
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = CENTRED
    _add_page_number(number)
    return paper


def _head(paper: Paper, letter: FollowUpLetter) -> None:
    """Quốc hiệu and tiêu ngữ at the right; the authority, the number and what it is about at the left."""
    left, right = _halves(paper)
    if letter.superior:
        _line(left, letter.superior.upper(), SMALL)
    _line(left, letter.authority.upper(), SMALL, bold=True)
    _rule(left, Cm(2.2))
    _line(left, f"Số:            /{letter.symbol}", Pt(13), before=Pt(4))
    _line(left, SUBJECT, SMALL, before=Pt(4))
    _line(right, NATION, SMALL, bold=True)
    _line(right, MOTTO, Pt(13), bold=True)
    _rule(right, Cm(1.9))
    _line(right, letter.place_and_date, Pt(13), italic=True, before=Pt(4))


def _address(paper: Paper, addressees: Sequence[str]) -> None:
    """Kính gửi: one on the same line, several on lines of their own."""
    if len(addressees) == 1:
        _line(paper, f"Kính gửi: {addressees[0]}.", BODY, before=Pt(12), after=Pt(12))
        return
    begin = _line(paper, "Kính gửi:", BODY, align=TO_THE_LEFT, before=Pt(12))
    begin.paragraph_format.left_indent = Cm(3)
    for place, name in enumerate(addressees, 1):
        last = place == len(addressees)
        line = _line(paper, f"- {name}{'.' if last else ';'}", BODY, align=TO_THE_LEFT, after=Pt(12 if last else 0))
        line.paragraph_format.left_indent = Cm(5)


def _body(paper: Paper, text: str) -> Paragraph:
    """A paragraph of the letter: indented, justified, a little apart from the next."""
    paragraph = _line(paper, text, BODY, align=JUSTIFIED, after=Pt(6))
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.line_spacing = 1.1
    return paragraph


def _table(paper: Paper, rows: Sequence[Sequence[str]]) -> None:
    """What is late; the head of the table stands on every page, and no row is torn."""
    table = paper.add_table(rows=0, cols=len(COLUMNS), style="Table Grid")
    _fix_widths(table, COLUMNS)
    head = table.add_row()
    _mark(head, "w:tblHeader")
    for cell, width, text in zip(head.cells, COLUMNS, HEADS, strict=True):
        cell.width = width
        _line(cell, text, SMALL, bold=True)
    for values in rows:
        row = table.add_row()
        _mark(row, "w:cantSplit")
        for cell, width, text, align in zip(row.cells, COLUMNS, values, ALIGNED, strict=True):
            cell.width = width
            _line(cell, text, SMALL, align=align)


def _foot(paper: Paper, letter: FollowUpLetter) -> None:
    """Nơi nhận at the left, who signs at the right."""
    left, right = _halves(paper)
    _line(left, "Nơi nhận:", SMALL, bold=True, italic=True, align=TO_THE_LEFT)
    for text in letter.receivers:
        _line(left, text, Pt(11), align=TO_THE_LEFT)
    _line(right, ON_BEHALF, BODY, bold=True)
    _line(right, letter.signer_title, BODY, bold=True)
    _line(right, letter.signer, BODY, bold=True, before=ROOM_FOR_SIGNATURE)


def _halves(paper: Paper) -> tuple[_Cell, _Cell]:
    """Two cells side by side without borders, kept on one page."""
    table = paper.add_table(rows=1, cols=2)
    _fix_widths(table, (LEFT_HALF, RIGHT_HALF))
    _mark(table.rows[0], "w:cantSplit")
    left, right = table.rows[0].cells
    left.width, right.width = LEFT_HALF, RIGHT_HALF
    return left, right


def _line(
    where: Paper | _Cell,
    text: str,
    size: Length,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTRED,
    before: Length | None = None,
    after: Length | None = None,
) -> Paragraph:
    """A paragraph of one run; an empty cell's own paragraph is used first."""
    paragraphs = where.paragraphs if isinstance(where, _Cell) else []
    paragraph = paragraphs[0] if len(paragraphs) == 1 and not paragraphs[0].runs else where.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = before, after
    run = paragraph.add_run(_printable(text))
    run.font.size, run.bold, run.italic = size, bold, italic
    return paragraph


def _rule(cell: _Cell, indent: Length) -> None:
    """The line under a block of the head, shorter than the cell by an indent at each side."""
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.line_spacing = Pt(2), Pt(3)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc")


def _add_page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run("2")  # what a viewer shows that does not count pages
    run.font.size = BODY
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(run._r)
    paragraph._p.append(field)


def _set_type(fonts: BaseOxmlElement) -> None:
    """One typeface for all scripts: Word takes Vietnamese letters from several of its four kinds."""
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
        fonts.attrib.pop(qn(f"w:{kind}Theme"), "")


def _fix_widths(table: Table, widths: Sequence[Length]) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _author(name: str) -> str:
    """A name as the file's properties hold it, which takes no more than so many signs."""
    return _printable(name)[:LONGEST_PROPERTY]


def _printable(text: str) -> str:
    """Text on one line, without the signs that no Word file may hold."""
    return "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or sign.isprintable())
