"""The commands that show and drop remembered answers."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

ROWS = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp\n1. Rà soát\tBáo cáo\tĐầu quý II\tVăn phòng\t\n"


@pytest.fixture
def answered(cchc: Command, tmp_path: Path) -> Command:
    """The command over a data folder where the unclear time of a plan of 2025 was answered."""
    file = tmp_path / "ke-hoach.txt"
    file.write_text(f"KẾ HOẠCH cải cách hành chính năm 2025\n\n{ROWS}", encoding="utf-8")
    assert cchc("init").status == 0
    assert cchc("plan", "import", file).status == 0
    questions = json.loads(cchc("plan", "questions", 1, "--json").out)
    (number,) = [one["id"] for one in questions if one["about"] == "time"]
    assert cchc("plan", "answer", 1, number, "--text", "15/4/2025", "--as", "vp.thuongtruc1").status == 0
    return cchc


class TestRemembered:
    def test_shows_phrase_answer_plan_and_who_answered(self, answered: Command) -> None:
        (line,) = json.loads(answered("plan", "remembered", "--json").out)
        shown = (line["id"], line["words"], line["answer"], line["plan_id"], line["years"], line["answered_by"])
        assert shown == (1, "Đầu quý II", "15/4/2025", 1, "2025", "vp.thuongtruc1")
        table = answered("plan", "remembered").out.splitlines()
        assert len(table) == 2
        assert table[1].endswith("Đầu quý II")


class TestForget:
    def test_drops_one_and_says_when_there_is_none(self, answered: Command) -> None:
        assert answered("plan", "forget", 1).out == "Đã bỏ câu trả lời đã nhớ số 1.\n"
        assert json.loads(answered("plan", "remembered", "--json").out) == []
        again = answered("plan", "forget", 1)
        assert (again.status, again.err) == (
            1,
            "Lỗi [remembered-answer-unknown]: Không có câu trả lời đã nhớ số 1.\n",
        )
