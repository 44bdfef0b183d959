"""When signing in rests, what comes next, and which passwords will not do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.domain.errors import CchcError, PasswordIsUserName, PasswordTooCommon, PasswordTooShort
from cchc_tasks.domain.signing_in import Step, check_password, lock_after, next_step, until_in_words
from cchc_tasks.domain.vocabulary import Role


class TestLockAfter:
    def test_doubles_from_a_minute_to_half_an_hour(self) -> None:
        minutes = [rest and rest / timedelta(minutes=1) for rest in map(lock_after, (4, 5, 6, 7, 8, 9, 10, 11, 10**6))]
        assert minutes == [None, 1, 2, 4, 8, 16, 30, 30, 30]

    def test_is_told_as_a_whole_minute_that_is_never_too_early(self) -> None:
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
        assert until_in_words(datetime(2026, 3, 24, 1, 5, 0, tzinfo=UTC), zone) == "08:05 ngày 24/3/2026"
        assert until_in_words(datetime(2026, 3, 24, 1, 5, 0, 1, tzinfo=UTC), zone) == "08:06 ngày 24/3/2026"


class TestNextStep:
    @pytest.mark.parametrize(
        ("role", "must_change", "has_second_factor", "demanded", "step"),
        [
            (Role.HEAD, False, False, True, None),
            (Role.HEAD, False, True, False, Step.GIVE_CODE),
            (Role.HEAD, True, True, True, Step.CHANGE_PASSWORD),
            (Role.ADMINISTRATOR, False, False, True, Step.ENROL),
            (Role.ADMINISTRATOR, False, False, False, None),
            (Role.SECRETARIAT, False, True, True, Step.GIVE_CODE),
        ],
    )
    def test_is_the_first_that_is_missing(
        self, role: Role, must_change: bool, has_second_factor: bool, demanded: bool, step: Step | None
    ) -> None:
        found = next_step(role, must_change=must_change, has_second_factor=has_second_factor, demanded=demanded)
        assert found is step


class TestPassword:
    @pytest.mark.parametrize(
        ("password", "refusal"),
        [
            ("chín ký tự"[:9], PasswordTooShort),
            ("mâ\u0323tkhâ\u0309u", PasswordTooShort),
            ("Thuong.Truc", PasswordIsUserName),
            ("MatKhau123", PasswordTooCommon),
            ("ababababababab", PasswordTooCommon),
        ],
    )
    def test_that_is_guessed_at_once_is_refused(self, password: str, refusal: type[CchcError]) -> None:
        with pytest.raises(refusal):
            check_password(password, "thuong.truc")

    def test_may_be_a_sentence(self) -> None:
        check_password("trời xanh mây trắng", "thuong.truc")
