"""A text for the chat of a group of units, to copy or post: what is due or late, which units have not sent theirs.

It names units and never people: everybody in the chat reads it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cchc_tasks.domain.dates_in_words import distance, full_date
from cchc_tasks.domain.digest import office_name
from cchc_tasks.domain.message_words import MessageWords

NAMED = 20  # units; a longer list is not read in a chat
FEWER = (NAMED, 8, 3, 0)  # where a message has less room


@dataclass(frozen=True, slots=True)
class Collection:
    """A duty on a date that each unit of the group owes; `returned` sent theirs and have to complete it."""

    title: str
    due_on: date
    missing: tuple[str, ...]
    returned: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class GroupText:
    """Everything of the text; `collections` come soonest first."""

    group: str
    authority: str
    secretariat: str
    on: date
    link: str
    collections: tuple[Collection, ...]
    words: MessageWords

    def text(self) -> str:
        """The text; empty where no unit owes anything."""
        return "\n".join(self._lines(NAMED, len(self.collections))) if self.collections else ""

    def posted(self, most: int) -> str:
        """The text in at most so many letters: too long, it names fewer units, then fewer duties."""
        shapes = [(named, len(self.collections)) for named in FEWER]
        shapes += [(0, shown) for shown in range(len(self.collections) - 1, -1, -1)]
        texts = (without_mentions("\n".join(self._lines(*shape))) for shape in shapes)
        return next((text for text in texts if len(text) <= most), "") if self.collections else ""

    def _lines(self, named: int, shown: int) -> Iterator[str]:
        yield self._say("group-greeting")
        yield self._say("group-opening")
        for number, one in enumerate(self.collections[:shown], 1):
            yield ""
            yield f"{number}. {one.title}"
            yield f"Hạn {full_date(one.due_on)} ({distance(one.due_on, self.on)})"
            if one.missing:
                yield f"Chưa gửi, còn {len(one.missing)} trên {one.total} đơn vị{_units(one.missing, named)}"
            if one.returned:
                count = "" if named else f" {len(one.returned)} đơn vị"
                yield f"Đã gửi, cần bổ sung{count}{_units(one.returned, named)}"
        yield ""
        if shown < len(self.collections):
            yield f"Còn {len(self.collections) - shown} việc khác."
        yield f"Xem và nộp: {self.link}"
        yield self._say("group-signature")

    def _say(self, name: str) -> str:
        return self.words.say(
            name,
            nhom=_within_sentence(self.group),
            ngay=full_date(self.on),
            so_viec=f"{len(self.collections)} việc",
            co_quan=self.authority,
            thuong_truc=office_name(self.secretariat),
        )


def _within_sentence(group: str) -> str:
    """ "Các phòng thuộc Sở" is "các phòng thuộc Sở" there; an abbreviation keeps its capitals."""
    return group if group[1:2].isupper() else group[:1].lower() + group[1:]


def without_mentions(text: str) -> str:
    """The text composed (NFC), and without what a chat would take for calling somebody by name."""
    plain = unicodedata.normalize("NFC", text).strip()
    while "[@" in plain:
        plain = plain.replace("[@", "")
    return plain


def fingerprint(text: str) -> str:
    """What tells a text from another one, so that nothing is posted that was not looked at."""
    return sha256(text.encode()).hexdigest()[:32]


def _units(names: tuple[str, ...], named: int) -> str:
    rest = len(names) - named
    if not named:
        return ""
    return ": " + ", ".join(names[:named]) + (f" và {rest} đơn vị khác" if rest > 0 else "")
