"""Mail over an encrypted connection with a login, at a real SMTP server with a certificate of its own."""

import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cchc_tasks.adapters.mail.notifier import AppriseNotifier
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Message, Receipt
from tests.smtp_server import Mailbox, running_smtp

RECIPIENT = "tccb.daumoi@songlam.example"
MESSAGE = Message(RECIPIENT, "Phạm Thu Hằng", "Nhắc việc", "Việc", "<p>Việc</p>", "20260324-digest-7")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for 127.0.0.1 that vouches for itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the server's certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@contextmanager
def secured(certificate: Path, mode: str) -> Iterator[Mailbox]:
    """A server that wants encryption by the given mode, and the login cchc / mat-khau+1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    manners: dict[str, Any] = (
        {"ssl_context": context, "auth_require_tls": False}
        if mode == "ssl"
        else {"tls_context": context, "require_starttls": True}
    )
    with running_smtp(authenticator=_check, auth_required=True, **manners) as mailbox:
        yield mailbox


def send(mailbox: Mailbox, mode: str, password: str = "mat-khau%2B1") -> Receipt:
    """One message by an address in the given mode."""
    url = f"mailtos://cchc:{password}@127.0.0.1:{mailbox.port}/?from=cchc@songlam.example&mode={mode}"
    notifier = AppriseNotifier(url, timeout=2)
    try:
        return notifier.send(MESSAGE)
    finally:
        notifier.close()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd does not see ssl_context
@pytest.mark.parametrize("mode", ["starttls", "ssl"])
class TestSecuredServer:
    @pytest.mark.usefixtures("trusted")
    def test_takes_mail_after_the_login(self, certificate: Path, mode: str) -> None:
        with secured(certificate, mode) as mailbox:
            assert send(mailbox, mode).accepted
            assert len(mailbox.to(RECIPIENT)) == 1

    @pytest.mark.usefixtures("trusted")
    def test_says_of_a_wrong_password_only_that_it_is_wrong(self, certificate: Path, mode: str) -> None:
        with secured(certificate, mode) as mailbox:
            receipt = send(mailbox, mode, password="nham-roi")
        assert receipt.fault is Fault.AGAIN
        assert receipt.answer == "Không gửi được qua máy chủ thư (535: sai tên đăng nhập hoặc mật khẩu)."

    def test_gets_neither_mail_nor_password_while_nobody_vouches_for_it(self, certificate: Path, mode: str) -> None:
        with secured(certificate, mode) as mailbox:
            receipt = send(mailbox, mode)
            assert mailbox.received == []
        assert receipt.fault is Fault.AGAIN
        assert "chứng thư số của máy chủ không được tin cậy" in receipt.answer


def test_encryption_is_not_done_without_where_it_was_asked_for() -> None:
    with running_smtp() as mailbox:
        receipt = send(mailbox, "starttls")
        assert mailbox.received == []
    assert "máy chủ không hỗ trợ mã hóa" in receipt.answer


def _check(_server: object, _session: object, _envelope: object, _mechanism: str, login: LoginPassword) -> AuthResult:
    return AuthResult(success=(login.login, login.password) == (b"cchc", b"mat-khau+1"), handled=False)
