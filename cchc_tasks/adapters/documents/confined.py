"""Runs one of our modules in a process of its own, with limits on memory, time, what it may write, and their number."""

import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from cchc_tasks.adapters.documents.limits import LONGEST_WAIT, MOST_ANSWERED, MOST_AT_ONCE, MOST_WAITING, SECONDS

# All that is handed down: where programs and the words of a language lie, nothing that a setting says.
_HANDED_DOWN = ("PATH", "TESSDATA_PREFIX")
_PLAIN = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}

_READING = threading.BoundedSemaphore(MOST_AT_ONCE)
_WAITING = threading.BoundedSemaphore(MOST_WAITING)


class TooLong(Exception):
    """The process was ended because its time was up."""


class Died(Exception):
    """The process ended without an answer."""


class Hindered(Exception):
    """Nothing is known of the source: too many are being read, or the machine has no memory, process or disk left."""


def answer_of(module: str, words: tuple[str, ...], source: IO[bytes], seconds: float = SECONDS) -> bytes:
    """What a module of ours writes to its output when it reads `source`, an open file, from its input.

    Its children end with it, and the folder that it may write to is gone when this returns. Raises TooLong, Hindered,
    or Died; Died where it writes more than MOST_ANSWERED bytes too. No more than MOST_AT_ONCE run in this program; up
    to MOST_WAITING wait for their turn, for LONGEST_WAIT seconds.
    """
    try:
        with _turn(), tempfile.TemporaryDirectory(prefix="cchc-reading-", ignore_cleanup_errors=True) as folder:
            return _answer_from(folder, module, words, source, seconds)
    except OSError as error:  # no room for the folder, no process to be had
        raise Hindered from error


@contextmanager
def _turn() -> Iterator[None]:
    if not _WAITING.acquire(blocking=False):
        raise Hindered
    try:
        if not _READING.acquire(timeout=LONGEST_WAIT):
            raise Hindered
    finally:
        _WAITING.release()
    try:
        yield
    finally:
        _READING.release()


def _answer_from(folder: str, module: str, words: tuple[str, ...], source: IO[bytes], seconds: float) -> bytes:
    with tempfile.TemporaryFile(dir=folder) as output:  # without a name: nothing else can be put in its place
        process = subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-P", "-m", module, *words],
            stdin=source,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            ended = _ends_within(process.pid, seconds)
        finally:
            with suppress(ProcessLookupError):  # before it is reaped: until then nobody else has its number
                os.killpg(process.pid, signal.SIGKILL)
            status = process.wait()
        if not ended or status in (-signal.SIGXCPU, -signal.SIGALRM):
            raise TooLong
        if status in (-signal.SIGKILL, os.EX_IOERR):  # by the kernel, which has no memory left; by itself, no disk
            raise Hindered
        if status != 0 or os.fstat(output.fileno()).st_size > MOST_ANSWERED:
            raise Died
        output.seek(0)
        return output.read()


def _environment(folder: str) -> dict[str, str]:
    handed_down = {name: os.environ[name] for name in _HANDED_DOWN if name in os.environ}
    return {**handed_down, **_PLAIN, "HOME": folder, "TMPDIR": folder}


def _ends_within(pid: int, seconds: float) -> bool:
    handle = os.pidfd_open(pid)
    try:
        waiting = select.poll()
        waiting.register(handle, select.POLLIN)
        return bool(waiting.poll(seconds * 1000))
    finally:
        os.close(handle)
