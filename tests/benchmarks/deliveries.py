"""Deliveries: messages through the whole outbox and Apprise, beside bare smtplib with one kept connection."""

import multiprocessing
import resource
import smtplib
import statistics
import time as clock_time
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.synchronize import Barrier

from apprise import Apprise
from pydantic import SecretStr

from cchc_tasks.bootstrap import Application, open_application
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.settings import Settings
from tests.benchmarks.mail_sink import sink
from tests.benchmarks.timing import seconds
from tests.making.delivering import delivered
from tests.making.mail_morning import ON, PEOPLE, begin_anew, decided, filled

ROUNDS = 5
MANY, FEW = 2_000, 200
APPRISE_AS_IT_COMES = 30
AVERAGE_BYTES = 11_000
FAR_MS = 10  # a reply of a relay that is not in the house


def measure() -> Iterator[str]:
    """Medians of five rounds; each round measures ours and bare smtplib one after the other."""
    for kind in ("sqlite", "postgresql"):
        with filled(kind, MANY) as app, sink() as near:
            yield from _by_workers(app, kind, near)
        with filled(kind, FEW) as app, sink(FAR_MS) as far:
            yield from _far_away(app, kind, far)
    with sink() as near:
        yield _apprise_as_it_comes(near)
    for kind in ("sqlite", "postgresql"):
        with filled(kind, PEOPLE) as app, sink() as near:
            yield from _everybody(app, kind, near)


def _by_workers(app: Application, kind: str, port: int) -> Iterator[str]:
    for workers in (1, 2, 4):
        pairs = [(_through_outbox(app, port, workers), _bare(port, MANY)) for _ in range(ROUNDS)]
        yield f"{kind}, {workers} worker{'s' if workers > 1 else ''}: {_told(MANY, pairs)}"


def _far_away(app: Application, kind: str, port: int) -> Iterator[str]:
    for threads in (1, 4, 16):
        with app.database.write(app.clock.now()) as uow:
            uow.channels.set(Channel.MAIL, enabled=True, per_minute=None, at_once=threads)
        pairs = [(_through_outbox(app, port, 1), _bare(port, FEW)) for _ in range(ROUNDS)]
        yield f"{kind}, {FAR_MS} ms a reply, {threads} side by side: {_told(FEW, pairs)}"


def _everybody(app: Application, kind: str, port: int) -> Iterator[str]:
    for workers in (1, 2):
        took = []
        for _ in range(3):
            begin_anew(app)
            begun = clock_time.perf_counter()
            count = decided(app, ON)
            deciding = clock_time.perf_counter() - begun
            took.append(deciding + _sent_by(app, port, workers))
        told = f"{kind}, from decision to the last of {count:,} mails, {workers} at work"
        yield f"{told}: {statistics.median(took):.1f} s"
    yield f"{kind}: {_grown(app, port):.0f} MiB more memory for them"


def _apprise_as_it_comes(port: int) -> str:
    way = Apprise()
    way.add(f"mailto://127.0.0.1:{port}/?from=cchc@songlam.example&to=a@songlam.example&mode=insecure")
    for server in way:
        server.request_rate_per_sec = 0
    body = "x" * AVERAGE_BYTES

    def send() -> None:
        for _ in range(APPRISE_AS_IT_COMES):
            if not way.notify(title="x", body=body):
                raise RuntimeError("Apprise did not send")

    pairs = [(seconds(send), _bare(port, APPRISE_AS_IT_COMES)) for _ in range(3)]
    return f"Apprise's own mail: {_told(APPRISE_AS_IT_COMES, pairs)}"


def _told(count: int, pairs: list[tuple[float, float]]) -> str:
    rate = count / statistics.median(ours for ours, _ in pairs)
    limit = count / statistics.median(bare for _, bare in pairs)
    share = statistics.median(bare / ours for ours, bare in pairs)
    return f"{rate:,.0f} messages a second beside {limit:,.0f}, share {share:.3f}"


def _through_outbox(app: Application, port: int, workers: int) -> float:
    """Seconds from the first claim to the last mark, workers and their imports ready beforehand."""
    begin_anew(app)
    decided(app, ON)
    return _sent_by(app, port, workers)


def _sent_by(app: Application, port: int, workers: int) -> float:
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(workers + 1)
    settings = _with_mail(app.settings, port)
    people = [context.Process(target=_work, args=(settings, ready), daemon=True) for _ in range(workers)]
    for one in people:
        one.start()
    ready.wait(60)
    took = seconds(lambda: ready.wait(600))
    for one in people:
        one.join(30)
    with app.database.read() as uow:
        left = [one for one in uow.outbox.deliveries(ON) if one.sent_at is None]
    if left:
        raise RuntimeError(f"{len(left)} messages were not sent")
    return took


def _work(settings: Settings, ready: Barrier) -> None:
    """A worker's process: opens everything, waits for the others, sends until nothing is left."""
    app = open_application(settings)
    with closing(app.database):
        ways = app.ways()
        ready.wait(60)
        delivered(app, ways, ON)
        ready.wait(600)


def _grown(app: Application, port: int) -> float:
    """MiB that a process grows by while it sends everything."""
    begin_anew(app)
    decided(app, ON)
    opened = open_application(_with_mail(app.settings, port))
    with closing(opened.database):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        delivered(opened, opened.ways(), ON)
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _with_mail(settings: Settings, port: int) -> Settings:
    url = f"mailto://127.0.0.1:{port}/?from=cchc@songlam.example&mode=insecure"
    return settings.model_copy(update={"mail_url": SecretStr(url)})


def _bare(port: int, count: int) -> float:
    content = b"Subject: x\r\n\r\n" + (b"y" * 70 + b"\r\n") * (AVERAGE_BYTES // 72)

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            for _ in range(count):
                server.sendmail("cchc@songlam.example", ["a@songlam.example"], content)

    return seconds(send)
