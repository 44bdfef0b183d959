"""The morning's message as facts: what is due, the last working day, what counts as done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from cchc_tasks.domain.dates_in_words import distance, full_date, short_date
from cchc_tasks.domain.vocabulary import Bound


class Urgency(Enum):
    """In which section of the message an item stands."""

    OVERDUE = "Quá hạn"
    TODAY = "Hôm nay"
    SOON = "Sắp đến hạn"
    NEW = "Nhiệm vụ mới giao"


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One obligation. `due_on` is the day that is spoken of: the due day, or the hạn bổ sung of a returned one."""

    code: str
    title: str
    link: str
    plan: str
    wanted: tuple[str, ...]
    due_on: date | None
    aim_on: date | None
    bound: Bound | None = None
    at: str | None = None
    is_new: bool = False
    with_units: tuple[str, ...] = ()
    named: str = "hạn"  # "hạn bổ sung" where that day is meant
    note: str | None = None  # what came back and why: "Yêu cầu bổ sung đến 09/3/2026: thiếu phụ lục"
    further: int = 0  # how many later dates of the same new duty this item stands for

    def urgency(self, on: date) -> Urgency:
        """The section on a morning; the last working day counts as today."""
        if self.due_on is not None and on > self.due_on:
            return Urgency.OVERDUE
        if self.is_new or self.due_on is None:
            return Urgency.NEW
        return Urgency.TODAY if on >= (self.aim_on or self.due_on) else Urgency.SOON

    def when(self, on: date) -> str:
        """The date as three facts, with the last working day where it differs."""
        if self.due_on is None:
            return "không có thời hạn"
        hour = f"{self.at} " if self.at else ""
        day = (
            f"trước {hour}ngày {short_date(self.due_on)}"
            if self.bound is Bound.BEFORE
            else hour + full_date(self.due_on)
        )
        words = f"{distance(self.due_on, on)}, {self.named} {day}"
        if self.further:
            words += f" và {self.further} kỳ sau"
        if self.aim_on is None or self.aim_on == self.due_on or on > self.aim_on:
            return words
        if on == self.aim_on:
            return f"hôm nay là ngày làm việc cuối, {self.named} {day}"
        return f"{words}, ngày làm việc cuối: {full_date(self.aim_on)}"


def folded(items: Iterable[DigestItem]) -> tuple[DigestItem, ...]:
    """The same items with the dates of each new duty folded into its first one; `items` come soonest first."""
    shown: list[DigestItem] = []
    first_of: dict[tuple[str, str], int] = {}
    for item in items:
        duty = (item.plan, item.code)
        if item.is_new and duty in first_of:
            first = shown[first_of[duty]]
            shown[first_of[duty]] = replace(first, further=first.further + 1)
        else:
            if item.is_new:
                first_of[duty] = len(shown)
            shown.append(item)
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class Digest:
    """One person's message for one morning."""

    person: str
    unit: str
    authority: str
    secretariat: str
    on: date
    all_link: str
    items: tuple[DigestItem, ...]

    def section(self, urgency: Urgency) -> tuple[DigestItem, ...]:
        """The items of a section, soonest first."""
        found = (item for item in self.items if item.urgency(self.on) is urgency)
        return tuple(sorted(found, key=lambda item: (item.due_on is None, item.due_on or self.on, item.code)))

    def counts(self) -> tuple[str, ...]:
        """What the message holds, in few words: ("2 việc quá hạn", "3 việc sắp đến hạn")."""
        overdue = len(self.section(Urgency.OVERDUE))
        soon = len(self.section(Urgency.TODAY)) + len(self.section(Urgency.SOON))
        new = len(self.section(Urgency.NEW))
        return tuple(_counted(((overdue, "việc quá hạn"), (soon, "việc sắp đến hạn"), (new, "nhiệm vụ mới giao"))))

    def subject(self) -> str:
        """The line that stands in the inbox."""
        return f"{', '.join(self.counts())}: {self.unit}"


def _counted(counts: Iterable[tuple[int, str]]) -> list[str]:
    return [f"{count} {words}" for count, words in counts if count]
