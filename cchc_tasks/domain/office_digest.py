"""What waits for the secretariat, as facts of its morning message: sections of lines, longest waiting first."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeVar

from cchc_tasks.domain.dates_in_words import distance, full_date, short_date

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """Evidence that waits for its confirmation, and for how many working days."""

    evidence_id: int
    unit: str
    title: str
    working_days: int


@dataclass(frozen=True, slots=True)
class Requested:
    """A request for a later day that nobody has decided."""

    obligation_id: int
    unit: str
    title: str
    due_on: date
    asked_until: date
    asked_on: date


@dataclass(frozen=True, slots=True)
class Proposed:
    """A late obligation for which a follow-up is proposed."""

    obligation_id: int
    unit: str
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Unasked:
    """A condition whose period has ended (`ended_on` is None for one of a whole year) without anybody saying."""

    obligation_id: int
    title: str
    condition: str | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class OwedUpward:
    """What the Sở owes a superior body; `handed` says that the unit has sent it and it can go up."""

    obligation_id: int
    unit: str
    title: str
    source: str  # "Ủy ban nhân dân tỉnh giao, Công văn số 12/UBND-VX"
    due_on: date
    handed: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One line of a section; `path` is where it is dealt with, below the site's address."""

    path: str
    title: str
    facts: str


@dataclass(frozen=True, slots=True)
class OfficeSection:
    """A heading, where all of it is seen, the lines that are shown, and how many there are in all."""

    heading: str
    path: str
    total: int
    lines: tuple[OfficeLine, ...]

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class Waiting(Generic[Row]):
    """The first rows of something that waits, and how many there are in all."""

    rows: Sequence[Row] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class DayBefore:
    """What became of the messages of the working day before: a secretariat that reads it knows the engine runs."""

    on: date
    sent: int
    failed: int
    waiting: int

    @property
    def path(self) -> str:
        """Where each of them is seen."""
        return f"/luot-gui?ngay={self.on.isoformat()}"

    def in_words(self, today: date) -> str:
        """One sentence of counts, without names."""
        day = "Hôm qua" if (today - self.on).days == 1 else "Ngày làm việc trước"
        if not self.sent + self.failed + self.waiting:
            return f"{day} ({full_date(self.on)}): không có thư nào được gửi."
        return f"{day} ({full_date(self.on)}): gửi {self.sent} thư, {self.failed} lỗi, {self.waiting} chờ gửi lại."


@dataclass(frozen=True, slots=True)
class OfficeMatters:
    """Everything that waits for the secretariat on a morning, and how many duties of how many units are late.

    With `is_told` an earlier message of the week has listed what waits and nothing has come since.
    """

    on: date
    to_confirm: Waiting[ToConfirm] = field(default_factory=Waiting)
    requested: Waiting[Requested] = field(default_factory=Waiting)
    proposed: Waiting[Proposed] = field(default_factory=Waiting)
    unasked: Waiting[Unasked] = field(default_factory=Waiting)
    upward: Waiting[OwedUpward] = field(default_factory=Waiting)
    late_jobs: int = 0
    late_units: int = 0
    day_before: DayBefore | None = None
    is_told: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits; what is late waits for its units."""
        return not any(one.total for one in (self.to_confirm, self.requested, self.proposed, self.unasked, self.upward))

    def without(self, obligation_ids: Collection[int]) -> "OfficeMatters":
        """The same less what is owed upward and spoken of elsewhere in the message."""
        rows = [one for one in self.upward.rows if one.obligation_id not in obligation_ids]
        told = len(self.upward.rows) - len(rows)
        return replace(self, upward=Waiting(rows, self.upward.total - told))

    @property
    def has_news(self) -> bool:
        """Whether the message lists what waits."""
        return not (self.is_empty or self.is_told)

    def counts(self) -> tuple[str, ...]:
        """What waits, in few words: ("3 báo cáo chờ xác nhận", "1 đề nghị gia hạn")."""
        found = (
            (self.to_confirm.total, "báo cáo chờ xác nhận"),
            (self.requested.total, "đề nghị gia hạn"),
            (self.proposed.total, "đề xuất đôn đốc"),
            (self.unasked.total, "điều kiện chờ kết luận"),
            (self.upward.total, "việc phải nộp cấp trên"),
        )
        return tuple(f"{count} {words}" for count, words in found if count)

    def late(self) -> str | None:
        """How much is late in the whole Sở, beside what waits; None where nothing is."""
        if not self.late_jobs or not self.has_news:
            return None
        return f"Toàn Sở có {self.late_jobs} việc quá hạn ở {self.late_units} đơn vị."

    def sections(self) -> tuple[OfficeSection, ...]:
        """The sections that hold something, in the order in which they call for a hand; none where there is no news."""
        return () if self.is_told else tuple(section for section in self._sections() if section.total)

    def _sections(self) -> Iterator[OfficeSection]:
        yield _section(
            "Phải nộp cấp trên trong 14 ngày tới", "/nhiem-vu", self.upward, lambda one: upward_line(one, self.on)
        )
        yield _section("Chờ xác nhận", "/cho-xac-nhan", self.to_confirm, _to_confirm_line)
        yield _section("Đề nghị gia hạn chưa quyết định", "/gia-han", self.requested, _requested_line)
        yield _section("Đề xuất đôn đốc", "/don-doc", self.proposed, lambda one: _proposed_line(one, self.on))
        yield _section("Đã hết kỳ, chờ ghi phát sinh hay không", "/nhiem-vu", self.unasked, _unasked_line)


def upward_line(one: OwedUpward, on: date) -> OfficeLine:
    """What is owed upward: when, to whom, who prepares it and whether it has been sent in."""
    if one.done:
        state = "đã hoàn thành"
    elif one.handed:
        state = f"{one.unit} đã gửi, chờ trình"
    else:
        state = f"{one.unit} chủ trì"
    day = full_date(one.due_on) if one.done else f"{distance(one.due_on, on)}, hạn {full_date(one.due_on)}"
    return OfficeLine(f"/nhiem-vu/{one.obligation_id}", one.title, f"{day}; {one.source}; {state}")


def _section(heading: str, path: str, waiting: Waiting[Row], line: Callable[[Row], OfficeLine]) -> OfficeSection:
    return OfficeSection(heading, path, waiting.total, tuple(line(one) for one in waiting.rows))


def _to_confirm_line(one: ToConfirm) -> OfficeLine:
    waited = f"chờ {one.working_days} ngày làm việc" if one.working_days else "mới gửi"
    return OfficeLine(f"/cho-xac-nhan/{one.evidence_id}", one.title, f"{one.unit}, {waited}")


def _requested_line(one: Requested) -> OfficeLine:
    asked = f"xin lùi từ {short_date(one.due_on)} đến {short_date(one.asked_until)}"
    facts = f"{one.unit}, {asked}, gửi ngày {short_date(one.asked_on)}"
    return OfficeLine(f"/nhiem-vu/{one.obligation_id}", one.title, facts)


def _proposed_line(one: Proposed, on: date) -> OfficeLine:
    facts = f"{one.unit}, {distance(one.due_on, on)}, hạn {full_date(one.due_on)}"
    return OfficeLine(f"/nhiem-vu/{one.obligation_id}", one.title, facts)


def _unasked_line(one: Unasked) -> OfficeLine:
    ended = f"hết kỳ ngày {short_date(one.ended_on)}" if one.ended_on else "hết năm"
    facts = f"điều kiện “{one.condition}”, {ended}" if one.condition else ended
    return OfficeLine(f"/nhiem-vu/{one.obligation_id}", one.title, facts)
