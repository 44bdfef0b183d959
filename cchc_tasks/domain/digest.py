"""The morning's message as facts: what is due, the last working day, what counts as done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from cchc_tasks.domain.dates_in_words import distance, full_date, short_date
from cchc_tasks.domain.message_words import MessageWords
from cchc_tasks.domain.office_digest import OfficeMatters
from cchc_tasks.domain.vocabulary import Bound


class Urgency(Enum):
    """In which section of the message an item stands."""

    REPORTED = "Báo cáo lãnh đạo Sở"
    OVERDUE = "Quá hạn"
    TODAY = "Hôm nay"
    SOON = "Sắp đến hạn"
    NEW = "Nhiệm vụ mới giao"


@dataclass(frozen=True, slots=True)
class Reported:
    """Whose late work the secretariat takes to the leaders; a unit may be without a head."""

    unit: str
    head: str | None


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One obligation. `due_on` is the day that is spoken of: the due day, or the hạn bổ sung of a returned one.

    `aim_on` is the last working day for the day that comes next, the hạn nội bộ or `due_on`; `own_due_on` is the day
    that the head set for the reader. Late is only what is past `due_on`.
    """

    code: str
    title: str
    link: str
    plan: str  # what it stands under: "Kế hoạch số 15/KH-SGDĐT", "Ủy ban nhân dân tỉnh giao, Công văn số 12/UBND-VX"
    wanted: tuple[str, ...]
    due_on: date | None
    aim_on: date | None
    bound: Bound | None = None
    at: str | None = None
    is_new: bool = False
    leads: tuple[str, ...] = ()  # the units that lead, beside the reader's own
    joint: bool = True  # whether the reader's unit leads too
    named: str = "hạn"  # "hạn bổ sung" where that day is meant
    note: str | None = None  # what came back and why: "Yêu cầu bổ sung đến 09/3/2026: thiếu phụ lục"
    further: int = 0  # how many later dates of the same new duty this item stands for
    internal_due_on: date | None = None
    own_due_on: date | None = None
    assigned: tuple[str, ...] = ()  # whom the head assigned, told to the head
    in_place_of: str | None = None  # the person who is away, told to the stand-in
    reported: Reported | None = None
    serves: str | None = None  # of input that another unit asks for: the duty it is for
    stored_link: str | None = None  # what is kept in place of a link that opens without a password

    def spoken_on(self, on: date) -> date | None:
        """The day that comes next: the hạn nội bộ until it has passed, then the due day."""
        return self.internal_due_on if self._internal_is_ahead(on) else self.due_on

    def first_on(self, on: date) -> date | None:
        """The day that places the item among others: the reader's own one where it comes first."""
        days = [day for day in (self.own_due_on, self.spoken_on(on)) if day is not None and day >= on]
        return min(days, default=self.due_on)

    def urgency(self, on: date) -> Urgency:
        """The section on a morning; the last working day counts as today."""
        if self.reported is not None:
            return Urgency.REPORTED
        day = self.spoken_on(on)
        if day is not None and on > day:
            return Urgency.OVERDUE
        if self.is_new or day is None:
            return Urgency.NEW
        return Urgency.TODAY if on >= (self.aim_on or day) or on == self.own_due_on else Urgency.SOON

    def when(self, on: date) -> str:
        """The date as three facts, with the hạn nội bộ and the last working day where they differ."""
        day = self.spoken_on(on)
        if self.due_on is None or day is None:
            return "không có thời hạn"
        days = f"{self._internal(on)}{self._due(self.due_on)}"
        words = f"{distance(day, on)}, {days}"
        if self.further:
            words += f" và {self.further} kỳ sau"
        if self.aim_on is None or self.aim_on == day or on > self.aim_on:
            return words
        if on == self.aim_on:
            return f"hôm nay là ngày làm việc cuối, {days}"
        return f"{words}, ngày làm việc cuối: {full_date(self.aim_on)}"

    def remarks(self) -> tuple[str, ...]:
        """What stands apart under the title: why it came back, and the day that the head set for the reader."""
        own = f"Trưởng đơn vị giao hoàn thành chậm nhất {short_date(self.own_due_on)}" if self.own_due_on else None
        return tuple(words for words in (self.note, own) if words)

    def _internal_is_ahead(self, on: date) -> bool:
        return self.internal_due_on is not None and self.due_on is not None and on <= self.internal_due_on < self.due_on

    def _internal(self, on: date) -> str:
        if self.internal_due_on is None or self.due_on is None or on > self.due_on:
            return ""
        passed = "" if on <= self.internal_due_on else "đã qua "
        return f"{passed}hạn nội bộ {short_date(self.internal_due_on)}; "

    def _due(self, due_on: date) -> str:
        hour = f"{self.at} " if self.at else ""
        if self.bound is Bound.BEFORE:
            return f"{self.named} trước {hour}ngày {short_date(due_on)}"
        return f"{self.named} {hour}{full_date(due_on)}"


