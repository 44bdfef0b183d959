"""Sends what is planned for some channels: each by its own threads, each message in its own short transactions."""

import secrets
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from cchc_tasks.domain.channel_hours import Hours
from cchc_tasks.domain.errors import Unavailable
from cchc_tasks.domain.retrying import Verdict, verdict
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Known
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.ports import Clock, Message, Notifier, Receipt, Way
from cchc_tasks.services.composing import Composer
from cchc_tasks.services.gathering import gather
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

BATCH = 20  # messages claimed and written at once
FRESH = timedelta(seconds=5)  # what was written longer ago is written anew: the unit may have answered meanwhile
IN_A_ROW = 3  # so many tries without an answer, and a channel rests
MOST_MINUTES = 15  # that a run waits for a channel's next minute; what is left goes out with a later run
PATIENCE = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between the tries to keep what became of a message
NO_ADDRESS = "Người nhận chưa có nơi nhận ở kênh này."
NOTHING_LEFT = "Không còn việc cần nhắc."

MOVED = "MOVED"  # counted beside the states in which messages end: another channel carries it


@dataclass
class Lane:
    """One channel in this run: how it is opened, how many side by side, and what was learned on the way."""

    channel: Channel
    way: Way
    hours: Hours
    at_once: int
    paced: bool
    usable: frozenset[Channel]  # where its messages may go instead
    halted: threading.Event = field(default_factory=threading.Event)
    stopped_why: str | None = None
    rests_until: datetime | None = None
    _silent: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def learn(self, fault: Fault | None, found: Verdict, answer: str) -> bool:
        """Take in how a try went; true where the channel comes to a halt by it."""
        with self._lock:
            self._silent = self._silent + 1 if fault is Fault.UNREACHABLE else 0
            if found.stops:
                self.stopped_why = answer
            elif found.rest_until and (fault is not Fault.UNREACHABLE or self._silent >= IN_A_ROW):
                self.rests_until = found.rest_until
            else:
                return False
            halts = not self.halted.is_set()
            self.halted.set()
            return halts


@dataclass(frozen=True, slots=True)
class Run:
    """What all threads of a run share; its token tells its claims from those of others."""

    database: Database
    composer: Composer
    clock: Clock
    on: date
    kinds: frozenset[DeliveryKind]
    lease: timedelta
    zone: ZoneInfo
    pause: Callable[[float], None] = time.sleep
    token: str = field(default_factory=lambda: secrets.token_hex(8))


def send_all(run: Run, lanes: Sequence[Lane]) -> Counter[str]:
    """Send until nothing is free any more on any lane; says how many messages ended in each state, and MOVED."""
    workers = [_Worker(run, lane) for lane in lanes for _ in range(lane.at_once)]
    if len(workers) <= 1:
        counts = [worker.work() for worker in workers]
    else:
        with ThreadPoolExecutor(len(workers)) as pool:
            counts = [one.result() for one in [pool.submit(worker.work) for worker in workers]]
    for lane in lanes:
        if lane.halted.is_set():
            with run.database.write(run.clock.now()) as uow:
                uow.outbox.put_off(run.on, run.kinds, [lane.channel], lane.rests_until)
    return sum(counts, Counter())


@dataclass(slots=True)
class _Claim:
    """A delivery this run holds, and the rungs of which its message speaks."""

    delivery: Delivery
    id: int
    taken: Sequence[int] = ()


_Written = Message | Receipt | None  # the message, why it could not be written, or that nothing is left to say


