"""The single targets of a cell: listed with signs, by lines, or in what is left of a web page's list."""

import html
import re

from cchc_tasks.domain.reading.targets import read_targets
from cchc_tasks.domain.reading.text import tidy


def plain_text(cell: str) -> str:
    """A cell's words without the tags that a converter left in it; what a tag of a list set apart gets its own line."""
    without = _TAG.sub(lambda tag: "\n" if _LISTING.match(tag[1]) else " ", tidy(cell))
    lines = (" ".join(line.split()) for line in html.unescape(without).splitlines())
    return "\n".join(filter(None, lines))


def bullets(cell: str) -> tuple[str, ...]:
    """Each target of a cell verbatim, without the sign before it.

    A line that goes on in small letters belongs to the one above, and so does any that neither sign nor full stop
    sets apart, unless both hold a figure to be reached.
    """
    found: list[str] = []
    apart = True
    for piece in _SIGN.split(plain_text(cell)):
        for line in piece.splitlines():
            if not _SIGN.sub("", line).strip(" -+•*"):
                continue
            if found and not apart and not _begins_anew(found[-1], line):
                found[-1] += f" {line.strip()}"
            else:
                found.append(line.strip())
            apart = False
        apart = True
    return tuple(found)


_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
_LISTING = re.compile(r"(?:ul|ol|li|br|p|div|tr)$", re.IGNORECASE)
# Within a line a dash sets apart only behind the end of a sentence or before a figure: "Phòng Kế hoạch - Tài chính",
# "từ 85 - 90%".
_SIGN = re.compile(
    r"(?:^|\n)\s*(?:[-–—+•●▪*]|\(?[a-zđ]\)|\d{1,2}[.)](?=\s))\s*(?=\S)"
    r"|(?<=[.;:…])\s+[-–—+•●▪]\s+(?=\S)|(?<![\d%])\s+[-–—+•●▪]\s+(?=\d{1,3}(?:[.,]\d+)?\s*%)"
)


def _begins_anew(before: str, line: str) -> bool:
    if line[0].islower():
        return False
    return before.endswith((".", ";")) or bool(read_targets(before) and read_targets(line))
