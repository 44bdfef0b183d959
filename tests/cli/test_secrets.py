"""`cchc secret`: values go in unseen, by a pipe or a hidden prompt, and never come out."""

import io
import json
import os
import pty
import sys
from pathlib import Path

import pytest

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import open_application
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.services.secrets import read_secret
from cchc_tasks.settings import load_settings
from tests.cli.conftest import Command, Said

TOKEN = "hoa-mi-hot-vang-anh"


@pytest.fixture
def ready(cchc: Command) -> Command:
    """The command over a prepared data folder."""
    assert cchc("init").status == 0
    return cchc


def piped(cchc: Command, monkeypatch: pytest.MonkeyPatch, value: bytes, *arguments: object) -> Said:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(value), encoding="utf-8"))
    return cchc("secret", *arguments)


def kept(name: SecretName) -> str | None:
    app = open_application(load_settings())
    try:
        return read_secret(app.database, app.secret_box(CONNECTIONS), name)
    finally:
        app.database.close()


class TestSet:
    def test_takes_a_pipe_and_shows_when_and_by_whom(self, ready: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        said = piped(ready, monkeypatch, f"{TOKEN}\n".encode(), "set", "bounce-token", "--as", "quantri")
        assert said.status == 0, said
        assert kept(SecretName.BOUNCE_TOKEN) == TOKEN
        (line,) = [one for one in json.loads(ready("secret", "list", "--json").out) if one["at"]]
        assert (line["name"], line["by"]) == ("bounce-token", "quantri")
        rows = ready("secret", "list").out.splitlines()
        assert [row.split()[0] for row in rows[1:]] == list(SecretName)
        assert [row for row in rows if "chưa đặt" not in row][1].startswith("bounce-token")
        assert ready("secret", "remove", "bounce-token").status == 0
        assert ready("secret", "remove", "bounce-token").err.startswith("Lỗi [secret-not-set]")

    def test_takes_what_is_typed_without_showing_it(self, ready: Command, home: Path) -> None:
        child, terminal = pty.fork()
        if child == 0:
            start = "from cchc_tasks.cli.main import main; main()"
            os.execv(sys.executable, [sys.executable, "-c", start, "secret", "set", "metrics-token"])
        screen = b""
        while "khi gõ".encode() not in screen:
            screen += os.read(terminal, 1024)
        os.write(terminal, f"{TOKEN}\n".encode())
        try:
            while more := os.read(terminal, 1024):
                screen += more
        except OSError:  # the other end is closed
            pass
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, screen
        os.close(terminal)
        assert TOKEN.encode() not in screen
        assert kept(SecretName.METRICS_TOKEN) == TOKEN

    @pytest.mark.parametrize("value", [b"\xff\xfe", b"", b"x" * 20_000], ids=["no text", "nothing", "long"])
    def test_refuses_what_is_no_value(self, ready: Command, monkeypatch: pytest.MonkeyPatch, value: bytes) -> None:
        said = piped(ready, monkeypatch, value, "set", "bounce-token")
        assert said.err.startswith("Lỗi [secret-"), said

    def test_never_takes_a_value_from_the_command_line_and_does_not_repeat_it(self, ready: Command) -> None:
        for arguments in (("bounce-token", TOKEN), (TOKEN,), ("bounce-token", "--value", TOKEN)):
            said = ready("secret", "set", *arguments)
            assert said.status != 0
            assert TOKEN not in said.out + said.err

    def test_tells_what_each_is_for(self, ready: Command) -> None:
        told = ready("secret", "set", "--help").out
        assert all(name in told for name in SecretName if name is not SecretName.ZALO_TOKENS)  # nobody sets that


class TestRotate:
    def test_says_what_was_sealed_again_and_what_comes_next(
        self, ready: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        piped(ready, monkeypatch, TOKEN.encode(), "set", "bounce-token")
        said = ready("secret", "rotate").out
        assert said.startswith("Đã niêm phong lại 1 khóa kết nối và 0 mã xác thực hai bước.")
        assert "Sau 45 ngày, bỏ bằng lệnh: cchc secret rotate --drop-old." in said
        assert "Đã bỏ các khóa cũ." in ready("secret", "rotate", "--drop-old").out
        assert kept(SecretName.BOUNCE_TOKEN) == TOKEN

    def test_of_the_environments_key_is_by_another_one_before_it(
        self, ready: Command, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        piped(ready, monkeypatch, TOKEN.encode(), "set", "bounce-token")
        old, new = (home / "secret.key").read_text(), "m" * 43
        (home / "secret.key").unlink()
        monkeypatch.setenv("CCHC_SECRET_KEY", old)
        assert ready("secret", "rotate").err.startswith("Lỗi [secret-key-from-environment]: Khóa bí mật lấy từ")
        monkeypatch.setenv("CCHC_SECRET_KEY", f"{new},{old}")
        assert "Bỏ khóa cũ khỏi CCHC_SECRET_KEY" in ready("secret", "rotate").out
        monkeypatch.setenv("CCHC_SECRET_KEY", new)
        assert kept(SecretName.BOUNCE_TOKEN) == TOKEN
        found = {one["part"]: one for one in json.loads(ready("doctor", "--json").out)}
        assert found["Khóa bí mật"]["said"] == "Lấy từ CCHC_SECRET_KEY."
        assert found["Khóa kết nối"]["verdict"] == "WELL"
        assert not (home / "secret.key").exists()
