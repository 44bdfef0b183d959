"""Targets of a plan: those of its tables of indicators, those of its body, and where the two differ."""

import json
from pathlib import Path
from typing import Any

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.header import read_header
from cchc_tasks.domain.reading.indicators import Indicator, read_indicators
from tests.making.grids import document, grid

YEARS = Years(2026, 2030)

# Each line: number, phase, area, figure, leads; written before the reader was.
TABLES = {
    "years-as-columns": (
        grid("""
            TT | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2027 | Đơn vị chủ trì
            I | Dịch vụ công | | | |
            1 | Tỷ lệ hồ sơ trực tuyến | % | 70 | 80 | Văn phòng Sở
            2 | Số thủ tục được rút ngắn | TTHC | ≥ 5 | ≥ 8 | Phòng Pháp chế
            II | Tổ chức bộ máy | | | |
            3 | Trường tự chủ chi thường xuyên | trường | 3 | 6 | Phòng KHTC
        """),
        [
            "I.1; Năm 2026; Dịch vụ công; = 70 %; Văn phòng Sở",
            "I.1; Năm 2027; Dịch vụ công; = 80 %; Văn phòng Sở",
            "I.2; Năm 2026; Dịch vụ công; >= 5 TTHC; Phòng Pháp chế",
            "I.2; Năm 2027; Dịch vụ công; >= 8 TTHC; Phòng Pháp chế",
            "II.3; Năm 2026; Tổ chức bộ máy; = 3 trường; Phòng KHTC",
            "II.3; Năm 2027; Tổ chức bộ máy; = 6 trường; Phòng KHTC",
        ],
    ),
    "phases-as-columns-of-bullets": (
        grid("""
            STT | Lĩnh vực | Mục tiêu | < | Phòng chủ trì | Phối hợp
            ^ | ^ | Giai đoạn 2026-2028 | Giai đoạn 2029-2030 | ^ | ^
            1 | Thủ tục hành chính | - 80% hồ sơ đúng hạn.⏎- Giảm 10% chi phí. | - 95% hồ sơ đúng hạn. | VP | TCCB
            2 | Chế độ công vụ | - 60% viên chức được tập huấn. | - 90% viên chức được tập huấn. | TCCB | VP
        """),
        [
            "1; Giai đoạn 2026-2028; Thủ tục hành chính; = 80 %; VP",
            "1; Giai đoạn 2026-2028; Thủ tục hành chính; = 10 %; VP",
            "1; Giai đoạn 2029-2030; Thủ tục hành chính; = 95 %; VP",
            "2; Giai đoạn 2026-2028; Chế độ công vụ; = 60 %; TCCB",
            "2; Giai đoạn 2029-2030; Chế độ công vụ; = 90 %; TCCB",
        ],
    ),
    "one-year-and-its-unit": (
        grid("""
            STT | Nội dung chỉ tiêu | ĐVT | Chỉ tiêu năm 2026 | Cơ quan thực hiện
            1 | Mức độ hài lòng của phụ huynh | % | Trên 92 | Các trường trực thuộc
            2 | Lớp tập huấn | lớp | Tối thiểu 02 | Phòng Tổ chức cán bộ
            3 | Xây dựng kho học liệu số | | Hoàn thành | Văn phòng
        """),
        [
            "1; năm 2026; None; > 92 %; Các trường trực thuộc",
            "2; năm 2026; None; >= 2 lớp; Phòng Tổ chức cán bộ",
            "3; năm 2026; None; None; Văn phòng",
        ],
    ),
    "merged-leads-and-areas": (
        grid("""
            TT | Tiêu chí | Chỉ tiêu cần đạt | Đơn vị chủ trì
            1 | Cải cách thủ tục | 100% thủ tục được công khai | Văn phòng Sở
            2 | ^ | 90% hồ sơ trả trước hạn | ^
            3 | Cải cách công vụ | Không có cán bộ bị kỷ luật | Phòng TCCB
        """),
        [
            "1; None; Cải cách thủ tục; = 100 %; Văn phòng Sở",
            "2; None; Cải cách thủ tục; = 90 %; Văn phòng Sở",
            "3; None; Cải cách công vụ; None; Phòng TCCB",
        ],
    ),
    "targets-over-a-page": (
        grid("""
            TT | Nội dung | Mục tiêu | Chủ trì | Phối hợp
            A | Giai đoạn 2026 - 2027 | < | < | <
            1 | Cải cách thể chế | + 100% văn bản được rà soát; | Phòng Pháp chế | Các phòng

             | | + 80% văn bản được đăng tải trên trang thông tin | |
            2 | Tài chính công | + 30% đơn vị tự chủ | KHTC | VP
        """),
        [
            "A.1; Giai đoạn 2026 - 2027; Cải cách thể chế; = 100 %; Phòng Pháp chế",
            "A.1; Giai đoạn 2026 - 2027; Cải cách thể chế; = 80 %; Phòng Pháp chế",
            "A.2; Giai đoạn 2026 - 2027; Tài chính công; = 30 %; KHTC",
        ],
    ),
    "leads-at-the-head-of-their-area": (
        grid("""
            STT | Chỉ tiêu | Đơn vị chủ trì
            I | Cải cách thủ tục hành chính | Văn phòng
            1 | 100% thủ tục được công khai |
            2 | Ít nhất 85% hồ sơ số hóa | Tổ CNTT
        """),
        [
            "I.1; None; Cải cách thủ tục hành chính; = 100 %; Văn phòng",
            "I.2; None; Cải cách thủ tục hành chính; >= 85 %; Tổ CNTT",
        ],
    ),
    "years-below-one-title": (
        grid("""
            STT | Chỉ tiêu | ĐVT | Mục tiêu | < | Đơn vị theo dõi, đánh giá
            ^ | ^ | ^ | 2026 | 2027 | ^
            1 | Chỉ số hài lòng | % | trên 85 | từ 90 trở lên | Phòng CTHSSV
        """),
        ["1; năm 2026; None; > 85 %; Phòng CTHSSV", "1; năm 2027; None; >= 90 %; Phòng CTHSSV"],
    ),
    "the-unit-in-the-title": (
        grid("""
            TT | NỘI DUNG | CHỈ TIÊU (%) | ĐƠN VỊ CHỦ TRÌ
            1 | Hồ sơ đúng hạn | 98 | Văn phòng
            2 | Dịch vụ công trực tuyến | 80 | nt
        """),
        ["1; None; None; = 98 %; Văn phòng", "2; None; None; = 80 %; Văn phòng"],
    ),
    "figures-of-the-past-are-none": (
        grid("""
            TT | Chỉ tiêu | Đơn vị | Thực hiện năm 2025 | Kế hoạch năm 2026 | Chủ trì
            1 | Tỷ lệ ký số văn bản | % | 88 | 95 | Văn phòng
        """),
        ["1; năm 2026; None; = 95 %; Văn phòng"],
    ),
    "duties-are-none": (
        grid("""
            TT | Nhiệm vụ | Chỉ tiêu | Thời gian | Chủ trì
            1 | Số hóa hồ sơ | 80% hồ sơ | Quý II/2026 | Văn phòng
        """),
        [],
    ),
    "points-are-none": (
        grid("""
            STT | Tiêu chí, tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện
            1 | Ban hành kế hoạch: đạt 100% | 1,5 | Văn phòng
        """),
        [],
    ),
}

