"""Our own Apprise plugin for a Zalo Official Account, under a schema of its own.

Apprise's own zalo:// is the Zalo Bot, another product. This one has exactly one recipient and keeps Zalo's answer.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from apprise import NotifyType
from apprise.manager_plugins import NotificationManager
from apprise.plugins import NotifyBase

from cchc_tasks.ports import Receipt

SCHEMA = "cchczalo"


class ZaloPlugin(NotifyBase):  # type: ignore[misc]  # apprise is half typed
    """`cchczalo://way/recipient`: one message to one recipient by a hand-over that the notifier gives it."""

    service_name = "cchc zalo"
    protocol = SCHEMA
    setup_url = "https://developers.zalo.me/docs/official-account"
    request_rate_per_sec = 0
    templates = ("{schema}://{host}/{recipient}",)
    template_tokens: dict[str, Any] = {  # noqa: RUF012 - apprise reads it from the class
        **NotifyBase.template_tokens,
        "host": {"name": "Way", "type": "string", "required": True},
        "recipient": {"name": "Recipient", "type": "string", "required": True},
    }

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.recipient = (kwargs.get("fullpath") or "").strip("/")
        self.hand_over: Callable[[str], Receipt] | None = None
        self.receipt: Receipt | None = None

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **kwargs: Any) -> bool:  # noqa: ANN401
        """Hand the prepared message over and keep what Zalo said."""
        if self.hand_over is None:
            return False
        self.receipt = self.hand_over(self.recipient)
        return self.receipt.accepted

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        """The address of this recipient; with `privacy`, as it may stand in a log."""
        return address_url(self.host, "****" if privacy else self.recipient)


def address_url(way: str, recipient: str) -> str:
    """The Apprise URL of one recipient."""
    return f"{SCHEMA}://{way}/{quote(recipient, safe='*')}"


def register() -> None:
    """Make the schema known to Apprise; doing it twice changes nothing."""
    manager = NotificationManager()
    if SCHEMA not in manager:
        manager.add(ZaloPlugin, schemas=SCHEMA)
