"""The vault keeps bytes by their hash, gives them back whole, and says when they are not."""

import hashlib
from pathlib import Path

import pytest

from cchc_tasks.adapters.vault import FolderVault
from cchc_tasks.domain.errors import FileEmpty, FileMissing, FileTooLarge, FileUnreadable, VaultDamaged


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    """A vault that takes files of up to one megabyte."""
    return FolderVault(tmp_path / "vault", limit_mb=1)


def written(folder: Path, content: bytes, name: str = "bao-cao.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


class TestStoring:
    def test_gives_back_what_came_in(self, vault: FolderVault, tmp_path: Path) -> None:
        stored = vault.store(written(tmp_path, b"%PDF-1.7 noi dung"))
        assert stored.sha256 == hashlib.sha256(b"%PDF-1.7 noi dung").hexdigest()
        assert stored.size == 17
        with vault.open(stored.sha256) as file:
            assert file.read() == b"%PDF-1.7 noi dung"

    def test_keeps_equal_content_once(self, vault: FolderVault, tmp_path: Path) -> None:
        first = vault.store(written(tmp_path, b"noi dung", "a.pdf"))
        second = vault.store(written(tmp_path, b"noi dung", "b.pdf"))
        assert first == second
        assert [path.name for path in (tmp_path / "vault").rglob("*") if path.is_file()] == [first.sha256]

    def test_leaves_nothing_behind_when_it_refuses(self, vault: FolderVault, tmp_path: Path) -> None:
        with pytest.raises(FileTooLarge):
            vault.store(written(tmp_path, b"x" * (1024 * 1024 + 1)))
        with pytest.raises(FileEmpty):
            vault.store(written(tmp_path, b""))
        with pytest.raises(FileMissing):
            vault.store(tmp_path / "khong-co.pdf")
        with pytest.raises(FileUnreadable):
            vault.store(tmp_path)
        assert [path for path in (tmp_path / "vault").rglob("*") if path.is_file()] == []


class TestDamage:
    def test_is_noticed_on_reading(self, vault: FolderVault, tmp_path: Path) -> None:
        stored = vault.store(written(tmp_path, b"noi dung"))
        (place,) = [path for path in (tmp_path / "vault").rglob("*") if path.is_file()]
        place.chmod(0o640)
        place.write_bytes(b"noi dung khac")
        with pytest.raises(VaultDamaged):
            vault.open(stored.sha256)
        assert vault.check(stored.sha256) is not None

    def test_is_mended_by_the_same_content(self, vault: FolderVault, tmp_path: Path) -> None:
        stored = vault.store(written(tmp_path, b"noi dung"))
        next(path for path in (tmp_path / "vault").rglob("*") if path.is_file()).unlink()
        assert vault.check(stored.sha256) is not None
        vault.store(written(tmp_path, b"noi dung"))
        assert vault.check(stored.sha256) is None
