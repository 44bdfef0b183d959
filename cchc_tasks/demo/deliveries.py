"""What the log of messages shows at a first start: a morning on which one letter came back, one failed, one moved."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Known
from cchc_tasks.models.outbox import Delivery, DeliveryAttempt
from cchc_tasks.services.contacts import set_contact

RETURNED, FAILED, MOVED = "thpt-le-loi.truong", "gdmn.daumoi", "khtc.daumoi"
NOBODY = "550 5.1.1 User unknown"
NOT_ON_ZALO = "Zalo chưa nhận: số điện thoại chưa đăng ký Zalo (mã -118)."
WAY_ROUND = timedelta(minutes=10)  # until a bounce is read, or the next channel carries a message
SUBJECT = "1 việc sắp đến hạn"
WORDS = """Kính gửi Ông/Bà,

Đơn vị có 01 việc sắp đến hạn. Chi tiết ở trang Việc của đơn vị.

Văn phòng Sở - Thường trực CCHC"""


def show_deliveries(app: Application, today: date) -> None:
    """Add them to the last working day before today, and what failed to this one's: a later morning calls that off.

    With the Zalo number and the bad addresses that they are about.
    """
    with app.database.read() as uow:
        calendar = uow.office.calendar()
        on, morning = calendar.working_day_before(today), calendar.working_day_on_or_after(today)
        ids = {user: uow.people.with_user(user).id or 0 for user in (RETURNED, FAILED, MOVED)}
        addresses = {user: uow.contacts.of(ids[user])[0].address for user in ids}
    at = datetime.combine(on, time(7, 1), ZoneInfo(app.settings.time_zone)).astimezone(UTC)
    set_contact(app.database, MOVED, Channel.ZALO, "0912 345 678", actor=LOCAL_ADMINISTRATOR, now=at, rank=1)
    with app.database.write(at) as uow:
        uow.contacts.mark_bad(ids[RETURNED], Channel.MAIL, f"Thư bị trả lại: {NOBODY}.", at + WAY_ROUND)
        uow.contacts.mark_bad(ids[FAILED], Channel.MAIL, f"Máy chủ thư từ chối địa chỉ ({NOBODY}).", app.clock.now())
    came_back = {"known": Known.RETURNED, "known_at": at + WAY_ROUND}
    by_mail = {"recipient": addresses[MOVED], "subject": SUBJECT, "text": WORDS, "known": Known.ACCEPTED}
    returned = _Told(ids[RETURNED], at, None, "250 OK", by_mail | came_back | {"recipient": addresses[RETURNED]})
    failed = _Told(ids[FAILED], app.clock.now(), Fault.BAD_ADDRESS, NOBODY)
    moved = _Told(ids[MOVED], at, Fault.OTHER_CHANNEL, NOT_ON_ZALO, {"channel": Channel.ZALO})
    with Session(app.database.engine) as session:
        _keep(session, on, returned)
        _keep(session, morning, failed)
        instead = by_mail | {"instead_of_id": _keep(session, on, moved)}
        _keep(session, on, _Told(ids[MOVED], at + WAY_ROUND, None, "250 OK", instead))
        session.commit()


@dataclass(frozen=True, slots=True)
class _Told:
    """A delivery with its one try."""

    person_id: int
    at: datetime
    fault: Fault | None
    answer: str
    values: dict[str, Any] = field(default_factory=dict)


def _keep(session: Session, on: date, told: _Told) -> int | None:
    went = {"sent_at": told.at, "state": DeliveryState.SENT} if told.fault is None else {"state": DeliveryState.FAILED}
    values: dict[str, Any] = {"channel": Channel.MAIL, "kind": DeliveryKind.DIGEST} | went | told.values
    row = Delivery(person_id=told.person_id, business_on=on, **values)
    session.add(row)
    session.flush()
    session.add(
        DeliveryAttempt(
            delivery_id=row.id or 0,
            started_at=told.at,
            ended_at=told.at,
            accepted=told.fault is None,
            answer=told.answer,
            fault=told.fault,
        )
    )
    return row.id