class _Worker:
    """One thread on one lane, with a connection of its own."""

    def __init__(self, run: Run, lane: Lane) -> None:
        self._run = run
        self._lane = lane
        self._chance = Random()  # noqa: S311 - it spreads tries, it protects nothing
        self._counts: Counter[str] = Counter()
        self._held_until = run.clock.now()

    def work(self) -> Counter[str]:
        """Send until nothing is free or the lane comes to a halt."""
        minutes = 0
        with closing(self._lane.way()) as notifier:
            while not self._lane.halted.is_set():
                claims = self._claim()
                if claims:
                    self._work_off(deque(claims), notifier)
                elif claims is None and minutes < MOST_MINUTES:
                    minutes += 1
                    self._run.pause(60 - self._now().second)
                else:
                    break
        return self._counts

    def _claim(self) -> list[_Claim] | None:
        """Hold the next messages; none where nothing is free, None where this minute has no place left."""
        now, run = self._now(), self._run
        self._held_until = now + run.lease
        with run.database.write(now) as uow:
            places = uow.channels.claimable(self._lane.channel, now, BATCH)
            if not places:
                return None if self._lane.paced and self._lane.channel in uow.channels.usable() else []
            found = uow.outbox.claim(
                self._lane.channel, run.on, run.kinds, until=self._held_until, token=run.token, limit=places
            )
            uow.rungs.attach(found, run.on, uow.absences.hearers(run.on) if found else {})
        return [_Claim(one, one.id or 0) for one in found]

    def _work_off(self, claims: deque[_Claim], notifier: Notifier) -> None:
        while claims and not self._lane.halted.is_set():
            self._keep_hold(claims)
            written_at = self._now()
            for claim, written in self._write(list(claims)):
                if self._lane.halted.is_set() or self._now() - written_at > FRESH:
                    break
                claims.popleft()
                self._send(claim, written, notifier)
        if claims:
            with self._run.database.write(self._now()) as uow:
                uow.outbox.give_back([claim.id for claim in claims], self._run.token)

    def _keep_hold(self, claims: deque[_Claim]) -> None:
        """Renew the lease in time, and let go of what another run has taken over."""
        now, lease = self._now(), self._run.lease
        if now < self._held_until - lease / 2:
            return
        with self._run.database.write(now) as uow:
            kept = uow.outbox.hold_on([claim.id for claim in claims], self._run.token, now + lease)
        self._held_until = now + lease
        for claim in [one for one in claims if one.id not in kept]:
            claims.remove(claim)

    def _write(self, claims: Sequence[_Claim]) -> Iterator[tuple[_Claim, _Written]]:
        """The messages of claims, as they read now; one that cannot be written does not keep the others."""
        written: list[_Written] = []
        while len(written) < len(claims):
            with self._run.database.read() as uow:
                left = claims[len(written) :]
                gathered = gather(uow, [claim.delivery for claim in left])
                for claim in left:
                    try:
                        written.append(self._run.composer.compose(uow, gathered, claim.delivery))
                    except Unavailable:
                        raise
                    except Exception as error:  # a broken record; what it did to the transaction ends with it
                        words = f"Không soạn được nội dung ({type(error).__name__})."
                        written.append(Receipt(words, Fault.CONTENT))
                        break
                taken = uow.rungs.taken([claim.id for claim in left])  # behind: never more than the messages say
                for claim in left:
                    claim.taken = taken.get(claim.id, ())
        yield from zip(claims, written, strict=True)

    def _send(self, claim: _Claim, written: _Written, notifier: Notifier) -> None:
        began = self._now()
        if written is None:
            self._settle(claim, began, Receipt(NOTHING_LEFT), Verdict(DeliveryState.CANCELLED, claim.delivery.failures))
            return
        if isinstance(written, Receipt):
            receipt = written
        elif not written.recipient:
            receipt = Receipt(NO_ADDRESS, Fault.OTHER_CHANNEL)
        else:
            receipt = _handed_over(notifier, written)
        found = verdict(
            receipt.fault,
            failures=claim.delivery.failures,
            wait=receipt.wait,
            now=self._now().astimezone(self._run.zone),
            opens=self._lane.hours.opens,
            chance=self._chance.random(),
        )
        self._settle(claim, began, receipt, found, written if isinstance(written, Message) else None)

    def _settle(
        self, claim: _Claim, began: datetime, receipt: Receipt, found: Verdict, message: Message | None = None
    ) -> None:
        """Keep how the try went, and go on trying to: a message that is out must be known to be out."""
        halts = self._lane.learn(receipt.fault, found, receipt.answer)
        for pause in (*PATIENCE, None):
            try:
                with self._run.database.write(self._now()) as uow:
                    uow.outbox.note_attempt(claim.id, began, self._now(), answer=receipt.answer, fault=receipt.fault)
                    counted = self._kept(uow, claim, receipt, found, message)
                    if halts:
                        self._halt(uow)
                break
            except Unavailable:
                if pause is None:
                    raise
                self._run.pause(pause)
        self._counts.update(counted)

    def _kept(
        self,
        uow: UnitOfWork,
        claim: _Claim,
        receipt: Receipt,
        found: Verdict,
        message: Message | None,
    ) -> Sequence[str]:
        now = self._now()
        sent = found.state is DeliveryState.SENT and message is not None
        values = _of_sent(message, receipt, now) if sent and message else {}
        held = uow.outbox.settle(
            claim.id, self._run.token, found.state, failures=found.failures, next_at=found.next_at, **values
        )
        if not held:  # the lease had ended, and another run has it
            return ()
        if sent and uow.rungs.mark_spoken(claim.id) != len(claim.taken):
            uow.rungs.mark_said_meanwhile(claim.taken, self._run.on)
        if found.marks_address and message and claim.delivery.kind is not DeliveryKind.GROUP:
            person = claim.delivery.person_id
            uow.contacts.mark_bad(person, self._lane.channel, receipt.answer, now, address=message.recipient)
        moved = found.passes_on and uow.outbox.pass_on(claim.delivery, self._lane.usable)
        return (MOVED,) if moved else (found.state,)

    def _halt(self, uow: UnitOfWork) -> None:
        if self._lane.stopped_why is not None:
            uow.channels.stop(self._lane.channel, self._lane.stopped_why, self._now())
        elif self._lane.rests_until is not None:
            uow.channels.rest(self._lane.channel, self._lane.rests_until)

    def _now(self) -> datetime:
        return self._run.clock.now()


def _handed_over(notifier: Notifier, message: Message) -> Receipt:
    try:
        return notifier.send(message)
    except Exception as error:  # a channel's own mistake must not stop everybody else's message
        return Receipt(f"Kênh gửi gặp lỗi ({type(error).__name__}).", Fault.AGAIN)


def _of_sent(message: Message, receipt: Receipt, now: datetime) -> dict[str, object]:
    kept = message.to_keep()
    return {
        "sent_at": now,
        "recipient": message.recipient,
        "subject": kept.subject,
        "text": kept.text,
        "html": kept.html,
        "provider_reference": receipt.reference,
        "known": Known.ACCEPTED,
        "known_at": now,
    }
