"""The journal's chain: each entry's hash covers its row and the hash before it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlmodel import col, select

from cchc_tasks.models.journal import JournalEntry, Lock
from cchc_tasks.store.store import Store

CHAIN = "journal"
START = "0" * 64


class JournalStore(Store):
    """Appends to the chain and walks it."""

    def append(self, entries: Sequence[tuple[str, str, str, dict[str, object]]], now: datetime) -> None:
        """Extend the chain by (actor, action, subject, details), under the lock row, as the last statements."""
        if not entries:
            return
        end = self._session.exec(select(Lock).where(Lock.name == CHAIN).with_for_update()).one()
        number, previous = _end_of(end)
        for actor, action, subject, details in entries:
            number += 1
            entry = JournalEntry(
                number=number,
                at=now,
                actor=actor,
                action=action,
                subject=subject,
                details=json.dumps(details, ensure_ascii=False, sort_keys=True, default=str),
                previous_hash=previous,
                hash="",
            )
            entry.hash = previous = _sealed(entry)
            self._session.add(entry)
        end.value = f"{number}:{previous}"
        self._session.flush()

    def entries(self, subject: str | None = None) -> Iterator[JournalEntry]:
        """The chain in order, all of it or what concerns one subject."""
        query = select(JournalEntry).order_by(col(JournalEntry.number))
        if subject:
            query = query.where(JournalEntry.subject == subject)
        yield from self._session.exec(query)

    def newest_at(self) -> datetime | None:
        """When the last entry was written; None where there is none."""
        query = select(JournalEntry.at).order_by(col(JournalEntry.number).desc()).limit(1)
        return self._session.exec(query).first()

    def first_break(self) -> str | None:
        """None when the chain holds from its first entry to its recorded end, else where it breaks, in Vietnamese."""
        number, previous = 0, START
        for entry in self.entries():
            number += 1
            if (entry.number, entry.previous_hash, entry.hash) != (number, previous, _sealed(entry)):
                return f"Nhật ký không còn nguyên vẹn từ dòng số {number}."
            previous = entry.hash
        if _end_of(self._session.exec(select(Lock).where(Lock.name == CHAIN)).one()) != (number, previous):
            return f"Nhật ký bị thiếu các dòng sau dòng số {number}."
        return None


def _end_of(lock: Lock) -> tuple[int, str]:
    number, _, last_hash = lock.value.partition(":")
    return (int(number), last_hash) if number else (0, START)


def _sealed(entry: JournalEntry) -> str:
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    row = [entry.number, moment, entry.actor, entry.action, entry.subject, entry.details, entry.previous_hash]
    return hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()
