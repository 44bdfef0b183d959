"""Mail over an encrypted connection with a login, at a real SMTP server with a certificate of the office's own."""

import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.domain.mail_answers import meaning
from cchc_tasks.domain.vocabulary import Fault
from cchc_tasks.ports import Message, Receipt
from tests.smtp_server import Mailbox, running_smtp

RECIPIENT = "tccb.daumoi@songlam.example"
MESSAGE = Message(RECIPIENT, "Phạm Thu Hằng", "Nhắc việc", "Việc", "<p>Việc</p>", "20260324-digest-7")


@dataclass(frozen=True)
class Certificates:
    """Files: an authority's certificate; and a key with a certificate of it, for this machine and for another."""

    authority: Path
    ours: Path
    anothers: Path


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority of an office's own, and what it vouches for."""
    folder = tmp_path_factory.mktemp("certificates")
    key, authority = _certificate("So GDDT", x509.DNSName("so.example"))
    made = Certificates(folder / "authority.pem", folder / "ours.pem", folder / "anothers.pem")
    made.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    for path, name in ((made.ours, here), (made.anothers, x509.DNSName("other.example"))):
        own, certificate = _certificate("server", name, key, authority)
        secret = own.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return made


def _certificate(
    called: str,
    alternative: x509.GeneralName,
    signer: ec.EllipticCurvePrivateKey | None = None,
    issuer: x509.Certificate | None = None,
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder(issuer.subject if issuer else name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    return key, builder.sign(signer or key, hashes.SHA256())


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))


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
    notifier = MailNotifier(url, timeout=2)
    try:
        return notifier.send(MESSAGE)
    finally:
        notifier.close()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd does not see ssl_context
@pytest.mark.parametrize("mode", ["starttls", "ssl"])
class TestSecuredServer:
    @pytest.mark.usefixtures("trusted")
    def test_takes_mail_after_the_login(self, certificates: Certificates, mode: str) -> None:
        with secured(certificates.ours, mode) as mailbox:
            assert send(mailbox, mode).accepted
            assert len(mailbox.to(RECIPIENT)) == 1

    @pytest.mark.usefixtures("trusted")
    def test_says_of_a_wrong_password_only_that_it_is_wrong(self, certificates: Certificates, mode: str) -> None:
        with secured(certificates.ours, mode) as mailbox:
            receipt = send(mailbox, mode, password="nham-roi")
        assert receipt.fault is Fault.STOP
        said = "Máy chủ thư không cho đăng nhập (535 5.7.8: sai tên đăng nhập hoặc mật khẩu)."
        assert receipt.answer == said
        assert "tài khoản gửi" in meaning(said)

    def test_gets_neither_mail_nor_password_while_nobody_vouches_for_it(
        self, certificates: Certificates, mode: str
    ) -> None:
        with secured(certificates.ours, mode) as mailbox:
            _is_not_believed(mailbox, mode)

    @pytest.mark.usefixtures("trusted")
    def test_gets_neither_by_the_certificate_of_another(self, certificates: Certificates, mode: str) -> None:
        with secured(certificates.anothers, mode) as mailbox:
            _is_not_believed(mailbox, mode)


@pytest.mark.parametrize(("mode", "fault"), [("starttls", Fault.STOP), ("ssl", Fault.UNREACHABLE)])
def test_encryption_is_not_done_without_where_it_was_asked_for(mode: str, fault: Fault) -> None:
    with running_smtp() as mailbox:
        receipt = send(mailbox, mode)
        assert mailbox.callers == []
    assert receipt.fault is fault
    assert "mã hóa" in receipt.answer


def test_a_login_is_not_done_without_where_it_was_asked_for() -> None:
    with running_smtp() as mailbox:  # offers none where nothing is encrypted
        receipt = send(mailbox, "insecure")
        assert mailbox.callers == []
    assert receipt.fault is Fault.STOP
    assert "đăng nhập" in receipt.answer


def _is_not_believed(mailbox: Mailbox, mode: str) -> None:
    receipt = send(mailbox, mode)
    assert mailbox.callers == []
    assert receipt.fault is Fault.STOP
    assert "chứng thư số của máy chủ không được tin cậy" in receipt.answer


def _check(_server: object, _session: object, _envelope: object, _mechanism: str, login: LoginPassword) -> AuthResult:
    return AuthResult(success=(login.login, login.password) == (b"cchc", b"mat-khau+1"), handled=False)