BODIES = {
    "numbered-areas": (
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nNâng cao 30% chất lượng phục vụ.\n2. Một số chỉ tiêu chủ yếu\n"
        "2.1. Cải cách thủ tục\n- 100% thủ tục được công khai.\n- Rút ngắn ít nhất 15% thời gian giải quyết.\n"
        "2.2. Công vụ\n- Xây dựng đội ngũ viên chức chuyên nghiệp.\nII. NHIỆM VỤ\n- Kết nối 100% phần mềm.",
        [
            "None; Cải cách thủ tục; = 100 %",
            "None; Cải cách thủ tục; >= 15 %",
            "None; Công vụ; None",
        ],
    ),
    "letters-are-targets": (
        "II. MỤC TIÊU\n1. Mục tiêu chung\nXây dựng nền hành chính phục vụ.\n2. Mục tiêu cụ thể\n"
        "a) 95% hồ sơ được giải quyết đúng hạn.\nb) Mức độ hài lòng đạt trên 90%.\nIII. NỘI DUNG\n1. Thể chế",
        ["None; None; = 95 %", "None; None; > 90 %"],
    ),
    "phases-as-headings": (
        "I. CÁC CHỈ TIÊU CỤ THỂ\n1. Đến năm 2028\n- 70% trường học có học bạ số.\n2. Đến năm 2030\n"
        "- 100% trường học có học bạ số.\nII. TỔ CHỨC THỰC HIỆN",
        ["Đến năm 2028; None; = 70 %", "Đến năm 2030; None; = 100 %"],
    ),
    "a-heading-without-number": (
        "1. Mục đích, yêu cầu\nMục tiêu chung:\n- Cải thiện chỉ số hài lòng.\nChỉ tiêu cụ thể:\n"
        "- 80% cuộc họp trực tuyến; 60% tài liệu họp không giấy.\n2. Nhiệm vụ\n- Tổ chức 03 lớp tập huấn.",
        ["None; None; = 80 %", "None; None; = 60 %"],
    ),
    "a-year-before-the-colon": (
        "I. CHỈ TIÊU\n1. Năm 2027: Chỉ số đạt từ 88 điểm trở lên; 85% đơn vị xếp loại Tốt.\n"
        "2. Năm 2028: 90% đơn vị xếp loại Tốt.",
        ["Năm 2027; None; >= 88 điểm", "Năm 2027; None; = 85 %", "Năm 2028; None; = 90 %"],
    ),
    "a-number-before-a-figure": (
        "I. CHỈ TIÊU\n1. Điểm hài lòng tối thiểu 8,5 điểm.\n2. 95% học phần có đề cương.\n"
        "3. 100% yêu cầu được phản hồi.",
        ["None; None; >= 17/2 điểm", "None; None; = 95 %", "None; None; = 100 %"],
    ),
    "a-paragraph-longer-than-a-page": (
        "I. CHỈ TIÊU\n" + "Nâng cao chất lượng phục vụ. " * 200 + "Trên 90% hồ sơ đúng hạn.",
        ["None; None; > 90 %"],
    ),
    "a-year-of-its-own-anywhere": (
        "II. NHIỆM VỤ\n1. Phòng Tổ chức cán bộ\n- Bồi dưỡng viên chức, đạt trên 60% vào năm 2027 và trên 85% vào năm "
        "2029.\n- Công khai 100% thủ tục.",
        ["năm 2027; None; > 60 %", "năm 2029; None; > 85 %"],
    ),
}


