"""Runs one of our modules in a process of its own, with limits on memory, time and what it may write."""

import os
import select
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from cchc_tasks.adapters.documents.limits import MOST_ANSWERED, SECONDS

# All that is handed down: where programs and the words of a language lie, nothing that a setting says.
_HANDED_DOWN = ("PATH", "TESSDATA_PREFIX")
_PLAIN = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}


class TooLong(Exception):
    """The process was ended because its time was up."""


class Died(Exception):
    """The process ended without an answer."""


def answer_of(module: str, words: tuple[str, ...], source: IO[bytes], seconds: float = SECONDS) -> bytes:
    """What a module of ours writes to its output when it reads `source`, an open file, from its input.

    Its children end with it, and the folder that it may write to is gone when this returns. Raises TooLong or Died;
    Died where it writes more than MOST_ANSWERED bytes too.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-reading-", ignore_cleanup_errors=True) as folder:
        answer = Path(folder) / "answer"
        with answer.open("wb") as output:
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
        if not ended or status == -signal.SIGXCPU:
            raise TooLong
        if status != 0 or answer.stat().st_size > MOST_ANSWERED:
            raise Died
        return answer.read_bytes()


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
