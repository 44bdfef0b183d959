"""Mornings played day by day: a plan of a few rows, and who hears which step of them on which day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.store.unit_of_work import UnitOfWork
from tests.journeys.chain import PUBLISHED_ON, import_text, publish

HEAD = "Nhóm nhiệm vụ\tNội dung nhiệm vụ\tSản phẩm\tThời gian thực hiện\tĐơn vị chủ trì\tĐơn vị phối hợp"
LETTERHEAD = """SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 7/KH-SGDĐT
Sông Lam, ngày {issued}
KẾ HOẠCH
Cải cách hành chính năm 2026
PHỤ LỤC
"""
Said = dict[str, list[str]]


def planned(
    app: Application, folder: Path, *rows: tuple[str, str, str], on: date = PUBLISHED_ON, issued: str | None = None
) -> None:
    """Publish a plan of (time, lead, cooperating) rows, each a duty "1", "2" …"""
    lines = [
        f"Điều hành\t{n}. Việc thứ {n}\tBáo cáo\t{time}\t{lead}\t{helping}"
        for n, (time, lead, helping) in enumerate(rows, 1)
    ]
    letterhead = LETTERHEAD.format(issued=issued or "15 tháng 12 năm 2025")
    imported = import_text(app, folder, letterhead + "\n".join([HEAD, *lines]) + "\n")
    publish(app, imported.plan_id, on)


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(one) for one in range((last - first).days + 1))


def play(app: Application, mornings: Iterable[date]) -> Said:
    """Decide and say each morning; gives each user's "dd/mm duty rung" lines, those of rungs alone."""
    said: Said = defaultdict(list)
    for day in mornings:
        decide_reminders(app.database, on=day, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        with app.database.write(app.clock.now()) as uow:
            for user, line in say(uow, day, app.clock.now()):
                said[user].append(line)
    return dict(said)


def say(uow: UnitOfWork, day: date, now: datetime) -> Iterator[tuple[str, str]]:
    """Let everything that was decided for a morning go out; gives (user, "dd/mm duty rung") of each rung."""
    hearers = uow.absences.hearers(day)
    for delivery in uow.outbox.deliveries(day):
        uow.rungs.attach([delivery], day, hearers)
        person = uow.directory.person(delivery.person_id)
        for one in uow.rungs.of_deliveries([delivery.id or 0]).get(delivery.id or 0, []):
            yield person.user, f"{day:%d/%m} {one.duty.code} {one.reminder.rung}"
        uow.rungs.mark_spoken(delivery.id or 0)
        delivery.state, delivery.sent_at = DeliveryState.SENT, now


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]
