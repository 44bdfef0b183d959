"""A delivery run killed at random places, twenty times: nothing is lost, at most the mail in the air repeats."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.services.decide_reminders import decide_reminders
from tests.conftest import CHECKOUT
from tests.journeys.chain import publish_sample
from tests.smtp_server import running_smtp

KILLS = 20
LEASE_SECONDS = 2


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
            while killed < KILLS:
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
                if len(mailbox.received) >= decided.planned:
                    break
            time.sleep(LEASE_SECONDS + 0.1)
            last = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
            assert re.search(r"đã gửi \d+, hoãn 0, lỗi 0", last.stdout)
        copies = Counter(mail["X-CCHC-Delivery"] for _, mail in mailbox.received)
        assert len(copies) == decided.planned
        assert sum(copies.values()) - len(copies) <= killed
        assert killed >= KILLS // 2
        with app.database.read() as uow:
            deliveries = uow.outbox.deliveries(on)
        assert {delivery.state for delivery in deliveries} == {DeliveryState.SENT}