def figure(one: Indicator) -> str:
    target = one.target
    if target is None:
        return "None"
    value = f"{target.value}" if target.upper is None else f"{target.value}-{target.upper}"
    return f"{target.comparator} {value} {target.unit}"


def in_one_line(one: Indicator) -> str:
    of_body = [str(one.phase), str(one.area), figure(one)]
    if one.in_body:
        return "; ".join(of_body)
    return "; ".join([one.number, *of_body, ", ".join(unit.text for unit in one.leads)])


def read(*blocks: Any, years: Years = YEARS) -> list[str]:
    indicators, _ = read_indicators(document(*blocks), years)
    return [in_one_line(one) for one in indicators]


class TestTables:
    @pytest.mark.parametrize("name", TABLES)
    def test_give_each_figure_with_its_phase_area_and_leads(self, name: str):
        table, expected = TABLES[name]
        assert read(table) == expected


class TestBody:
    @pytest.mark.parametrize("name", BODIES)
    def test_gives_what_stands_under_a_heading_about_targets(self, name: str):
        text, expected = BODIES[name]
        assert read(text) == expected


class TestRealPlan:
    def test_gives_every_target_of_the_appendix_as_a_careful_person_noted_them(self, shared: Path):
        gold: list[dict[str, Any]] = json.loads((shared / "gold" / "000_rows.json").read_text(encoding="utf-8"))
        found = [one for one in real(shared)[0] if not one.in_body]

        expected = [
            (row, text, value)
            for row in gold
            for text, values in zip(row["indicators"], row["indicator_targets"], strict=True)
            for value in values or [None]
        ]
        assert len({(row["id"], text) for row, text, _ in expected}) == 35
        for one, (row, text, value) in zip(found, expected, strict=True):
            assert (one.number, one.area, one.phase) == (row["id"], row["criterion"], row["phase_label"])
            assert (str(one.first_on), str(one.last_on)) == (row["phase_start"], row["phase_end"])
            assert (one.text, str(one.target.value) if one.target else None) == (text, value)
            assert [(unit.text, unit.section) for unit in one.leads] == [(row["lead_unit"], row["lead_section"])]
            assert [unit.text for unit in one.cooperating] == row["coordinators"]

    def test_gives_the_steps_of_two_years_from_the_body(self, shared: Path):
        steps = [one for one in real(shared)[0] if one.in_body and one.phase]
        assert [(one.phase, figure(one)) for one in steps] == [("năm 2022", "> 50 %"), ("năm 2024", "> 70 %")]
        assert sum(one.in_body for one in real(shared)[0]) == 25

    def test_asks_about_three_differences_and_the_year_of_two_phases_and_nothing_else(self, shared: Path):
        asked = real(shared)[1]
        differing = [one.choices for one in asked if one.code == "target-differs"]
        assert [(body[:16], table[:8]) for body, table in differing] == [
            ("Phấn đấu tích hợ", "100% DVC"),
            ("Giảm tối thiểu 1", "Giảm 5% "),
            ("30% cán bộ, công", "50% cán "),
        ]
        assert [one.code for one in asked if one.code != "target-differs"] == ["phase-overlap"]

    @pytest.mark.parametrize(("document", "count"), [("001", 12), ("002", 0), ("003", 0), ("004", 0)])
    def test_finds_no_targets_but_those_set(self, shared: Path, document: str, count: int):
        indicators, questions = real(shared, document)
        assert (len(indicators), questions) == (count, ())