def folded(items: Iterable[DigestItem]) -> tuple[DigestItem, ...]:
    """The same items with the dates of each new duty folded into its first one; `items` come soonest first."""
    shown: list[DigestItem] = []
    first_of: dict[tuple[str, str, str], int] = {}
    for item in items:
        duty = (item.plan, item.code, item.title if item.serves else "")  # each input that is asked for stands alone
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
    """One person's message for one morning; `office` is what waits for the secretariat, told to its people."""

    person: str
    unit: str
    authority: str
    secretariat: str
    on: date
    all_link: str
    items: tuple[DigestItem, ...]
    office: OfficeMatters | None = None
    site: str = ""  # what the links of the office part begin with
    words: MessageWords = field(default_factory=MessageWords)
    _sections: dict[Urgency, list[DigestItem]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Put the items into their sections once: a message asks for them many times."""
        for item in sorted(self.items, key=self._place):
            self._sections.setdefault(item.urgency(self.on), []).append(item)

    def section(self, urgency: Urgency) -> Sequence[DigestItem]:
        """The items of a section, soonest first."""
        return self._sections.get(urgency, ())

    def by_plan(self, urgency: Urgency) -> tuple[tuple[str, tuple[DigestItem, ...]], ...]:
        """The items of a section under what assigned them, in the order in which each is first met."""
        groups: dict[str, list[DigestItem]] = {}
        for item in self.section(urgency):
            groups.setdefault(item.plan, []).append(item)
        return tuple((plan, tuple(items)) for plan, items in groups.items())

    def heading(self, urgency: Urgency) -> str:
        """What stands above a section: "Quá hạn", "Văn phòng Sở báo cáo"."""
        return f"{office_name(self.secretariat)} báo cáo" if urgency is Urgency.REPORTED else urgency.value

    @property
    def of_own_unit(self) -> bool:
        """Whether anything in it is the reader's unit's to do."""
        return any(item.joint for item in self.items)

    def counts(self) -> tuple[str, ...]:
        """What the message holds, in few words: ("2 việc quá hạn", "3 việc sắp đến hạn")."""
        found = {urgency: len(self.section(urgency)) for urgency in Urgency}
        own = (
            (found[Urgency.REPORTED] + found[Urgency.OVERDUE], "việc quá hạn"),
            (found[Urgency.TODAY] + found[Urgency.SOON], "việc sắp đến hạn"),
            (found[Urgency.NEW], "nhiệm vụ mới giao"),
        )
        return tuple(f"{count} {words}" for count, words in own if count)

    def subject(self) -> str:
        """The line that stands in the inbox."""
        office = self.office.counts() if self.office and self.office.has_news else ()
        counts = (*self.counts(), *office) or (f"Không có việc mới {full_date(self.on)}",)
        return f"{', '.join(counts)}: {self.unit}"

    def stored(self) -> "Digest":
        """The same message as it may be kept: every link that opens without a password is the plain one."""
        if not any(one.stored_link for one in self.items):
            return self
        return replace(self, items=tuple(replace(one, link=one.stored_link or one.link) for one in self.items))

    def _place(self, item: DigestItem) -> tuple[bool, date, str]:
        day = item.first_on(self.on)
        return day is None, day or self.on, item.code


def office_name(unit: str) -> str:
    """How a unit is called towards people outside it: an office (văn phòng) is that of the Sở."""
    return "Văn phòng Sở" if unit == "Văn phòng" else unit


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: "a, b và c"."""
    *first, last = words
    return f"{', '.join(first)} và {last}" if first else last
