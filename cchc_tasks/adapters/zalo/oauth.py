"""Asks Zalo for tokens: with the code of a consent, or with the refresh token of the pair before."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta

from cchc_tasks.adapters.zalo.client import MOST_FIGURES, Answer, NotAnswered, ZaloClient
from cchc_tasks.adapters.zalo.settings import ZaloSettings
from cchc_tasks.domain.errors import ZaloSetWrong, ZaloUnreachable
from cchc_tasks.domain.zalo_access import TokenAnswer

TOO_FAST = -32


class OAuthDoor:
    """Fulfils services.zalo_access.TokenDoor over HTTP."""

    def __init__(self, settings: ZaloSettings) -> None:
        self._address, self._account = settings.addresses.token, settings.addresses.account
        self._seconds = settings.limits.answer_seconds
        self._refresh_lasts = timedelta(days=settings.limits.refresh_days)

    def redeem(self, app_id: str, app_secret: str, code: str, verifier: str) -> TokenAnswer:
        """The first pair for the code of a consent, or why not; raises ZaloUnreachable, ZaloSetWrong."""
        form = {"app_id": app_id, "grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        return self._asked(app_secret, form)

    def refresh(self, app_id: str, app_secret: str, refresh: str) -> TokenAnswer:
        """The next pair for a refresh token, or why not; raises the same where neither is known."""
        return self._asked(app_secret, {"app_id": app_id, "grant_type": "refresh_token", "refresh_token": refresh})

    def account_of(self, access: str) -> str:
        """For which account a token is; empty where Zalo does not say."""
        with closing(ZaloClient(self._seconds)) as client:
            try:
                said = client.get(self._account, access).data.get("oa_id")
            except NotAnswered:
                return ""
        return str(said) if isinstance(said, str | int) else ""

    def _asked(self, app_secret: str, form: Mapping[str, str]) -> TokenAnswer:
        with closing(ZaloClient(self._seconds)) as client:
            try:
                answer = client.post_form(self._address, app_secret, form)
            except NotAnswered as silence:
                wrong = ZaloSetWrong if silence.set_wrong else ZaloUnreachable
                raise wrong(reason=silence.words) from None
        if answer.code == TOO_FAST:
            raise ZaloUnreachable(reason="gọi Zalo quá nhanh (mã -32)")
        return self._read(answer)

    def _read(self, answer: Answer) -> TokenAnswer:
        """Any refusal is final, for Zalo has no code for a refresh token that is dead."""
        access, refresh = answer.data.get("access_token"), answer.data.get("refresh_token")
        seconds = str(answer.data.get("expires_in"))  # a string: "90000"
        if answer.code:
            return TokenAnswer(refused=f"mã {answer.code}")
        if not (isinstance(access, str) and isinstance(refresh, str) and access and refresh and _is_span(seconds)):
            return TokenAnswer(refused="câu trả lời thiếu mã truy cập")
        lasts = str(answer.data.get("refresh_token_expires_in"))
        return TokenAnswer(
            access=access,
            refresh=refresh,
            access_lasts=timedelta(seconds=int(seconds)),
            refresh_lasts=timedelta(seconds=int(lasts)) if _is_span(lasts) else self._refresh_lasts,
        )


def _is_span(text: str) -> bool:
    """Whether it is seconds that can be counted with."""
    return text.isdecimal() and len(text) <= MOST_FIGURES
