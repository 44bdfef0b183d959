"""Where tables begin, go on and end: groups below titles, rows torn by pages, sums, signatures, other tables."""

import pytest

from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.document import Grid
from cchc_tasks.domain.reading.findings import Row
from tests.making.grids import document, grid

HEADER = "TT | Nhiệm vụ | Sản phẩm | Thời gian | Chủ trì\n"
TASK = "1 | Họp | Biên bản | Quý I | Tổ Văn phòng\n"


def rows_of(*blocks: str | Grid) -> tuple[Row, ...]:
    rows, questions = read_rows(document(*blocks))
    assert questions == ()
    return rows


class TestGroupBelowTheTitles:
    @pytest.mark.parametrize("name", ["Lĩnh vực tài chính công", "Nhiệm vụ chung", "Nội dung 1. Tuyên truyền"])
    @pytest.mark.parametrize("place", ["{} | < | < | < | <", "{} | | | | ", " | {} | | | "])
    def test_is_no_further_row_of_titles(self, name: str, place: str) -> None:
        (row,) = rows_of(grid(f"{HEADER}{place.format(name)}\n{TASK}"))

        assert row.group is not None
        assert name.endswith(row.group)
        assert row.cells["lead"] == "Tổ Văn phòng"


class TestRowTornByAPage:
    def test_goes_on_below_the_titles_though_it_begins_like_one(self) -> None:
        rest = " | thời gian giải quyết hồ sơ | | | \n2 | Họp | Biên bản | Quý I | VP"
        row, _ = rows_of(grid(f"{HEADER}1 | Rà soát, cắt giảm | Báo cáo | Quý II | VP\n\n{HEADER}{rest}"))

        assert row.title == "Rà soát, cắt giảm thời gian giải quyết hồ sơ"

    def test_has_one_title_for_all_products_that_share_it(self) -> None:
        shared = "1 | Rà soát | Kế hoạch | Tháng 2 | VP\n^ | ^ | Báo cáo | Tháng 9 | ^\n\n"
        rows = rows_of(grid(f"{HEADER}{shared}{HEADER} | thủ tục nội bộ | | | \n2 | Họp | Biên bản | Quý I | VP"))

        assert [(row.id, row.title) for row in rows] == [
            ("1a", "Rà soát thủ tục nội bộ"),
            ("1b", "Rà soát thủ tục nội bộ"),
            ("2", "Họp"),
        ]


class TestFootOfATable:
    @pytest.mark.parametrize(
        "words", ["Tổng số nhiệm vụ", "Tổng số: 12 nhiệm vụ", "Tổng cộng 12", "Cộng:", "Tổng cộng: 9.030"]
    )
    def test_sums_are_no_tasks(self, words: str) -> None:
        assert len(rows_of(grid(f"{HEADER}{TASK} | {words} | 12 | | "))) == 1

    def test_a_task_that_sums_up_is_no_sum(self) -> None:
        assert len(rows_of(grid(f"{HEADER}{TASK}2 | Tổng hợp | Báo cáo | Quý I | VP"))) == 2

    @pytest.mark.parametrize(
        "foot",
        [
            " | Người lập biểu | | | GIÁM ĐỐC\n | Lý Văn Bảy | | | Hồ Thị Mơ",
            " | | | | \n | | | | KT. HIỆU TRƯỞNG\n | | | | Hồ Thị Mơ",
            " | | | | \n | | | Tân Lập, ngày 12 tháng 01 năm 2026 | \n | NGƯỜI LẬP | | Thủ trưởng đơn vị | ",
        ],
    )
    def test_signatures_are_no_tasks(self, foot: str) -> None:
        assert [row.title for row in rows_of(grid(f"{HEADER}{TASK}{foot}"))] == ["Họp"]

    def test_somebody_who_leads_ends_no_table_that_goes_on(self) -> None:
        further = " | | | | \n | Giám đốc | | | Chánh Văn phòng\n2 | Tổng kết | Báo cáo | Quý IV | VP"
        rows, _ = read_rows(document(grid(f"{HEADER}{TASK}{further}")))

        assert rows[-1].title == "Tổng kết"


class TestSecondTable:
    def test_is_in_no_group_of_the_first(self) -> None:
        first = grid(f"{HEADER}I | Thể chế | | | \n{TASK}")

        assert [row.group for row in rows_of(first, "B. Trường học", grid(HEADER + TASK))] == ["Thể chế", None]

    def test_holds_the_rows_of_a_group_named_at_the_end_of_the_first(self) -> None:
        first = grid(f"{HEADER}{TASK}II | Thể chế | | | ")

        assert [row.group for row in rows_of(first, grid(HEADER + TASK))] == [None, "Thể chế"]


class TestOtherTable:
    PEOPLE = "TT | Họ và tên | Chức vụ | Điện thoại | Thư điện tử\n1 | Lý Văn Bảy | Văn thư | 0123 | a@b.vn"

    def test_of_the_same_width_on_the_next_sheet_assigns_nothing(self) -> None:
        named = f"Danh sách cán bộ đầu mối | < | < | < | <\n{self.PEOPLE}"

        for people in (self.PEOPLE, named):
            assert [row.title for row in rows_of(grid(HEADER + TASK), grid(people))] == ["Họp"]

    def test_below_on_the_same_sheet_assigns_nothing(self) -> None:
        assert [row.title for row in rows_of(grid(f"{HEADER}{TASK} | | | | \n{self.PEOPLE}"))] == ["Họp"]

    def test_that_counts_on_in_other_columns_is_asked_about(self) -> None:
        rows, questions = read_rows(
            document(grid(HEADER + TASK), grid("2 | Họp | Quý II | VP\n3 | Họp | Quý III | VP"))
        )

        assert len(rows) == 1
        assert [question.code for question in questions] == ["table-unread"]
