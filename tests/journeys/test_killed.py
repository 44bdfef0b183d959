"""Workers killed while they send: nothing is lost, at most the mail in the air goes out twice, with one reference."""

from collections import Counter
from collections.abc import Callable

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import DeliveryState
from tests.making.killing import finish, killed_at, soak
from tests.making.mail_morning import ON, decided, fill_morning
from tests.smtp_server import running_smtp

KILLS = 6


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def app(app_on: Callable[[str], Application], request: pytest.FixtureRequest) -> Application:
    """Three hundred people with mail to get, on each kind of database."""
    application = app_on(request.param)
    fill_morning(application, ON, 300, 1_000)
    return application


class TestKilledWorker:
    @pytest.mark.parametrize(("behind", "repeats"), [(False, 0), (True, 1)], ids=["before-a-send", "behind-a-send"])
    def test_repeats_what_the_server_had_and_nothing_else(self, app: Application, behind: bool, repeats: int) -> None:
        planned = decided(app, ON)
        with running_smtp() as mailbox:
            killed_at(app, mailbox, ON, 25, behind=behind)
            assert len(mailbox.received) == 24 + behind
            finish(app, mailbox, ON)
        copies = Counter(str(mail["X-CCHC-Delivery"]) for _, mail in mailbox.received)
        assert len(copies) == planned
        assert sum(copies.values()) - planned == repeats
        assert max(copies.values()) == 1 + repeats

    @pytest.mark.parametrize("workers", [2, 4])
    def test_loses_nothing_however_often_one_of_several_is_killed(self, app: Application, workers: int) -> None:
        planned = decided(app, ON)
        with running_smtp() as mailbox:
            mailbox.delay = 0.01  # so that a kill can meet a mail in the air
            soaked = soak(app, mailbox, ON, kills=KILLS, workers=workers, seed=workers)
        assert soaked.killed >= KILLS
        assert len(soaked.copies) == planned
        assert soaked.repeats <= soaked.killed
        with app.database.read() as uow:
            assert {one.state for one in uow.outbox.deliveries(ON)} == {DeliveryState.SENT}
