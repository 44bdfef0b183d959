"""Our own Apprise plugin for Zalo Bot, which Apprise has from 2.1 on only: one message to one conversation.

Zalo Bot answers as Telegram does, with HTTP 200 for refusals too: {"ok", "result": {"message_id"}, "error_code",
"description"}. The answer is kept for the notifier.
"""

import json
import time
from typing import Any
from urllib.parse import quote

import httpx
from apprise import NotifyType
from apprise.manager_plugins import NotificationManager
from apprise.plugins import NotifyBase

from cchc_tasks.adapters.other_answers import Said

SCHEMA = "cchczalobot"
ZALO_BOT_BASE = "https://bot-api.zaloplatforms.com"
MOST_ANSWER = 20_000


class ZaloBotPlugin(NotifyBase):  # type: ignore[misc]  # apprise is half typed
    """`cchczalobot://bot/token/conversation`."""

    service_name = "Zalo Bot"
    protocol = SCHEMA
    setup_url = "https://bot.zaloplatforms.com/docs"
    request_rate_per_sec = 0
    body_maxlen = 2_000
    title_maxlen = 0
    templates = ("{schema}://{host}/{bot_token}/{targets}",)
    template_tokens: dict[str, Any] = {  # noqa: RUF012 - apprise reads it from the class
        **NotifyBase.template_tokens,
        "host": {"name": "Host", "type": "string", "required": True},
        "bot_token": {"name": "Token", "type": "string", "private": True, "required": True},
        "targets": {"name": "Conversation", "type": "list:string", "required": True},
    }

    def __init__(self, bot_token: str = "", targets: list[str] | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.bot_token, self.targets = bot_token, list(targets or [])
        if not bot_token or len(self.targets) != 1:
            raise TypeError("one token and one conversation")
        self.base = ZALO_BOT_BASE
        self.said = Said()

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **kwargs: Any) -> bool:  # noqa: ANN401
        """Hand over one message and keep what was answered."""
        url = f"{self.base}/bot{quote(self.bot_token, safe=':')}/sendMessage"
        timeout = httpx.Timeout(self.socket_read_timeout, connect=self.socket_connect_timeout)
        try:
            self.said = _asked(url, {"chat_id": self.targets[0], "text": body}, timeout)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            self.said = Said(broken="connect timeout")
        except httpx.HTTPError:
            self.said = Said(broken="cut off")
        return self.said.accepted

    def url(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        """The address without its token."""
        return f"{SCHEMA}://bot/…/{quote(self.targets[0], safe='')}"

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """Token and conversation out of an address."""
        results: dict[str, Any] | None = NotifyBase.parse_url(url, verify_host=False)
        if results:
            token, *targets = NotifyBase.split_path(results["fullpath"]) or [""]
            results |= {"bot_token": token, "targets": targets}
        return results


def bot_url(token: str, conversation: str) -> str:
    """The Apprise URL of one conversation; the conversation is put in as it is."""
    return f"{SCHEMA}://bot/{quote(token, safe='')}/{conversation}"


def register() -> None:
    """Make the schema known to Apprise; doing it twice changes nothing."""
    manager = NotificationManager()
    if SCHEMA not in manager:
        manager.add(ZaloBotPlugin, schemas=SCHEMA)


def _asked(url: str, message: dict[str, str], timeout: httpx.Timeout) -> Said:
    """What is answered, as far as it is read; raises httpx.HTTPError."""
    content, until = b"", time.monotonic() + (timeout.read or 0)
    with httpx.stream("POST", url, json=message, timeout=timeout) as answer:
        for piece in answer.iter_bytes():
            content += piece
            if time.monotonic() > until or len(content) > MOST_ANSWER:
                raise httpx.ReadTimeout("too slow or too long")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        said = None
    ok = isinstance(said, dict) and said.get("ok") is True
    return Said(answer.status_code, content.decode("utf-8", "replace"), accepted=answer.is_success and ok)
