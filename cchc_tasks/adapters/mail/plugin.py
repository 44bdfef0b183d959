"""Our own Apprise plugin for mail, under a schema of its own.

Apprise's mail plugin loads all certificates anew for every message, tells a 4xx from a 5xx only in a log line, and
writes to the sender where no recipient is named. This one keeps the connection, keeps the server's answer, and has
exactly one recipient.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from apprise import NotifyType
from apprise.manager_plugins import NotificationManager
from apprise.plugins import NotifyBase

from cchc_tasks.ports import Receipt

SCHEMA = "cchcmail"


class MailPlugin(NotifyBase):
    """`cchcmail://recipient@host`: one message to one recipient by a hand-over that the notifier gives it."""

    service_name = "cchc"
    protocol = SCHEMA
    setup_url = "https://github.com/caronc/apprise"
    request_rate_per_sec = 0
    templates = ("{schema}://{user}@{host}",)
    template_tokens: dict[str, Any] = {  # noqa: RUF012 - apprise reads it from the class
        **NotifyBase.template_tokens,
        "user": {"name": "User", "type": "string", "required": True},
        "host": {"name": "Host", "type": "string", "required": True},
    }

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self._recipient = f"{self.user}@{self.host}"
        self.hand_over: Callable[[str], Receipt] | None = None
        self.receipt: Receipt | None = None

    @property
    def recipient(self) -> str:
        """The one recipient, who never changes."""
        return self._recipient

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **kwargs: Any) -> bool:  # noqa: ANN401
        """Hand the prepared message over, once, and keep what the server said."""
        hand_over, self.hand_over = self.hand_over, None
        if hand_over is None:
            return False
        self.receipt = hand_over(self.recipient)
        return self.receipt.accepted

    def url(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        """The address of this recipient."""
        return address_url(self.recipient)


def address_url(recipient: str) -> str:
    """The Apprise URL of one recipient."""
    parts = address_parts(recipient)
    return f"{SCHEMA}://{parts['user']}@{parts['host']}"


def address_parts(recipient: str) -> dict[str, str]:
    """The same URL in parts, as Apprise takes it too: reading it as a text is most of what Apprise does in all."""
    user, _, host = recipient.rpartition("@")
    return {"schema": SCHEMA, "user": quote(user, safe=""), "host": host}


def register() -> None:
    """Make the schema known to Apprise; doing it twice changes nothing."""
    manager = NotificationManager()
    if SCHEMA not in manager:
        manager.add(MailPlugin, schemas=SCHEMA)
