"""The công văn đôn đốc on paper: its form by NĐ 30/2020/NĐ-CP, its words, and a table that goes over pages."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.table import Table

from cchc_tasks.adapters.letters import FONT, MOTTO, NATION, WordLetterWriter
from cchc_tasks.domain.follow_up import HEADS, FollowUpLetter, LateDuty

LATE = LateDuty(
    ("Phòng Tổ chức cán bộ",),
    "Kiểm tra công vụ (quý I/2026)",
    "Kế hoạch số 12/KH-SGDĐT ngày 05/01/2026",
    date(2026, 3, 5),
)
LETTER = FollowUpLetter(
    superior="UBND tỉnh Sông Lam",
    authority="Sở Giáo dục và Đào tạo",
    place="Sông Lam",
    office="Văn phòng",
    office_code="VP",
    signer="",
    made_on=date(2026, 3, 24),
    answer_by=date(2026, 3, 27),
    duties=(LATE, replace(LATE, units=("Thanh tra", "Văn phòng"), due_on=date(2026, 2, 27))),
)
SIXTY = replace(LETTER, duties=tuple(replace(LATE, units=(f"Trường Tiểu học số {n}",)) for n in range(1, 61)))


def opened(letter: FollowUpLetter) -> Paper:
    return Document(BytesIO(WordLetterWriter().write(letter)))


def said(letter: FollowUpLetter) -> str:
    """Every text of the letter, a line for each paragraph."""
    paper = opened(letter)
    cells = [cell for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join(one.text for one in [*paper.paragraphs, *(line for cell in cells for line in cell.paragraphs)])


def late_table(letter: FollowUpLetter) -> Table:
    return opened(letter).tables[1]


class TestSheet:
    def test_is_a4_with_the_margins_of_the_decree(self) -> None:
        page = opened(LETTER).sections[0]
        millimetres = [
            round(one.mm)
            for one in (
                page.page_width,
                page.page_height,
                page.top_margin,
                page.bottom_margin,
                page.left_margin,
                page.right_margin,
            )
            if one is not None
        ]
        assert millimetres == [210, 297, 20, 20, 30, 15]

    def test_is_in_one_typeface_for_every_script(self) -> None:
        paper = opened(LETTER)
        fonts = paper.styles["Normal"].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {FONT}
        assert not [name for name in fonts.keys() if name.endswith("Theme")]  # noqa: SIM118  (an element of lxml)

    def test_numbers_its_pages_centred_at_the_top_from_the_second_on(self) -> None:
        page = opened(SIXTY).sections[0]
        assert page.different_first_page_header_footer
        assert not page.first_page_header.paragraphs[0].text
        (number,) = page.header.paragraphs
        assert number.alignment == 1
        (field,) = number._p.findall(qn("w:fldSimple"))
        assert field.get(qn("w:instr")) == "PAGE"
        assert field.find(f".//{qn('w:sz')}").get(qn("w:val")) == "28"  # half points


class TestHead:
    def test_holds_both_blocks_with_their_sizes_and_rules(self) -> None:
        left, right = opened(LETTER).tables[0].rows[0].cells
        lines = [
            (one.text, one.runs[0].font.size.pt, bool(one.runs[0].bold), bool(one.runs[0].italic))
            for cell in (left, right)
            for one in cell.paragraphs
            if one.runs
        ]
        assert lines == [
            ("UBND TỈNH SÔNG LAM", 12, False, False),
            ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", 12, True, False),
            ("Số:            /SGDĐT-VP", 13, False, False),
            ("V/v đôn đốc thực hiện nhiệm vụ cải cách hành chính quá hạn", 12, False, False),
            (NATION, 12, True, False),
            (MOTTO, 13, True, False),
            ("Sông Lam, ngày      tháng 3 năm 2026", 13, False, True),
        ]
        assert [len(cell._tc.findall(f".//{qn('w:pBdr')}")) for cell in (left, right)] == [1, 1]

    def test_leaves_out_a_superior_that_nobody_knows(self) -> None:
        left = opened(replace(LETTER, superior="", place="")).tables[0].rows[0].cells[0]
        assert left.paragraphs[0].text == "SỞ GIÁO DỤC VÀ ĐÀO TẠO"
        assert "……………, ngày      tháng 3" in said(replace(LETTER, place=""))

    def test_writes_the_first_two_months_with_a_zero(self) -> None:
        assert "ngày      tháng 02 năm 2026" in said(replace(LETTER, made_on=date(2026, 2, 9)))


class TestWords:
    def test_name_the_late_units_once_in_the_address(self) -> None:
        words = said(LETTER)
        assert "Kính gửi:\n- Phòng Tổ chức cán bộ;\n- Thanh tra;\n- Văn phòng.\n" in words
        assert "Kính gửi: Phòng Tổ chức cán bộ.\n" in said(replace(LETTER, duties=(LATE,)))
        assert "Kính gửi: Các đơn vị có tên trong bảng dưới đây.\n" in said(SIXTY)

    def test_count_with_two_digits_and_ask_for_an_answer_by_a_day(self) -> None:
        words = said(LETTER)
        assert "tính đến ngày 24/3/2026, còn 02 nhiệm vụ của 03 đơn vị đã quá hạn" in words
        assert "Sở Giáo dục và Đào tạo đề nghị thủ trưởng các đơn vị có tên trong bảng trên" in words
        assert "chậm nhất ngày 27/3/2026 (thứ Sáu)." in words
        assert "đề nghị thủ trưởng Phòng Tổ chức cán bộ khẩn trương" in said(replace(LETTER, duties=(LATE,)))

    def test_end_with_the_receivers_and_who_signs(self) -> None:
        left, right = opened(LETTER).tables[2].rows[0].cells
        assert left.text == "Nơi nhận:\n- Như trên;\n- Lãnh đạo Sở (để báo cáo);\n- Lưu: VT, VP."
        assert right.text.strip() == "TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG"
        known = opened(replace(LETTER, signer="Phạm Thị Yến", office="Phòng Tổ chức cán bộ")).tables[2]
        assert known.rows[0].cells[1].text == "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ\nPhạm Thị Yến"

    def test_hold_in_plain_text_whatever_a_name_begins_with(self) -> None:
        odd = replace(LATE, units=("=HYPERLINK(1)",), duty="@SUM(1+1)\x00\ud800 và\nhơn", document="-2+3")
        assert [cell.text for cell in late_table(replace(LETTER, duties=(odd,))).rows[1].cells][1:4] == [
            "=HYPERLINK(1)",
            "@SUM(1+1) và hơn",
            "-2+3",
        ]


class TestTable:
    def test_says_of_each_how_late_it_was_on_the_day_of_the_letter(self) -> None:
        rows = [[cell.text for cell in row.cells] for row in late_table(LETTER).rows]
        assert rows == [
            list(HEADS),
            ["1", *LATE.units, LATE.duty, LATE.document, "05/3/2026", "19"],
            ["2", "Thanh tra; Văn phòng", LATE.duty, LATE.document, "27/02/2026", "25"],
        ]

    def test_fits_between_the_margins(self) -> None:
        for table in opened(LETTER).tables:
            assert sum(column.width.cm for column in table.columns if column.width) == pytest.approx(16.5, abs=0.01)

    def test_holds_sixty_units_and_tears_no_row(self) -> None:
        head, *rows = late_table(SIXTY).rows
        assert len(rows) == 60
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)

    def test_shows_its_head_on_every_page(self, tmp_path: Path) -> None:
        office, reader = shutil.which("soffice"), shutil.which("pdftotext")
        if not office or not reader:
            pytest.skip("LibreOffice and pdftotext are needed to lay the letter out")
        (tmp_path / "cong-van.docx").write_bytes(WordLetterWriter().write(SIXTY))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        subprocess.run(
            [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), "cong-van.docx"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=120,
        )
        text = subprocess.run(
            [reader, "-layout", str(tmp_path / "cong-van.pdf"), "-"], check=True, capture_output=True, timeout=60
        )
        pages = text.stdout.decode().removesuffix("\f").split("\f")
        with_rows = [page for page in pages if "Trường Tiểu học" in page]
        assert len(with_rows) > 2
        assert all("Văn bản giao" in page for page in with_rows)
        assert [page.split()[0] for page in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]
