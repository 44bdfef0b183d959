"""Which cells of a workbook show their day with the month first, as a program that expects it so writes them.

SpreadsheetML (ECMA-376, part 1, sections 18.8.30 and 18.8.45). The short day of the system, format 14, shows nothing:
it is printed as the reader's own system prints it.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from cchc_tasks.adapters.documents.office_markup import attribute_of, parsed

Place = tuple[int, int]  # row and column, counted from 0


def month_first_places(archive: zipfile.ZipFile) -> dict[str, set[Place]]:
    """By a sheet's name, the places whose format prints the month before the day; raises ValueError where damaged."""
    names = set(archive.namelist())
    if not {_STYLES, _WORKBOOK, _RELATIONS} <= names:
        return {}
    styles = _month_first_styles(parsed(archive.read(_STYLES)))
    if not styles:
        return {}
    targets = {one.get("Id"): one.get("Target") or "" for one in parsed(archive.read(_RELATIONS))}
    found: dict[str, set[Place]] = {}
    for sheet in parsed(archive.read(_WORKBOOK)).iter("{*}sheet"):
        target = targets.get(attribute_of(sheet, "id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            found[sheet.get("name") or ""] = set(_styled_places(archive.read(part), styles))
    return found


def shows_month_first(code: str) -> bool:
    """Whether a format's code prints the month before the day."""
    return _MONTH_FIRST.match(_ASIDE.sub("", code)) is not None


def place_of(reference: str | None) -> Place | None:
    """Row and column of "C5", counted from 0."""
    found = _REFERENCE.fullmatch(reference or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("@")
    return int(found[2]) - 1, column - 1


def cells_of(sheet: bytes) -> Iterator[etree._Element]:
    """The cells of a sheet, one after the other; raises ValueError where it is no XML."""
    try:
        elements = etree.iterparse(
            io.BytesIO(sheet), tag="{*}c", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for _, cell in elements:
            yield cell
            cell.clear()
    except etree.XMLSyntaxError as error:
        raise ValueError("not XML") from error


_STYLES, _WORKBOOK, _RELATIONS = "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ASIDE = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')  # the language, printed words, single printed signs
_MONTH_FIRST = re.compile(r"[^dy]*m+\W*d", re.IGNORECASE)


def _month_first_styles(styles: etree._Element) -> set[str]:
    """The numbers of the cell styles whose format begins with the month."""
    formats = {
        one.get("numFmtId") for one in styles.iter("{*}numFmt") if shows_month_first(one.get("formatCode") or "")
    }
    cells = styles.find("{*}cellXfs")
    return {str(number) for number, one in enumerate(() if cells is None else cells) if one.get("numFmtId") in formats}


def _styled_places(sheet: bytes, styles: set[str]) -> Iterator[Place]:
    for cell in cells_of(sheet):
        place = place_of(cell.get("r")) if cell.get("s") in styles else None
        if place:
            yield place
