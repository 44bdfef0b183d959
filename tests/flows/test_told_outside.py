"""The watch outside hears how the morning's reminders ended; whatever becomes of that harms no run."""

from collections.abc import Iterator

import pytest

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.services.secrets import set_secret
from flows.running import told_outside
from tests.adapters.test_pinging import Watch, served


@pytest.fixture
def watch() -> Iterator[Watch]:
    yield from served()


def set_address(app: Application, address: str) -> None:
    box = app.secret_box(CONNECTIONS)
    set_secret(app.database, box, SecretName.PING_URL, address, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


class TestWatchOutside:
    def test_hears_that_reminders_ran_and_that_they_failed(self, app: Application, watch: Watch) -> None:
        with told_outside(app):
            assert watch.asked == []
        set_address(app, f"http://{watch.address}/bi-mat")
        with told_outside(app):
            assert watch.asked == []
        with pytest.raises(ZeroDivisionError), told_outside(app):
            raise ZeroDivisionError
        assert watch.asked == ["GET /bi-mat", "GET /bi-mat/fail"]

    def test_that_does_not_answer_or_cannot_be_known_any_more_harms_nothing(
        self, app: Application, watch: Watch
    ) -> None:
        set_address(app, f"http://{watch.address}/bi-mat")
        watch.status = 500
        with told_outside(app):
            pass
        (app.settings.home / "secret.key").write_text("another")
        with told_outside(app):
            pass
        assert watch.asked == ["GET /bi-mat"]
