"""The words of a Word document's paragraphs: with list numbers, line breaks and page ends, without notes' marks."""

from collections.abc import Iterator

from lxml import etree

from cchc_tasks.adapters.documents.office_markup import attribute_of, child_of, name_of, value_of
from cchc_tasks.adapters.documents.word.docx_markup import UNREAD, is_placeholder, within
from cchc_tasks.adapters.documents.word.docx_numbering import Numbering

PAGE_END = "\f"  # stands in the text of a cell until its row knows whether it begins a page
BLOCKS = frozenset({"p", "tbl"})


class Words:
    """Reads paragraphs in order; keeps the notes they refer to, which are printed elsewhere."""

    def __init__(self, numbering: Numbering) -> None:
        self.notes: list[tuple[str, str]] = []  # the kind of the reference, and the note's id
        self._numbering = numbering

    def of_paragraph(self, paragraph: etree._Element, *, in_cell: bool = False) -> str:
        """A paragraph's text with its tabs, line breaks and page ends; in a cell a number may stand alone."""
        properties = child_of(paragraph, "pPr")
        text = "".join(self._pieces(paragraph))
        deleted = child_of(properties, "rPr", "del") is not None and not text.strip()
        number = "" if deleted or not (text.strip() or in_cell) else self._numbering.before(paragraph)
        if number and not text.strip():
            text = "" if number == "-" else number
        elif number:
            text = f"{number} {text.lstrip(' ')}"
        begins_page = child_of(properties, "pageBreakBefore") is not None
        return PAGE_END * begins_page + text

    def of_cell(self, cell: etree._Element) -> str:
        """The paragraphs of a cell, a line each; of a table inside it, a line for each row; text boxes behind."""
        lines: list[str] = []
        for block in within(cell, BLOCKS):
            if name_of(block) == "p":
                lines.append(self.of_paragraph(block, in_cell=True))
                lines += [self.of_cell(box) for box in boxes(block)]
            else:
                rows = (row for row in within(block, frozenset({"tr"})) if not is_deleted_row(row))
                lines += [" ".join(self.of_cell(inner) for inner in within(row, frozenset({"tc"}))) for row in rows]
        return "\n".join(lines)

    def _pieces(self, parent: etree._Element) -> Iterator[str]:
        for child in parent:
            name = name_of(child)
            if name == "r":
                yield from self._run(child)
            elif name not in UNREAD and not is_placeholder(child):
                yield from self._pieces(child) if len(child) else self._sign(child)

    def _run(self, run: etree._Element) -> Iterator[str]:
        """The text of a run; raised figures stay raised, so that a note's mark joins no number."""
        noted = False
        raised = value_of(run, "rPr", "vertAlign") == "superscript"
        for child in run:
            name = name_of(child)
            if name in _REFERENCES:
                self.notes.append((name, attribute_of(child, "id") or ""))
                noted = attribute_of(child, "customMarkFollows") in ("1", "true", "on")
            elif name == "t":
                text = child.text or ""
                yield "" if noted else text.translate(_RAISED) if raised else text
            elif name == "AlternateContent":
                yield from self._pieces(child)
            elif name not in UNREAD:
                yield from self._sign(child)

    def _sign(self, element: etree._Element) -> Iterator[str]:
        """What an element without text of its own prints."""
        name = name_of(element)
        if name == "t":
            yield element.text or ""
        elif name == "br":
            yield PAGE_END if attribute_of(element, "type") == "page" else "\n"
        elif name == "sym":
            yield _SYMBOLS.get((attribute_of(element, "char") or "").upper()[-2:], " ")
        else:
            yield _MARKS.get(name, "")


def boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes that are anchored in a paragraph, each once."""
    for child in paragraph:
        name = name_of(child)
        if name == "txbxContent":
            yield child
        elif name not in _NO_BOXES:
            yield from boxes(child)


def is_deleted_row(row: etree._Element) -> bool:
    """Whether a tracked change deleted a row."""
    return child_of(row, "trPr", "del") is not None


# The other form of a drawing is for programs that do not know the first.
_NO_BOXES = UNREAD - {"drawing", "pict", "object"}
_REFERENCES = frozenset({"footnoteReference", "endnoteReference"})
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": PAGE_END}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# The last two figures of a sign's code in the Wingdings and Symbol fonts.
_SYMBOLS = {"FC": "✓", "FE": "☑", "52": "☑", "54": "☒", "FD": "☒", "FB": "✗", "78": "☒", "A8": "☐", "6F": "☐"}
_SYMBOLS |= {"A3": "≤", "B3": "≥", "B7": "-", "A7": "-", "2D": "-", "D8": "-", "E0": "→", "AE": "→", "B4": "×"}
