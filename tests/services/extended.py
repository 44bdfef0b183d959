"""The inspectorate asks for later days: a plan of its duties, and short ways to ask, decide and look."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlmodel import Session, col, select

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import ReminderState
from cchc_tasks.models.obligation import Extension, Obligation
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.services.ask_extension import ask_extension
from cchc_tasks.services.decide_extension import Grant, grant_extension, refuse_extension
from cchc_tasks.services.listing import ObligationLine, list_obligations
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from tests.conftest import actor_of
from tests.journeys.chain import import_text, publish

LINES = (
    "Số: 20/KH-SGDĐT",
    "Sông Lam, ngày 15 tháng 12 năm 2025",
    "KẾ HOẠCH năm 2026",
    "",
    "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp",
    "1. Kiểm tra công vụ\tBiên bản\tTrước ngày 31/3/2026\tThanh tra\t",
    "2. Tổng kết năm\tBáo cáo\tTrước ngày 31/12/2026\tThanh tra\t",
    "3. Tiếp công dân\tSổ theo dõi\tThường xuyên\tThanh tra\t",
    "4. Rà soát trước Tết\tBáo cáo\tTrước ngày 13/02/2026\tThanh tra\t",
    "5. Tự chấm điểm\tBáo cáo\tTrước ngày 28/02/2026\tThanh tra\t",
    "",
)
HEAD, FOREIGN, OFFICER, OFFICE = "thanhtra.truong", "gdmn.truong", "tccb.chuyenvien", "vp.thuongtruc1"
GRANT = Grant("45/SGDĐT-VP")
MARCH_24, MARCH_31, APRIL_15 = date(2026, 3, 24), date(2026, 3, 31), date(2026, 4, 15)


def with_plan(app: Application, folder: Path) -> Application:
    """The same application with that plan published on 22 December 2025."""
    publish(app, import_text(app, folder, "\n".join(LINES)).plan_id)
    return app


def noon(day: date) -> datetime:
    return datetime.combine(day, time(5), tzinfo=UTC)


def line_of(app: Application, code: str, on: date = MARCH_24) -> ObligationLine:
    lines = list_obligations(app.database, on=on, actor=LOCAL_ADMINISTRATOR)
    return [line for line in lines if line.duty_code == code][-1]  # undated ones stand last


def ask(
    app: Application, code: str, until: date, *, on: date = MARCH_24, why: str = "Chờ số liệu", user: str = HEAD
) -> int:
    return ask_for(app, line_of(app, code).id, until, on=on, why=why, user=user)


def ask_for(
    app: Application,
    obligation_id: int,
    until: date = APRIL_15,
    *,
    on: date = MARCH_24,
    why: str = "x",
    user: str = HEAD,
) -> int:
    return ask_extension(
        app.database, obligation_id, until=until, why=why, actor=actor_of(app, user), today=on, now=noon(on)
    )


def grant(
    app: Application, extension_id: int, given: Grant = GRANT, *, on: date = MARCH_24, user: str = OFFICE
) -> date:
    return grant_extension(app.database, extension_id, given, actor=actor_of(app, user), today=on, now=noon(on))


def refuse(app: Application, extension_id: int, why: str = "Đã quá gấp") -> None:
    refuse_extension(app.database, extension_id, why=why, actor=actor_of(app, OFFICE), now=noon(MARCH_24))


def submit(app: Application, code: str, on: date) -> int:
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        [line_of(app, code).id],
        Handed(links=["https://songlam.example/bao-cao"]),
        actor=actor_of(app, HEAD),
        today=on,
        now=noon(on),
    )


def kept(app: Application, code: str) -> Obligation:
    with app.database.read() as uow:
        return uow.obligations.get(line_of(app, code).id)


def request_of(app: Application, extension_id: int) -> Extension:
    with app.database.read() as uow:
        return uow.extensions.get(extension_id)


def rungs(app: Application, code: str, state: ReminderState = ReminderState.PLANNED) -> list[tuple[str, date]]:
    """The steps of the ladder for the head in one state, by day."""
    with Session(app.database.engine) as session:
        query = select(Reminder).where(Reminder.obligation_id == line_of(app, code).id, Reminder.state == state)
        query = query.where(Reminder.rung != INTRODUCTION)
        found = session.exec(query.order_by(col(Reminder.fire_on), col(Reminder.id))).all()
    return list(dict.fromkeys((one.rung, one.fire_on) for one in found))
