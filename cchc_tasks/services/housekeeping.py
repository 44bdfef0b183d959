"""The night's work: a backup, a look whether everything is whole, and what nobody needs any more removed."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cchc_tasks.domain.access import Actor
from cchc_tasks.ports import Archive, EvidenceVault
from cchc_tasks.services.backup import back_up
from cchc_tasks.services.check_database import check_database
from cchc_tasks.services.raise_alert import Alarm, raise_alert
from cchc_tasks.store.database import Database

BACKUPS = "backups"
INCOMING = "incoming"
EVENTS_KEPT = timedelta(days=30)  # other systems repeat what they tell for hours, not for weeks


@dataclass(frozen=True, slots=True)
class Housekept:
    """What a night brought; `backup` is None where this day's was there already."""

    backup: str | None
    backups_removed: int
    damage: tuple[str, ...]
    sessions_removed: int
    forms_removed: int

    def in_words(self) -> str:
        """Counts alone, for a heartbeat."""
        saved = "đã sao lưu" if self.backup else "đã có bản sao lưu"
        return f"{saved}, {len(self.damage)} chỗ hỏng"


def housekeeping(
    database: Database,
    vault: EvidenceVault,
    archive: Archive,
    home: Path,
    *,
    keep_backups: int,
    actor: Actor,
    on: date,
    now: datetime,
    alarm: Alarm | None = None,
) -> Housekept:
    """Back up into home/backups once a day and keep the newest few; alert where something is damaged; tidy up."""
    folder = home / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"cchc-{on:%Y%m%d}.tar.gz"
    made = None if target.exists() else target.name
    if made:
        back_up(database, vault, archive, target, actor=actor, now=now)
    old = _backups(folder)[:-keep_backups]
    for one in old:
        one.unlink()
    damage = tuple(check_database(database, vault))
    if damage:
        raise_alert(database, source="housekeeping", text=" ".join(damage[:3]), on=on, now=now, alarm=alarm)
    _clear_incoming(home / INCOMING, now)
    with database.write(now) as uow:
        sessions, forms = uow.accounts.tidy(now)
        uow.events.forget_before(now - EVENTS_KEPT)
    return Housekept(made, len(old), damage, sessions, forms)


def newest_backup(home: Path) -> date | None:
    """The day of the newest nightly backup; None where there is none."""
    days = [one.name[5:13] for one in _backups(home / BACKUPS)]
    return datetime.strptime(days[-1], "%Y%m%d").date() if days else None  # noqa: DTZ007 - a business day


def _backups(folder: Path) -> list[Path]:
    """The nightly backups, oldest first."""
    return sorted(folder.glob(f"cchc-{'[0-9]' * 8}.tar.gz"))


def _clear_incoming(folder: Path, now: datetime) -> None:
    """Uploads that a killed process left behind."""
    for left in folder.iterdir() if folder.is_dir() else ():
        if now.timestamp() - left.stat().st_mtime > timedelta(days=1).total_seconds():
            shutil.rmtree(left, ignore_errors=True)
