"""Builds a mail: text and HTML with the same facts, one recipient, headers that let a repeat be recognised."""

import re
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from cchc_tasks.ports import Message

WIRE = compat32.clone(linesep="\r\n")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def is_address(text: str) -> bool:
    """Whether this is exactly one plain address, with nothing around it."""
    return bool(_ADDRESS.fullmatch(text)) and ".." not in text


def build(message: Message, sender: str, sender_name: str, now: datetime) -> bytes:
    """The mail as it goes over the wire. Line breaks in names and subjects cannot begin another header."""
    mail = MIMEMultipart("alternative")
    mail["From"] = formataddr((_one_line(sender_name), sender), "utf-8")
    mail["To"] = formataddr((_one_line(message.recipient_name), message.recipient), "utf-8")
    mail["Subject"] = Header(_one_line(message.subject), "utf-8", header_name="Subject")  # type: ignore[assignment]
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.reference}@{sender.rpartition('@')[2]}>"
    mail["X-CCHC-Delivery"] = message.reference
    mail["Auto-Submitted"] = "auto-generated"
    mail.attach(MIMEText(message.text, "plain", "utf-8"))
    mail.attach(MIMEText(message.html, "html", "utf-8"))
    return mail.as_bytes(policy=WIRE)


def _one_line(text: str) -> str:
    return " ".join(text.split())
