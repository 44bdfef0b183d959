"""Nothing that an administrator set as a secret is ever seen again in clear: not printed, shown, logged, kept, packed.

Each secret is set to a value that occurs nowhere else; then the office works, meets refusals, and everything it leaves
behind is searched for those values.
"""

import base64
import io
import os
import re
import shutil
import sys
import tarfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from starlette.testclient import TestClient

from cchc_tasks.adapters.mail.server import read_mail_url
from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import KEY_FILE, Application, open_application
from cchc_tasks.cli.main import commands
from cchc_tasks.cli.office import run
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import CchcError, MailUrlInvalid, SettingInvalid
from cchc_tasks.domain.secret_names import BY_PROGRAM, SecretName
from cchc_tasks.services.sessions import start_session
from cchc_tasks.settings import Settings, load_settings
from cchc_tasks.store import snapshot
from cchc_tasks.store.database import Database
from cchc_tasks.web.app import create_app
from cchc_tasks.web.rights import ROUTES
from cchc_tasks.web.session import COOKIE
from tests.conftest import CHECKOUT, StandingClock
from tests.journeys.canaries import (
    DATABASE_PASSWORD,
    MAIL_PASSWORD,
    PASSWORDS,
    VALUES,
    files,
    leaks,
    mail_server_that_lets_nobody_in,
)

MORNING = date(2026, 1, 5)  # everybody is introduced to something
HOST = "http://127.0.0.1:8700"


@pytest.fixture
def mail_url() -> Iterator[str]:
    """A mail server that lets nobody in."""
    with mail_server_that_lets_nobody_in() as url:
        yield url


