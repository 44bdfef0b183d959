"""Lets long-living processes read spoilt files and altered plans, and counts what comes of them."""

import hashlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from cchc_tasks.adapters.documents.limits import SECONDS
from cchc_tasks.domain.errors import FileTakesTooLong
from tests.fuzz.altering import Altered, altered_plan
from tests.fuzz.samples import WRITERS, samples, written
from tests.fuzz.spoiling import spoilt
from tests.fuzz.worker import give, taken

ONE_IN_SLOW = 20  # an old Word file takes LibreOffice a second
MOST_READ_BY_ONE = 300  # then a new process, so that none grows without end
_SLOW = frozenset({".doc"})


_Mutation = tuple[str, bytes, Altered | None]  # the kind, the content, and what was altered where rows were


@dataclass(slots=True)
class Found:
    """How often each outcome came, by format, and the contents that showed a fault."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    unforeseen: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str, bytes]] = field(default_factory=list)  # the kind, what is wrong, the content


def campaign(
    seed: int, mutations: int, seconds: float, kinds: frozenset[str] | None = None, *, by_others: bool = True
) -> Found:
    """Read so many mutations, half of them spoilt files, half altered plans; stops when the seconds are over.

    `by_others`: files of formats that only LibreOffice writes too. The same seed gives the same mutations.
    A fault is a crash beyond the seam, a hang, or a row lost without a word.
    """
    found = Found()
    until = time.monotonic() + seconds
    with closing(_Reader()) as reader:
        for kind, content, altered in _mutations(seed, mutations, kinds, by_others):
            if time.monotonic() > until:
                break
            outcome = reader.outcome(content)
            found.counts[kind, outcome["outcome"]] += 1
            if outcome["outcome"] == "unforeseen":
                found.unforeseen[f"{kind} {outcome['detail'].strip().splitlines()[-1][:100]}"] += 1
            wrong = _wrong(outcome, altered)
            if wrong:
                found.faults.append((kind, wrong, content))
    return found


def keep(found: Found, folder: Path) -> None:
    """Write the contents that showed a fault to a folder, to be read again."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, _, content in found.faults:
        (folder / f"{hashlib.sha256(content).hexdigest()[:12]}{kind}").write_bytes(content)


def _mutations(
    seed: int, mutations: int, kinds: frozenset[str] | None, by_others: bool
) -> Iterator[tuple[str, bytes, Altered | None]]:
    whole = {kind: content for kind, content in samples(by_others=by_others).items() if kinds is None or kind in kinds}
    quick = [kind for kind in whole if kind not in _SLOW]
    slow = [kind for kind in whole if kind in _SLOW]
    writable = [kind for kind in WRITERS if kind in whole]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(mutations):
            chance = Random(f"{seed}-{number}")
            if number % 2 and writable:
                kind = chance.choice(writable)
                altered = altered_plan(chance, blanks=kind in (".docx", ".html"))
                yield kind, written(altered.plan, kind, Path(folder)), altered
                continue
            kind = chance.choice(slow if slow and number % ONE_IN_SLOW == 0 else quick)
            yield kind, spoilt(whole[kind], chance), None


def _wrong(outcome: dict[str, Any], altered: Altered | None) -> str | None:
    if outcome["outcome"] in ("crash", "hang"):
        return str(outcome["detail"])
    if altered is None:
        return None
    if outcome["outcome"] != "read":
        return f"a whole plan was refused: {outcome['outcome']}"
    rows = [[mark for mark in altered.marks if mark in row] for row in outcome["rows"]]
    asked = [mark for mark in altered.marks if any(mark in text for text in outcome["besides"])]
    lost = set(altered.marks).difference(asked, *rows)
    if lost:
        return f"rows lost without a word: {sorted(lost)}"
    swallowed = [marks for marks in rows if len(marks) > 1 and not set(marks) <= set(asked)]
    return f"rows made one without a word: {swallowed}" if swallowed else None


class _Reader:
    """One process at a time; a new one after a death, a hang, or many contents."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0

    def outcome(self, content: bytes) -> dict[str, Any]:
        """What came of a content; "died" where the process did not say, as a parser's library may end it."""
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise ValueError("a process without pipes")
        self._read += 1
        give(process.stdin, content or b" ")
        ready, _, _ = select.select([process.stdout], [], [], 2 * SECONDS + 5)
        reply = taken(process.stdout) if ready else b""
        if not reply:
            self.close()
            return {"outcome": "died" if ready else FileTakesTooLong.code}
        outcome: dict[str, Any] = json.loads(reply)
        return outcome

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            with self._process as process:
                process.kill()
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._read >= MOST_READ_BY_ONE:
            self.close()
            self._read = 0
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.fuzz.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).parents[2],
                env=dict(os.environ),
            )
        return self._process
