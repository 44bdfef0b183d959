"""Secrets that occur nowhere else, and the search for them in what an office leaves behind."""

import base64
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from cchc_tasks.domain.secret_names import SecretName
from tests.smtp_server import running_smtp

PASSWORDS = {name: f"hoa-mi-{place}-{name[::-1]}".ljust(43, "x") for place, name in enumerate(SecretName)}
VALUES = {
    name: f"mailtos://chim:{word}@127.0.0.1:9/{word}" if name.endswith("-url") else word
    for name, word in PASSWORDS.items()
}
MAIL_PASSWORD, DATABASE_PASSWORD = "son-ca-hot-vang", "chim-sau-dau-canh"
KEY = "chich-choe-lua-bay-qua-dong-song-lam-buoi-som"


def _shapes(canary: str) -> tuple[bytes, ...]:
    """A secret as it is and as protocols write it."""
    return canary.encode(), base64.b64encode(canary.encode()).rstrip(b"="), quote(canary).encode()


_SHAPES = {
    shape: canary
    for canary in (*PASSWORDS.values(), MAIL_PASSWORD, DATABASE_PASSWORD, KEY)
    for shape in _shapes(canary)
}


def leaks(*places: bytes | str) -> set[str]:
    """The secrets that can be read in some place."""
    seen = [place.encode(errors="replace") if isinstance(place, str) else place for place in places]
    return {canary for shape, canary in _SHAPES.items() if any(shape in place for place in seen)}


def files(folder: Path) -> Iterable[bytes]:
    """What every file below a folder holds, and the names of all of them."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [*(path.read_bytes() for path in found), "\n".join(map(str, found)).encode()]


@contextmanager
def mail_server_that_lets_nobody_in() -> Iterator[str]:
    """The address with a password of a server that refuses it, and says it back as some do."""
    with running_smtp(authenticator=_refuse, auth_require_tls=False) as mailbox:
        yield f"mailto://chim:{MAIL_PASSWORD}@127.0.0.1:{mailbox.port}/?from=cchc@songlam.example"


def _refuse(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object) -> AuthResult:
    assert isinstance(given, LoginPassword)
    return AuthResult(success=False, handled=False, message=f"535 5.7.8 {given.password.decode()}")
