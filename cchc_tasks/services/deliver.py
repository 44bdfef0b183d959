"""Delivers what was decided: claimed with a lease, sent, then marked, one short transaction a step.

A killed run loses nothing: what it held is free again when its lease ends, and at most the message in the air goes
out twice (docs/promises.md, promise 9).
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.vocabulary import Channel, DeliveryState
from cchc_tasks.ports import Clock, DigestWriter, Message, Notifier, Receipt
from cchc_tasks.services.composing import compose
from cchc_tasks.store.database import Database

TRIES_A_RUN = 2
NO_ADDRESS = "Người nhận chưa có địa chỉ thư."
NOTHING_LEFT = "Không còn việc cần nhắc."


@dataclass(slots=True)
class Delivered:
    """What became of the morning's messages in this run, and what another run still holds."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    cancelled: int = 0
    held: int = 0
    held_until: datetime | None = None
    mail_is_set: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery this run holds, with the message made for it (None where nothing is left to say)."""

    delivery_id: int
    attempt_id: int
    failures: int
    token: str
    message: Message | None
    recipient: str | None


def deliver(
    database: Database,
    notifier: Notifier | None,
    writer: DigestWriter,
    clock: Clock,
    *,
    on: date,
    lease: timedelta,
    base_url: str,
    actor: Actor,
) -> Delivered:
    """Send what is planned up to a day. `now` is real time, for leases; the wording is of the business day `on`.

    A message that the server refuses for now is tried once more at the end of the run and then put off; one refused
    for good has failed. Neither stops the others.
    """
    require(actor, Action.REMIND)
    done = Delivered(mail_is_set=notifier is not None)
    with database.write(clock.now()) as uow:
        uow.outbox.reopen_deferred(on)
        if notifier is None:
            done.deferred = uow.outbox.defer_all(on)
    if notifier is not None:
        token = secrets.token_hex(8)
        while claim := _claim(database, writer, clock, on=on, lease=lease, base_url=base_url, token=token):
            _send(database, notifier, clock, claim, done)
        notifier.close()
    with database.read() as uow:
        done.held, done.held_until = uow.outbox.held(clock.now())
    return done


def _claim(
    database: Database, writer: DigestWriter, clock: Clock, *, on: date, lease: timedelta, base_url: str, token: str
) -> Claim | None:
    now = clock.now()
    with database.write(now) as uow:
        delivery = uow.outbox.claim(on, now, lease, token)
        if delivery is None:
            return None
        attempt_id = uow.outbox.begin_attempt(delivery.id or 0, now)
        address = uow.directory.address(delivery.person_id, Channel.MAIL)
        message = compose(uow, writer, delivery, address, on=on, base_url=base_url) if address else None
        return Claim(delivery.id or 0, attempt_id, delivery.failures, token, message, address)


def _send(database: Database, notifier: Notifier, clock: Clock, claim: Claim, done: Delivered) -> None:
    if claim.recipient is None:
        receipt = Receipt(accepted=False, answer=NO_ADDRESS)
    elif claim.message is None:
        _settle(database, clock, claim, Receipt(accepted=False, answer=NOTHING_LEFT), DeliveryState.CANCELLED)
        done.cancelled += 1
        return
    else:
        receipt = notifier.send(claim.message)
    state = _state_after(receipt, claim.failures)
    _settle(database, clock, claim, receipt, state)
    done.sent += state is DeliveryState.SENT
    done.deferred += state is DeliveryState.DEFERRED
    done.failed += state is DeliveryState.FAILED


def _state_after(receipt: Receipt, failures: int) -> DeliveryState:
    if receipt.accepted:
        return DeliveryState.SENT
    if not receipt.retryable:
        return DeliveryState.FAILED
    return DeliveryState.PLANNED if failures + 1 < TRIES_A_RUN else DeliveryState.DEFERRED


def _settle(database: Database, clock: Clock, claim: Claim, receipt: Receipt, state: DeliveryState) -> None:
    now = clock.now()
    with database.write(now) as uow:
        uow.outbox.end_attempt(claim.attempt_id, now, accepted=receipt.accepted, answer=receipt.answer)
        if not receipt.accepted:
            uow.outbox.settle(claim.delivery_id, claim.token, state, failures=claim.failures + 1)
            return
        message = claim.message
        held = uow.outbox.settle(
            claim.delivery_id,
            claim.token,
            state,
            sent_at=now,
            recipient=claim.recipient,
            subject=message.subject if message else None,
            text=message.text if message else None,
            html=message.html if message else None,
        )
        if held:
            uow.outbox.mark_spoken(claim.delivery_id)
