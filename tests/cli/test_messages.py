"""`cchc message`: sentences set and taken back, a preview with its HTML, a text for a group."""

import json
from pathlib import Path

from tests.cli.conftest import Command


class TestMessage:
    def test_sets_lists_and_resets_a_sentence(self, published: Command) -> None:
        assert published("message", "set", "digest-closing", "Xin cảm ơn {don_vi}.").status == 0
        own = {one["name"]: one["text"] for one in json.loads(published("message", "list", "--json").out) if one["own"]}
        assert own == {"digest-closing": "Xin cảm ơn {don_vi}."}
        refused = published("message", "set", "digest-closing", "Gửi {ten}.")
        assert refused.status == 1
        assert refused.err.startswith("Lỗi [sentence-place-unknown]: Không có chỗ điền “{ten}”")
        assert published("message", "reset", "digest-closing").status == 0
        assert not any(one["own"] for one in json.loads(published("message", "list", "--json").out))
        assert published("message", "reset", "khong-co").err.startswith("Lỗi [sentence-unknown]")

    def test_previews_a_persons_morning_with_its_html_and_makes_a_text_for_a_group(
        self, published: Command, tmp_path: Path
    ) -> None:
        file = tmp_path / "thu.html"
        said = published("message", "preview", "khtc.daumoi", "--on", "2026-03-24", "--html", file)
        assert "Tiêu đề: 2 việc quá hạn" in said.out or "Tiêu đề: 1 việc quá hạn" in said.out
        assert "Công khai dự toán và quyết toán ngân sách" in file.read_text(encoding="utf-8")
        quiet = published("message", "preview", "khtc.daumoi", "--on", "2026-02-17")
        assert quiet.out == "Ngày 17/02/2026 không có thư nào gửi khtc.daumoi.\n"
        said = published("message", "group", "cac-phong", "--on", "2026-03-24")
        assert said.out.startswith("Kính gửi các phòng thuộc Sở,\nĐến thứ Ba 24/3/2026, còn 1 việc:\n")
        quiet = published("message", "group", "cac-don-vi-truc-thuoc", "--on", "2026-03-24")
        assert "không có việc quá hạn hoặc sắp đến hạn" in quiet.out
