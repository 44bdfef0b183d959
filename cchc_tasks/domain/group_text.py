"""A text for the chat of a group of units, ready to copy: what is due or late, and which units have not sent theirs.

It names units and never people: everybody in the chat reads it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.dates_in_words import distance, full_date
from cchc_tasks.domain.digest import office_name
from cchc_tasks.domain.message_words import MessageWords

NAMED = 20  # units; a longer list is not read in a chat


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
        return "\n".join(self._lines()) if self.collections else ""

    def _lines(self) -> Iterator[str]:
        yield self._say("group-greeting")
        yield self._say("group-opening")
        for number, one in enumerate(self.collections, 1):
            yield ""
            yield f"{number}. {one.title}"
            yield f"Hạn {full_date(one.due_on)} ({distance(one.due_on, self.on)})"
            if one.missing:
                yield f"Chưa gửi, còn {len(one.missing)} trên {one.total} đơn vị: {_units(one.missing)}"
            if one.returned:
                yield f"Đã gửi, cần bổ sung: {_units(one.returned)}"
        yield ""
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


def _units(names: tuple[str, ...]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" và {rest} đơn vị khác" if rest > 0 else "")
