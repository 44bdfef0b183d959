"""Lets the invented Sở live through its year up to today, so that every page of a first start has something to show."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from cchc_tasks.bootstrap import Application
from cchc_tasks.demo.sample_plan import sample_plan
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, Actor
from cchc_tasks.domain.errors import StageForbids
from cchc_tasks.domain.vocabulary import Outcome, Role, Stage
from cchc_tasks.models.account import Credential
from cchc_tasks.services.acknowledge_obligation import acknowledge_obligation
from cchc_tasks.services.identity import as_actor
from cchc_tasks.services.import_plan import import_plan
from cchc_tasks.services.publish_plan import publish_plan
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence

DEMO_PASSWORD = "song-lam-2026"  # noqa: S105 - printed at every start of a demo
DEMO_ACCOUNTS = {
    "vp.thuongtruc1": "thường trực CCHC: tổng quan, xác nhận, lượt gửi",
    "vp.thuongtruc2": "thường trực CCHC thứ hai",
    "thpt-nguyen-trai.daumoi": "đầu mối của một trường: việc của đơn vị, nộp báo cáo",
    "khtc.truong": "trưởng phòng Kế hoạch - Tài chính",
    "giamdoc": "lãnh đạo Sở: xem tổng quan",
    "kiemtra": "kiểm tra: chỉ xem",
    "quantri": "quản trị",
}
VERIFIERS = ("vp.thuongtruc1", "vp.thuongtruc2")


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation of the sample plan and who acts for it."""

    id: int
    title: str
    unit_code: str
    due_on: date
    actor: Actor


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened on a day of the invented year."""

    day: date
    what: str  # "acknowledge", "submit", "accept", "return"
    owed: Owed


def fill_demo(app: Application, today: date) -> None:
    """Import and publish the sample plan of this year, and let units and the secretariat act until today."""
    first = min(date(today.year, 1, 5), today)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"ke-hoach-mau-{today.year}.txt"
        file.write_text(sample_plan(today.year), encoding="utf-8")
        plan = import_plan(
            app.database,
            app.reader,
            file,
            years=None,
            before_is_strict=app.settings.before_is_strict,
            actor=LOCAL_ADMINISTRATOR,
            now=_noon(app, first),
        )
        publish_plan(
            app.database,
            plan.plan_id,
            on=first,
            accept_questions=True,
            horizon_months=app.settings.horizon_months,
            actor=LOCAL_ADMINISTRATOR,
            now=_noon(app, first),
        )
        story = _Story(app, Path(folder))
        _give_passwords(app)
        for deed in sorted(_deeds(_owed(app), today), key=lambda deed: (deed.day, deed.owed.id)):
            if deed.day <= today:
                story.tell(deed)


def hints(address: str) -> str:
    """What to try in a demo, in Vietnamese."""
    width = max(map(len, DEMO_ACCOUNTS)) + 3
    accounts = "\n".join(f"  {user.ljust(width)}{what}" for user, what in DEMO_ACCOUNTS.items())
    return f"""
Người dùng mẫu, cùng mật khẩu {DEMO_PASSWORD}:
{accounts}

