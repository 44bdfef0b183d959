"""The leaders' week in one glance, as facts: what the Sở owes upward, who is late, how the year goes, what waits."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from cchc_tasks.domain.dates_in_words import distance, full_date, short_date
from cchc_tasks.domain.digest import Digest
from cchc_tasks.domain.office_digest import (
    OfficeLine,
    OfficeSection,
    OwedUpward,
    Proposed,
    Requested,
    Waiting,
    upward_line,
)


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with late work: its head, how many jobs, and since when the oldest."""

    code: str
    name: str
    head: str | None
    jobs: int
    oldest_due_on: date


@dataclass(frozen=True, slots=True)
class Progress:
    """Of what fell due from the first of January to a day: how many are done, by then, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class WeeklyFacts:
    """The same for every leader."""

    on: date
    upward: Waiting[OwedUpward]
    late_jobs: int
    late_units: Waiting[LateUnit]
    this_year: Progress
    last_year: Progress
    last_day: date  # the same day of last year
    reported: Waiting[Proposed] = field(default_factory=Waiting)
    requested: Waiting[Requested] = field(default_factory=Waiting)

    def without(self, obligation_ids: Collection[int]) -> "WeeklyFacts":
        """The same less what was reported and is spoken of elsewhere in the message."""
        rows = [one for one in self.reported.rows if one.obligation_id not in obligation_ids]
        told = len(self.reported.rows) - len(rows)
        return replace(self, reported=Waiting(rows, self.reported.total - told))

    def counts(self) -> tuple[str, ...]:
        """The week in few words: ("7 việc quá hạn ở 5 đơn vị", "2 việc phải nộp cấp trên trong tháng")."""
        late = f"{self.late_jobs} việc quá hạn ở {self.late_units.total} đơn vị"
        owed = sum(not one.done for one in self.upward.rows) + self.upward.total - len(self.upward.rows)
        return (
            late if self.late_jobs else "không có việc quá hạn",
            f"{owed} việc phải nộp cấp trên trong tháng" if owed else "không còn việc phải nộp cấp trên trong tháng",
        )

    def progress(self) -> str:
        """The year against the same day of last year; says so where last year holds nothing."""
        if not self.this_year.total:
            now = f"Năm {self.on.year}: chưa có việc đến hạn."
        else:
            now = f"Năm {self.on.year}: xong {self.this_year.done} trên {self.this_year.total} việc đã đến hạn."
        if not self.last_year.total:
            return f"{now} Năm {self.last_day.year} chưa có số liệu để so sánh."
        before = f"xong {self.last_year.done} trên {self.last_year.total} việc"
        return f"{now} Cùng ngày {short_date(self.last_day)}: {before}."

    def sections(self) -> tuple[OfficeSection, ...]:
        """The sections of the message; those that hold nothing are left out."""
        return tuple(section for section in self._sections() if section.total)

    def _sections(self) -> Iterator[OfficeSection]:
        upward = tuple(upward_line(one, self.on) for one in self.upward.rows)
        yield OfficeSection("Phải nộp cấp trên trong tháng", "/nhiem-vu", self.upward.total, upward)
        late = tuple(self._late_line(one) for one in self.late_units.rows)
        yield OfficeSection("Đơn vị có việc quá hạn", "/tong-quan", self.late_units.total, late)
        waiting = (*map(self._reported_line, self.reported.rows), *map(_requested_line, self.requested.rows))
        yield OfficeSection("Chờ ý kiến lãnh đạo Sở", "/tong-quan", self.reported.total + self.requested.total, waiting)

    def _late_line(self, one: LateUnit) -> OfficeLine:
        oldest = f"{'lâu nhất ' if one.jobs > 1 else ''}{distance(one.oldest_due_on, self.on)}"
        head = f"trưởng đơn vị {one.head}" if one.head else "chưa ghi trưởng đơn vị"
        return OfficeLine(f"/viec-cua-don-vi?don-vi={one.code}", one.name, f"{one.jobs} việc, {oldest}; {head}")

    def _reported_line(self, one: Proposed) -> OfficeLine:
        facts = f"đã báo cáo quá hạn: {one.unit}, {distance(one.due_on, self.on)}, hạn {full_date(one.due_on)}"
        return OfficeLine(f"/nhiem-vu/{one.obligation_id}", one.title, facts)


@dataclass(frozen=True, slots=True)
class WeeklySummary:
    """The week as one leader reads it; `digest` holds who that is, and what is told to the leader by name."""

    digest: Digest
    facts: WeeklyFacts

    def subject(self) -> str:
        """The line that stands in the inbox."""
        first, *_ = self.facts.counts()
        return f"Tuần từ {short_date(self.facts.on)}: {first}"

    def stored(self) -> "WeeklySummary":
        """The same message as it may be kept."""
        return replace(self, digest=self.digest.stored())


def _requested_line(one: Requested) -> OfficeLine:
    asked = f"xin lùi đến {short_date(one.asked_until)}, gửi từ {short_date(one.asked_on)}"
    facts = f"đề nghị gia hạn chưa quyết định: {one.unit}, {asked}"
    return OfficeLine(f"/nhiem-vu/{one.obligation_id}", one.title, facts)
