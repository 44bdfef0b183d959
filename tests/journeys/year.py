"""Plays a year of the invented Sở day by day and writes down, in plain words, every mail, deed and standing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.digest import Digest, DigestItem, Urgency
from cchc_tasks.domain.office_digest import OfficeMatters
from cchc_tasks.domain.vocabulary import Outcome, Stage, Standing
from cchc_tasks.domain.weekly_summary import WeeklySummary
from cchc_tasks.ports import Message, Receipt, Written
from cchc_tasks.services.decide_follow_ups import release_follow_ups
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.follow_up_queue import follow_up_queue
from cchc_tasks.services.listing import ObligationLine, list_obligations
from cchc_tasks.services.open_obligations import open_obligations
from cchc_tasks.services.plan_follow_ups import plan_follow_ups
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from tests.conftest import StandingClock, actor_of
from tests.making.delivering import by_mail, delivered

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
SECTIONS = {Urgency.OVERDUE: "quá hạn", Urgency.TODAY: "hôm nay", Urgency.SOON: "sắp đến", Urgency.NEW: "mới"}


@dataclass(frozen=True)
class Manner:
    """How a unit answers: so many days after the due day (None: never), and what the office does with the first.

    What came back is handed in again on the hạn bổ sung.
    """

    days: int | None
    first: Outcome = Outcome.ACCEPTED


MANNERS = {
    "Phòng Tổ chức cán bộ": Manner(-3),
    "Văn phòng": Manner(0),
    "Phòng Kế hoạch - Tài chính": Manner(+4),
    "Thanh tra": Manner(-1, Outcome.RETURNED_TO_COMPLETE),
    "Phòng Khảo thí và Quản lý chất lượng giáo dục": Manner(-1, Outcome.RETURNED_TO_REDO),
    "Trường THPT Lê Lợi": Manner(None),
    "Tổ Công nghệ thông tin": Manner(None),
}
OTHERS = Manner(-1)
FOLLOW_UP_DAYS = (7, 30)
FRIDAY = 4


class Notebook:
    """Writes digests as one short line and keeps who got it: a writer and a notifier in one."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = defaultdict(list)

    def write(self, digest: Digest) -> Written:
        parts = [self._office(digest.office)] if digest.office else []
        for urgency, word in SECTIONS.items():
            items = digest.section(urgency)
            if items:
                parts.append(f"{word} {', '.join(self._item(item, digest.on) for item in items)}")
        line = "; ".join(parts)
        return Written(digest.subject(), line, line)

    def write_weekly(self, summary: WeeklySummary) -> Written:
        reported = ", ".join(self._item(item, summary.digest.on) for item in summary.digest.items)
        line = f"tuần: {', '.join(summary.facts.counts())}{f'; đã báo cáo {reported}' if reported else ''}"
        return Written(summary.subject(), line, line)

    def send(self, message: Message) -> Receipt:
        self.lines[message.text].append(message.recipient.partition("@")[0])
        return Receipt(answer="250")

    def close(self) -> None:
        """Nothing is held."""

    @staticmethod
    def _office(office: OfficeMatters) -> str:
        counts = ", ".join(office.counts())
        if office.has_news:
            return f"chờ {counts}"
        return f"không có việc mới, vẫn chờ {counts}" if counts else "không có việc mới"

    @staticmethod
    def _item(item: DigestItem, on: date) -> str:
        if item.due_on is None or item.urgency(on) is Urgency.NEW:
            return item.code
        days = (item.due_on - on).days
        return f"{item.code} ({days:+d}{' bổ sung' if item.named != 'hạn' else ' trả lại' if item.note else ''})"


