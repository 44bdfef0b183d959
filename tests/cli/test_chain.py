"""The main job by commands alone: from the document to verified evidence."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.smtp_server import Mailbox, body


def seed_003(shared: Path) -> Path:
    (file,) = (shared / "seeds").glob("003_*.txt")
    return file


class TestSamplePlan:
    def test_goes_from_draft_to_verified_evidence(self, cchc: Command, plan_file: Path, mailbox: Mailbox) -> None:
        assert cchc("init").status == 0
        imported = json.loads(cchc("plan", "import", plan_file, "--json").out)
        assert imported["rows"] == 32
        asked = json.loads(cchc("plan", "questions", 1, "--json").out)
        assert len(asked) == imported["questions"]
        assert {one["code"] for one in asked} >= {
            "plan-secretariat",
            "plan-regime",
            "regular-reports",
            "date-impossible",
            "group-before-label",
            "unit-unknown",
        }
        said = cchc("plan", "publish", 1, "--on", "2025-12-22")
        assert (said.status, said.err.split(":")[0]) == (1, "Lỗi [questions-open]")
        for one in asked:
            assert cchc("plan", "answer", 1, one["id"], "--accept").status == 0, one
        assert cchc("plan", "publish", 1, "--on", "2025-12-22").status == 0
        again = json.loads(cchc("plan", "publish", 1, "--json").out)
        assert (again["already"], again["obligations"]) == (True, 0)

        assert "lỗi 0" in cchc("remind", "--on", "2026-03-24").out
        sent = len(mailbox.received)
        assert sent > 20
        assert len({recipient for recipient, _ in mailbox.received}) == sent
        assert "đã gửi 0" in cchc("remind", "--on", "2026-03-24").out
        assert len(mailbox.received) == sent

        lines = json.loads(cchc("obligation", "list", "--unit", "TTr", "--on", "2026-03-24", "--json").out)
        (late,) = [one for one in lines if one["duty_code"] == "10"]
        assert (late["due_on"], late["aim_on"], late["standing"]) == ("2026-03-05", "2026-03-04", "OVERDUE")
        submit = ("evidence", "submit", late["id"], "--as", "thanhtra.daumoi")
        assert cchc(*submit, "--reference", "12/BC-TTr ngày 04/3/2026", "--received", "2026-03-05").status == 0
        assert cchc("evidence", "verify", 1, "--return", "Thiếu phụ lục", "--as", "vp.thuongtruc1").status == 0
        assert cchc(*submit, "--reference", "14/BC-TTr ngày 09/3/2026", "--received", "2026-03-09").status == 0
        assert cchc("evidence", "verify", 1, "--accept", "--as", "vp.thuongtruc1").status == 0
        lines = json.loads(cchc("obligation", "list", "--unit", "TTr", "--on", "2026-03-24", "--json").out)
        (done,) = [one for one in lines if one["id"] == late["id"]]
        assert done["standing"] == "DONE_ON_TIME"
        assert "nguyên vẹn" in cchc("db", "check").out

    def test_may_be_looked_at_without_a_data_folder(self, cchc: Command, plan_file: Path, home: Path) -> None:
        said = cchc("read", plan_file, "--json")
        assert len(json.loads(said.out)["duties"]) == 32
        assert not home.exists()

    def test_shows_what_would_go_out_and_changes_nothing(self, published: Command, mailbox: Mailbox) -> None:
        shown = json.loads(published("remind", "--on", "2026-03-24", "--dry-run", "--json").out)
        assert mailbox.received == []
        assert published("remind", "--on", "2026-03-24").status == 0
        links = re.compile(r"/tra-loi/(\d+)\.\S+")  # made for the one who gets the mail alone, and shown to nobody else
        sent = {
            recipient: (str(mail["Subject"]), links.sub(r"/nhiem-vu/\1", body(mail)))
            for recipient, mail in mailbox.received
        }
        assert {one["recipient"]: (one["subject"], one["text"] + "\n") for one in shown} == {
            recipient: (subject, text.rstrip("\n") + "\n") for recipient, (subject, text) in sent.items()
        }

    def test_is_silent_on_a_day_off(self, published: Command, mailbox: Mailbox) -> None:
        assert "ngày nghỉ" in published("remind", "--on", "2026-02-17").out
        assert mailbox.received == []


class TestDocument003:
    def test_goes_the_whole_way_by_commands(self, cchc: Command, shared: Path, mailbox: Mailbox) -> None:
        cchc("init")
        imported = json.loads(cchc("plan", "import", seed_003(shared), "--years", "2023", "--json").out)
        assert imported["rows"] == 38
        asked = {one["code"]: one for one in json.loads(cchc("plan", "questions", 1, "--json").out)}
        assert asked["document-number-blank"]["proposal"] is None
        assert asked["group-before-label"]["proposal"] == "Cải cách tài chính công"
        assert cchc("plan", "answer", 1, asked["plan-secretariat"]["id"], "--text", "Phòng TCCB").status == 0
        done = json.loads(cchc("plan", "publish", 1, "--on", "2022-12-30", "--accept-questions", "--json").out)
        assert (done["duties"], done["left_empty"]) == (38, 1)
        left = [one for one in json.loads(cchc("plan", "questions", 1, "--json").out) if one["open"]]
        assert [one["code"] for one in left] == ["document-number-blank"]

        cchc("remind", "--on", "2023-03-24")
        arrived = len(mailbox.received)
        cchc("remind", "--on", "2023-03-24")
        assert len(mailbox.received) == arrived == len({recipient for recipient, _ in mailbox.received})
        (mail,) = mailbox.to("khtc.daumoi@songlam.example")
        assert "◆ còn 7 ngày, hạn thứ Sáu 31/3/2023" in body(mail)

    def test_names_nobody_who_cannot_be_held_to_it(self, cchc: Command, shared: Path) -> None:
        cchc("init")
        cchc("plan", "import", seed_003(shared), "--years", "2023")
        codes = {one["code"] for one in json.loads(cchc("plan", "questions", 1, "--json").out)}
        assert not codes & {"unit-unknown", "lead-vague", "lead-external", "lead-missing"}


class TestConditionalDuty:
    def test_waits_until_it_is_triggered(self, published: Command, mailbox: Mailbox) -> None:
        lines = json.loads(published("obligation", "list", "--json").out)
        waiting = [one for one in lines if one["duty_code"] == "9"]
        assert {one["stage"] for one in waiting} == {"DRAFT"}
        assert len(waiting) == 9  # one for each of the phòng chuyên môn, nghiệp vụ
        assert published("duty", "trigger", waiting[0]["duty_id"], "--on", "2026-05-04").status == 0
        lines = json.loads(published("obligation", "list", "--json").out)
        assert {one["stage"] for one in lines if one["duty_code"] == "9"} == {"OPEN"}
        assert published("remind", "--on", "2026-05-05").status == 0
        assert "Góp ý dự thảo" in body(mailbox.to("gdmn.daumoi@songlam.example")[0])

    def test_leaves_the_counts_when_it_did_not_come_about(self, published: Command) -> None:
        lines = json.loads(published("obligation", "list", "--json").out)
        (waiting,) = [one for one in lines if one["duty_code"] == "13"]
        assert published("duty", "not-triggered", waiting["duty_id"], "--why", "Không có thay đổi").status == 0
        lines = json.loads(published("obligation", "list", "--json").out)
        (settled,) = [one for one in lines if one["duty_code"] == "13"]
        assert (settled["stage"], settled["standing"]) == ("NOT_TRIGGERED", None)


class TestOwners:
    @pytest.mark.parametrize(
        ("duty", "owed_by"),
        [
            ("3a", [["Văn phòng", "Phòng Tổ chức cán bộ"]] * 4),  # joint leads owe one together, four quarters
            ("6", 24),  # twelve đơn vị trực thuộc, two reports each
            ("2", 13),  # ten phòng and three tổ, bộ phận; the secretariat is among them
            ("7", [["Văn phòng", "Phòng Tổ chức cán bộ"]] * 5),  # one for the year and four regime dates
        ],
    )
    def test_are_joint_leads_together_and_group_members_one_each(
        self, published: Command, duty: str, owed_by: int | list[list[str]]
    ) -> None:
        lines = json.loads(published("obligation", "list", "--json").out)
        leads = [one["leads"] for one in lines if one["duty_code"] == duty]
        if isinstance(owed_by, int):
            assert len(leads) == owed_by
            assert all(len(one) == 1 for one in leads)
        else:
            assert leads == owed_by

    def test_rotate_by_quarter(self, published: Command) -> None:
        lines = json.loads(published("obligation", "list", "--json").out)
        leads = [(one["period"], *one["leads"]) for one in lines if one["duty_code"] == "3c"]
        assert leads == [
            ("2026-Q1", "Phòng Giáo dục Trung học"),
            ("2026-Q2", "Phòng Giáo dục Tiểu học"),
            ("2026-Q3", "Phòng Giáo dục Mầm non"),
            ("2026-Q4", "Phòng Giáo dục thường xuyên - Chuyên nghiệp"),
        ]