def real(shared: Path, document: str = "000") -> tuple[tuple[Indicator, ...], tuple[Any, ...]]:
    text = FileReader().read(next((shared / "seeds").glob(f"{document}_*.txt")))
    return read_indicators(text, read_header(text)[0].years)


TABLE = """
    TT | Tiêu chí | Chỉ tiêu cần đạt | Đơn vị chủ trì
    A | Giai đoạn 2026-2028 | |
    1 | Thủ tục | {first} | Văn phòng
    B | Giai đoạn 2029-2030 | |
    1 | Thủ tục | {last} | Văn phòng
"""


def asked(body: str, first: str, last: str) -> list[str]:
    text = document(f"I. CHỈ TIÊU CỤ THỂ\n- {body}\nII. NHIỆM VỤ\n1. Chung", grid(TABLE.format(first=first, last=last)))
    return [one.code for one in read_indicators(text, YEARS)[1]]


class TestDifferences:
    @pytest.mark.parametrize(
        ("body", "last"),
        [
            ("Phấn đấu số hóa 70% hồ sơ thủ tục hành chính của học sinh.", "100% hồ sơ TTHC của học sinh được số hóa."),
            (
                "Cắt giảm tối thiểu 20% thời gian giải quyết thủ tục chuyển trường.",
                "Giảm 15% thời gian thủ tục chuyển trường.",
            ),
        ],
    )
    def test_of_one_subject_are_asked(self, body: str, last: str):
        assert asked(body, "Ban hành quy chế.", last) == ["target-differs"]

    @pytest.mark.parametrize(
        ("body", "first", "last"),
        [
            (
                "100% hồ sơ thủ tục hành chính được số hóa.",
                "60% hồ sơ TTHC được số hóa.",
                "100% hồ sơ TTHC được số hóa.",
            ),
            ("50% hồ sơ thủ tục được trả trước hạn.", "Ban hành quy chế.", "100% hồ sơ thủ tục được trả đúng hạn."),
            ("90% giáo viên được tập huấn chuyển đổi số.", "Lập tổ.", "60% học sinh được tập huấn chuyển đổi số."),
            ("Giảm 10% chi phí tuân thủ thủ tục hành chính.", "Lập tổ.", "95% chi phí tuân thủ TTHC được công khai."),
            ("80% trường mầm non đạt chuẩn thư viện.", "Lập tổ.", "95% trường tiểu học đạt chuẩn thư viện."),
            ("70% cán bộ được bồi dưỡng ngoại ngữ.", "Lập tổ.", "40% cán bộ được bồi dưỡng quản lý nhà nước."),
            ("Đến năm 2027, 55% trường có học bạ số.", "Lập tổ.", "100% trường có học bạ số."),
        ],
    )
    def test_of_other_subjects_steps_and_years_are_not(self, body: str, first: str, last: str):
        assert asked(body, first, last) == []


