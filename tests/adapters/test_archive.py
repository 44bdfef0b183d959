"""A backup holds everybody's data: nobody else reads it, not even while it is being written."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cchc_tasks.adapters.archive import TarArchive


class TestABackup:
    def test_is_its_owners_alone_from_the_start(self, tmp_path: Path) -> None:
        modes: list[int] = []

        def members() -> Iterator[tuple[str, Path]]:
            modes.extend(stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir() if one.suffix != ".json")
            file = tmp_path / "x"
            file.write_text("x")
            yield "x", file

        before = os.umask(0)
        try:
            TarArchive().write(tmp_path / "sao-luu.tar.gz", {}, members())
        finally:
            os.umask(before)
        assert modes == [0o600]
        assert stat.S_IMODE((tmp_path / "sao-luu.tar.gz").stat().st_mode) == 0o600
