"""Takes in that a message came back: its delivery and, where nobody is reached there, its address are marked.

What it spoke of is not lost: another channel of its person carries it, where there is one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cchc_tasks.domain.access import ENGINE
from cchc_tasks.domain.bounces import Bounce, parts_of
from cchc_tasks.domain.delivery_words import reference
from cchc_tasks.domain.errors import DeliveryUnknown
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Known
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.services.raise_alert import raise_alert
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

SOURCE = "thư bị trả lại"
BAD_ADDRESS = "Có địa chỉ thư bị trả lại, cần sửa nơi nhận: xem Kênh gửi."
NOT_REACHED = "Có thư bị trả lại, chưa đến được người nhận qua kênh nào: xem Lượt gửi."


class Outcome(StrEnum):
    """What a bounce was."""

    RETURNED = "đã ghi"
    KNOWN = "đã biết từ trước"
    UNKNOWN = "không khớp lượt gửi nào"
    FOREIGN = "không khớp người nhận"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a bounce: which delivery it was about, whether its address was marked, who carries on."""

    outcome: Outcome
    delivery_id: int | None = None
    marked: bool = False
    other: Channel | None = None  # carries the message now
    waits: bool = False  # for the next morning, which says it again


def take_bounce(database: Database, bounce: Bounce, *, on: date, now: datetime) -> Taken:
    """Mark the delivery of which a bounce speaks; told again, or about a stranger's mail, it changes nothing.

    Only who knows both the reference and the address to which that message went is believed. The administrators hear
    of addresses to be corrected, and of what reached nobody, once a day each.
    """
    with database.write(now) as uow:
        delivery = _delivery(uow, bounce)
        if delivery is None:
            return Taken(Outcome.UNKNOWN)
        taken = _take(uow, delivery, bounce, on=on, now=now)
    if taken.outcome is Outcome.RETURNED and delivery.kind is not DeliveryKind.ALERT:
        if taken.marked:
            raise_alert(database, source=SOURCE, text=BAD_ADDRESS, on=on, now=now)
        elif not (taken.other or taken.waits):
            raise_alert(database, source=SOURCE, text=NOT_REACHED, on=on, now=now)
    return taken


def _delivery(uow: UnitOfWork, bounce: Bounce) -> Delivery | None:
    """The delivery of a reference, if day and kind are its own too, held until the transaction ends."""
    parts = parts_of(bounce.reference or "")
    if parts is None:
        return None
    try:
        delivery = uow.delivery_deeds.locked(parts[2])
    except DeliveryUnknown:
        return None
    same = reference(delivery.business_on, delivery.kind, parts[2]) == bounce.reference
    return delivery if same and delivery.channel is Channel.MAIL and delivery.sent_at is not None else None


def _take(uow: UnitOfWork, delivery: Delivery, bounce: Bounce, *, on: date, now: datetime) -> Taken:
    number = delivery.id or 0
    if not bounce.recipient or bounce.recipient.casefold() != (delivery.recipient or "").casefold():
        return Taken(Outcome.FOREIGN, number)
    key = f"bounce:{number}:{bounce.key or (delivery.sent_at or now).isoformat()}"
    if delivery.known is Known.RETURNED or not uow.events.take(key, now):
        return Taken(Outcome.KNOWN, number)
    uow.bounces.mark_returned(number, now)
    marked = bounce.marks_address and uow.contacts.mark_bad(
        delivery.person_id, Channel.MAIL, bounce.why_in_full, now, address=delivery.recipient
    )
    other, waits = _carried_on(uow, delivery, on=on, now=now)
    facts = {"marked": marked, "other": other, "waits": waits}
    told = {name: one for name, one in facts.items() if one}
    uow.note(ENGINE.user, "delivery.bounce", f"delivery:{number}", why=bounce.why, **told)
    return Taken(Outcome.RETURNED, number, marked=marked, other=other, waits=waits)


def _carried_on(uow: UnitOfWork, delivery: Delivery, *, on: date, now: datetime) -> tuple[Channel | None, bool]:
    """Let another channel carry what came back: today's at once, an earlier day's with the next morning.

    Neither where the person has no other, or where it is to go out again anyway.
    """
    if delivery.state is not DeliveryState.SENT or uow.delivery_deeds.replaced_by(delivery) is not None:
        return None, False
    usable = uow.channels.usable() - {delivery.channel}
    if not any(one.bad_since is None and one.channel in usable for one in uow.contacts.of(delivery.person_id)):
        return None, False
    other = uow.outbox.pass_on(delivery, usable) if delivery.business_on >= on else None
    into = uow.delivery_deeds.replaced_by(delivery) if other else None
    again = uow.bounces.unsay(delivery.id or 0, into=into)
    return other, other is None and again > 0
