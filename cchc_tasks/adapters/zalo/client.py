"""Asks Zalo over HTTP on one kept connection; tells an answer from silence, and silence before from silence after.

Zalo answers its own errors with HTTP 200 and a code in the body. Redirects are not followed: the token would go along.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx

from cchc_tasks.domain.one_line import one_line

A_MINUTE = 60.0  # Zalo counts calls by the minute
LONGEST_WAIT = 3_600.0  # whatever is asked for
LARGEST = 100_000  # bytes of an answer; Zalo's have some hundred
MOST_FIGURES = 9  # of a number that is believed
_OF_ZALO = {"error", "access_token"}  # one of these stands in every answer of Zalo's own
_BEFORE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)


class NotAnswered(Exception):
    """Zalo gave no answer of its own; `taken` says that it may have acted all the same."""

    def __init__(self, words: str, *, taken: bool, wait: float | None = None, set_wrong: bool = False) -> None:
        super().__init__(words)
        self.words = words  # "Máy chủ Zalo trả lời HTTP 503"
        self.taken = taken
        self.wait = wait
        self.set_wrong = set_wrong  # nobody but an administrator can help: an address that is none


@dataclass(frozen=True, slots=True)
class Answer:
    """Zalo's own answer; code 0 is success."""

    code: int
    data: Mapping[str, Any] = field(repr=False)
    words: str
    calls_left: int | None  # of this minute


class ZaloClient:
    """One kept connection; `seconds` is how long any answer is waited for in all."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._http = httpx.Client(timeout=seconds, follow_redirects=False)

    def post(self, address: str, token: str, body: Mapping[str, object]) -> Answer:
        """Send one message's body; raises NotAnswered."""
        return self._ask("POST", address, headers={"access_token": token}, json=body)

    def get(self, address: str, token: str, **asked: str) -> Answer:
        """Look something up; raises NotAnswered."""
        return self._ask("GET", address, headers={"access_token": token}, params=asked)

    def post_form(self, address: str, secret: str, form: Mapping[str, str]) -> Answer:
        """Ask for tokens; raises NotAnswered."""
        return self._ask("POST", address, headers={"secret_key": secret}, data=form)

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def _ask(self, method: str, address: str, *, headers: dict[str, str], **content: Any) -> Answer:  # noqa: ANN401
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            raise NotAnswered("Khóa hoặc mã truy cập Zalo có ký tự lạ", taken=False, set_wrong=True)
        status, told, body = self._exchanged(method, address, {"headers": headers, **content})
        try:
            code = int(body["error"]) if "error" in body else 0
        except (ValueError, TypeError, OverflowError):
            body = {}
        if not body.keys() & _OF_ZALO:
            raise _turned_away(status, told)
        words = one_line(str(body.get("message") or body.get("error_description") or ""))
        for secret in headers.values():
            words = words.replace(secret, "…")
        data = body.get("data")
        return Answer(
            code, data if isinstance(data, dict) else body, words[:200], _number(told.get("X-RateLimit-Remain"))
        )

    def _exchanged(
        self, method: str, address: str, request: dict[str, Any]
    ) -> tuple[int, httpx.Headers, dict[str, Any]]:
        until = time.monotonic() + self._seconds
        content = b""
        try:
            with self._http.stream(method, address, **request) as response:
                for piece in response.iter_bytes():
                    content += piece
                    if time.monotonic() > until or len(content) > LARGEST:
                        raise httpx.ReadTimeout("too slow or too long")
        except _BEFORE:
            raise NotAnswered("Không kết nối được Zalo", taken=False) from None
        except (httpx.TransportError, httpx.DecodingError):
            raise NotAnswered("Mất kết nối với Zalo khi đang chờ trả lời", taken=True) from None
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            body = {}
        return response.status_code, response.headers, body if isinstance(body, dict) else {}


def _turned_away(status: int, headers: httpx.Headers) -> NotAnswered:
    """What an answer that is not Zalo's own means; a 503 or a redirect came from something before Zalo's door."""
    words = f"Máy chủ Zalo trả lời HTTP {status}"
    if status < 300:
        return NotAnswered("Zalo trả lời không đọc được", taken=True)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return NotAnswered(words, taken=False, wait=min(_number(headers.get("Retry-After")) or A_MINUTE, LONGEST_WAIT))
    if status == HTTPStatus.SERVICE_UNAVAILABLE or status < 400:
        return NotAnswered(words, taken=False)
    if status < 500:
        return NotAnswered(words, taken=False, set_wrong=True)
    return NotAnswered(words, taken=True)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= MOST_FIGURES else None
