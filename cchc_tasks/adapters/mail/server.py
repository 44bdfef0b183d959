"""Where mail is handed over: the parts of an Apprise mail URL that we use."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from cchc_tasks.adapters.mail.message import is_address
from cchc_tasks.domain.errors import MailUrlInvalid

SCHEMAS = {"mailto": "insecure", "mailtos": "starttls"}
PORTS = {"insecure": 25, "starttls": 587, "ssl": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server and the address we write from; the password is kept out of every text about it."""

    host: str
    port: int
    mode: str  # "insecure", "starttls" or "ssl"
    sender: str
    sender_name: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def read_mail_url(url: str) -> MailServer:
    """Read `mailto://host:port/?from=…&name=…&mode=…` (or mailtos://user:password@host/…); raises MailUrlInvalid."""
    try:
        parts = urlsplit(url)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        port = parts.port
    except ValueError:
        raise MailUrlInvalid from None  # what it says repeats a part of the address
    mode = asked.get("mode", SCHEMAS.get(parts.scheme, ""))
    sender = asked.get("from", "")
    if parts.scheme not in SCHEMAS or not parts.hostname or mode not in PORTS or not is_address(sender):
        raise MailUrlInvalid
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[mode],
        mode=mode,
        sender=sender,
        sender_name=asked.get("name", "Thường trực CCHC"),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )
