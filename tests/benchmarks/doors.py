"""Doors: signing in beside bare argon2, and a 50 MB upload beside bare hashing."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application, create_application
from cchc_tasks.demo.show import DEMO_PASSWORD, fill_demo
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.sessions import start_session
from cchc_tasks.settings import Settings
from cchc_tasks.web.app import create_app
from cchc_tasks.web.session import COOKIE, csrf_of
from tests.benchmarks.timing import beside
from tests.conftest import CHECKOUT, StandingClock

HOST = "http://127.0.0.1:8700"
UPLOAD = 50 * 1000 * 1000
USER = "vp.daumoi"


def measure() -> Iterator[str]:
    """Each through the whole web, with everything that is checked on the way."""
    with tempfile.TemporaryDirectory() as folder:
        clock = StandingClock(datetime(2026, 3, 24, 1, 0, tzinfo=UTC))
        settings = Settings(home=Path(folder) / "home", config=CHECKOUT / "config", totp_required=False)
        app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR, clock=clock)
        with closing(app.database):
            fill_demo(app, app.today())
            with TestClient(create_app(app), base_url=HOST, headers={"Origin": HOST}, follow_redirects=False) as client:
                yield _sign_in(app, client)
                yield _upload(app, client, Path(folder))


def _sign_in(app: Application, client: TestClient) -> str:
    hashed = app.passwords.hash(DEMO_PASSWORD)
    form = {"nguoi-dung": "giamdoc", "mat-khau": DEMO_PASSWORD}

    def come_in() -> None:
        if client.post("/dang-nhap", data=form).status_code != 303:
            raise RuntimeError("not let in")

    took, ratio = beside(come_in, lambda: app.passwords.matches(DEMO_PASSWORD, hashed), rounds=15)
    return f"signing in: {1 / took:.0f} a second on one connection; ratio to bare argon2 {ratio:.1f}"


def _upload(app: Application, client: TestClient, folder: Path) -> str:
    with app.database.write(app.clock.now()) as uow:
        person = uow.directory.person_with_user(USER)
        lasting = timedelta(days=1)
        token = start_session(uow, person.id or 0, complete=True, lasting=lasting, now=app.clock.now())
        owed = next(one.id for one, _ in uow.obligations.listing([person.unit_id]) if one.slot.startswith("year-"))
    client.cookies.clear()
    client.cookies.set(COOKIE, token)
    file = folder / "bao-cao.txt"
    file.write_bytes(b"0123456789abcde\n" * (UPLOAD // 16))
    count = 0

    def send() -> None:
        nonlocal count
        count += 1
        with file.open("r+b") as changed, file.open("rb") as source:
            changed.write(b"%09d" % count)  # another file each time, so that nothing is in the vault yet
            changed.flush()
            form = {"csrf": csrf_of(token), "khong-mat": "1"}
            answer = client.post(f"/nhiem-vu/{owed}/nop", data=form, files={"tep": source})
            if answer.status_code != 303:
                raise RuntimeError(f"not taken: {answer.status_code}")

    def digest() -> None:
        with file.open("rb") as source:
            hashlib.file_digest(source, "sha256")

    took, ratio = beside(send, digest, rounds=5)
    return f"50 MB upload: {took:.2f} s, {UPLOAD / took / 1e6:.0f} MB a second; ratio to bare hashing {ratio:.1f}"
