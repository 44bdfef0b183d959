"""The secret key is rotated: everything sealed and signed stays good, whenever the process is killed."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_tasks.adapters.secret_box import CONNECTIONS, FernetBox
from cchc_tasks.adapters.secret_key import SecretKeys
from cchc_tasks.bootstrap import KEY_FILE, Application, engine_token, is_engine, open_application, secret_keys
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import AnswerLinkWrong, SecretUnopenable
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.services.rotate_key import Boxes, Sealed, look_at_sealed, rotate_key
from cchc_tasks.services.secrets import read_secret, set_secret
from tests.conftest import StandingClock
from tests.services.door import HEAD, Door

VALUES = {SecretName.MAIL_URL: "mailto://thu.so.example", SecretName.ZALO_APP_SECRET: "mật-khẩu-1"}
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]


def boxes(app: Application) -> Boxes:
    return Boxes(connections=app.secret_box(CONNECTIONS), second_factors=app.secret_box())


def rotate(app: Application, *, drop_old: bool = False, keys: SecretKeys | None = None) -> Sealed:
    return rotate_key(
        app.database,
        keys or secret_keys(app.settings),
        boxes(app),
        drop_old=drop_old,
        actor=LOCAL_ADMINISTRATOR,
        now=app.clock.now(),
    )


def filled(app: Application, clock: StandingClock) -> Application:
    """With two secrets, and somebody whose second factor is on."""
    for name, value in VALUES.items():
        set_secret(app.database, boxes(app).connections, name, value, actor=LOCAL_ADMINISTRATOR, now=clock.now())
    door = Door(app, clock)
    door.settle(HEAD)
    door.enrol(HEAD)
    return app


def opens(app: Application) -> bool:
    """Whether every secret and every second factor opens to what it was."""
    said = {name: read_secret(app.database, boxes(app).connections, name) for name in VALUES}
    with app.database.read() as uow:
        return said == VALUES and look_at_sealed(uow, boxes(app)) == Sealed(2, 1, [], 0)


class TestRotation:
    @pytest.mark.parametrize("kind", BOTH)
    def test_seals_everything_under_the_new_key_alone(
        self, app_on: Callable[[str], Application], clock: StandingClock, tmp_path: Path, kind: str
    ) -> None:
        app = filled(app_on(kind), clock)
        old = tmp_path / "old.key"
        old.write_bytes((app.settings.home / KEY_FILE).read_bytes())
        assert rotate(app) == Sealed(2, 1, [], 0)
        assert opens(app)
        with pytest.raises(SecretUnopenable):
            read_secret(app.database, FernetBox(SecretKeys(old), CONNECTIONS), SecretName.MAIL_URL)
        assert rotate(app, drop_old=True) == Sealed(2, 1, [], 0)
        assert opens(app)
        assert len(secret_keys(app.settings).read()) == 1
        with app.database.read() as uow:
            actions = [one.action for one in uow.journal.entries()]
        assert actions[-2:] == ["secret.rotate", "secret.drop-old"]

    def test_leaves_links_and_the_engine_good_until_the_old_key_is_dropped(self, app: Application) -> None:
        on, token = app.today(), engine_token(app.settings)
        link = app.links().address(7, 8, 1, on=on).rpartition("/")[2]
        rotate(app)
        assert app.links().read(link, on=on).obligation_id == 7
        assert app.links().address(7, 8, 1, on=on).rpartition("/")[2] != link
        assert is_engine(app.settings, token)
        assert engine_token(app.settings) != token
        rotate(app, drop_old=True)
        assert not is_engine(app.settings, token)
        with pytest.raises(AnswerLinkWrong):
            app.links().read(link, on=on)

    def test_leaves_what_no_key_opens_and_names_it(self, app: Application, clock: StandingClock) -> None:
        filled(app, clock)
        key = app.settings.home / KEY_FILE
        kept = key.read_bytes()
        key.write_text("k" * 43)
        set_secret(
            app.database,
            boxes(app).connections,
            SecretName.BOUNCE_TOKEN,
            "mật-khẩu-thứ-hai-2",
            actor=LOCAL_ADMINISTRATOR,
            now=clock.now(),
        )
        assert rotate(app) == Sealed(1, 0, ["mail-url", "zalo-app-secret"], 1)
        key.write_bytes(key.read_bytes() + b"\n" + kept)  # the old key is found again
        assert opens_with(app, SecretName.BOUNCE_TOKEN) == "mật-khẩu-thứ-hai-2"
        assert rotate(app, drop_old=True) == Sealed(3, 1, [], 0)

    @pytest.mark.parametrize(
        ("drop_old", "moment"),
        [
            (False, "before a new key"),
            (False, "within the file"),
            (False, "with the new key"),
            (False, "within the transaction"),
            (True, "within the transaction"),
            (True, "sealed"),
            (True, "within the file"),
        ],
    )
    def test_killed_at_any_moment_leaves_everything_open_and_can_be_done_again(
        self, app: Application, clock: StandingClock, drop_old: bool, moment: str
    ) -> None:
        filled(app, clock)
        link = app.links().address(7, 8, 1, on=app.today()).rpartition("/")[2]
        if drop_old:
            rotate(app)
        killed(app, moment, drop_old=drop_old)
        assert opens(app)
        assert app.links().read(link, on=app.today()).obligation_id == 7
        rotate(app)
        rotate(app, drop_old=True)
        assert opens(app)
        assert [one.name for one in app.settings.home.glob("secret.key*")] == [KEY_FILE]


def opens_with(app: Application, name: SecretName) -> str | None:
    return read_secret(app.database, boxes(app).connections, name)


class _Dying(SecretKeys):
    """Keys in a process that is killed at a moment."""

    moment = ""

    def begin_new(self) -> None:
        self._at("before a new key")
        super().begin_new()
        self._at("with the new key")

    def drop_old(self) -> None:
        self._at("sealed")
        super().drop_old()

    def _replace(self, content: bytes) -> None:
        if self.moment == "within the file":
            self._file.with_name(f"{KEY_FILE}.new").write_bytes(content[:7])
            os.kill(os.getpid(), signal.SIGKILL)
        super()._replace(content)

    def _at(self, moment: str) -> None:
        if self.moment == moment:
            os.kill(os.getpid(), signal.SIGKILL)


class _DyingBox(FernetBox):
    """A box in a process that is killed while it seals the second secret."""

    sealed = 0

    def seal(self, secret: str) -> str:
        self.sealed += 1
        if self.sealed == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().seal(secret)


def killed(app: Application, moment: str, *, drop_old: bool) -> None:
    """Rotate in a process of its own, which is killed at a moment."""
    child = os.fork()
    if child == 0:
        try:
            again = open_application(app.settings, clock=app.clock)
            keys = _Dying(app.settings.home / KEY_FILE)
            keys.moment = moment
            box = _DyingBox(keys, CONNECTIONS) if moment == "within the transaction" else boxes(again).connections
            rotate_key(
                again.database,
                keys,
                Boxes(connections=box, second_factors=again.secret_box()),
                drop_old=drop_old,
                actor=LOCAL_ADMINISTRATOR,
                now=app.clock.now(),
            )
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), status
