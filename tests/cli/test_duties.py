"""`cchc duty add`, `cchc obligation assign` and `cchc input`: from a công văn to the input that was accepted."""

import json
from datetime import UTC, datetime, timedelta

from tests.cli.conftest import Command

TODAY = datetime.now(UTC).date()
DUE, SOONER = TODAY + timedelta(40), TODAY + timedelta(20)
ADD = (
    *("duty", "add", "--title", "Báo cáo rà soát", "--number", "1245/UBND-VX", "--dated", "2026-01-05"),
    *("--assigned-by", "UBND tỉnh", "--lead", "KH-TC", "--cooperating", "TCCB", "--due", DUE, "--product", "Báo cáo"),
)


class TestDuty:
    def test_goes_from_the_document_to_the_accepted_input(self, published: Command) -> None:
        added = json.loads(published(*ADD, "--hour", "17h00", "--internal", SOONER, "--json").out)
        (owed,) = added["obligation_ids"]
        listed = published("plan", "list").out
        assert "Công văn số 1245/UBND-VX" in listed
        assert "17h00" in published("plan", "show", added["plan_id"]).out
        assert published("plan", "carry-over", added["plan_id"], "--to", "2040").err.startswith(
            "Lỗi [plan-is-dispatch]: "
        )

        head, officer = ("--as", "khtc.truong"), ("--person", "khtc.daumoi")
        assert "Đã phân công" in published("obligation", "assign", owed, *officer, "--by", SOONER, *head).out
        assert published("obligation", "unassign", owed, *officer, *head).status == 0
        assert published("obligation", "unassign", owed, *officer, *head).err.startswith("Lỗi [person-not-named]")

        asked = ("input", "ask", owed, "--unit", "GDMN", "--what", "Số liệu mầm non", "--due", SOONER)
        assert published(*asked, *head).status == 0
        (line,) = json.loads(published("input", "list", "--of", owed, "--json", "--as", "gdmn.daumoi").out)
        assert (line["what"], line["asked_by"]) == ("Số liệu mầm non", "Phòng Kế hoạch - Tài chính")
        handed = ("evidence", "submit", line["id"], "--link", "https://songlam.example/x", "--as", "gdmn.daumoi")
        assert published(*handed).status == 0
        assert "chậm nhất" in published("input", "return", line["id"], "--why", "thiếu", *head).out
        assert published("input", "accept", line["id"], *head).err.startswith("Lỗi [nothing-to-verify]")
        assert published(*handed[:-3], "https://songlam.example/y", *handed[-2:]).status == 0
        assert published("input", "accept", line["id"], *head).status == 0
        assert "hoàn thành" in published("input", "list", *head).out

    def test_is_refused_with_a_code_and_one_line(self, published: Command) -> None:
        said = published(*(one if one != "KH-TC" else "UBND-TINH" for one in ADD))
        assert (said.status, said.err.startswith("Lỗi [unit-external]: "), said.err.count("\n")) == (1, True, 1)
