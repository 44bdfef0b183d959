"""The rules of signing in: when it is refused for a while, which step comes next, what a password must be."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import PasswordIsUserName, PasswordTooCommon, PasswordTooShort
from cchc_tasks.domain.vocabulary import Role

FREE_FAILURES = 4  # the fifth in a row locks
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(minutes=30)
SHORTEST_PASSWORD = 10
CODE_SECONDS = 30
NEED_SECOND_FACTOR = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})

# What lists of stolen passwords and offices are full of; shorter ones are too short anyway.
_COMMON = """
    0123456789 0987654321 1111111111 1122334455 1212121212 1234567890 12345678910 123456789a 1q2w3e4r5t 1qaz2wsx3edc
    9876543210 aaaaaaaaaa abcd123456 abcdefghij abc123456789 admin12345 admin123456 administrator anhyeuem123
    asdfghjkl1 caicachhanhchinh hanhchinh1 iloveyou123 matkhau123 matkhau1234 matkhau12345 password01 password12
    password123 password1234 q1w2e3r4t5 qwertyuiop qwerty1234 qwerty12345 qwerty123456 sogiaoduc1 sogiaoduc123
    vietnam123 vietnam1234 vietnam2026 zaq12wsxcde3
"""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the office decided: how long a session lasts, whether a second factor is demanded, the clock on its wall."""

    lasting: timedelta
    second_factor: bool
    zone: ZoneInfo


class Step(StrEnum):
    """What a signed-in person still has to do before the pages open."""

    CHANGE_PASSWORD = "đổi mật khẩu"  # noqa: S105
    GIVE_CODE = "nhập mã xác thực"
    ENROL = "bật xác thực hai bước"


def next_step(role: Role, *, must_change: bool, has_second_factor: bool, demanded: bool) -> Step | None:
    """The step that stands before a complete session; None where the password was enough.

    A password somebody else set is replaced first, so that two people never share one; then comes the second factor,
    which administrators and the secretariat must have.
    """
    if must_change:
        return Step.CHANGE_PASSWORD
    if has_second_factor:
        return Step.GIVE_CODE
    return Step.ENROL if demanded and role in NEED_SECOND_FACTOR else None


def lock_after(failures: int) -> timedelta | None:
    """How long signing in rests after so many failures in a row: 1 minute after five, doubling up to 30."""
    if failures <= FREE_FAILURES:
        return None
    doublings = min(failures - FREE_FAILURES - 1, 10)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def until_in_words(locked_until: datetime, zone: ZoneInfo) -> str:
    """ "08:06 ngày 24/3/2026": the first whole minute at which the lock has ended."""
    local = (locked_until + timedelta(seconds=59, microseconds=999_999)).astimezone(zone)
    return f"{local:%H:%M} ngày {short_date(local.date())}"


def check_password(password: str, user: str) -> None:
    """Raise PasswordTooShort, PasswordIsUserName or PasswordTooCommon unless a new password may be used."""
    if len(unicodedata.normalize("NFC", password)) < SHORTEST_PASSWORD:
        raise PasswordTooShort(length=SHORTEST_PASSWORD)
    plain = password.casefold().strip()
    if plain == user.casefold():
        raise PasswordIsUserName
    if plain in _COMMON.split() or len(set(plain)) < 4:
        raise PasswordTooCommon
