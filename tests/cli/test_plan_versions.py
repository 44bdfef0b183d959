"""From one plan to the next, as an office calls it."""

import json
from pathlib import Path

from tests.cli.conftest import Command


class TestSideBySide:
    def test_prints_each_cell_beside_what_is_made_of_it(self, published: Command) -> None:
        lines = published("plan", "show", 1, "--side-by-side").out.splitlines()
        assert any("Thời gian: Trước ngày 05/3/2026" in line and "│  trước 05/3/2026" in line for line in lines)
        assert max(map(len, lines)) <= 120

    def test_gives_the_reading_with_each_row_as_json(self, published: Command) -> None:
        rows = json.loads(published("plan", "show", 1, "--side-by-side", "--json").out)["rows"]
        (tenth,) = [row for row in rows if row["code"] == "10"]
        assert tenth["cells"]["time"] == "Trước ngày 05/3/2026"
        assert [one["due_on"] for one in tenth["reading"]["parts"][0]["occurrences"]] == ["2026-03-05"]


class TestNewVersion:
    def test_is_shown_row_by_row_before_it_is_published(self, published: Command, plan_file: Path) -> None:
        text = plan_file.read_text(encoding="utf-8").replace("Trước ngày 05/3/2026", "Trước ngày 20/3/2026")
        plan_file.write_text(text, encoding="utf-8")
        new = json.loads(published("plan", "import", plan_file, "--replaces", 1, "--json").out)["id"]
        said = published("plan", "compare", new).out
        assert "Thay đổi dòng 10: thời gian (“Trước ngày 05/3/2026” thành “Trước ngày 20/3/2026”)" in said
        assert "giữ nguyên 31 dòng; thay đổi 1 dòng; thêm 0 dòng; bỏ 0 dòng." in said
        changes = json.loads(published("plan", "compare", new, "--json").out)["rows"]
        assert [one["after"] for one in changes if one["change"] == "changed"] == ["10"]

    def test_asks_with_the_choices_there_are(self, published: Command, plan_file: Path) -> None:
        plan_file.write_text(plan_file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        new = json.loads(published("plan", "import", plan_file, "--json").out)["id"]
        said = published("plan", "questions", new).out
        assert "Lựa chọn: thay kế hoạch số 1; kế hoạch riêng." in said

    def test_of_a_draft_is_refused(self, cchc: Command, plan_file: Path) -> None:
        cchc("init")
        cchc("plan", "import", plan_file)
        plan_file.write_text(plan_file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        said = cchc("plan", "import", plan_file, "--replaces", 1)
        assert said.status == 1
        assert said.err.startswith("Lỗi [plan-not-published]")


class TestCarryOver:
    def test_names_the_draft_and_where_to_look(self, published: Command) -> None:
        said = published("plan", "carry-over", 1, "--to", 2027).out
        assert "32 dòng, 32 dòng chuyển năm theo quy tắc" in said
        assert "cchc plan compare 2" in said
