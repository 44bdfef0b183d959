"""Workers that send in processes of their own and are killed there: at random, or exactly before or behind a send."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from multiprocessing.process import BaseProcess

from pydantic import SecretStr

from cchc_tasks.bootstrap import Application, open_application
from cchc_tasks.ports import Message, Notifier, Receipt, Way, Ways
from cchc_tasks.settings import Settings
from tests.making.delivering import TERMS, delivered
from tests.smtp_server import Mailbox

LEASE = timedelta(seconds=2)
READY = multiprocessing.get_context("forkserver")
READY.set_forkserver_preload(["cchc_tasks.bootstrap", "tests.making.killing"])


@dataclass(frozen=True, slots=True)
class Soaked:
    """How a morning ended whose workers were killed: how often each message arrived, and how many were killed."""

    copies: Counter[str]
    killed: int

    @property
    def repeats(self) -> int:
        """How many messages arrived beyond the first time."""
        return sum(self.copies.values()) - len(self.copies)


class Stopping:
    """Sends as its inner notifier does, until the n-th message: it stands still before or behind that one for good."""

    def __init__(self, inner: Notifier, nth: int, *, behind: bool) -> None:
        self._inner, self._left, self._behind = inner, nth, behind

    def send(self, message: Message) -> Receipt:
        self._left -= 1
        if self._left == 0 and not self._behind:
            _wait_for_the_end()
        receipt = self._inner.send(message)
        if self._left == 0:
            _wait_for_the_end()
        return receipt

    def close(self) -> None:
        self._inner.close()


def killed_at(app: Application, mailbox: Mailbox, on: date, nth: int, *, behind: bool) -> None:
    """Let a worker send, and kill it at its n-th message: before it is handed over, or once the server has it."""
    arrived = len(mailbox.received) + nth - (not behind)
    worker = _worker(_with_mail(app.settings, mailbox), on, (nth, behind))
    _until(lambda: len(mailbox.received) >= arrived)
    time.sleep(0.2)  # it stands still by now
    _kill(worker)


def soak(app: Application, mailbox: Mailbox, on: date, *, kills: int, workers: int, seed: int) -> Soaked:
    """Send a morning by several workers at once while one after the other is killed, and finish it undisturbed."""
    chance = random.Random(seed)
    settings = _with_mail(app.settings, mailbox)
    at_work: list[BaseProcess] = []
    killed = 0
    while killed < kills:
        at_work = [one for one in at_work if one.is_alive()]
        at_work += [_worker(settings, on) for _ in range(workers - len(at_work))]
        arrived = len(mailbox.received)
        _until(lambda arrived=arrived: len(mailbox.received) > arrived)  # type: ignore[misc]
        time.sleep(chance.random() * 0.08)
        one = chance.choice(at_work)
        if one.is_alive():
            _kill(one)
            killed += 1
    left = [one for one in at_work if one.is_alive()]
    for one in left:
        _kill(one)
    finish(app, mailbox, on)
    return Soaked(Counter(str(mail["X-CCHC-Delivery"]) for _, mail in mailbox.received), killed + len(left))


def finish(app: Application, mailbox: Mailbox, on: date) -> None:
    """Run undisturbed until nothing is left, and nothing is held by those that were killed."""
    settings = _with_mail(app.settings, mailbox)
    _until(lambda: _nothing_left(settings, on), 120)


def _nothing_left(settings: Settings, on: date) -> bool:
    app = open_application(settings)
    with closing(app.database):
        delivered(app, app.ways(), on, terms=replace(TERMS, lease=LEASE))
        with app.database.read() as uow:
            return all(one.sent_at for one in uow.outbox.deliveries(on))


def _worker(settings: Settings, on: date, stops: tuple[int, bool] | None = None) -> BaseProcess:
    worker = READY.Process(target=_work, args=(settings, on, stops), daemon=True)
    worker.start()
    return worker


def _work(settings: Settings, on: date, stops: tuple[int, bool] | None) -> None:
    app = open_application(settings)
    ways: Ways = app.ways()
    if stops:
        nth, behind = stops
        ways = {channel: _stopping(way(), nth, behind=behind) for channel, way in ways.items()}
    delivered(app, ways, on, terms=replace(TERMS, lease=LEASE))


def _stopping(inner: Notifier, nth: int, *, behind: bool) -> Way:
    return lambda: Stopping(inner, nth, behind=behind)


def _kill(worker: BaseProcess) -> None:
    if worker.pid and worker.is_alive():
        os.kill(worker.pid, signal.SIGKILL)
    worker.join(10)


def _with_mail(settings: Settings, mailbox: Mailbox) -> Settings:
    return settings.model_copy(update={"mail_url": SecretStr(mailbox.url)})


def _wait_for_the_end() -> None:
    time.sleep(60)


def _until(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"nothing within {seconds} seconds")
        time.sleep(0.05)
