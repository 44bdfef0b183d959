"""`cchc directory`: listed, imported after a look, renamed, merged, closed and taken back."""

import json
from pathlib import Path

from tests.cli.conftest import Command

NUMBER = ("--number", "12/QĐ-SGDĐT")


class TestDeeds:
    def test_are_told_in_words_and_listed_until_their_day(self, published: Command) -> None:
        said = published("directory", "merge", "TCCB", "TTr", "--into", "KH-TC", "--on", "01/7/2099", *NUMBER)
        assert "Phòng Tổ chức cán bộ sáp nhập vào Phòng Kế hoạch - Tài chính từ thứ Tư 01/7/2099." in said.out
        assert "Thay đổi này có hiệu lực vào ngày đó" in said.out
        listed = published("directory", "list").out
        assert "Thay đổi số 2: Thanh tra sáp nhập vào" in listed
        assert [one["unit"] for one in json.loads(published("directory", "list", "--json").out)["changes"]] == [
            "Phòng Tổ chức cán bộ",
            "Thanh tra",
        ]
        assert published("directory", "take-back", 2).status == 0
        assert "Thay đổi số 2" not in published("directory", "list").out
        said = published("directory", "rename", "GDMN", "--name", "Phòng  Mầm non mới", "--on", "2026-01-05", *NUMBER)
        assert "đổi tên thành Phòng Mầm non mới" in said.out
        said = published("directory", "close", "TTr", "--on", "2026-01-05", *NUMBER, "--why", "Giải thể")
        assert "việc đang mở thôi thực hiện" in said.out
        again = published("directory", "close", "TTr", "--on", "2026-01-05", *NUMBER, "--why", "Giải thể")
        assert again.err == "Lỗi [unit-closed]: Đơn vị “Thanh tra” không còn hoạt động từ ngày 05/01/2026.\n"
        names = [one["name"] for one in json.loads(published("directory", "list", "--json").out)["units"]]
        assert "Phòng Mầm non mới" in names
        before = json.loads(published("directory", "list", "--on", "2026-01-04", "--json").out)
        assert {"Thanh tra", "Phòng Giáo dục Mầm non"} <= {one["name"] for one in before["units"]}


class TestImport:
    def test_looks_first_and_names_every_wrong_row(self, published: Command, tmp_path: Path) -> None:
        file = tmp_path / "don-vi.csv"
        good = "Mã,Tên,Loại,Cấp trên\nP-MOI,Phòng Mới,phòng,SGDDT\n"
        file.write_text(good, encoding="utf-8")
        looked = published("directory", "import", file, "--dry-run")
        assert "Thêm đơn vị P-MOI: Phòng Mới (phòng, thuộc SGDDT)" in looked.out
        assert "Chưa ghi gì" in looked.out
        assert "P-MOI" not in published("directory", "list").out
        file.write_text(f"{good}P-HAI,Phòng Hai,phòng,KHONG-CO\nP-BA,Phòng Ba,ban,SGDDT\n", encoding="utf-8")
        refused = published("directory", "import", file)
        assert refused.err.startswith("Lỗi [directory-rows-invalid]: Tệp có 2 chỗ chưa đúng")
        assert {line.partition(":")[0] for line in refused.out.splitlines()} == {
            "Bảng đơn vị, dòng 3",
            "Bảng đơn vị, dòng 4",
        }
        file.write_text(good, encoding="utf-8")
        assert published("directory", "import", file).status == 0
        assert "P-MOI" in published("directory", "list").out
