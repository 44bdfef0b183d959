"""The right to write through a Zalo Official Account: a pair of tokens, how long each lives, when to see to it.

An access token lives 25 hours. A refresh token lives three months and can be used once: whoever uses it and loses the
answer has lost the right, and an administrator of the account must give it anew in a browser.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

RENEW_BEFORE = timedelta(hours=1)  # an access token is renewed when it has less to live than this, or than a quarter
RENEW_AFTER = timedelta(days=30)  # an idle right is renewed when it is older, so that it never comes near its end
WARN_BEFORE = timedelta(days=14)  # administrators are told when the refresh token has no longer to live than this


class AccessStage(StrEnum):
    """How the right to write stands."""

    NONE = "NONE"  # never given
    VALID = "VALID"
    DEAD = "DEAD"  # must be given anew


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """What Zalo answers to a code or a refresh token: a pair, or why not ("mã -14014"; empty for a pair)."""

    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    access_lasts: timedelta = timedelta()
    refresh_lasts: timedelta = timedelta()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A pair of tokens as it is kept; dead since Zalo refused to renew it, or since it ran out."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    given_at: datetime
    access_until: datetime
    refresh_until: datetime
    dead_since: datetime | None = None
    dead_why: str = ""

    def needs_renewal(self, now: datetime) -> bool:
        """Whether the access token is about to end."""
        return self.access_until - now < min(RENEW_BEFORE, (self.access_until - self.given_at) / 4)

    def is_idle(self, now: datetime) -> bool:
        """Whether nothing renewed the pair for so long that it should be done for its own sake."""
        return now - self.given_at > RENEW_AFTER

    def refused(self, why: str, now: datetime) -> "Grant":
        """The same pair, of no more use because Zalo did not renew it."""
        return replace(self, dead_since=now, dead_why=f"Zalo không gia hạn mã truy cập ({why})")


@dataclass(frozen=True, slots=True)
class AccessState:
    """How the right to write stands, for people: never a token."""

    stage: AccessStage
    given_at: datetime | None = None
    access_until: datetime | None = None
    refresh_until: datetime | None = None
    dead_since: datetime | None = None
    dead_why: str = ""


def granted(answer: TokenAnswer, now: datetime) -> Grant:
    """The pair of an answer that gives one."""
    return Grant(answer.access, answer.refresh, now, now + answer.access_lasts, now + answer.refresh_lasts)


def state_of(grant: Grant | None, now: datetime) -> AccessState:
    """How a pair stands; one whose refresh token ran out is dead since then."""
    if grant is None:
        return AccessState(AccessStage.NONE)
    since, why = grant.dead_since, grant.dead_why
    if since is None and grant.refresh_until <= now:
        since, why = grant.refresh_until, "mã gia hạn đã hết hạn"
    stage = AccessStage.DEAD if since else AccessStage.VALID
    return AccessState(stage, grant.given_at, grant.access_until, grant.refresh_until, since, why)


def warning(state: AccessState, now: datetime) -> str:
    """What administrators are told of a right that has ended or soon will; empty where nothing is to be done."""
    if state.stage is AccessStage.DEAD:
        return f"Không gửi được qua Zalo OA: cần cấp lại quyền cho Zalo OA ở trang Kênh gửi ({state.dead_why})."
    if state.refresh_until is None or state.refresh_until - now > WARN_BEFORE:
        return ""
    days = (state.refresh_until - now).days
    return f"Quyền gửi của Zalo OA còn {days} ngày: quản trị của OA cấp lại ở trang Kênh gửi trước khi hết hạn."
