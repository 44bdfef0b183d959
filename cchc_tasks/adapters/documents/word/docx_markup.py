"""What of a Word document's markup is read: the last revision, without placeholders."""

from collections.abc import Iterator

from lxml import etree

from cchc_tasks.adapters.documents.office_markup import child_of, name_of

# Deleted and moved-away text, field codes and formatting are not read; pictures have no text, text boxes are apart.
UNREAD = frozenset(
    {"del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "tblPr", "tcPr", "trPr", "sectPr", "tblGrid"}
    | {"drawing", "pict", "object", "Fallback"}
)


def within(parent: etree._Element, names: frozenset[str]) -> Iterator[etree._Element]:
    """The nearest descendants of these names, through content controls and tracked insertions."""
    for child in parent:
        name = name_of(child)
        if name in names:
            yield child
        elif name not in UNREAD and not is_placeholder(child):
            yield from within(child, names)


def is_placeholder(element: etree._Element) -> bool:
    """Whether a content control only shows what is to be typed into it."""
    properties = child_of(element, "sdtPr") if name_of(element) == "sdt" else None
    return properties is not None and child_of(properties, "showingPlcHdr") is not None
