"""Runs everything as one: the web in this process, Prefect's server and the runner as children that end with it."""

import asyncio
import contextlib
import ctypes
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path

import uvicorn
from fastapi import FastAPI

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 2.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
STEADY_SECONDS = 60.0  # a child that lived so long begins with the first pause again
LOG_BYTES, LOG_FILES = 2_000_000, 3
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True)
class Child:
    """A process to keep alive: its name, its command, its environment."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]


class Supervisor:
    """Serves a web and keeps children alive until the process is told to end."""

    def __init__(self, web: FastAPI, listening: socket.socket, children: list[Child], logs: Path) -> None:
        self._web, self._listening, self._children, self._logs = web, listening, children, logs
        self._stopping = asyncio.Event()

    async def run(self, on_serving: Callable[[], None], on_ended: Callable[[str, int], None]) -> None:
        """Serve until SIGINT or SIGTERM.

        `on_serving` is called once the web answers, `on_ended` with the name and status of a child that ended by
        itself; it is begun again after a pause that doubles.
        """
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, self._stopping.set)
        # no access log: an address may hold a key, such as a link that answers without a password
        config = uvicorn.Config(
            self._web, log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[self._listening]))
        keeping = [asyncio.create_task(self._keep(child, on_ended)) for child in self._children]
        serving.add_done_callback(lambda _: self._stopping.set())  # a web that ends by itself ends everything
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        if server.started:
            on_serving()
        await self._stopping.wait()
        server.should_exit = True
        await asyncio.gather(serving, *keeping)

    async def _keep(self, child: Child, on_ended: Callable[[str, int], None]) -> None:
        log = _log(self._logs / f"{child.name}.log")
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            begun = asyncio.get_running_loop().time()
            process = await _begin(child)
            ended = asyncio.create_task(_copy(process, log))
            stopping = asyncio.create_task(self._stopping.wait())
            await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if self._stopping.is_set():
                await _end(process, ended)
                return
            stopping.cancel()
            try:
                await asyncio.to_thread(on_ended, child.name, process.returncode or 0)
            except Exception:  # the child comes back even where nobody could be told, say while the database is away
                log.exception("The end of %s could not be reported.", child.name)
            steady = asyncio.get_running_loop().time() - begun > STEADY_SECONDS
            pause = FIRST_PAUSE if steady else min(pause * 2, LONGEST_PAUSE)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)


class _Server(uvicorn.Server):
    """uvicorn that leaves the signals to the supervisor."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a generator of uvicorn's own kind
        yield


def _die_with_parent() -> None:
    """In the child, before it becomes its command: the kernel ends it when this process is gone, however it went."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setpgid(0, 0)  # Ctrl-C reaches the supervisor alone, which ends its children in order


async def _begin(child: Child) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *child.command,
        env=dict(child.environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        preexec_fn=_die_with_parent,
    )


async def _copy(process: asyncio.subprocess.Process, log: logging.Logger) -> None:
    while process.stdout is not None and not process.stdout.at_eof():
        try:
            line = await process.stdout.readline()
        except ValueError:
            continue  # a line beyond the reader's limit is left out; it must not look as if the child had ended
        if line:
            log.info(line.decode(errors="replace").rstrip())
    await process.wait()


async def _end(process: asyncio.subprocess.Process, ended: asyncio.Task[None]) -> None:
    """Ask the child and what it began to end, then make them."""
    _signal(process.pid, signal.SIGTERM)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(ended), STOP_SECONDS)
    _signal(process.pid, signal.SIGKILL)
    await process.wait()
    ended.cancel()


def _signal(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _log(file: Path) -> logging.Logger:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    log = logging.getLogger(f"cchc.{file.stem}")
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.INFO)
    return log


def python(*arguments: str) -> tuple[str, ...]:
    """A command of this very Python."""
    return (sys.executable, *arguments)
