"""The parts of Office's packages: elements and attributes, found without their namespace.

So the strict and the transitional spelling of ECMA-376 are read alike.
"""

from lxml import etree


def parsed(part: bytes) -> etree._Element:
    """The root of a package's part; raises ValueError where it is no XML or has a document type of its own."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a package's parts have no document type (ECMA-376, part 2)")
    return root


def child_of(parent: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of this name, or what is reached by a path of such names."""
    found = parent
    for name in path:
        if found is None:
            return None
        found = next((child for child in found if name_of(child) == name), None)
    return found


def value_of(parent: etree._Element | None, *path: str) -> str | None:
    """The `val` of the element that a path of names reaches."""
    element = child_of(parent, *path)
    return None if element is None else attribute_of(element, "val")


def name_of(element: etree._Element) -> str:
    """The name without its namespace; comments and processing instructions have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute_of(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without the namespace."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)


def number_of(text: str | None, otherwise: int) -> int:
    """A whole number of an attribute, or what counts where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else otherwise


_LONGEST_NUMBER = 9
