"""Coming in through the services alone: a person's steps, one line each."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pyotp

from cchc_tasks.adapters.passwords import Argon2Passwords
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.signing_in import Rules, Step
from cchc_tasks.services.change_password import change_password
from cchc_tasks.services.enrol_totp import confirm_totp, offer_totp
from cchc_tasks.services.give_code import give_code
from cchc_tasks.services.sessions import Found, find_session
from cchc_tasks.services.set_password import set_password
from cchc_tasks.services.sign_in import CameIn, sign_in
from tests.conftest import StandingClock

HEAD, OFFICE = "gdmn.truong", "vp.thuongtruc1"
PASSWORD = "một mật khẩu thật dài"
RULES = Rules(lasting=timedelta(days=7), second_factor=True, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
PASSWORDS = Argon2Passwords()


class Door:
    """Signing in at one application, with its clock."""

    def __init__(self, app: Application, clock: StandingClock) -> None:
        self.app, self.clock = app, clock
        self.box = app.secret_box()

    def knock(self, user: str, password: str, address: str = "10.0.0.7", rules: Rules = RULES) -> CameIn:
        return sign_in(
            self.app.database, PASSWORDS, user, password, address=address, rules=rules, now=self.clock.moment
        )

    def settle(self, user: str) -> CameIn:
        """A first password, replaced by the person's own."""
        first = set_password(self.app.database, PASSWORDS, user, actor=LOCAL_ADMINISTRATOR, now=self.clock.moment)
        came_in = self.knock(user, first)
        assert came_in.step is Step.CHANGE_PASSWORD
        return self.change(user, first, PASSWORD, complete=False)

    def change(self, user: str, present: str, new: str, *, complete: bool) -> CameIn:
        return change_password(
            self.app.database,
            PASSWORDS,
            self.person(user),
            present,
            new,
            address="10.0.0.7",
            complete=complete,
            rules=RULES,
            now=self.clock.moment,
        )

    def enrol(self, user: str) -> pyotp.TOTP:
        offered = offer_totp(self.app.database, self.box, self.person(user), issuer="Sở", now=self.clock.moment)
        totp = pyotp.TOTP(offered.key)
        confirm_totp(
            self.app.database,
            self.box,
            self.person(user),
            totp.at(self.clock.moment),
            rules=RULES,
            now=self.clock.moment,
        )
        return totp

    def code(self, user: str, token: str, code: str) -> str:
        return give_code(
            self.app.database,
            self.box,
            self.person(user),
            token,
            code,
            address="10.0.0.7",
            rules=RULES,
            now=self.clock.moment,
        )

    def found(self, token: str) -> Found | None:
        return find_session(self.app.database, token, idle=timedelta(hours=8), now=self.clock.moment)

    def person(self, user: str) -> int:
        with self.app.database.read() as uow:
            return uow.directory.person_with_user(user).id or 0

    def failures(self, subject: str) -> int:
        with self.app.database.read() as uow:
            row = uow.accounts.failure(subject)
            return row.failures if row else 0

    def journal(self) -> list[tuple[str, str]]:
        with self.app.database.read() as uow:
            return [(one.actor, one.action) for one in uow.journal.entries()]
