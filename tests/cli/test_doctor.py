"""`cchc doctor` speaks of every part, while the system is down too, and ends with 1 when something is broken."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.smtp_server import Mailbox


def examined(cchc: Command) -> dict[str, dict[str, str]]:
    return {one["part"]: one for one in json.loads(cchc("doctor", "--json").out)}


class TestDoctor:
    def test_says_what_to_do_about_a_system_that_is_down(self, cchc: Command) -> None:
        assert cchc("init").status == 0
        said = cchc("doctor")
        assert said.status == 1
        assert said.err == (
            "Lỗi [doctor-found-trouble]: Có 3 bộ phận hỏng. Làm theo hướng dẫn ở các dòng ghi “hỏng”.\n"
        )
        lines = [" ".join(line.split()) for line in said.out.splitlines()]
        assert lines[0] == "đạt Cơ sở dữ liệu Kết nối được (sqlite), ở phiên bản hiện tại."
        assert "hỏng Trang web Không chạy." in lines
        assert "→ Chạy lệnh: cchc up." in lines
        assert "cần xem Kênh thư Chưa đặt máy chủ thư." in lines

    def test_greets_the_mail_server_and_sends_nothing(self, cchc: Command, mailbox: Mailbox) -> None:
        assert cchc("init").status == 0
        mail = examined(cchc)["Kênh thư"]
        assert (mail["verdict"], mail["said"], mail["to_do"]) == ("WELL", "Máy chủ thư trả lời (250 OK).", "")
        assert mailbox.received == []
        assert mailbox.callers == []  # nobody named a recipient

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("mailto://127.0.0.1:9/?from=cchc@songlam.example", "máy chủ không nhận kết nối"),
            ("smtp://somewhere", "CCHC_MAIL_URL"),
        ],
    )
    def test_says_why_mail_cannot_go(
        self, cchc: Command, monkeypatch: pytest.MonkeyPatch, url: str, words: str
    ) -> None:
        assert cchc("init").status == 0
        monkeypatch.setenv("CCHC_MAIL_URL", url)
        mail = examined(cchc)["Kênh thư"]
        assert mail["verdict"] == "BROKEN"
        assert words in mail["said"]

    @pytest.mark.parametrize(
        "facts", ['{"web": "http://127.0.0.1:9", "prefect": "http://127.0.0.1:9/api", "pid": 1}', '{"we', "[]"]
    )
    def test_is_not_misled_by_what_a_killed_system_left_behind(self, cchc: Command, home: Path, facts: str) -> None:
        assert cchc("init").status == 0
        (home / "running.json").write_text(facts)
        found = examined(cchc)
        assert [found[part]["verdict"] for part in ("Trang web", "Bộ lập lịch")] == ["BROKEN", "BROKEN"]

    def test_is_refused_to_those_who_do_not_manage_the_system(self, cchc: Command) -> None:
        assert cchc("init").status == 0
        said = cchc("doctor", "--as", "vp.thuongtruc1")
        assert (said.status, said.out) == (1, "")

    def test_says_that_nothing_was_set_up(self, cchc: Command, home: Path) -> None:
        assert cchc("doctor").err.startswith("Lỗi [not-initialised]")
        assert not home.exists()
