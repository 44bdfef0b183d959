"""Delivers what was decided: claimed with a lease, sent, then marked, one short transaction a step.

A killed run loses nothing: what it held is free again when its lease ends, and at most the message in the air goes
out twice, with the reference it had before (docs/promises.md, promise 9).
"""

import time as clock_time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.channels import channel_named
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState
from cchc_tasks.ports import Clock, DigestWriter, Ways
from cchc_tasks.services.composing import Composer
from cchc_tasks.services.digest_items import LinkFor
from cchc_tasks.services.raise_alert import Alarm, raise_alert
from cchc_tasks.services.release_batch import batch_held
from cchc_tasks.services.sending import MOVED, Lane, Run, send_all
from cchc_tasks.store.channels import is_resting
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

SOURCE = "kênh gửi"
ASKED_FOR = frozenset({DeliveryKind.ALERT, DeliveryKind.GROUP})  # few, each for a reason: no ceiling holds them


@dataclass(frozen=True, slots=True)
class Terms:
    """How a run delivers: how long it holds a message, what links begin with, local time, how many make a batch.

    `link_for` makes the links of people without a password; `pause` waits for a number of seconds; `alarm` is how the
    administrator hears past the outbox that a channel has stopped.
    """

    lease: timedelta
    base_url: str
    zone: ZoneInfo
    ceiling: int
    link_for: LinkFor | None = None
    pause: Callable[[float], None] = clock_time.sleep
    alarm: Alarm | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the messages in this run, what waits, what another run still holds."""

    sent: int = 0
    deferred: int = 0  # that wait for another try, of this run or an earlier one
    failed: int = 0
    dead: int = 0  # given up after many tries
    cancelled: int = 0
    moved: int = 0  # to the next channel of their person
    held: int = 0
    held_until: datetime | None = None
    held_back: int = 0  # behind the ceiling, until the office has looked
    stopped: tuple[str, ...] = ()  # a sentence for each channel that came to a stop
    mail_is_set: bool = True

    def in_words(self) -> str:
        """Counts alone, for a heartbeat: no names, no addresses."""
        said = f"{self.sent} lượt gửi, {self.deferred} hoãn, {self.failed + self.dead} lỗi"
        return f"{said}, {self.held_back} chờ xác nhận" if self.held_back else said


def deliver(
    database: Database,
    ways: Ways,
    writer: DigestWriter,
    clock: Clock,
    *,
    on: date,
    at: time,
    terms: Terms,
    actor: Actor,
    kinds: frozenset[DeliveryKind] = frozenset(DeliveryKind),
    afresh: bool = False,
) -> Delivered:
    """Send what is planned for a day, or outlives an earlier one, of some kinds or of all; worded for that day `on`.

    Only channels whose hours hold the local time `at` are used; what is for others waits. A batch above the ceiling
    waits until the office lets it go. Where hours end in the middle, the rest waits; where a channel stops, its people
    hear by their next one.
    `afresh` tries everything that was put off, and every channel that stopped or rests, now.
    """
    require(actor, Action.REMIND)
    alert = partial(raise_alert, database, source=SOURCE, on=on, alarm=terms.alarm)
    with database.read() as uow:
        held_back = batch_held(uow, on, terms.ceiling) or 0
    if held_back:
        words = f"Ngày {short_date(on)} có {held_back} lượt gửi, quá mức {terms.ceiling} đã đặt: xem Lượt gửi."
        alert(text=words, now=clock.now())
        kinds &= ASKED_FOR
    if afresh:
        with database.write(clock.now()) as uow:
            uow.channels.resume_all()
            uow.outbox.try_now(on, kinds)
    counts: Counter[str] = Counter()
    told: list[str] = []
    for _ in Channel:  # each round but the last gives messages to other channels
        with database.write(clock.now()) as uow:
            lanes = _lanes(uow, ways, on=on, at=at, kinds=kinds, lease=terms.lease, now=clock.now())
            newest = uow.outbox.newest()
            composer = Composer(uow, writer, on=on, base_url=terms.base_url, link_for=terms.link_for)
        run = Run(database, composer, clock, on, kinds, terms.lease, terms.zone, terms.ceiling, newest, terms.pause)
        ended = send_all(run, lanes)
        counts.update(ended)
        stopped = [lane for lane in lanes if lane.stopped_why]
        for lane in stopped:
            words = f"Đã dừng {channel_named(lane.channel)}: {lane.stopped_why}"
            alert(text=words, now=clock.now(), not_by=lane.channel)
            told.append(words)
        if not ended[MOVED] and not stopped:
            break
    if counts[DeliveryState.DEAD]:
        words = f"{counts[DeliveryState.DEAD]} lượt gửi không gửi được sau nhiều lần thử: xem Lượt gửi."
        alert(text=words, now=clock.now())
    found = _told(database, counts, on=on, kinds=kinds, now=clock.now())
    return replace(found, held_back=held_back, stopped=tuple(told), mail_is_set=Channel.MAIL in ways)


def _lanes(
    uow: UnitOfWork,
    ways: Ways,
    *,
    on: date,
    at: time,
    kinds: frozenset[DeliveryKind],
    lease: timedelta,
    now: datetime,
) -> Sequence[Lane]:
    """The channels by which something can go out now, and everything planned on one of them that can be."""
    usable = uow.channels.usable() & ways.keys()
    uow.outbox.reap(now, lease)
    uow.outbox.due_again(on, kinds, now)
    uow.outbox.change_channel(on, kinds, usable)
    uow.outbox.put_off(on, kinds, frozenset(Channel) - usable, None)
    lanes = []
    for channel in uow.outbox.waiting(on, kinds):
        setting, hours = uow.channels.of(channel), uow.office.hours(channel)
        if at in hours and not is_resting(setting, now):
            paced = setting.per_minute is not None
            shuts_at = now + (datetime.combine(on, hours.closes) - datetime.combine(on, at))
            lanes.append(Lane(channel, ways[channel], hours, shuts_at, setting.at_once, paced, usable))
    return lanes


def _told(
    database: Database,
    counts: Counter[str],
    *,
    on: date,
    kinds: frozenset[DeliveryKind],
    now: datetime,
) -> Delivered:
    with database.read() as uow:
        held, held_until = uow.outbox.held(now)
        deferred = uow.outbox.deferred(on, kinds)
    return Delivered(
        sent=counts[DeliveryState.SENT],
        deferred=deferred,
        failed=counts[DeliveryState.FAILED],
        dead=counts[DeliveryState.DEAD],
        cancelled=counts[DeliveryState.CANCELLED],
        moved=counts[MOVED],
        held=held,
        held_until=held_until,
    )
