"""Delivers what was decided: claimed with a lease, sent, then marked, one short transaction a step.

A killed run loses nothing: what it held is free again when its lease ends, and at most the message in the air goes
out twice (docs/promises.md, promise 9).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState, Fault
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.ports import Clock, DigestWriter, Message, Notifier, Receipt
from cchc_tasks.services.composing import Composer, LinkFor
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

    def in_words(self) -> str:
        """Counts alone, for a heartbeat: no names, no addresses."""
        return f"{self.sent} lượt gửi, {self.deferred} hoãn, {self.failed} lỗi"


@dataclass(slots=True)
class Claim:
    """A delivery this run holds, the try that began with it, and the rungs of which its message speaks."""

    delivery: Delivery
    attempt_id: int
    taken: Sequence[int] = ()


def deliver(
    database: Database,
    notifier: Notifier | None,
    writer: DigestWriter,
    clock: Clock,
    *,
    on: date,
    lease: timedelta,
    base_url: str,
    link_for: LinkFor | None = None,
    actor: Actor,
    kinds: frozenset[DeliveryKind] = frozenset(DeliveryKind),
) -> Delivered:
    """Send what is planned up to a day, of some kinds or of all; the wording is of the business day `on`.

    A message that the server refuses for now is tried once more at the end of the run and then put off; one refused
    for good has failed. Neither stops the others. `link_for` makes the links of people without a password.
    """
    require(actor, Action.REMIND)
    done = Delivered(mail_is_set=notifier is not None)
    with database.write(clock.now()) as uow:
        uow.outbox.reopen_deferred(on, kinds)
        if notifier is None:
            done.deferred = uow.outbox.defer_all(on, kinds)
        composer = Composer(uow, writer, on=on, base_url=base_url, link_for=link_for)
    if notifier is not None:
        run = _Run(database, notifier, composer, clock, on, kinds, lease, done)
        while run.send_next():
            pass
        notifier.close()
    with database.read() as uow:
        done.held, done.held_until = uow.outbox.held(clock.now())
    return done


@dataclass(frozen=True)
class _Run:
    """One pass over the outbox, told apart from others by its token."""

    database: Database
    notifier: Notifier
    composer: Composer
    clock: Clock
    on: date
    kinds: frozenset[DeliveryKind]
    lease: timedelta
    done: Delivered
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def send_next(self) -> bool:
        """Send one message; false when nothing is free any more."""
        claim = self._claim()
        if claim is None:
            return False
        try:
            with self.database.read() as uow:
                message = self.composer.compose(uow, claim.delivery)
                claim.taken = uow.rungs.taken(claim.delivery.id or 0)  # behind: never more than the message says
        except Exception as error:  # one broken record must not stop everybody else's message
            self._fail(claim, Receipt(fault=Fault.CONTENT, answer=f"Không soạn được thư ({type(error).__name__})."))
            return True
        if message is None:
            self._settle(claim, Receipt(fault=Fault.CONTENT, answer=NOTHING_LEFT), DeliveryState.CANCELLED)
            self.done.cancelled += 1
        elif not message.recipient:
            self._fail(claim, Receipt(fault=Fault.CONTENT, answer=NO_ADDRESS))
        else:
            self._hand_over(claim, message)
        return True

    def _claim(self) -> Claim | None:
        now = self.clock.now()
        with self.database.write(now) as uow:
            delivery = uow.outbox.claim(self.on, self.kinds, now, self.lease, self.token)
            if delivery:
                uow.rungs.attach(delivery, self.on, uow.absences.hearers(self.on))
            return Claim(delivery, uow.outbox.begin_attempt(delivery.id or 0, now)) if delivery else None

    def _hand_over(self, claim: Claim, message: Message) -> None:
        receipt = self.notifier.send(message)
        if receipt.accepted:
            self._sent(claim, message, receipt)
        elif receipt.fault is not Fault.AGAIN:
            self._fail(claim, receipt)
        elif claim.delivery.failures + 1 < TRIES_A_RUN:
            self._settle(claim, receipt, DeliveryState.PLANNED)
        else:
            self._settle(claim, receipt, DeliveryState.DEFERRED)
            self.done.deferred += 1

    def _sent(self, claim: Claim, message: Message, receipt: Receipt) -> None:
        kept = message.to_keep()
        held = self._settle(
            claim,
            receipt,
            DeliveryState.SENT,
            sent_at=self.clock.now(),
            recipient=message.recipient,
            subject=kept.subject,
            text=kept.text,
            html=kept.html,
        )
        self.done.sent += held

    def _fail(self, claim: Claim, receipt: Receipt) -> None:
        self._settle(claim, receipt, DeliveryState.FAILED)
        self.done.failed += 1

    def _settle(self, claim: Claim, receipt: Receipt, state: DeliveryState, **values: object) -> bool:
        """Note how the try ended and move the delivery on; false when the lease had ended and another run has it."""
        now = self.clock.now()
        delivery_id = claim.delivery.id or 0
        failures = claim.delivery.failures + (not receipt.accepted)
        with self.database.write(now) as uow:
            uow.outbox.end_attempt(claim.attempt_id, now, answer=receipt.answer, fault=receipt.fault)
            held = uow.outbox.settle(delivery_id, self.token, state, failures=failures, **values)
            if held and state is DeliveryState.SENT:
                uow.rungs.mark_spoken(delivery_id)
                uow.rungs.mark_said_meanwhile(claim.taken, self.on)
        return held
