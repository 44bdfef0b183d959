"""Secrets are kept sealed, listed without what they say, and one that opens no more stops nothing else."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import KEY_FILE, Application, secret_keys
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import SecretNotSet, SecretOfProgram, SecretUnopenable
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.services.secrets import forget_secret, list_secrets, read_secret, set_secret
from tests.conftest import StandingClock

URL = "mailtos://an:matkhau-1@thu.so.example/?from=an@so.example"


def put(app: Application, name: SecretName, value: str) -> None:
    set_secret(app.database, app.secret_box(CONNECTIONS), name, value, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


def got(app: Application, name: SecretName) -> str | None:
    return read_secret(app.database, app.secret_box(CONNECTIONS), name)


class TestSecret:
    @pytest.mark.parametrize(
        "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
    )
    def test_is_set_replaced_and_forgotten(
        self, app_on: Callable[[str], Application], clock: StandingClock, kind: str
    ) -> None:
        app = app_on(kind)
        assert got(app, SecretName.MAIL_URL) is None
        put(app, SecretName.MAIL_URL, "mailto://cu.example")
        clock.moment += timedelta(hours=1)
        put(app, SecretName.MAIL_URL, URL + "\n")
        assert got(app, SecretName.MAIL_URL) == URL
        lines = {one.name: one for one in list_secrets(app.database, actor=LOCAL_ADMINISTRATOR)}
        assert list(lines) == list(SecretName)
        assert [one.name for one in lines.values() if one.is_set] == [SecretName.MAIL_URL]
        assert lines[SecretName.MAIL_URL].changed_at == clock.moment
        assert lines[SecretName.MAIL_URL].changed_by == LOCAL_ADMINISTRATOR.user
        forget_secret(app.database, SecretName.MAIL_URL, actor=LOCAL_ADMINISTRATOR, now=clock.moment)
        assert got(app, SecretName.MAIL_URL) is None
        with pytest.raises(SecretNotSet):
            forget_secret(app.database, SecretName.MAIL_URL, actor=LOCAL_ADMINISTRATOR, now=clock.moment)

    def test_stands_in_the_journal_by_its_name_alone(self, app: Application) -> None:
        put(app, SecretName.MAIL_URL, URL)
        forget_secret(app.database, SecretName.MAIL_URL, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        with app.database.read() as uow:
            kept = [(one.action, one.subject, json.loads(one.details)) for one in uow.journal.entries()][-2:]
        assert kept == [
            ("secret.set", "secret:mail-url", {"name": "mail-url"}),
            ("secret.remove", "secret:mail-url", {"name": "mail-url"}),
        ]

    def test_that_the_program_writes_is_set_by_nobody_else(self, app: Application) -> None:
        with pytest.raises(SecretOfProgram):
            put(app, SecretName.ZALO_TOKENS, "{}")

    def test_of_another_key_says_what_to_do_and_leaves_the_others_alone(self, app: Application) -> None:
        put(app, SecretName.MAIL_URL, URL)
        (app.settings.home / KEY_FILE).unlink()
        secret_keys(app.settings).make()  # as a backup is brought back
        put(app, SecretName.TELEGRAM_URL, "tgram://1:Aa")
        with pytest.raises(SecretUnopenable, match="cchc secret set mail-url"):
            got(app, SecretName.MAIL_URL)
        assert got(app, SecretName.TELEGRAM_URL) == "tgram://1:Aa"
        put(app, SecretName.MAIL_URL, URL)
        assert got(app, SecretName.MAIL_URL) == URL
