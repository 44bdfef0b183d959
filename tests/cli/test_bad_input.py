"""Bad input: one Vietnamese sentence with a stable code, exit 1, no traceback, nothing half-written."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Command, Said
from tests.smtp_server import Mailbox

LINK = ("evidence", "submit", 1, "--link", "https://songlam.example/bao-cao")
HEADER = "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp\n"


def refused(said: Said, code: str) -> None:
    assert said.status == 1, said
    assert said.err.startswith(f"Lỗi [{code}]: "), said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def journal(home: Path) -> int:
    with sqlite3.connect(home / "cchc.sqlite3") as database:
        count: int = database.execute("SELECT count(*) FROM journal_entry").fetchone()[0]
    database.close()
    return count


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (None, "file-missing"),
            (b"", "file-empty"),
            (os.urandom(4000), "file-not-text"),
            (b"PK\x03\x04 nothing of a zip", "file-damaged"),
            ("Chỉ có lời văn, không có bảng.\n".encode(), "appendix-missing"),
            ("Nội dung\tGhi chú\nMột\tHai\n".encode(), "table-columns-missing"),
        ],
    )
    def test_that_hold_no_plan_are_refused(
        self, cchc: Command, tmp_path: Path, home: Path, content: bytes | None, code: str
    ) -> None:
        cchc("init")
        before = journal(home)
        file = tmp_path / "ke-hoach.txt"
        if content is not None:
            file.write_bytes(content)
        refused(cchc("read", file), code)
        refused(cchc("plan", "import", file), code)
        assert journal(home) == before

    def test_that_are_folders_are_refused(self, cchc: Command, tmp_path: Path) -> None:
        refused(cchc("read", tmp_path), "file-unreadable")

    def test_are_imported_once(self, published: Command, plan_file: Path) -> None:
        refused(published("plan", "import", plan_file), "plan-imported-already")

    def test_may_hold_control_characters(self, cchc: Command, tmp_path: Path) -> None:
        file = tmp_path / "ke-hoach.txt"
        row = "1. Rà soát\x07 thủ tục\tBáo cáo\tQuý I năm 2026\tVăn phòng\tSở Nội vụ\n"
        file.write_text(f"KẾ HOẠCH năm 2026\n\n{HEADER}{row}", encoding="utf-8")
        said = cchc("read", file)
        assert said.status == 0
        assert "\x07" not in said.out
        assert "31/03/2026" in said.out

    def test_without_a_year_ask_for_one(self, cchc: Command, tmp_path: Path) -> None:
        cchc("init")
        file = tmp_path / "ke-hoach.txt"
        file.write_text(f"KẾ HOẠCH\n\n{HEADER}1. Rà soát\tBáo cáo\tQuý I\tVăn phòng\tSở Nội vụ\n", encoding="utf-8")
        refused(cchc("plan", "import", file), "plan-years-missing")


class TestWords:
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("remind", "--on", "2026-02-30"), "date-invalid"),
            (("remind", "--on", "31/6/2026"), "date-invalid"),
            (("remind", "--on", "9999-12-31"), "date-invalid"),
            (("evidence", "submit", 1, "--note", "\udcff", "--link", "https://x", "--as", "vp.daumoi"), "text-invalid"),
            (("obligation", "list", "--unit", "KHONG-CO"), "unit-unknown"),
            (("obligation", "list", "--as", "khong.co"), "user-unknown"),
            (("plan", "import", "x.txt", "--years", "hai-mươi"), "years-invalid"),
            (("plan", "publish", 99), "plan-unknown"),
            (("plan", "questions", 99), "plan-unknown"),
            (("plan", "answer", 1, 1, "--accept"), "plan-published-already"),
            (("duty", "trigger", 999, "--on", "2026-05-04"), "duty-unknown"),
            (("duty", "trigger", 1, "--on", "2026-05-04"), "duty-not-conditional"),
            (("obligation", "acknowledge", 999), "obligation-unknown"),
            (("evidence", "submit", 999, "--link", "https://x.example", "--as", "vp.daumoi"), "obligation-unknown"),
            (("evidence", "verify", 999, "--accept", "--as", "vp.thuongtruc1"), "evidence-unknown"),
            (("evidence", "submit", 1, "--as", "vp.daumoi"), "evidence-empty"),
            (("evidence", "submit", 1, "--reference", "báo cáo", "--as", "vp.daumoi"), "reference-unreadable"),
            (("evidence", "submit", 1, "--link", "ftp://x", "--as", "vp.daumoi"), "link-invalid"),
            (
                ("evidence", "submit", 1, "--link", "https://x", "--received", "2099-01-01", "--as", "vp.daumoi"),
                "date-in-future",
            ),
            (("evidence", "submit", 1, "--link", "https://x", "--as", "gdmn.daumoi"), "no-right"),
            (
                ("evidence", "submit", 1, "--link", "https://x", "--on-behalf-of", "GDMN", "--as", "vp.thuongtruc1"),
                "not-responsible",
            ),
            (("plan", "list", "--as", "gdmn.daumoi"), "no-right"),
            (("plan", "publish", 1, "--as", "giamdoc"), "no-right"),
            (("remind", "--on", "2026-01-05", "--as", "kiemtra"), "no-right"),
            (("db", "check", "--as", "vp.thuongtruc1"), "no-right"),
        ],
    )
    def test_that_lead_nowhere_are_refused(
        self, published: Command, home: Path, arguments: tuple[object, ...], code: str
    ) -> None:
        before = journal(home)
        refused(published(*arguments), code)
        assert journal(home) == before

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("khong-co",),
            ("remind",),
            ("evidence", "verify", 1, "--as", "x"),
            ("remind", "--onn", "x"),
            ("plan", "publish", "x"),
        ],
    )
    def test_that_are_no_command_are_wrong_usage(self, cchc: Command, arguments: tuple[object, ...]) -> None:
        said = cchc(*arguments)
        assert said.status == 2
        assert "Error" not in said.err + said.out
        assert "Usage" not in said.err + said.out


class TestEvidenceFiles:
    def test_that_are_too_large_empty_or_secret_are_refused(
        self, published: Command, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CCHC_EVIDENCE_LIMIT_MB", "1")
        files = {
            "lon.pdf": b"x" * 1024 * 1024 * 2,
            "rong.pdf": b"",
            "mat.txt": "UBND TỈNH\nTUYỆT MẬT\nSố: 01\n".encode(),
        }
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        before = journal(home)
        for name, code in (("lon.pdf", "file-too-large"), ("rong.pdf", "file-empty"), ("mat.txt", "document-secret")):
            refused(published("evidence", "submit", 1, "--file", tmp_path / name, "--as", "vp.daumoi"), code)
        assert journal(home) == before
        assert [path for path in (home / "vault").rglob("*") if path.is_file()] == []

    def test_without_text_are_taken_with_a_word_to_the_submitter(self, published: Command, tmp_path: Path) -> None:
        picture, text = tmp_path / "anh.png", tmp_path / "bao-cao.txt"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        text.write_text("Báo cáo quý I", encoding="utf-8")
        said = published("evidence", "submit", 1, "--file", picture, "--file", text, "--as", "vp.daumoi")
        assert said.status == 0
        assert "anh.png" in said.err
        assert "bao-cao.txt" not in said.err


class TestDataFolder:
    def test_that_was_never_prepared_is_said(self, cchc: Command, home: Path) -> None:
        refused(cchc("plan", "list"), "not-initialised")
        assert not home.exists()

    def test_with_content_is_not_prepared_again(self, cchc: Command) -> None:
        assert cchc("init").status == 0
        refused(cchc("init"), "home-not-empty")

    def test_is_left_alone_when_the_directory_is_wrong(self, cchc: Command, home: Path, tmp_path: Path) -> None:
        units = tmp_path / "units.toml"
        units.write_text('authority = "A"\nsecretariat = "A"\n[[unit]]\ncode = "A"\nname = "A"\nkind = "AUTHORIT"\n')
        refused(cchc("init", "--units", units), "config-invalid")
        assert not home.exists()

    def test_may_be_an_existing_empty_folder_and_keeps_its_key_to_itself(self, cchc: Command, home: Path) -> None:
        home.mkdir()
        assert cchc("init").status == 0
        assert (home / "secret.key").stat().st_mode & 0o777 == 0o600

    def test_with_a_locked_database_is_said(
        self, published: Command, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cchc_tasks.store.database.Database.__init__.__kwdefaults__", {"busy_seconds": 0.2})
        holder = sqlite3.connect(home / "cchc.sqlite3", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        refused(published("remind", "--on", "2026-01-05"), "database-locked")
        holder.execute("ROLLBACK")
        holder.close()


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            ("CCHC_LEASE_SECONDS", "lâu", "setting-invalid"),
            ("CCHC_HORIZON_MONTHS", "3", "setting-invalid"),
            ("CCHC_TIME_ZONE", "Sông/Lam", "setting-invalid"),
            ("CCHC_DATABASE_URL", "mysql://cchc:mat-khau@x/y", "database-url-invalid"),
            ("CCHC_DATABASE_URL", "khong phai dia chi", "database-url-invalid"),
        ],
    )
    def test_that_cannot_be_used_are_named_without_their_value(
        self, published: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: str
    ) -> None:
        monkeypatch.setenv(name, value)
        said = published("plan", "list")
        refused(said, code)
        assert value not in said.err


class TestMailServer:
    def test_that_refuses_one_address_stops_nobody_else(self, published: Command, mailbox: Mailbox) -> None:
        mailbox.at_rcpt["vp.daumoi@songlam.example"] = "550 khong co hop thu"
        mailbox.at_rcpt["tccb.daumoi@songlam.example"] = "451 ban"
        said = published("remind", "--on", "2026-01-05")
        assert said.status == 0
        assert "hoãn 1, lỗi 1" in said.out
        assert len(mailbox.received) > 20
        del mailbox.at_rcpt["tccb.daumoi@songlam.example"]
        assert "đã gửi 1, hoãn 0, lỗi 0" in published("remind", "--on", "2026-01-05").out
        assert len(mailbox.to("tccb.daumoi@songlam.example")) == 1

    def test_that_is_not_set_puts_mail_off_with_a_warning(
        self, published: Command, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("CCHC_MAIL_URL")
        said = published("remind", "--on", "2026-01-05")
        assert "Chưa đặt máy chủ thư" in said.err
        monkeypatch.setenv("CCHC_MAIL_URL", mailbox.url)
        assert published("remind", "--on", "2026-01-05").status == 0
        assert len(mailbox.received) > 20

    def test_that_is_misspelt_is_said(self, published: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CCHC_MAIL_URL", "smtp://cchc:mat-khau@127.0.0.1/")
        said = published("remind", "--on", "2026-01-05")
        assert said.status == 1
        assert said.err.startswith("Lỗi [channel-stopped]: Đã dừng kênh thư điện tử: ")
        assert "mat-khau" not in said.err
        assert "đã gửi 0, hoãn" in said.out
