"""Sends messages through Apprise, one URL per recipient, and gives back what the mail server said."""

from dataclasses import replace
from datetime import UTC, datetime

from apprise import Apprise

from cchc_tasks.adapters.mail.connection import SmtpConnection
from cchc_tasks.adapters.mail.message import build, is_address, message_id
from cchc_tasks.adapters.mail.plugin import MailPlugin, address_parts, register
from cchc_tasks.adapters.mail.server import read_mail_url
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Message, Receipt

TIMEOUT_SECONDS = 20.0


class MailNotifier:
    """Fulfils ports.Notifier over one mail server; `timeout` is how long any single answer is waited for."""

    def __init__(self, mail_url: str, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._server = read_mail_url(mail_url)
        self._connection = SmtpConnection(self._server, timeout=timeout)
        self._apprise = Apprise()  # looks for the machine's language each time it is made
        register()

    def send(self, message: Message) -> Receipt:
        """Hand over one message; whatever a server says becomes a receipt, never an exception.

        The plugin is made anew for each message, has the one recipient of its address, and hands over once: there is
        nobody else to whom it could write, and nothing that it could write twice.
        """
        if not is_address(message.recipient):
            return Receipt(fault=Fault.BAD_ADDRESS, answer=f"Địa chỉ thư “{message.recipient}” không đúng.")
        plugin = Apprise.instantiate(address_parts(message.recipient))
        if not isinstance(plugin, MailPlugin) or plugin.recipient != message.recipient:
            return Receipt(fault=Fault.CONTENT, answer=f"Địa chỉ dựng được khác người nhận “{message.recipient}”.")
        content = build(message, self._server.sender, self._server.sender_name, datetime.now(UTC))
        plugin.hand_over = lambda recipient: self._connection.deliver(recipient, content)
        self._apprise.clear()
        self._apprise.add(plugin)
        self._apprise.notify(title=message.subject or "-", body="-")
        receipt = plugin.receipt or Receipt(answer="Chưa gửi được thư.", fault=Fault.AGAIN)
        return replace(receipt, reference=message_id(message, self._server.sender)) if receipt.accepted else receipt

    def close(self) -> None:
        """Let go of the kept connection."""
        self._connection.close()
