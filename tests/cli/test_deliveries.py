"""`cchc delivery`: the log in words, and deeds that say what becomes of the message."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.conftest import Command
from tests.cli.test_secrets import piped
from tests.imap_server import running_imap
from tests.making.returned_mails import report

ON = "2026-03-24"


@pytest.fixture
def delivery(published: Command, home: Path) -> Command:
    """`cchc delivery` where three messages were given up and one was sent."""
    row = "INSERT INTO delivery (person_id, channel, business_on, kind, state, failures, text, sent_at, known) VALUES "
    values = [f"({person}, 'MAIL', '{ON}', 'DIGEST', 'DEAD', 10, NULL, NULL, NULL)" for person in (1, 2, 3)]
    values.append(f"(4, 'MAIL', '{ON}', 'DIGEST', 'SENT', 0, 'Kính gửi', '2026-03-24 00:00:00', 'ACCEPTED')")
    with closing(sqlite3.connect(home / "cchc.sqlite3")) as database, database:
        database.execute(row + ", ".join(values))
        attempt = "INSERT INTO delivery_attempt (delivery_id, started_at, ended_at, accepted, answer, fault) VALUES "
        database.execute(f"{attempt} (1, '{ON} 00:00:00', '{ON} 00:00:01', 0, '451 busy', 'AGAIN')")
    return lambda *arguments: published("delivery", *arguments)


def listed(delivery: Command, *arguments: str) -> dict[int, str]:
    rows = json.loads(delivery("list", "--json", *arguments).out)
    return {row["id"]: row["state"] for row in rows}


class TestList:
    def test_says_each_in_words_and_counts_them(self, delivery: Command) -> None:
        said = delivery("list").out
        assert "Đã thử 1 lần không được, cần xem. Máy chủ thư chưa nhận." in said
        assert "3 đã bỏ cuộc, 1 đã gửi." in said
        assert set(listed(delivery, "--state", "dead", "--channel", "mail", "--on", ON)) == {1, 2, 3}
        assert listed(delivery, "--channel", "zalo") == {}


class TestShow:
    def test_holds_the_tries_the_reference_and_the_text(self, delivery: Command) -> None:
        said = delivery("show", 1).out
        assert "Mã tham chiếu: 20260324-digest-1" in said
        assert "07:00 24/03/2026: Máy chủ thư chưa nhận." in said
        assert delivery("show", 4).out.endswith("Kính gửi\n")
        facts = json.loads(delivery("show", 1, "--json").out)
        assert (facts["attempts"][0]["fault"], facts["replaced_by"]) == ("AGAIN", [])
        assert delivery("show", 99).err.startswith("Lỗi [delivery-unknown]")


class TestDeeds:
    def test_on_one_say_what_becomes_of_it(self, delivery: Command) -> None:
        assert "mốc sau của từng việc vẫn nhắc đúng ngày" in delivery("cancel", 1).out
        assert "thử lại lượt gửi số 2" in delivery("requeue", 2).out
        assert "gửi lại lượt gửi số 4" in delivery("resend", 4).out
        assert listed(delivery) == {1: "CANCELLED", 2: "PLANNED", 3: "DEAD", 4: "PLANNED"}
        assert delivery("requeue", 1).err.startswith("Lỗi [delivery-state-forbids]")
        assert "quản trị máy chủ, hủy lượt gửi" in delivery("show", 1).out

    def test_on_many_are_counted_before_they_are_done(self, delivery: Command) -> None:
        told = delivery("requeue", "--state", "dead", "--on", ON)
        assert "Có 3 lượt gửi khớp; chưa có gì thay đổi" in told.out
        assert "--seen 3" in told.out
        assert delivery("requeue", "--state", "dead", "--seen", 2).err.startswith("Lỗi [deliveries-more-than-seen]")
        assert "Đã cho thử lại 3 lượt gửi." in delivery("requeue", "--state", "dead", "--seen", 3).out
        assert delivery("requeue").status == 2
        assert delivery("cancel", "--state", "sent").err.startswith("Lỗi [delivery-state-forbids]")


class TestRelease:
    def test_lets_go_what_waits_and_refuses_where_nothing_does(self, delivery: Command) -> None:
        assert delivery("release", "--on", ON).err.startswith("Lỗi [batch-nothing-waits]")
        delivery("requeue", 1)
        assert "Đã cho gửi 1 thư đang chờ của ngày 24/03/2026." in delivery("release", "--on", ON).out


class TestBounces:
    def test_of_a_file_and_of_the_mailbox_are_counted(
        self, delivery: Command, published: Command, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with closing(sqlite3.connect(home / "cchc.sqlite3")) as database, database:
            database.execute("UPDATE delivery SET recipient = 'a@so.example' WHERE id = 4")
        file = tmp_path / "tra-lai.eml"
        file.write_bytes(report("20260324-digest-4", "a@so.example"))
        assert delivery("bounces", "--file", file).out == "Đã đọc 1 thư: 1 thư bị trả lại.\n"
        assert delivery("bounces", "--file", file).out == "Đã đọc 1 thư: 0 thư bị trả lại, 1 đã biết.\n"
        assert "Thư bị trả lại" in delivery("show", 4).out
        assert delivery("bounces").err.startswith("Lỗi [bounce-url-not-set]")
        with running_imap(file.read_bytes(), report(number="9")) as box:
            url = f"imap://{quote(box.user)}:{quote(box.password)}@127.0.0.1:{box.port}"
            assert piped(published, monkeypatch, url.encode(), "set", "bounce-url").status == 0
            assert delivery("bounces").out == "Đã đọc 2 thư: 0 thư bị trả lại, 1 đã biết, 1 không khớp.\n"
            assert box.unread() == []
