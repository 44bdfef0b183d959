"""Sends what is planned for some channels: each by its own threads, each message in its own short transactions."""

import secrets
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from cchc_tasks.domain.channel_hours import Hours
from cchc_tasks.domain.errors import Unavailable
from cchc_tasks.domain.retrying import Verdict, verdict
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Known
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.ports import Clock, Message, Notifier, Receipt, Way
from cchc_tasks.services.composing import Composer
from cchc_tasks.services.gathering import Gathered, gather
from cchc_tasks.services.release_batch import batch_held
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

BATCH = 20  # messages claimed and written at once
FRESH = timedelta(seconds=5)  # what was written longer ago is written anew: the unit may have answered meanwhile
IN_A_ROW = 3  # so many tries without an answer, and a channel rests
MOST_MINUTES = 15  # that a run waits for a channel's next minute; what is left goes out with a later run
PATIENCE = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between the tries at a step, where the database is busy or away
LONGEST_REFERENCE = 500  # what the other side calls a message is looked up by an index
NO_ADDRESS = "Người nhận chưa có nơi nhận ở kênh này."
NOTHING_LEFT = "Không còn việc cần nhắc."
LEFT = "Tài khoản của người nhận đã đóng."

MOVED = "MOVED"  # counted beside the states in which messages end: another channel carries it


@dataclass
class Lane:
    """One channel in this run: how it is opened, how many side by side, and what was learned on the way."""

    channel: Channel
    way: Way
    hours: Hours
    shuts_at: datetime  # when those hours end
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
    ceiling: int
    newest: int  # the last delivery that was there when it began: a later one may be of a morning decided meanwhile
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


T = TypeVar("T")
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
        """Send until nothing is free, the lane comes to a halt, or its hours end."""
        minutes = 0
        with _opened(self._lane.way) as notifier:
            while self._goes_on():
                claims = self._patiently(self._claim)
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
            if any((one.id or 0) > run.newest for one in found) and batch_held(uow, run.on, run.ceiling):
                uow.outbox.give_back([one.id or 0 for one in found], run.token)
                found = []
            uow.channels.leave(self._lane.channel, places - len(found))
            uow.rungs.attach(found, run.on, uow.absences.hearers(run.on) if found else {})
        return [_Claim(one, one.id or 0) for one in found]

    def _work_off(self, claims: deque[_Claim], notifier: Notifier) -> None:
        while claims and self._goes_on():
            self._patiently(partial(self._keep_hold, claims))
            written_at = self._now()
            for claim, written in self._patiently(partial(self._write, list(claims))):
                if not self._goes_on() or abs(self._now() - written_at) > FRESH:
                    break
                claims.popleft()
                self._send(claim, written, notifier)
        if claims:
            self._patiently(partial(self._give_back, [claim.id for claim in claims]))

    def _goes_on(self) -> bool:
        return not self._lane.halted.is_set() and self._now() < self._lane.shuts_at

    def _patiently(self, step: Callable[[], T]) -> T:
        """Do a step of one transaction, and go on trying to: a busy moment of the database ends no run."""
        for pause in PATIENCE:
            with suppress(Unavailable):
                return step()
            self._run.pause(pause)
        return step()

    def _give_back(self, ids: Sequence[int]) -> None:
        with self._run.database.write(self._now()) as uow:
            uow.outbox.give_back(ids, self._run.token)

    def _keep_hold(self, claims: deque[_Claim]) -> None:
        """Renew the lease in time, and let go of what another run has taken over."""
        now, lease = self._now(), self._run.lease
        if lease / 2 < self._held_until - now <= lease:  # more than a lease is left where the clock was set back
            return
        with self._run.database.write(now) as uow:
            kept = uow.outbox.hold_on([claim.id for claim in claims], self._run.token, now + lease)
        self._held_until = now + lease
        for claim in [one for one in claims if one.id not in kept]:
            claims.remove(claim)

    def _write(self, claims: Sequence[_Claim]) -> Sequence[tuple[_Claim, _Written]]:
        """The messages of claims, as they read now; one that cannot be written does not keep the others."""
        written: list[_Written] = []
        while len(written) < len(claims):
            with self._run.database.read() as uow:
                left = claims[len(written) :]
                gathered = gather(uow, [claim.delivery for claim in left])
                for claim in left:
                    try:
                        written.append(self._composed(uow, gathered, claim.delivery))
                    except Unavailable:
                        raise
                    except Exception as error:  # a broken record; what it did to the transaction ends with it
                        words = f"Không soạn được nội dung ({type(error).__name__})."
                        written.append(Receipt(words, Fault.CONTENT))
                        break
                taken = uow.rungs.taken([claim.id for claim in left])  # behind: never more than the messages say
                for claim in left:
                    claim.taken = taken.get(claim.id, ())
        return list(zip(claims, written, strict=True))

    def _composed(self, uow: UnitOfWork, gathered: Gathered, delivery: Delivery) -> _Written:
        message = self._run.composer.compose(uow, gathered, delivery)
        if message and delivery.kind is not DeliveryKind.GROUP and not gathered.people[delivery.person_id].active:
            return Receipt(LEFT, Fault.CONTENT)  # it failed: what it took along is said by the next morning
        return message

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

        def keep() -> Sequence[str]:
            with self._run.database.write(self._now()) as uow:
                how = {"answer": receipt.answer, "fault": receipt.fault, "accepted": found.state is DeliveryState.SENT}
                uow.outbox.note_attempt(claim.id, began, self._now(), **how)
                counted = self._kept(uow, claim, receipt, found, message)
                if halts:
                    self._halt(uow)
            return counted

        self._counts.update(self._patiently(keep))

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
        passes_on = found.passes_on and claim.delivery.sent_at is None  # what is sent again has no other words
        moved = passes_on and uow.outbox.pass_on(claim.delivery, self._lane.usable)
        return (MOVED,) if moved else (found.state,)

    def _halt(self, uow: UnitOfWork) -> None:
        if self._lane.stopped_why is not None:
            uow.channels.stop(self._lane.channel, self._lane.stopped_why, self._now())
        elif self._lane.rests_until is not None:
            uow.channels.rest(self._lane.channel, self._lane.rests_until)

    def _now(self) -> datetime:
        return self._run.clock.now()


@dataclass(frozen=True, slots=True)
class _Unopened:
    """A channel that could not be opened: nobody answers there, and it rests."""

    why: str

    def send(self, _message: Message) -> Receipt:
        return Receipt(f"Không mở được kênh gửi ({self.why}).", Fault.UNREACHABLE)

    def close(self) -> None:
        pass


@contextmanager
def _opened(way: Way) -> Iterator[Notifier]:
    """A channel for one thread; whatever is wrong with opening or closing it concerns this channel alone."""
    notifier: Notifier
    try:
        notifier = way()
    except Exception as error:
        notifier = _Unopened(type(error).__name__)
    try:
        yield notifier
    finally:
        with suppress(Exception):
            notifier.close()


def _handed_over(notifier: Notifier, message: Message) -> Receipt:
    try:
        receipt = notifier.send(message)
    except Exception as error:  # a channel's own mistake must not stop everybody else's message
        return Receipt(f"Kênh gửi gặp lỗi ({type(error).__name__}).", Fault.AGAIN)
    reference = _storable(receipt.reference)[:LONGEST_REFERENCE] if receipt.reference else None
    return replace(receipt, answer=_storable(receipt.answer), reference=reference)


def _storable(text: str) -> str:
    """A text without characters that a database refuses: what became of a message must be kept."""
    return text.replace("\0", "").encode(errors="replace").decode()


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
