"""From grids to the rows of an appendix."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.errors import NoAppendix, TableWithoutColumns
from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.document import Grid
from cchc_tasks.domain.reading.findings import Question, Row
from tests.making.files import text_file, word_file, workbook_file
from tests.making.grids import document, grid
from tests.making.real_plan import real_plan
from tests.making.sample_plan import torn_plan, whole_plan

HEADER = "TT | Nhiệm vụ | Thời gian | Chủ trì\n"


def rows_of(*blocks: str | Grid) -> tuple[Row, ...]:
    rows, questions = read_rows(document(*blocks))
    assert questions == ()
    return rows


def table(drawing: str) -> tuple[Row, ...]:
    return rows_of(grid(HEADER + drawing))


def ids_and_titles(rows: Iterable[Row]) -> list[tuple[str, str]]:
    return [(row.id, row.title) for row in rows]


def proposals(row: Row) -> list[tuple[str, str, str | None]]:
    return [(question.code, question.about, question.proposal) for question in row.questions]


class TestRealAppendix:
    @pytest.mark.parametrize("kind", ["txt", "docx", "xlsx"])
    def test_is_read_as_a_careful_person_reads_it(self, kind: str, shared: Path, tmp_path: Path) -> None:
        real = real_plan(shared, tmp_path)

        rows, questions = read_rows(FileReader().read(real.files[kind]))

        assert questions == ()
        for row, gold in zip(rows, real.gold, strict=True):
            assert (row.id, row.number, row.title) == (gold["id"], str(gold["task_no"]), gold["task"])
            assert row.cells == {
                "product": gold["product_cell"],
                "time": gold["time"],
                "lead": gold["lead_cell"],
                "cooperating": gold["coordinators_cell"],
            }
            if kind != "xlsx" and row.id in ("26", "27"):
                assert row.group == "Cải cách chế độ công vụ"
                assert proposals(row) == [("group-before-label", "group", gold["group"])]
            else:
                assert (row.group, row.questions) == (gold["group"], ())


class TestSampleAppendix:
    def test_is_the_same_torn_by_pages_and_in_merged_cells(self, tmp_path: Path) -> None:
        """But for row 5, whose group no torn table can tell."""
        torn, whole = torn_plan(), whole_plan()
        files = [text_file(torn, tmp_path / "a.txt"), word_file(torn, tmp_path / "a.docx")]
        files += [word_file(whole, tmp_path / "b.docx"), workbook_file(whole, tmp_path / "b.xlsx")]

        from_text, from_torn, from_word, from_workbook = (read_rows(FileReader().read(path)) for path in files)

        assert from_text == from_torn
        assert from_word == from_workbook
        differing = [row.id for row, other in zip(from_torn[0], from_word[0], strict=True) if row != other]
        assert differing == ["5"]


class TestRowTornByAPage:
    def test_is_joined_cell_by_cell(self) -> None:
        rows = table("1 | Rà soát thủ | Trong năm | Văn\n\n | tục | 2026 | phòng")

        assert [(row.title, row.cells["time"], row.cells["lead"]) for row in rows] == [
            ("Rà soát thủ tục", "Trong năm 2026", "Văn phòng")
        ]

    def test_is_joined_over_a_repeated_header(self) -> None:
        assert ids_and_titles(table(f"1 | Rà soát | Quý I | VP\n\n{HEADER} | thủ tục | | ")) == [
            ("1", "Rà soát thủ tục")
        ]

    def test_is_no_row_that_says_when_and_by_whom(self) -> None:
        assert ids_and_titles(table("1 | Tuyên truyền | Quý I | VP\n\n | | Quý II | Thanh tra")) == [
            ("1a", "Tuyên truyền"),
            ("1b", "Tuyên truyền"),
        ]

    @pytest.mark.parametrize(
        ("behind", "ids"),
        [(" | Sở tổ chức | 2026 | Sở", ["1"]), (" | Tập huấn | Quý II | Thanh tra", ["1a", "1b"])],
    )
    def test_is_no_row_that_begins_anew_in_every_cell(self, behind: str, ids: list[str]) -> None:
        assert [row.id for row in table(f"1 | Hội nghị do | Trong năm | Văn phòng\n\n{behind}")] == ids

    def test_begins_with_a_small_letter_where_no_row_has_a_number(self) -> None:
        drawing = (
            "Nhiệm vụ | Thời gian | Chủ trì\nRà soát | Quý I | VP\n\nthủ tục | và II | và TTr\n\nKiểm tra | Quý I | VP"
        )

        assert ids_and_titles(rows_of(grid(drawing))) == [("1", "Rà soát thủ tục"), ("2", "Kiểm tra")]


class TestNumber:
    @pytest.mark.parametrize(
        ("cell", "number", "title"),
        [
            ("13. Tham mưu văn bản", "13", "Tham mưu văn bản"),
            ("13.Tham mưu văn bản", "13", "Tham mưu văn bản"),
            ("2) Họp", "2", "Họp"),
            ("2.1. Họp", "2.1", "Họp"),
            ("2.1 Họp", "2.1", "Họp"),
            ("30. 100% đơn vị công khai", "30", "100% đơn vị công khai"),
            ("100% đơn vị công khai", "1", "100% đơn vị công khai"),
            ("1.5 lần lương cơ sở", "1", "1.5 lần lương cơ sở"),
        ],
    )
    def test_is_parsed_off_the_title(self, cell: str, number: str, title: str) -> None:
        rows = rows_of(grid(f"Nhiệm vụ | Thời gian | Chủ trì\n{cell} | Quý I | VP"))

        assert [(row.number, row.title) for row in rows] == [(number, title)]

    def test_may_stand_in_its_own_column(self) -> None:
        assert ids_and_titles(table("1. | Họp | Quý I | VP\n(2) | Báo cáo | Quý I | VP")) == [
            ("1", "Họp"),
            ("2", "Báo cáo"),
        ]

    def test_gets_letters_where_its_task_has_several_rows(self) -> None:
        drawing = "1 | Họp | Quý I | VP\n2 | Tuyên truyền | Quý I | VP\n | | Quý II | VP\n | Tập huấn | Quý II | VP"

        assert [(row.id, row.number, row.title) for row in table(drawing)] == [
            ("1", "1", "Họp"),
            ("2a", "2", "Tuyên truyền"),
            ("2b", "2", "Tuyên truyền"),
            ("2c", "2", "Tập huấn"),
        ]

    def test_tells_rows_apart_where_it_begins_again(self) -> None:
        assert [row.id for row in table("1 | Họp | Quý I | VP\nII | Thể chế | |\n1 | Rà soát | Quý I | VP")] == [
            "1",
            "1-2",
        ]


class TestGroup:
    @pytest.mark.parametrize(
        "heading",
        ["II | CẢI CÁCH THỂ CHẾ | | ", "II. CẢI CÁCH THỂ CHẾ | < | < | <", "2 | CẢI CÁCH THỂ CHẾ | | "],
    )
    def test_is_named_by_a_heading_above_its_rows(self, heading: str) -> None:
        rows = table(f"1 | Họp | Quý I | VP\n{heading}\n2.1 | Rà soát | Quý II | VP")

        assert [(row.id, row.group) for row in rows] == [("1", None), ("2.1", "CẢI CÁCH THỂ CHẾ")]

    def test_counts_until_the_next_label(self) -> None:
        drawing = "Nhóm | Nhiệm vụ | Thời hạn | Đầu mối\nA | 1. Họp | Quý I | VP\n | 2. Rà soát | Quý I | VP"

        assert [row.group for row in rows_of(grid(drawing))] == ["A", "A"]

    def test_goes_on_behind_a_page_break_in_small_letters(self) -> None:
        drawing = (
            "Nhóm | Nhiệm vụ | Thời gian | Chủ trì\nCải cách | 1. Họp | Quý I | VP\n\nthể chế | 2. Rà soát | Quý I | VP"
        )

        assert [row.group for row in rows_of(grid(drawing))] == ["Cải cách thể chế"] * 2


class TestRowsBeforeALabelBehindAPageBreak:
    DRAWING = """Nhóm | Nhiệm vụ | Thời gian | Chủ trì
        Công vụ | 1. Họp | Quý I | {first}
         | 2. Công khai | Quý I | {second}

        Tài chính | 3. Quyết toán | Quý I | Phòng KH-TC"""

    def questions(self, first: str, second: str) -> list[Question]:
        return [
            question
            for row in rows_of(grid(self.DRAWING.format(first=first, second=second)))
            for question in row.questions
        ]

    def test_are_asked_about_when_only_they_share_its_lead(self) -> None:
        (question,) = self.questions("Phòng TCCB", "Phòng KH-TC")

        assert (question.code, question.about, question.proposal) == ("group-before-label", "group", "Tài chính")
        assert question.choices == ("Công vụ", "Tài chính")
        assert "Dòng 2 " in question.text

    @pytest.mark.parametrize(("first", "second"), [("Phòng TCCB", "Văn phòng"), ("Phòng KH-TC", "Phòng KH-TC")])
    def test_raise_no_question_otherwise(self, first: str, second: str) -> None:
        assert self.questions(first, second) == []


class TestColumns:
    @pytest.mark.parametrize(
        "header",
        [
            "STT | Nội dung công việc | Thời gian thực hiện | Đơn vị chủ trì",
            "TT | Nhiệm vụ cụ thể | Tiến độ hoàn thành | Phòng chủ trì thực hiện",
            "Số TT | NHIỆM VỤ, GIẢI PHÁP | THỜI HẠN | CƠ QUAN/ĐƠN VỊ THỰC HIỆN",
            "TT | Tên nhiệm vụ | Hạn hoàn thành | Đơn vị chủ trì, phối hợp",
            "STT | Nội dung | Thời⏎gian | Người chịu trách nhiệm",
        ],
    )
    def test_are_known_by_their_usual_titles(self, header: str) -> None:
        (row,) = rows_of(grid(f"{header}\n1 | Họp | Quý I | VP"))

        assert (row.number, row.title, row.cells["time"], row.cells["lead"]) == ("1", "Họp", "Quý I", "VP")

    def test_may_stand_in_any_order_below_titles_of_the_sheet(self) -> None:
        drawing = """
            PHỤ LỤC | | | | |
            Phân công nhiệm vụ | | | | |
            Phối hợp | Chủ trì | Ghi chú | Kết quả | Thời hạn | Nhiệm vụ
            TCCB | VP | gấp | Báo cáo | Quý I | 1. Họp"""

        (row,) = rows_of(grid(drawing))

        assert row.title == "Họp"
        assert row.cells == {
            "product": "Báo cáo",
            "time": "Quý I",
            "lead": "VP",
            "cooperating": "TCCB",
            "note": "gấp",
        }

    def test_may_have_titles_in_two_rows_and_numbers_below(self) -> None:
        drawing = """
            TT | Nhiệm vụ | Đơn vị thực hiện | <       | Thời gian | <
            ^  | ^        | Chủ trì          | Phối hợp | Bắt đầu | Hoàn thành
            (1) | (2) | (3) | (4) | (5) | (6)
            1 | Họp | VP | TCCB | 01/3/2026 | 15/3/2026"""

        (row,) = rows_of(grid(drawing))

        assert row.cells == {"product": "", "time": "15/3/2026", "lead": "VP", "cooperating": "TCCB"}

    def test_group_tasks_by_the_left_one_of_two_columns_of_tasks(self) -> None:
        (row,) = rows_of(grid("Nội dung | Nhiệm vụ | Thời gian | Chủ trì\nThể chế | 1. Rà soát | Quý I | VP"))

        assert (row.group, row.title) == ("Thể chế", "Rà soát")


class TestSeveralGrids:
    def test_continue_one_table_on_the_next_page(self) -> None:
        first, second = grid(HEADER + "1 | Rà soát | Quý I | VP"), grid(" | thủ tục | | \n2 | Họp | Quý I | VP")

        assert ids_and_titles(rows_of(first, "2", second)) == [("1", "Rà soát thủ tục"), ("2", "Họp")]

    def test_are_one_table_when_the_header_repeats_with_other_columns(self) -> None:
        first, second = (
            grid(HEADER + "1 | Họp | Quý I | VP"),
            grid("Chủ trì | Nhiệm vụ | Thời hạn\nTTr | 2. Kiểm tra | Quý II"),
        )

        assert [(row.title, row.cells["lead"]) for row in rows_of(first, "Biểu 2", second)] == [
            ("Họp", "VP"),
            ("Kiểm tra", "TTr"),
        ]

    def test_leave_out_letterhead_and_signature(self) -> None:
        letterhead = grid("SỞ GDĐT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        signature = grid("Nơi nhận: | GIÁM ĐỐC")

        assert len(rows_of(letterhead, grid(HEADER + "1 | Họp | Quý I | VP"), signature)) == 1


class TestDocumentWithoutAnAppendix:
    @pytest.mark.parametrize("blocks", [("KẾ HOẠCH",), ("KẾ HOẠCH", grid("Nơi nhận: | GIÁM ĐỐC"))])
    def test_is_refused(self, blocks: tuple[str | Grid, ...]) -> None:
        with pytest.raises(NoAppendix):
            read_rows(document(*blocks))

    def test_is_refused_with_the_names_of_the_columns_its_table_lacks(self) -> None:
        with pytest.raises(TableWithoutColumns, match="thiếu cột: “Thời gian thực hiện”, “Đơn vị chủ trì”"):
            read_rows(document(grid("TT | Nhiệm vụ | Kinh phí\n1 | Họp | 0")))


def test_a_line_that_belongs_to_no_task_is_asked_about() -> None:
    rows, questions = read_rows(document(grid(HEADER + "1 | Họp | Quý I | VP\n | | | GIÁM ĐỐC")))

    assert len(rows) == 1
    assert [(question.code, question.proposal) for question in questions] == [("row-unread", None)]
    assert "GIÁM ĐỐC" in questions[0].text
