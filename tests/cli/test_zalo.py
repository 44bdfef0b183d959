"""`cchc channel zalo-consent` and `cchc message post`: what is piped in, what is shown before, what is refused."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.zalo_server import Zalo, running_zalo

OFFICE = ("--as", "vp.thuongtruc1")
Pipe = Callable[[str], None]


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    with running_zalo() as running:
        yield running


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    """What the next command reads."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


class TestConsent:
    def test_is_read_from_a_pipe_and_never_repeated(
        self, published: Command, zalo: Zalo, piped: Pipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CCHC_CONFIG", str(zalo.config(tmp_path / "zalo").parent))
        piped("ma-cap-quyen-1\n")
        assert published("channel", "zalo-consent").err.startswith("Lỗi [zalo-not-set]")
        for name, value in (("id", zalo.app_id), ("secret", zalo.app_secret)):
            piped(value)
            assert published("secret", "set", f"zalo-app-{name}").status == 0
        for name, value in (("zalo-oa-id", zalo.oa_id), ("zalo-code-verifier", zalo.code_verifier)):
            piped(value)
            assert published("secret", "set", name).status == 0
        piped("hai từ")
        assert published("channel", "zalo-consent").err.startswith("Lỗi [zalo-code-invalid]")
        piped("https://so.example/kenh-gui/zalo/nhan?code=ma-cap-quyen-1&oa_id=999999999")
        assert published("channel", "zalo-consent").err.startswith("Lỗi [zalo-other-account]")
        piped("ma-cap-quyen-1\n")
        said = published("channel", "zalo-consent")
        assert (said.status, said.err) == (0, "")
        assert "Đã nhận quyền gửi qua Zalo OA" in said.out
        assert "ma-cap-quyen" not in said.out
        piped("ma-cap-quyen-1\n")
        assert published("channel", "zalo-consent").err.startswith("Lỗi [zalo-consent-needed]")


class TestPosting:
    def test_shows_the_text_and_asks_before_anything_else(self, published: Command, piped: Pipe) -> None:
        piped("không\n")
        said = published("message", "post", "cac-phong", "--group", "nhom-1", *OFFICE)
        assert (said.status, said.err) == (1, "Đã dừng.\n")
        assert "Kính gửi các phòng thuộc Sở" in said.out
        for group, code in (("nhom-1", "group-channel-shut"), ("nhóm", "contact-address-invalid")):
            said = published("message", "post", "cac-phong", "--group", group, "--yes", *OFFICE)
            assert said.err.startswith(f"Lỗi [{code}]")
        assert published("message", "post", "khong-co", "--group", "nhom-1", *OFFICE).status == 1