class Office:
    """Commands in this process, with all they ever said."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.said: list[str] = []

    def __call__(self, *arguments: object, typed: str = "") -> int:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            run(commands, [str(one) for one in arguments])
        told = self._capsys.readouterr()
        self.said += [told.out, told.err]
        return int(ended.value.code or 0)


@pytest.fixture
def office(
    tmp_path: Path,
    sample_home: Path,
    mail_url: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """The published sample plan, a mail server that refuses, and every secret set by its command."""
    for name in [one for one in os.environ if one.startswith("CCHC_")]:
        monkeypatch.delenv(name)
    shutil.copytree(sample_home, tmp_path / "home")
    monkeypatch.setenv("CCHC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CCHC_CONFIG", str(CHECKOUT / "config"))
    monkeypatch.setenv("CCHC_MAIL_URL", mail_url)
    cchc = Office(capsys, monkeypatch)
    for name in SecretName:
        assert cchc("secret", "set", name, typed=VALUES[name] + "\n") == (1 if name in BY_PROGRAM else 0), cchc.said
    return cchc


class TestCommands:
    def test_neither_say_nor_leave_behind_what_is_secret(self, office: Office, tmp_path: Path) -> None:
        home, backup = tmp_path / "home", tmp_path / "ban-sao.tar.gz"
        calls: list[tuple[object, ...]] = [
            ("doctor",),
            ("doctor", "--json"),
            ("secret", "list"),
            ("secret", "list", "--json"),
            ("remind", "--on", MORNING),
            ("remind", "--on", MORNING, "--json"),
            ("secret", "rotate"),
            ("secret", "rotate", "--drop-old"),
            ("secret", "remove", SecretName.OTHER_URL),
            ("db", "check"),
            ("db", "backup", backup),
            ("secret", "set", VALUES[SecretName.MAIL_URL]),
            ("secret", "set", SecretName.MAIL_URL, VALUES[SecretName.MAIL_URL]),
            ("secret", "remove", VALUES[SecretName.SMS_URL]),
        ]
        for call in calls:
            office(*call, typed=VALUES[SecretName.SMS_URL])
        for wrong in ("{}", "{}\n{}", "{}\x00", "{} x", "{}" * 300):
            typed = wrong.replace("{}", PASSWORDS[SecretName.MAIL_URL])
            assert office("secret", "set", SecretName.MAIL_URL, typed=typed) == 1
        said = "\n".join(office.said)
        assert "535" in said
        assert "Đã đặt khóa kết nối “mail-url”" in said
        assert leaks(said) == set()
        assert leaks(*files(home)) == set()
        with tarfile.open(backup) as archive:
            packed = {one.name: archive.extractfile(one) for one in archive if one.isfile()}
            contents = [content.read() for content in packed.values() if content is not None]
        key = (home / KEY_FILE).read_bytes()
        assert leaks(*contents) == set()
        assert not any("secret" in name for name in packed)
        assert not any(key in content for content in contents)

    def test_finds_a_secret_where_there_is_one(self, tmp_path: Path) -> None:
        (tmp_path / "nhat-ky.log").write_bytes(b"AUTH " + base64.b64encode(MAIL_PASSWORD.encode()))
        assert leaks(*files(tmp_path)) == {MAIL_PASSWORD}

    def test_say_which_secrets_the_key_of_a_restored_backup_does_not_open(
        self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert office("db", "backup", tmp_path / "ban-sao.tar.gz") == 0
        monkeypatch.setenv("CCHC_HOME", str(tmp_path / "khac"))
        assert office("db", "restore", tmp_path / "ban-sao.tar.gz") == 0, office.said[-3:]
        office.said.clear()
        office("doctor")
        (line,) = [" ".join(one.split()) for one in office.said[0].splitlines() if "Khóa kết nối" in one]
        assert line.startswith("hỏng Khóa kết nối Khóa bí mật đã đổi nên không mở được: alert-url, bounce-token, ")
        assert "→ Nhập lại bằng lệnh: cchc secret set alert-url." in " ".join(office.said[0].split())
        office("remind", "--on", MORNING)
        assert "kênh thư điện tử" in office.said[-1]  # that alone was tried: by the environment's address, as before
        assert "535" in office.said[-1]
        assert office("secret", "set", SecretName.ALERT_URL, typed=VALUES[SecretName.ALERT_URL]) == 0
        office.said.clear()
        office("doctor")
        assert "không mở được: bounce-token" in office.said[0]


class TestPages:
    def test_show_nothing_that_is_secret(
        self, settings: Settings, clock: StandingClock, sample_home: Path, mail_url: str
    ) -> None:
        shutil.copytree(sample_home, settings.home)
        app = open_application(settings.model_copy(update={"mail_url": SecretStr(mail_url)}), clock=clock)
        box = app.secret_box(CONNECTIONS)
        with app.database.write(clock.now()) as uow:
            for name, value in VALUES.items():
                uow.secrets.keep(name, box.seal(value), "quantri", clock.now())
        app.remind(MORNING, LOCAL_ADMINISTRATOR)
        with app.database.read() as uow:
            journal = [f"{one.action} {one.subject} {one.details}" for one in uow.journal.entries()]
        assert leaks(repr(app), str(app.settings), *journal) == set()
        web = create_app(app)
        with TestClient(web, base_url=HOST, follow_redirects=False, raise_server_exceptions=False) as client:
            seen = []
            for user in ("quantri", "vp.thuongtruc1"):
                client.cookies.set(COOKIE, _session(app, user))
                for path in [*_addresses(), "/khong-co", "/nhiem-vu/999999"]:
                    answer = client.get(path)
                    seen.append(f"{path} {answer.status_code} {answer.headers} {answer.text}")
        assert len(seen) > 40
        assert any("535" in page for page in seen)
        assert leaks(*seen) == set()
        app.database.close()


class TestAddress:
    @pytest.mark.parametrize(
        "url",
        [
            f"postgresql+psycopg://chim:to@{DATABASE_PASSWORD}@127.0.0.1:9/x",
            f"postgresql+psycopg://chim:to@may:{DATABASE_PASSWORD}@127.0.0.1/x",
            f"postgresql+psycopg://chim:{DATABASE_PASSWORD}@127.0.0.1:9/x",
            f"postgresql+psycopg://chim@127.0.0.1:9/x?password={DATABASE_PASSWORD}",
            f"postgresql://chim:{DATABASE_PASSWORD}@@/x",
            f"{DATABASE_PASSWORD}://x",
        ],
    )
    def test_of_a_database_is_not_repeated_however_wrong(self, url: str) -> None:
        with pytest.raises(CchcError) as refused, Database(url).read() as uow:
            uow.secrets.all()
        assert leaks(*traceback.format_exception(refused.value)) == set()

    @pytest.mark.parametrize(
        "url",
        [
            f"mailto://chim:{MAIL_PASSWORD}/x@thu.example/?from=a@so.example",
            f"mailto://chim:x@thu.example:{MAIL_PASSWORD}/?from=a@so.example",
            f"{MAIL_PASSWORD}://chim@thu.example",
        ],
    )
    def test_of_a_mail_server_is_not_repeated_however_wrong(self, url: str) -> None:
        with pytest.raises(MailUrlInvalid) as refused:
            read_mail_url(url)
        assert leaks(*traceback.format_exception(refused.value)) == set()

    def test_in_settings_is_not_repeated_where_another_one_is_wrong(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CCHC_MAIL_URL", f"mailto://chim:{MAIL_PASSWORD}@thu.example")
        monkeypatch.setenv("CCHC_DATABASE_URL", f"postgresql://chim:{DATABASE_PASSWORD}@127.0.0.1/x")
        assert leaks(repr(load_settings()), str(load_settings().model_dump())) == set()
        monkeypatch.setenv("CCHC_LEASE_SECONDS", MAIL_PASSWORD)  # pasted into the wrong line
        with pytest.raises(SettingInvalid) as refused:
            load_settings()
        assert leaks(*traceback.format_exception(refused.value)) == set()


@pytest.mark.xdist_group("postgresql")
class TestBackupOfPostgres:
    @pytest.mark.parametrize("in_query", [False, True])
    def test_hands_its_password_over_where_no_list_of_processes_shows_it(
        self, app_on: Callable[[str], Application], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_query: bool
    ) -> None:
        app = app_on("postgresql")
        place = sa.make_url(app.settings.database)
        with_password = (
            place.update_query_dict({"password": DATABASE_PASSWORD})
            if in_query
            else place.set(password=DATABASE_PASSWORD)
        )
        url = with_password.render_as_string(hide_password=False)
        spy = tmp_path / "bin" / "pg_dump"
        spy.parent.mkdir()
        spy.write_text(
            '#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 99.0" && exit\n'
            f'printf "%s\\n" "$@" > {tmp_path}/arguments\nprintf "%s" "$PGPASSWORD" > {tmp_path}/password\n'
            'for one in "$@"; do case "$one" in --file=*) echo dump > "${one#--file=}";; esac; done\n'
        )
        spy.chmod(0o755)
        monkeypatch.setenv("PATH", f"{spy.parent}:{os.environ['PATH']}")
        with closing(Database(url)) as database:
            snapshot.take(database, tmp_path / "ban-sao")
        assert (tmp_path / "ban-sao").read_text() == "dump\n"
        assert (tmp_path / "password").read_text() == DATABASE_PASSWORD
        assert leaks((tmp_path / "arguments").read_bytes()) == set()


def _session(app: Application, user: str) -> str:
    now = app.clock.now()
    with app.database.write(now) as uow:
        person = uow.directory.person_with_user(user).id or 0
        return start_session(uow, person, complete=True, lasting=timedelta(days=7), now=now)


def _addresses() -> list[str]:
    """Every address that may be read, with the number 1 where one is asked for."""
    return [
        re.sub(r"\{[^}]*\}", "1", path) for method, _, path in (one.partition(" ") for one in ROUTES) if method == "GET"
    ]
