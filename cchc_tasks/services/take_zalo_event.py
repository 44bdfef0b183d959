"""Takes in what Zalo tells by its webhook: of messages, of people who write or leave, of the account itself.

Each event changes something once, in whatever order and however often it is told.
"""

import logging
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum

from cchc_tasks.domain.bounces import parts_of
from cchc_tasks.domain.channels import masked
from cchc_tasks.domain.delivery_words import reference
from cchc_tasks.domain.vocabulary import Channel, DeliveryState, Role
from cchc_tasks.domain.zalo_events import (
    OLDEST,
    Announced,
    Fact,
    Heard,
    Learned,
    Left,
    PhoneGiven,
    ZaloKeys,
    matching_form,
    read_event,
)
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.services.raise_alert import raise_alert
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

LOG = logging.getLogger(__name__)
SOURCE = "zalo"
ZALO = (Channel.ZALO, Channel.ZALO_USER, Channel.ZALO_GROUP)
LEFT = "Đã bỏ quan tâm OA"
UNPROVEN = (
    "Một người dùng Zalo tự khai số điện thoại của người này với OA, chưa ai xác nhận. Đúng người thì bấm Dùng lại."
)
SETTLING = (0.1, 0.2, 0.4, 0.5)  # seconds in which a run keeps what it has just sent; Zalo waits two
SKEW = timedelta(minutes=5)  # between Zalo's clock and ours


class Outcome(StrEnum):
    """What an event was."""

    APPLIED = "đã ghi"
    KNOWN = "đã biết từ trước"
    NOTHING = "không có gì phải ghi"
    FORGED = "chữ ký không đúng"
    STALE = "quá cũ"


def take_zalo_event(
    database: Database,
    keys: ZaloKeys,
    content: bytes,
    signature: str,
    *,
    on: date,
    now: datetime,
    pause: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Apply an event, given as the webhook's body and its signature; what is not Zalo's, or old, changes nothing."""
    event = read_event(content)
    form = matching_form(keys, content, event.stamp, signature) if event else None
    if event is None or form is None:
        return Outcome.FORGED
    if abs(now - event.at) > OLDEST:
        return Outcome.STALE
    LOG.info("Sự kiện Zalo %s: chữ ký khớp với %s", event.name, form)
    if event.fact is None:
        return Outcome.NOTHING
    if isinstance(event.fact, Announced):  # kept once a day by itself, before it counts as taken
        raise_alert(database, source=SOURCE, text=event.fact.text, on=on, now=now)
    if isinstance(event.fact, Learned):
        _wait_for_settling(database, event.fact, pause)
    with database.write(now) as uow:
        if not uow.events.take(event.key, now):
            return Outcome.KNOWN
        return Outcome.APPLIED if _apply(uow, event.fact, now) else Outcome.NOTHING


def _apply(uow: UnitOfWork, fact: Fact, now: datetime) -> bool:
    match fact:
        case Learned():
            return _learn(uow, fact)
        case Heard():
            return _heard(uow, fact)
        case Left():
            return _left(uow, fact)
        case PhoneGiven():
            return _phone_given(uow, fact, now)
        case Announced():
            return True


def _learn(uow: UnitOfWork, fact: Learned) -> bool:
    found = [one for name in fact.references if (one := uow.receipts.by_reference(name, ZALO))]
    if not found and fact.tracking:
        found = [one for one in [_tracked(uow, fact.tracking)] if one]
    meant = [one for one in found if not _is_of_an_earlier_try(one, fact)]
    learned = False
    for one in meant:
        if uow.receipts.prove(one, fact.at):
            uow.rungs.mark_spoken(one.id or 0)
        learned |= uow.receipts.learn(one, fact.known, fact.at)
    return learned


def _tracked(uow: UnitOfWork, tracking: str) -> Delivery | None:
    """The delivery with our own reference, if day and kind are its own too."""
    parts = parts_of(tracking)
    delivery = uow.receipts.numbered(parts[2], ZALO) if parts else None
    if delivery is None or reference(delivery.business_on, delivery.kind, delivery.id or 0) != tracking:
        return None
    return delivery


def _is_of_an_earlier_try(delivery: Delivery, fact: Learned) -> bool:
    return delivery.sent_at is not None and fact.at < delivery.sent_at - SKEW


def _wait_for_settling(database: Database, fact: Learned, pause: Callable[[float], None]) -> None:
    """Zalo may tell that a message arrived before the run that sent it has kept that it did."""
    for seconds in SETTLING if fact.tracking else ():
        with database.read() as uow:
            delivery = _tracked(uow, fact.tracking)
            if delivery is None or delivery.state is not DeliveryState.CLAIMED:
                return
        pause(seconds)


def _heard(uow: UnitOfWork, fact: Heard) -> bool:
    found = uow.receipts.reached_at(Channel.ZALO_USER, fact.user)
    for person, contact in found:
        proven = contact.bad_why != UNPROVEN
        if fact.follows and proven and contact.bad_since is not None and contact.bad_since <= fact.at:
            uow.contacts.mark_good(person.id or 0, Channel.ZALO_USER)
        uow.receipts.heard(contact, fact.at)
    return bool(found)


def _left(uow: UnitOfWork, fact: Left) -> bool:
    """Whoever was heard later has come back, and the news of their leaving is late."""
    marked = [
        uow.contacts.mark_bad(person.id or 0, Channel.ZALO_USER, LEFT, fact.at, address=fact.user)
        for person, contact in uow.receipts.reached_at(Channel.ZALO_USER, fact.user)
        if contact.last_heard_at is None or contact.last_heard_at < fact.at
    ]
    return any(marked)


def _phone_given(uow: UnitOfWork, fact: PhoneGiven, now: datetime) -> bool:
    """Keep by which user id the owner of a number may be reached, after the number itself, left aside for now.

    Anybody can type anybody's number: nothing goes there until the office has said that it is right. An address that
    works, or waits for that word, is not replaced, and an administrator's is left alone.
    """
    owners = [person for person, _ in uow.receipts.reached_at(Channel.ZALO, fact.phone) if person.active]
    if len(owners) != 1 or owners[0].role is Role.ADMINISTRATOR:
        return False
    owner, person_id = owners[0], owners[0].id or 0
    if any(person.id != person_id for person, _ in uow.receipts.reached_at(Channel.ZALO_USER, fact.user)):
        return False
    contacts = uow.contacts.of(person_id)
    present = next((one for one in contacts if one.channel is Channel.ZALO_USER), None)
    if present is not None and (present.bad_why in (None, UNPROVEN) or present.address == fact.user):
        return False
    addresses = {one.channel: one.address for one in contacts if one is not present}
    order = list(addresses)
    rank = order.index(Channel.ZALO) + 2
    order.insert(rank - 1, Channel.ZALO_USER)
    addresses[Channel.ZALO_USER] = fact.user
    for place, channel in enumerate(order, start=1):
        uow.contacts.set(person_id, channel, addresses[channel], place)
    uow.contacts.mark_bad(person_id, Channel.ZALO_USER, UNPROVEN, now)
    facts = {"channel": Channel.ZALO_USER, "address": masked(fact.user), "rank": rank}
    uow.note("Zalo OA", "contact.set", f"user:{owner.user}", **facts)
    return True
