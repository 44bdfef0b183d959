"""What Apprise hears from the other side, which it tells its log alone; and nothing of it reaches anybody else's log.

Apprise answers True or False. The status and the other side's words stand in lines of its logger, beside addresses with
tokens in them. So that logger speaks to us only: it writes to no file and no terminal at any level, and each thread
collects what is said while it sends. What HTTP clients say of the addresses they ask for is dropped meanwhile.
"""

import ast
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_STATUS = re.compile(r"\berror=(\d{3})\b")
_DETAILS, _SOCKET = "Response Details:", "Socket Exception:"
_CLIENTS = ("urllib3.connectionpool", "urllib3.util.retry", "httpx", "httpcore.connection", "httpcore.http11")


@dataclass
class Heard:
    """What was said while one message was handed over."""

    status: int | None = None
    body: str = ""
    broken: str | None = None  # what a connection broke with


@contextmanager
def hearing() -> Iterator[Heard]:
    """Collect what Apprise says in this thread."""
    heard = Heard()
    _HERE.heard = heard
    try:
        yield heard
    finally:
        _HERE.heard = None


def quiet() -> None:
    """Let Apprise's log speak to us alone; doing it twice changes nothing."""
    apprise = logging.getLogger("apprise")
    apprise.propagate = False
    apprise.setLevel(logging.DEBUG)
    for handler in [one for one in apprise.handlers if one is not _EAR]:
        apprise.removeHandler(handler)
    apprise.addHandler(_EAR)  # adding it twice changes nothing; another thread may be listening
    for name in _CLIENTS:
        logging.getLogger(name).addFilter(_SILENCE)


class _Here(threading.local):
    heard: Heard | None = None


class _Ear(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        heard = _HERE.heard
        if heard is None:
            return
        said = record.getMessage()
        if _DETAILS in said:
            heard.body = _body(record, said)
        elif _SOCKET in said:
            heard.broken = said.partition(_SOCKET)[2].strip()
        elif record.levelno >= logging.WARNING:
            status = _STATUS.search(said)
            heard.status = int(status[1]) if status else heard.status


class _Silence(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return _HERE.heard is None


def _body(record: logging.LogRecord, said: str) -> str:
    """The answer's own bytes where they were handed to the log, else what the log made of them."""
    args = record.args if isinstance(record.args, tuple) else ()
    raw = next((one for one in args if isinstance(one, bytes)), None)
    if raw is None:
        shown = said.partition(_DETAILS)[2].strip()
        raw = _unshown(shown)
    return raw.decode("utf-8", "replace")


def _unshown(shown: str) -> bytes:
    try:
        value = ast.literal_eval(shown)
    except (ValueError, SyntaxError):
        return shown.encode()
    return value if isinstance(value, bytes) else shown.encode()


_HERE = _Here()
_EAR = _Ear()
_SILENCE = _Silence()
