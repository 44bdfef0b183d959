"""Asks processes of our own on this machine, past any proxy that the environment names."""

import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

SECONDS = 3.0
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

Unanswered = (OSError, ValueError, HTTPException)


def ask(url: str, body: bytes | None = None) -> Any:  # noqa: ANN401 - what urllib calls an answer
    """The answer, to be used in a `with`; a body is posted as JSON. Raises one of `Unanswered`."""
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
    return _DIRECT.open(request, timeout=SECONDS)


def answers(url: str) -> bool:
    """Whether something that speaks HTTP listens there, whatever it says."""
    try:
        with ask(url):
            return True
    except HTTPError:
        return True
    except Unanswered:
        return False
