"""A message in the few letters that a template of Zalo has room for: the same facts, cut at a word.

The limits are those of Zalo's parameter types: codes 30 letters, people's names 30, other names and addresses of pages
200; a date of ten always fits. Letters are counted composed (NFC), as Zalo counts them. "[@" would begin a mention.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.digest import Digest, DigestItem, Urgency

CODE, LINK, NAME, TITLE = 30, 200, 30, 200
CUT = "…"


@dataclass(frozen=True, slots=True)
class ShortWords:
    """The fields of a template; `code`, `title`, `due_on` and `link` are the most urgent item's."""

    name: str
    unit: str
    code: str
    title: str
    due_on: str  # dd/mm/yyyy, "" without a deadline
    overdue: str
    due_soon: str
    new: str
    link: str


def short_words(digest: Digest) -> ShortWords | None:
    """The fields for a digest; None where it holds no item, for a template speaks of one."""
    items = [item for urgency in Urgency for item in digest.section(urgency)]
    if not items:
        return None
    first = items[0]
    found = {urgency: len(digest.section(urgency)) for urgency in Urgency}
    return ShortWords(
        name=short(digest.person, NAME),
        unit=short(digest.unit, TITLE),
        code=short(first.code, CODE),
        title=short(first.title, TITLE),
        due_on=short_day(first.spoken_on(digest.on)),
        overdue=_count(found[Urgency.OVERDUE] + found[Urgency.REPORTED]),
        due_soon=_count(found[Urgency.TODAY] + found[Urgency.SOON]),
        new=_count(found[Urgency.NEW]),
        link=short_link(first, digest.all_link),
    )


def short(text: str, limit: int) -> str:
    """A text of at most `limit` letters, cut at a word with "…"; a single longer word is cut within."""
    tidy = " ".join(unicodedata.normalize("NFC", text).replace("[@", "").split())
    if len(tidy) <= limit:
        return tidy
    room = limit - len(CUT)
    kept = tidy[:room] if tidy[room] == " " else tidy[:room].rpartition(" ")[0] or tidy[:room]
    return kept.rstrip(" ,;:.–-(") + CUT


def short_day(day: date | None) -> str:
    """A date as a template takes it: "05/03/2026"."""
    return f"{day:%d/%m/%Y}" if day else ""


def short_link(item: DigestItem, all_link: str) -> str:
    """The first address that fits, for half an address opens nothing: the item's, its plain one, the whole list's."""
    links = (item.link, item.stored_link or item.link, all_link)
    return next((link for link in links if len(link) <= LINK), "")


def _count(number: int) -> str:
    return f"{number} việc"
