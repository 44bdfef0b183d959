"""Files that nobody could look at for a mark of secrecy just then: they are not kept, what was typed is."""

import tempfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import ReadingUnavailable
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from tests.conftest import actor_of
from tests.services.conftest import lines_of
from tests.web.conftest import Browse

FOCAL = "khtc.daumoi"


@pytest.fixture
def full_disk(
    published: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # a plan was read before
    """There is no folder where a process that reads could write its answer."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "đầy"))


def kept_files(app: Application) -> list[tuple[str, Path]]:
    return list(app.vault.files())  # type: ignore[attr-defined]


@pytest.mark.usefixtures("full_disk")
class TestFile:
    def test_is_not_stored_unseen(self, published: Application, tmp_path: Path) -> None:
        (line,) = lines_of(published, "24")
        file = tmp_path / "bao-cao.txt"
        file.write_text("Báo cáo quý", encoding="utf-8")
        with pytest.raises(ReadingUnavailable):
            submit_evidence(
                published.database,
                published.vault,
                published.reader,
                [line.id],
                Handed(files=[file]),
                actor=actor_of(published, FOCAL),
                today=published.today(),
                now=published.clock.now(),
            )

        assert lines_of(published, "24")[0].stage is Stage.OPEN
        assert kept_files(published) == []

    @pytest.mark.parametrize("ticked", [True, False])
    def test_is_asked_for_again_beside_what_was_typed(
        self, ticked: bool, browse: Browse, published: Application
    ) -> None:
        (line,) = lines_of(published, "24")
        client: TestClient = browse(FOCAL)
        fields = {"csrf": client.headers["X-Test-Csrf"], "ghi-chu": "gửi kèm hai bảng"}
        answer = client.post(
            f"/nhiem-vu/{line.id}/nop",
            data=fields | ({"khong-mat": "1"} if ticked else {}),
            files=[("tep", ("bao-cao.txt", "Báo cáo quý".encode(), "text/plain"))],
        )

        assert answer.status_code == 503
        assert "Máy chủ chưa đọc được tệp “bao-cao.txt”" in answer.text
        assert "gửi kèm hai bảng" in answer.text
        assert lines_of(published, "24")[0].stage is Stage.OPEN
        assert kept_files(published) == []