@dataclass
class Year:
    """The year being played: what each unit has done so far."""

    app: Application
    clock: StandingClock
    handed: dict[int, int] = field(default_factory=dict)  # obligation → how often it was handed in

    def days(self, first: date, last: date) -> Iterator[str]:
        """Play from the first day to the last, both included; yields the lines of the story."""
        day = first
        while day <= last:
            story = [*self._morning(day), *self._office_hours(day)]
            if story:
                yield f"{day:%d/%m/%Y}"
                yield from (f"  {line}" for line in story)
            if (day + ONE_DAY).month != day.month:
                yield from self._month_end(day)
            day += ONE_DAY

    def _at(self, day: date, hour: int) -> None:
        self.clock.moment = datetime.combine(day, time(hour), HERE).astimezone(UTC)

    def _morning(self, day: date) -> Iterator[str]:
        self._at(day, 7)
        book = Notebook()
        open_obligations(
            self.app.database,
            on=day,
            horizon_months=13,
            actor=LOCAL_ADMINISTRATOR,
            now=self.clock.now(),
        )
        plan_follow_ups(
            self.app.database, on=day, steps=FOLLOW_UP_DAYS, actor=LOCAL_ADMINISTRATOR, now=self.clock.now()
        )
        decided = decide_reminders(self.app.database, on=day, actor=LOCAL_ADMINISTRATOR, now=self.clock.now())
        if decided.working_day:
            delivered(self.app, by_mail(book), day, writer=book)
        for line, people in sorted(book.lines.items(), key=lambda one: one[1]):
            yield f"thư {' '.join(people)}: {line}"

    def _office_hours(self, day: date) -> Iterator[str]:
        with self.app.database.read() as uow:
            if not uow.office.calendar().is_working(day):
                return
        self._at(day, 10)
        for one in self._lines(day):
            if self._answers_today(one, day):
                yield from self._hand_in(one, day)
        if day.weekday() == FRIDAY:
            yield from self._release(day)

    def _release(self, day: date) -> Iterator[str]:
        """On Fridays the secretariat reports to the leaders whatever is proposed."""
        office = actor_of(self.app, "vp.thuongtruc1")
        queue = follow_up_queue(self.app.database, on=day, actor=office)
        chosen = [one.id for unit in queue.units for one in unit.proposed]
        if chosen:
            release_follow_ups(
                self.app.database,
                chosen,
                to_leaders=True,
                as_letter=False,
                actor=office,
                today=day,
                now=self.clock.now(),
            )
            yield f"báo cáo lãnh đạo {len(chosen)} việc quá hạn"

    def _answers_today(self, one: ObligationLine, day: date) -> bool:
        manner = MANNERS.get(one.leads[0], OTHERS)
        if one.due_on is None or manner.days is None:
            return False
        if one.stage is Stage.RETURNED:
            return one.supplement_due_on is not None and day >= one.supplement_due_on
        return one.stage is Stage.OPEN and day >= one.due_on + timedelta(days=manner.days)

    def _hand_in(self, one: ObligationLine, day: date) -> Iterator[str]:
        turn = self.handed[one.id] = self.handed.get(one.id, 0) + 1
        evidence_id = submit_evidence(
            self.app.database,
            self.app.vault,
            self.app.reader,
            [one.id],
            Handed(references=[f"{one.id}/BC-{turn} ngày {day:%d/%m/%Y}"]),
            actor=actor_of(self.app, self._focal(one.leads[0])),
            today=day,
            now=self.clock.now(),
        )
        first = MANNERS.get(one.leads[0], OTHERS).first
        outcome = first if turn == 1 else Outcome.ACCEPTED
        reason = None if outcome is Outcome.ACCEPTED else "Thiếu biểu số liệu"
        until = verify_evidence(
            self.app.database,
            evidence_id,
            Decision(outcome, reason),
            actor=actor_of(self.app, "vp.thuongtruc2"),
            today=day,
            now=self.clock.now(),
            supplement_working_days=3,
        )
        done = {
            Outcome.ACCEPTED: "xác nhận",
            Outcome.RETURNED_TO_COMPLETE: f"yêu cầu bổ sung đến {until:%d/%m}" if until else "",
            Outcome.RETURNED_TO_REDO: f"yêu cầu làm lại đến {until:%d/%m}" if until else "",
        }
        yield f"nộp {one.duty_code} hạn {one.due_on:%d/%m} ({one.leads[0]}), {done[outcome]}"

    def _focal(self, unit: str) -> str:
        with self.app.database.read() as uow:
            (found,) = [one for one in uow.directory.units().values() if one.name == unit]
            people = uow.directory.people([found.id or 0], ["FOCAL"])  # type: ignore[list-item]
        return people[0].user

    def _lines(self, day: date) -> list[ObligationLine]:
        return list_obligations(self.app.database, on=day, actor=LOCAL_ADMINISTRATOR)

    def _month_end(self, day: date) -> Iterator[str]:
        by_standing: dict[str, list[ObligationLine]] = defaultdict(list)
        for one in self._lines(day):
            by_standing[one.standing.value if one.standing else one.stage.value].append(one)
        counts = ", ".join(f"{word} {len(found)}" for word, found in sorted(by_standing.items()))
        yield f"== cuối tháng {day:%m/%Y}: {counts}"
        for one in by_standing[Standing.OVERDUE.value]:
            yield f"   quá hạn {one.days_late} ngày: {one.duty_code} hạn {one.due_on:%d/%m} {one.leads[0]}"


def expected(name: str) -> list[str]:
    """A written story."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
