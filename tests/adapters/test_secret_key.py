"""Keys are lines of a file or stand in the environment; the first seals, all open, and no kill loses one."""

import base64
import os
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cchc_tasks.adapters.secret_box import CONNECTIONS, SECOND_FACTOR, FernetBox
from cchc_tasks.adapters.secret_key import SecretKeys
from cchc_tasks.domain.errors import (
    SecretKeyChanged,
    SecretKeyFromEnvironment,
    SecretKeyMissing,
    SecretKeyTooShort,
    SecretKeyUnwritable,
)

FIRST, SECOND = "a" * 43, "b" * 43


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the keys stand; with one in it."""
    (tmp_path / "secret.key").write_text(FIRST)
    return tmp_path / "secret.key"


class TestFile:
    @pytest.mark.parametrize("content", [FIRST, f"{FIRST}\n", f"{FIRST}\r\n", f"  {FIRST}\n\n"])
    def test_is_read_whatever_its_line_ends_in(self, file: Path, content: str) -> None:
        file.write_text(content, newline="")
        assert SecretKeys(file).read()[0] == FIRST.encode()

    @pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
    def test_opens_what_earlier_releases_sealed_before_and_after_a_rotation(self, file: Path, ending: str) -> None:
        file.write_text(FIRST + ending, newline="")
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cchc second factor").derive(file.read_bytes())
        released = Fernet(base64.urlsafe_b64encode(derived)).encrypt(b"JBSWY3DPEHPK3PXP").decode()
        keys = SecretKeys(file)
        assert FernetBox(keys, SECOND_FACTOR).open(released) == "JBSWY3DPEHPK3PXP"
        keys.begin_new()
        keys.begin_new()
        assert FernetBox(keys, SECOND_FACTOR).open(released) == "JBSWY3DPEHPK3PXP"

    def test_is_its_owners_alone_after_a_rotation_that_an_earlier_one_was_killed_in(self, file: Path) -> None:
        file.chmod(0o644)
        (file.parent / "secret.key.new").write_text("half a k")
        SecretKeys(file).begin_new()
        new, old = SecretKeys(file).read()
        assert (old, len(new)) == (FIRST.encode(), 43)
        assert file.stat().st_mode & 0o777 == 0o600
        assert [one.name for one in file.parent.iterdir()] == ["secret.key"]

    def test_stays_a_link_to_where_the_key_is_kept(self, file: Path, tmp_path: Path) -> None:
        (tmp_path / "home").mkdir()
        link = tmp_path / "home" / "secret.key"
        link.symlink_to(file)
        SecretKeys(link).begin_new()
        assert link.is_symlink()
        assert len(file.read_text().splitlines()) == 2

    def test_keeps_the_sealing_key_where_the_others_are_dropped(self, file: Path) -> None:
        file.write_text(f"{SECOND}\n{FIRST}\n")
        SecretKeys(file).drop_old()
        assert SecretKeys(file).read() == (SECOND.encode(),)

    @pytest.mark.parametrize("content", [None, "", "\n \n"])
    def test_without_a_key_says_so(self, file: Path, content: str | None) -> None:
        file.unlink()
        if content is not None:
            file.write_text(content)
        with pytest.raises(SecretKeyMissing):
            SecretKeys(file).read()
        with pytest.raises(SecretKeyMissing):
            SecretKeys(file).begin_new()

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root meets what even root cannot write")
    def test_that_cannot_be_written_stays_as_it_was(self) -> None:
        keys = SecretKeys(Path("/proc/version"))
        before = keys.read()
        with pytest.raises(SecretKeyUnwritable):
            keys.begin_new()
        assert keys.read() == before


class TestEnvironment:
    def test_goes_before_the_file_and_opens_with_every_key_of_it(self, file: Path) -> None:
        sealed = FernetBox(SecretKeys(file), CONNECTIONS).seal("mật khẩu")
        moved = SecretKeys(file, f"{SECOND}, {FIRST}")
        assert moved.read() == (SECOND.encode(), FIRST.encode())
        assert FernetBox(moved, CONNECTIONS).open(sealed) == "mật khẩu"

    @pytest.mark.parametrize("keys", [",", "ngắn", f"{FIRST},ngắn"])
    def test_too_short_for_a_key_is_refused(self, file: Path, keys: str) -> None:
        with pytest.raises(SecretKeyTooShort):
            SecretKeys(file, keys).read()

    def test_is_rotated_by_whoever_sets_it(self, file: Path) -> None:
        with pytest.raises(SecretKeyFromEnvironment, match="khóa mới,khóa cũ"), SecretKeys(file, SECOND).alone():
            pytest.fail("there is nothing to rotate to")
        keys = SecretKeys(file, f"{SECOND},{FIRST}")
        with keys.alone():
            keys.begin_new()
            keys.drop_old()
        assert file.read_text() == FIRST
        assert keys.read() == (SECOND.encode(), FIRST.encode())

    def test_needs_no_file(self, tmp_path: Path) -> None:
        SecretKeys(tmp_path / "secret.key", SECOND).make()
        assert list(tmp_path.iterdir()) == []

    def test_is_not_shown(self, file: Path) -> None:
        keys = SecretKeys(file, SECOND)
        assert SECOND not in repr((keys, vars(FernetBox(keys, CONNECTIONS))))


class TestBox:
    def test_of_another_purpose_or_key_does_not_open(self, file: Path, tmp_path: Path) -> None:
        sealed = FernetBox(SecretKeys(file), CONNECTIONS).seal("mật khẩu")
        (tmp_path / "other.key").write_text(SECOND)
        for box in (
            FernetBox(SecretKeys(file), SECOND_FACTOR),
            FernetBox(SecretKeys(tmp_path / "other.key"), CONNECTIONS),
        ):
            with pytest.raises(SecretKeyChanged):
                box.open(sealed)

    def test_follows_a_rotation_that_it_was_opened_before(self, file: Path) -> None:
        keys = SecretKeys(file)
        box = FernetBox(keys, CONNECTIONS)
        before = box.seal("mật khẩu")
        keys.begin_new()
        after = box.seal("mật khẩu")
        assert box.open(before) == "mật khẩu"
        keys.drop_old()
        assert box.open(after) == "mật khẩu"
        with pytest.raises(SecretKeyChanged):
            box.open(before)
