"""The night's work: one backup a day, the newest few kept, damage told, and what nobody needs removed."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from cchc_tasks.models.account import KeptForm, SignInFailure, WebSession
from cchc_tasks.services.housekeeping import Housekept, newest_backup
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from tests.conftest import StandingClock, actor_of
from tests.services.conftest import lines_of

NIGHT = date(2026, 3, 24)
TWO = datetime(2026, 3, 23, 19, 0, tzinfo=UTC)  # two in the morning in Việt Nam


@pytest.fixture
def housed(published: Application, clock: StandingClock) -> Application:
    """The published sample plan, at two in the night."""
    clock.moment = TWO
    return published


def night(app: Application, days: int = 0) -> Housekept:
    return app.housekeep(NIGHT + timedelta(days=days), ENGINE)


def backups(app: Application) -> list[str]:
    return sorted(one.name for one in (app.settings.home / "backups").iterdir())


class TestBackup:
    def test_is_made_once_a_day_and_only_the_newest_are_kept(self, housed: Application) -> None:
        kept_by_hand = housed.settings.home / "backups" / "cchc-truoc-nang-cap.tar.gz"
        assert night(housed).backup == "cchc-20260324.tar.gz"
        kept_by_hand.write_bytes(b"not ours to remove")
        assert night(housed).in_words() == "đã có bản sao lưu, 0 chỗ hỏng"
        removed = [night(housed, days).backups_removed for days in range(1, 9)]
        assert removed == [0] * 6 + [1, 1]
        days = ("0326", "0327", "0328", "0329", "0330", "0331", "0401")
        assert backups(housed) == [*(f"cchc-2026{day}.tar.gz" for day in days), kept_by_hand.name]
        assert newest_backup(housed.settings.home) == date(2026, 4, 1)


class TestDamage:
    def test_is_told_to_the_administrators(self, housed: Application, tmp_path: Path) -> None:
        file = tmp_path / "bao-cao.pdf"
        file.write_bytes(b"%PDF-1.7 x")
        submit_evidence(
            housed.database,
            housed.vault,
            housed.reader,
            [lines_of(housed, "24")[0].id],
            Handed(files=[file]),
            actor=actor_of(housed, "khtc.daumoi"),
            today=NIGHT,
            now=TWO,
        )
        assert night(housed).damage == ()
        ((sha256, stored),) = housed.vault.files()
        stored.chmod(0o600)
        stored.write_bytes(b"%PDF-1.7 y")
        (damage,) = night(housed).damage
        assert Path(sha256).name in damage
        with housed.database.read() as uow:
            assert [one.text for one in uow.running.alerts(NIGHT)] == [damage]


class TestTidying:
    def test_forgets_sessions_forms_failures_and_uploads_when_nobody_needs_them(self, housed: Application) -> None:
        old, young = TWO - timedelta(days=7, seconds=1), TWO - timedelta(days=6)
        with housed.database.write(TWO) as uow:
            person_id = uow.directory.person_with_user("quantri").id or 0
            for name, at in (("old", old), ("young", young)):
                uow.accounts.add_session(
                    WebSession(token_hash=name, person_id=person_id, started_at=old, seen_at=old, ends_at=at)
                )
                uow.accounts.add_kept_form(KeptForm(id=name, person_id=person_id, path="/", kept_at=at))
            uow.accounts.counter("user:old", young)
            uow.accounts.counter("user:young", TWO - timedelta(hours=23))
        left, under_way = (housed.settings.home / "incoming" / name for name in ("left", "under-way"))
        for folder, age in ((left, timedelta(days=2)), (under_way, timedelta(minutes=1))):
            folder.mkdir(parents=True)
            os.utime(folder, times=((TWO - age).timestamp(),) * 2)

        done = night(housed)
        assert (done.sessions_removed, done.forms_removed) == (1, 1)
        with housed.database.read() as uow:
            assert uow.accounts.session("young")
            assert uow.accounts.kept_form("young", person_id)
            failures: list[SignInFailure | None] = [uow.accounts.failure(f"user:{age}") for age in ("old", "young")]
        assert [one is None for one in failures] == [True, False]
        assert (left.exists(), under_way.exists()) == (False, True)
