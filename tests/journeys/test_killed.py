"""A delivery run killed at random places, twenty times: nothing is lost, at most the mail in the air repeats."""

import os
import random
import re
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.settings import Settings
from tests.conftest import CHECKOUT, StandingClock
from tests.journeys.chain import publish_sample
from tests.smtp_server import running_smtp

KILLS = 20
LEASE_SECONDS = 2


@pytest.fixture
def app(settings: Settings, clock: StandingClock, tmp_path: Path) -> Iterator[Application]:
    """The invented Sở with three more people to write to in every unit, so that a run is long enough to be killed."""
    units = (CHECKOUT / "config" / "units.toml").read_text(encoding="utf-8")
    focal = [one for one in tomllib.loads(units)["person"] if one["role"] == "FOCAL"]
    more = [
        f'[[person]]\nuser = "{one["user"]}{turn}"\nname = "Người thứ {turn}"\nrole = "FOCAL"\n'
        f'unit = "{one["unit"]}"\nmail = "{one["user"]}{turn}@songlam.example"\n'
        for one in focal
        for turn in (2, 3, 4)
    ]
    crowded = tmp_path / "units.toml"
    crowded.write_text("\n".join([units, *more]), encoding="utf-8")
    application = create_application(settings, crowded, actor=LOCAL_ADMINISTRATOR, clock=clock)
    yield application
    application.database.close()


class TestKilledRun:
    def test_loses_nothing_and_repeats_at_most_what_was_in_the_air(self, app: Application, tmp_path: Path) -> None:
        publish_sample(app, tmp_path)
        on = date(2026, 1, 5)  # the first working Monday: everybody is introduced to something
        decided = decide_reminders(
            app.database,
            on=on,
            actor=LOCAL_ADMINISTRATOR,
            now=app.clock.now(),
        )
        assert decided.planned > KILLS
        chance = random.Random(20260105)
        with running_smtp() as mailbox:
            mailbox.delay = 0.03  # so that a kill can meet a mail in the air
            environment = os.environ | {
                "CCHC_HOME": str(app.settings.home),
                "CCHC_CONFIG": str(CHECKOUT / "config"),
                "CCHC_MAIL_URL": mailbox.url,
                "CCHC_LEASE_SECONDS": str(LEASE_SECONDS),
            }
            command = [sys.executable, "-c", "from cchc_tasks.cli.main import main; main()", "remind", "--on", f"{on}"]
            killed = 0
            for _ in range(2 * KILLS):  # a run may end before it is killed
                if killed == KILLS:
                    break
                run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                arrived = len(mailbox.received)
                deadline = time.monotonic() + 10
                while len(mailbox.received) == arrived and run.poll() is None and time.monotonic() < deadline:
                    time.sleep(0.005)
                time.sleep(chance.random() * 0.08)
                if run.poll() is None:
                    run.send_signal(signal.SIGKILL)
                    killed += 1
                run.wait()
            time.sleep(LEASE_SECONDS + 0.1)
            last = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
            assert re.search(r"đã gửi \d+, hoãn 0, lỗi 0", last.stdout)
        copies = Counter(mail["X-CCHC-Delivery"] for _, mail in mailbox.received)
        assert len(copies) == decided.planned
        assert sum(copies.values()) - len(copies) <= killed
        assert killed == KILLS
        with app.database.read() as uow:
            deliveries = uow.outbox.deliveries(on)
        assert {delivery.state for delivery in deliveries} == {DeliveryState.SENT}