class TestQuestions:
    def test_name_the_lead_that_is_missing_and_propose_the_one_above(self):
        table = grid("""
            TT | Nội dung | Chỉ tiêu | Đơn vị chủ trì
            1 | Thể chế | 100% văn bản được rà soát | Phòng Pháp chế
            2 | Công vụ | 90% viên chức được bồi dưỡng |
        """)
        indicators, (question,) = read_indicators(document(table), YEARS)
        assert indicators[1].leads == ()
        assert (question.code, question.proposal) == ("indicator-lead-missing", "Phòng Pháp chế")

    @pytest.mark.parametrize(
        ("cell", "code"),
        [("khoảng 80%", "target-unclear"), ("80% hoặc 90%", "target-unclear"), ("12", "indicator-unclear")],
    )
    def test_are_put_where_a_figure_is_not_clear(self, cell: str, code: str):
        table = grid(f"TT | Tên chỉ tiêu | Chỉ tiêu năm 2026 | Chủ trì\n1 | Chỉ số hài lòng | {cell} | Văn phòng")
        indicators, questions = read_indicators(document(table), YEARS)
        assert [one.target for one in indicators] == [None]
        assert [one.code for one in questions] == [code]

    def test_are_put_for_phases_that_share_a_year_and_not_for_one_within_the_other(self):
        rows = (
            "TT | Tiêu chí | Chỉ tiêu | Chủ trì\nA | Giai đoạn {} | |\n1 | X | 10% hồ sơ | VP\n"
            "B | Giai đoạn {} | |\n1 | X | 20% hồ sơ | VP"
        )
        codes = [
            [one.code for one in read_indicators(document(grid(rows.format(*phases))), YEARS)[1]]
            for phases in (("2026-2028", "2028-2030"), ("2026-2028", "2029-2030"), ("2026-2030", "2026-2028"))
        ]
        assert codes == [["phase-overlap"], [], []]


def test_a_converters_list_tags_are_no_words():
    table = grid("""
        TT | Lĩnh vực | Mục tiêu | Chủ trì
        1 | Thể chế | <ul><li>Tỷ lệ lỗi &lt; 5%</li><li>- 90% văn bản của Phòng Kế hoạch - Tài chính</li></ul> | VP
    """)
    indicators, _ = read_indicators(document(table), YEARS)
    assert [one.text for one in indicators] == ["Tỷ lệ lỗi < 5%", "90% văn bản của Phòng Kế hoạch - Tài chính"]
    assert [one.first_on for one in indicators] == [None, None]
