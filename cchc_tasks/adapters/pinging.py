"""Tells the outside that the engine lives, or that it needs a hand; whatever becomes of that harms nothing here."""

import logging
import threading
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import httpx
from apprise import Apprise, AppriseAsset, NotifyBase, NotifyType

from cchc_tasks.adapters.apprise_hearing import hearing, quiet

SECONDS = 5.0  # how long a run waits for the other side, names being looked up included
TITLE = "Bộ nhắc việc cần xem"
LOG = logging.getLogger(__name__)


def ping(url: str, *, failed: bool = False, seconds: float = SECONDS) -> bool:
    """Ask for an address in the way of Healthchecks, with /fail behind it after a failure; whether it was answered.

    Nothing is followed to another place, and the address, which is a key, is named nowhere.
    """
    address = _web_address(url, failed)
    if address is None:
        LOG.warning("The address for signs of life is no web address; nothing was sent.")
        return False

    def ask() -> bool:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells every address it asks for
        with httpx.Client(timeout=seconds, follow_redirects=False) as client, client.stream("GET", address) as answer:
            return answer.is_success

    return _within(seconds, "sign of life", ask)


def sound(alert_url: str, text: str, *, seconds: float = 2 * SECONDS) -> bool:
    """Say one sentence at the administrator's own Apprise address; whether the other side took it."""

    def say() -> bool:
        with hearing():  # so that its log, which names addresses, is heard by nobody else
            way = Apprise.instantiate(alert_url, asset=AppriseAsset(app_id="CCHC", http_redirects=False))
            if not isinstance(way, NotifyBase):
                return False
            way.redirects = False  # an alarm goes nowhere but to the address that was set
            return bool(way.notify(body=text, title=TITLE, notify_type=NotifyType.WARNING))

    quiet()
    return _within(seconds, "alarm", say)


def _web_address(url: str, failed: bool) -> str | None:
    try:
        wanted = urlsplit(url)
    except ValueError:
        return None
    if wanted.scheme not in ("http", "https") or not wanted.hostname:
        return None
    path = f"{wanted.path.rstrip('/')}/fail" if failed else wanted.path
    return urlunsplit(wanted._replace(path=path, fragment=""))


def _within(seconds: float, what: str, deed: Callable[[], bool]) -> bool:
    """Do it in a thread that nobody waits for any longer; what went wrong is told by its kind alone."""
    said: list[bool] = []

    def run() -> None:
        try:
            said.append(deed())
        except Exception as error:  # whatever a stranger's answer breaks must not break a run
            LOG.warning("The %s could not be sent (%s).", what, type(error).__name__)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    return bool(said and said[0])
