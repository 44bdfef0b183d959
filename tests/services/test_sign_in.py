"""Coming in: one answer for every wrong one, a rest after five of them, a second factor, and sessions that end."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    CchcError,
    CodeWrong,
    PasswordUnchanged,
    PasswordWrong,
    SecondFactorOn,
    SignInFailed,
    SignInLocked,
)
from cchc_tasks.domain.signing_in import Step
from cchc_tasks.services.disable_user import disable_user
from cchc_tasks.services.enrol_totp import confirm_totp, offer_totp
from cchc_tasks.services.set_password import set_password
from cchc_tasks.services.sign_out import sign_out
from tests.conftest import StandingClock, actor_of
from tests.services.door import HEAD, OFFICE, PASSWORD, PASSWORDS, RULES, Door

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]


@pytest.fixture
def door(app: Application, clock: StandingClock) -> Door:
    return Door(app, clock)


def wrong(door: Door, times: int, user: str = HEAD, address: str = "10.0.0.7") -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            door.knock(user, "không phải mật khẩu", address)


class TestSignIn:
    def test_of_a_unit_needs_a_password_alone(self, door: Door) -> None:
        assert door.settle(HEAD).step is None
        came_in = door.knock(HEAD, PASSWORD)
        found = door.found(came_in.token)
        assert found
        assert found.complete
        assert found.actor == actor_of(door.app, HEAD)

    def test_says_the_same_of_unknown_disabled_and_wrong_ones(self, door: Door) -> None:
        door.settle(HEAD)
        door.settle("gdmn.daumoi")
        disable_user(
            door.app.database, "gdmn.daumoi", actor=LOCAL_ADMINISTRATOR, on=door.app.today(), now=door.clock.moment
        )
        tries = [("khong.co", PASSWORD), ("gdmn.daumoi", PASSWORD), (HEAD, "sai mật khẩu"), ("kiemtra", "")]
        said = set()
        for user, password in tries:
            with pytest.raises(SignInFailed) as refused:
                door.knock(user, password)
            said.add(str(refused.value))
        assert len(said) == 1

    def test_does_the_same_work_for_nobody(self) -> None:
        assert not PASSWORDS.matches("mật khẩu của không ai cả", None)

    def test_takes_a_password_in_composed_and_decomposed_letters(self) -> None:
        assert PASSWORDS.matches("mâ\u0323t khâ\u0309u", PASSWORDS.hash("mật khẩu"))

    def test_keeps_neither_password_nor_token(self, door: Door) -> None:
        token = door.settle(HEAD).token
        content = (door.app.settings.home / "cchc.sqlite3").read_bytes()
        content += (door.app.settings.home / "cchc.sqlite3-wal").read_bytes()
        assert token.encode() not in content
        assert PASSWORD.encode() not in content
        assert [deed for _, deed in door.journal()][-3:] == [
            "user.set-password",
            "session.begin",
            "user.change-password",
        ]


class TestLock:
    def test_begins_with_the_fifth_failure_and_refuses_the_right_password(self, door: Door) -> None:
        door.settle(HEAD)
        wrong(door, 5)
        with pytest.raises(SignInLocked) as refused:
            door.knock(HEAD, PASSWORD, "10.0.0.8")
        assert str(refused.value) == "Đã nhập sai nhiều lần. Đăng nhập lại được từ 12:01 ngày 15/12/2025."

    def test_ends_by_itself_and_a_right_password_forgets_the_failures(self, door: Door) -> None:
        door.settle(HEAD)
        wrong(door, 5)
        door.clock.moment += timedelta(minutes=1)
        assert door.knock(HEAD, PASSWORD).step is None
        assert door.failures(f"user:{HEAD}") == door.failures("from:10.0.0.7") == 0

    def test_is_not_prolonged_by_attempts_meanwhile(self, door: Door) -> None:
        door.settle(HEAD)
        wrong(door, 5)
        door.clock.moment += timedelta(seconds=59)
        for _ in range(3):
            with pytest.raises(SignInLocked):
                door.knock(HEAD.upper(), PASSWORD)
        door.clock.moment += timedelta(seconds=1)
        assert door.knock(HEAD, PASSWORD).step is None

    def test_holds_an_address_that_tries_many_names(self, door: Door) -> None:
        door.settle(HEAD)
        for number in range(5):
            wrong(door, 1, f"nguoi.{number}")
        with pytest.raises(SignInLocked):
            door.knock(HEAD, PASSWORD)
        assert door.knock(HEAD, PASSWORD, "10.0.0.8").step is None

    def test_is_journalled_and_lifted_by_a_new_password(self, door: Door) -> None:
        door.settle(HEAD)
        wrong(door, 5)
        assert door.journal().count(("hệ thống", "sign-in.lock")) == 2
        first = set_password(door.app.database, PASSWORDS, HEAD, actor=LOCAL_ADMINISTRATOR, now=door.clock.moment)
        assert door.knock(HEAD, first, "10.0.0.8").step is Step.CHANGE_PASSWORD

    @pytest.mark.parametrize(
        "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
    )
    def test_counts_eight_wrong_passwords_that_come_at_once(
        self, app_on: Callable[[str], Application], clock: StandingClock, kind: str
    ) -> None:
        door = Door(app_on(kind), clock)
        door.settle(HEAD)
        refused: list[type[CchcError]] = []
        start = threading.Barrier(8)

        def knock() -> None:
            start.wait(10)
            try:
                door.knock(HEAD, "không phải mật khẩu")
            except (SignInFailed, SignInLocked) as error:
                refused.append(type(error))

        threads = [threading.Thread(target=knock) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)
        assert len(refused) == 8
        assert refused.count(SignInFailed) == 5
        assert door.failures(f"user:{HEAD}") == door.failures("from:10.0.0.7") == 8


class TestSecondFactor:
    def test_is_demanded_of_the_secretariat_and_of_nobody_when_switched_off(self, door: Door) -> None:
        assert door.settle(OFFICE).step is Step.ENROL
        assert door.knock(OFFICE, PASSWORD).step is Step.ENROL
        assert door.knock(OFFICE, PASSWORD, rules=replace(RULES, second_factor=False)).step is None

    def test_completes_a_session_under_a_new_token(self, door: Door) -> None:
        door.settle(OFFICE)
        totp = door.enrol(OFFICE)
        half = door.knock(OFFICE, PASSWORD)
        assert half.step is Step.GIVE_CODE
        before = door.found(half.token)
        assert before
        assert not before.complete
        door.clock.moment += timedelta(seconds=30)
        whole = door.code(OFFICE, half.token, totp.at(door.clock.moment))
        assert door.found(half.token) is None
        after = door.found(whole)
        assert after
        assert after.complete

    def test_takes_a_code_once_and_none_that_is_older_than_half_a_minute(self, door: Door) -> None:
        door.settle(OFFICE)
        totp = door.enrol(OFFICE)
        used = totp.at(door.clock.moment)
        token = door.knock(OFFICE, PASSWORD).token
        with pytest.raises(CodeWrong):
            door.code(OFFICE, token, used)
        door.clock.moment += timedelta(minutes=5)
        with pytest.raises(CodeWrong):
            door.code(OFFICE, token, totp.at(door.clock.moment - timedelta(minutes=1)))
        code = totp.at(door.clock.moment - timedelta(seconds=30))
        assert door.code(OFFICE, token, f"{code[:3]} {code[3:]}")

    def test_wrong_codes_are_counted_and_a_right_password_does_not_forget_them(self, door: Door) -> None:
        door.settle(OFFICE)
        totp = door.enrol(OFFICE)
        door.clock.moment += timedelta(minutes=1)
        wrong_code = f"{(int(totp.at(door.clock.moment)) + 1) % 1_000_000:06d}"
        for _ in range(5):
            token = door.knock(OFFICE, PASSWORD).token
            with pytest.raises(CodeWrong):
                door.code(OFFICE, token, wrong_code)
        with pytest.raises(SignInLocked):
            door.code(OFFICE, token, totp.at(door.clock.moment))

    def test_is_set_up_once_and_its_secret_is_stored_sealed(self, door: Door) -> None:
        door.settle(OFFICE)
        person, database = door.person(OFFICE), door.app.database
        first = offer_totp(database, door.box, person, issuer="Sở", now=door.clock.moment)
        assert offer_totp(database, door.box, person, issuer="Sở", now=door.clock.moment) == first
        with pytest.raises(CodeWrong):
            confirm_totp(database, door.box, person, "000", rules=RULES, now=door.clock.moment)
        door.enrol(OFFICE)
        with pytest.raises(SecondFactorOn):
            offer_totp(database, door.box, person, issuer="Sở", now=door.clock.moment)
        with database.read() as uow:
            credential = uow.accounts.credential(person)
        assert credential
        assert first.key not in (credential.totp_secret or "")

    def test_is_set_up_anew_after_an_administrator_forgot_the_telephone(self, door: Door) -> None:
        door.settle(OFFICE)
        door.enrol(OFFICE)
        arguments: dict[str, Any] = {"actor": LOCAL_ADMINISTRATOR, "now": door.clock.moment}
        first = set_password(door.app.database, PASSWORDS, OFFICE, **arguments)
        assert door.change(OFFICE, first, PASSWORD, complete=False).step is Step.GIVE_CODE
        again = set_password(door.app.database, PASSWORDS, OFFICE, reset_totp=True, **arguments)
        assert door.change(OFFICE, again, PASSWORD, complete=False).step is Step.ENROL


class TestSessions:
    def test_end_idle_after_eight_hours_and_for_good_after_seven_days(self, door: Door) -> None:
        token = door.settle(HEAD).token
        for _ in range(24):
            door.clock.moment += timedelta(hours=7)
            found = door.found(token)
            alive = bool(found and found.alive)
        assert not alive
        token = door.knock(HEAD, PASSWORD).token
        door.clock.moment += timedelta(hours=8)
        idle = door.found(token)
        assert idle
        assert not idle.alive

    def test_end_with_signing_out(self, door: Door) -> None:
        token = door.settle(HEAD).token
        sign_out(door.app.database, token, actor=actor_of(door.app, HEAD), now=door.clock.moment)
        assert door.found(token) is None
        assert door.journal()[-1] == (HEAD, "session.end")

    def test_all_end_when_the_password_changes_or_the_account_closes(self, door: Door) -> None:
        old = [door.settle(HEAD).token, door.knock(HEAD, PASSWORD).token]
        new = door.change(HEAD, PASSWORD, "một mật khẩu khác hẳn", complete=True).token
        assert [door.found(one) for one in old] == [None, None]
        assert door.found(new)
        disable_user(door.app.database, HEAD, actor=LOCAL_ADMINISTRATOR, on=door.app.today(), now=door.clock.moment)
        assert door.found(new) is None


class TestNewPassword:
    def test_needs_the_present_one_and_must_differ_from_it(self, door: Door) -> None:
        door.settle(HEAD)
        with pytest.raises(PasswordWrong):
            door.change(HEAD, "không nhớ", "một mật khẩu khác hẳn", complete=True)
        with pytest.raises(PasswordUnchanged):
            door.change(HEAD, PASSWORD, PASSWORD, complete=True)
        assert door.knock(HEAD, PASSWORD).step is None