Thử: đăng nhập bằng đầu mối, mở một việc, nộp báo cáo; rồi đăng nhập bằng thường trực và xác nhận.
Khoảng nửa phút nữa bộ nhắc việc chạy lượt đầu (sau đó là 07:00 mỗi sáng). Thư không rời máy này: {address}/thu-mau"""


def _deeds(owed: list[Owed], today: date) -> Iterator[Deed]:
    """What becomes of each obligation: nearly all in time, some late, some returned, some still owed."""
    for number, one in enumerate(owed):
        lot = number % 8
        recent = -60 < (one.due_on - today).days < 32
        yield Deed(max(one.due_on - timedelta(45), date(today.year, 1, 6)), "acknowledge", one)
        if recent and (lot in (1, 5) or (one.due_on > today and lot not in (2, 3, 6))):
            continue  # still owed
        handed = min(one.due_on - timedelta(lot - 2), today - timedelta(lot)) if recent else one.due_on - timedelta(lot)
        yield Deed(handed, "submit", one)
        if lot == 3:
            yield Deed(handed + timedelta(1), "return", one)
        if recent and lot in (3, 6):
            continue  # waits for the unit's supplement, or for the secretariat
        if lot == 3:
            yield Deed(handed + timedelta(3), "submit", one)
        yield Deed(handed + timedelta(4), "accept", one)


class _Story:
    """Does the deeds through the same services as everybody."""

    def __init__(self, app: Application, folder: Path) -> None:
        self._app, self._folder = app, folder
        self._evidence: dict[int, int] = {}

    def tell(self, deed: Deed) -> None:
        """Let one deed happen at noon of its day; one that its obligation no longer allows is left out."""
        owed, now = deed.owed, _noon(self._app, deed.day)
        with suppress(StageForbids):
            if deed.what == "acknowledge":
                acknowledge_obligation(self._app.database, owed.id, actor=owed.actor, now=now)
            elif deed.what == "submit":
                self._submit(deed, now)
            elif owed.id in self._evidence:
                self._verify(deed, now)

    def _submit(self, deed: Deed, now: datetime) -> None:
        owed, paper = deed.owed, f"{deed.owed.id}/BC-{deed.owed.unit_code} ngày {deed.day:%d/%m/%Y}"
        file = self._folder / f"bao-cao-{owed.id}-{deed.day:%d-%m}.txt"
        file.write_text(_report(owed, paper), encoding="utf-8")
        self._evidence[owed.id] = submit_evidence(
            self._app.database,
            self._app.vault,
            self._app.reader,
            [owed.id],
            Handed(files=[file], references=[paper]),
            actor=owed.actor,
            today=deed.day,
            now=now,
        )

    def _verify(self, deed: Deed, now: datetime) -> None:
        accepted = deed.what == "accept"
        decision = (
            Decision(Outcome.ACCEPTED)
            if accepted
            else Decision(Outcome.RETURNED_TO_COMPLETE, "Thiếu biểu số liệu kèm theo báo cáo.")
        )
        verify_evidence(
            self._app.database,
            self._evidence[deed.owed.id],
            decision,
            actor=_actor(self._app, VERIFIERS[deed.owed.id % 2]),
            today=deed.day,
            now=now,
            supplement_working_days=self._app.settings.supplement_working_days,
        )


def _owed(app: Application) -> list[Owed]:
    """The dated obligations of departments, sections and subordinate units that have somebody to act for them."""
    with app.database.read() as uow:
        units = uow.directory.units()
        leads = uow.obligations.leads()
        people = {
            person.unit_id: person
            for role in (Role.HEAD, Role.SECRETARIAT, Role.FOCAL)
            for person in uow.directory.people(units, [role])
        }
        return [
            Owed(
                id=one.id or 0,
                title=duty.title,
                unit_code=units[leads[one.id or 0][0]].code,
                due_on=one.due_on,
                actor=as_actor(person),
            )
            for one, duty in uow.obligations.listing()
            if one.due_on and one.stage is Stage.OPEN and (person := people.get(leads[one.id or 0][0]))
        ]


def _give_passwords(app: Application) -> None:
    hashed = app.passwords.hash(DEMO_PASSWORD)
    now = app.clock.now()
    with app.database.write(now) as uow:
        for user in DEMO_ACCOUNTS:
            person_id = uow.directory.person_with_user(user).id or 0
            uow.accounts.add_credential(Credential(person_id=person_id, password_hash=hashed, changed_at=now))


def _actor(app: Application, user: str) -> Actor:
    with app.database.read() as uow:
        person = uow.directory.person_with_user(user)
    return as_actor(person)


def _noon(app: Application, day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(app.settings.time_zone)).astimezone(UTC)


def _report(owed: Owed, paper: str) -> str:
    return f"""BÁO CÁO
{owed.title}
(Số {paper})

I. Kết quả thực hiện
Đơn vị đã hoàn thành nội dung được giao; sản phẩm gửi kèm báo cáo này.

II. Khó khăn, vướng mắc
Không.

III. Nhiệm vụ kỳ sau
Tiếp tục thực hiện theo kế hoạch cải cách hành chính của Sở.
"""
