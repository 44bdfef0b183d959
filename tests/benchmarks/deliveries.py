"""Deliveries: 200 messages through the whole outbox, beside bare smtplib with one kept connection."""

import multiprocessing
import smtplib
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from cchc_tasks.adapters.mail.notifier import AppriseNotifier
from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import DeliveryKind, Role
from cchc_tasks.services.deliver import deliver
from cchc_tasks.settings import Settings
from tests.benchmarks.timing import seconds
from tests.journeys.chain import publish_sample

MESSAGES = 200
ROUNDS = 3
FIRST_MORNING = date(2026, 1, 5)
LONG_AGO = date(2025, 1, 1)
TYPICAL_BYTES = 9000


def measure() -> Iterator[str]:
    """The outbox claims, writes, sends and marks each message; smtplib only sends one of the same size."""
    with tempfile.TemporaryDirectory() as folder, _sink() as port:
        app = _application(Path(folder))
        url = f"mailto://127.0.0.1:{port}/?from=cchc@songlam.example&mode=insecure"
        ratios = []
        for turn in range(ROUNDS):
            on = FIRST_MORNING + timedelta(days=turn)
            size = _plan_messages(app, on)
            notifier = AppriseNotifier(url)
            ours = seconds(lambda on=on, notifier=notifier: _deliver(app, notifier, on))
            bare = seconds(lambda size=size: _send_bare(port, size))
            ratios.append((ours, bare))
        ours, bare = sorted(ratios, key=lambda pair: pair[0] / pair[1])[ROUNDS // 2]
        app.database.close()
    yield f"outbox {MESSAGES / ours:,.0f} messages a second, bare smtplib {MESSAGES / bare:,.0f} a second"
    yield f"share of the limit: {bare / ours:.3f} (ratio {ours / bare:.1f})"


def _application(folder: Path) -> Application:
    clock = _Clock()
    settings = Settings(home=folder / "var", config=Path("config"))
    app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR, clock=clock)
    publish_sample(app, folder)
    return app


class _Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def _plan_messages(app: Application, on: date) -> int:
    """Plan MESSAGES deliveries that each speak of two obligations; gives a message's length in bytes."""
    with app.database.write(app.clock.now()) as uow:
        people = uow.directory.people(list(uow.directory.units()), list(Role))
        obligations = [one for one, _ in uow.obligations.listing() if one.due_on][:2]
        for number in range(MESSAGES):
            person = people[number % len(people)]
            business_on = LONG_AGO + timedelta(days=on.toordinal() % 7 * 10 + number // len(people))
            uow.mornings.add_for({person.id or 0: DeliveryKind.DIGEST}, business_on)
            delivery_id = uow.outbox.deliveries(business_on)[-1].id
            rungs = [
                {
                    "obligation_id": one.id,
                    "person_id": person.id,
                    "rung": f"bench-{on:%j}-{number}",
                    "due_version": one.due_version,
                    "fire_on": business_on,
                    "delivery_id": delivery_id,
                }
                for one in obligations
            ]
            uow.rungs.plan(rungs)
    return TYPICAL_BYTES


def _deliver(app: Application, notifier: AppriseNotifier, on: date) -> None:
    done = deliver(
        app.database,
        notifier,
        app.writer,
        app.clock,
        on=on,
        lease=timedelta(seconds=60),
        base_url="http://127.0.0.1",
        actor=LOCAL_ADMINISTRATOR,
    )
    if done.sent != MESSAGES:
        raise RuntimeError(f"{replace(done)} instead of {MESSAGES} sent")


def _send_bare(port: int, size: int) -> None:
    content = b"Subject: x\r\n\r\n" + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * (size // 72)
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _ in range(MESSAGES):
            server.sendmail("cchc@songlam.example", ["a@songlam.example"], content)


@contextmanager
def _sink() -> Iterator[int]:
    """A mail server in a process of its own that takes everything as fast as it comes."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_take_everything, args=(there,), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _take_everything(told: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        told.send(server.getsockname()[1])
        while True:
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as lines:
                _talk(connection, lines)


def _talk(connection: socket.socket, lines: Iterator[bytes]) -> None:
    connection.sendall(b"220 sink\r\n")
    for line in lines:
        verb = line[:4].upper()
        if verb == b"DATA":
            connection.sendall(b"354 go\r\n")
            for part in lines:
                if part == b".\r\n":
                    break
        connection.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n")
