"""`cchc follow-up`: listed, released, declined, and a letter written to a file that is not there yet."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from cchc_tasks import bootstrap
from cchc_tasks.domain.errors import SettingInvalid
from cchc_tasks.settings import load_settings
from tests.cli.conftest import Command
from tests.conftest import StandingClock
from tests.services.test_follow_ups import PLAN

SECRETARY = ("--as", "vp.thuongtruc1")


@pytest.fixture
def late(cchc: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command over a plan of two duties, both late by the morning of Tuesday 24 March 2026."""
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: StandingClock(datetime(2026, 3, 24, 1, tzinfo=UTC)))
    file = tmp_path / "ke-hoach.txt"
    file.write_text(PLAN, encoding="utf-8")
    for call in (
        ("init",),
        ("plan", "import", file),
        ("plan", "publish", 1, "--on", "2026-01-05", "--accept-questions"),
    ):
        assert cchc(*call).status == 0
    assert cchc("follow-up", "propose").out.startswith("Đã đề xuất đôn đốc ")
    return cchc


def waiting(cchc: Command) -> list[int]:
    units = json.loads(cchc("follow-up", "list", "--json", *SECRETARY).out)["units"]
    return [one["id"] for unit in units for one in unit["proposed"]]


class TestSteps:
    def test_are_set_by_numbers_between_commas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CCHC_FOLLOW_UP_DAYS", "5, 20")
        assert load_settings().follow_up_days == (5, 20)

    @pytest.mark.parametrize("text", ["", "x", "7,", "0", "7;30"])
    def test_that_are_no_days_are_refused(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setenv("CCHC_FOLLOW_UP_DAYS", text)
        with pytest.raises(SettingInvalid, match="CCHC_FOLLOW_UP_DAYS"):
            load_settings()


class TestCommands:
    def test_lead_from_the_list_to_a_letter_in_a_file(self, late: Command, tmp_path: Path) -> None:
        first, second = waiting(late)
        listed = late("follow-up", "list", *SECRETARY).out
        assert "Đỗ Ngọc Yến" in listed
        assert "2 việc ở 2 đơn vị chờ quyết định đôn đốc." in listed
        said = late("follow-up", "release", first, "--to-leaders", "--letter", *SECRETARY)
        assert "Đã quyết định đôn đốc 1 việc." in said.out
        assert "cchc follow-up letter 1 --out" in said.out
        assert late("follow-up", "decline", second, "--why", "Đã giải trình", *SECRETARY).status == 0
        assert waiting(late) == []
        file = tmp_path / "cong-van.docx"
        assert late("follow-up", "letter", 1, "--out", file, *SECRETARY).status == 0
        assert len(Document(str(file)).tables[1].rows) == 2
        again = late("follow-up", "letter", 1, "--out", file, *SECRETARY)
        assert again.err.startswith("Lỗi [letter-file-exists]: ")

    def test_refuse_with_one_sentence(self, late: Command) -> None:
        first, *_ = waiting(late)
        for call, code in (
            (("release", first), "follow-up-way-missing"),
            (("release", 99999, "--letter"), "follow-up-unknown"),
            (("decline", first, "--why", " "), "decline-reason-missing"),
            (("letter", 99, "--out", "x.docx"), "letter-unknown"),
        ):
            assert late("follow-up", *call, *SECRETARY).err.startswith(f"Lỗi [{code}]: "), call
