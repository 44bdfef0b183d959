"""Reporting regimes as offices write them: which report, by which day, from whom, to whom."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.regime import RegimeLine, read_regime
from cchc_tasks.domain.vocabulary import Bound
from tests.making.grids import document, grid

YEAR = Years(2026, 2026)


@dataclass(frozen=True)
class Case:
    """A passage of an invented plan, and each of its reports: period, days in 2026, reporters, receiver, through."""

    text: str
    lines: tuple[tuple[str | None, str], ...]
    reporters: tuple[str, ...] = ()
    receiver: str | None = None
    through: str | None = None
    level: str = "unit"


# Written before the reader was.
PASSAGES = {
    "labels-before-dates": Case(
        "V. CHẾ ĐỘ BÁO CÁO\n- Các phòng chuyên môn định kỳ báo cáo kết quả về Văn phòng Sở: quý I trước ngày 10/3, "
        "6 tháng trước ngày 10/6, 9 tháng trước ngày 10/9 và năm trước ngày 05/12.",
        (("Q1", "10/3"), ("H1", "10/6"), ("9M", "10/9"), ("Y", "5/12")),
        ("Các phòng chuyên môn",),
        "Văn phòng Sở",
    ),
    "one-line-each": Case(
        "3. Thời hạn gửi báo cáo\na) Báo cáo quý I: chậm nhất ngày 12 tháng 3;\nb) Báo cáo 6 tháng đầu năm: chậm nhất "
        "ngày 12 tháng 6;\nc) Báo cáo năm: chậm nhất ngày 01 tháng 12.\n4. Kinh phí\nBảo đảm theo dự toán.",
        (("Q1", "12/3"), ("H1", "12/6"), ("Y", "1/12")),
    ),
    "days-before-labels": Case(
        "IV. Thông tin, báo cáo\nCác trường trực thuộc gửi báo cáo về Phòng Tổ chức cán bộ trước ngày 05/3 đối với báo "
        "cáo quý I; trước ngày 05/6 đối với báo cáo 6 tháng; trước ngày 25/11 đối với báo cáo năm.",
        (("Q1", "5/3"), ("H1", "5/6"), ("Y", "25/11")),
        ("Các trường trực thuộc",),
        "Phòng Tổ chức cán bộ",
    ),
    "last-month-of-the-quarter": Case(
        "1. Trưởng các phòng thuộc Sở thực hiện báo cáo quý trước ngày 15 của tháng cuối quý; báo cáo năm trước ngày "
        "15/12 gửi Văn phòng Sở tổng hợp.",
        (("Q", "15/3 15/6 15/9 15/12"), ("Y", "15/12")),
        ("Trưởng các phòng thuộc Sở",),
        "Văn phòng Sở",
    ),
    "monthly-by-a-day": Case(
        "6. Chế độ thông tin báo cáo\nPhòng GDĐT các huyện báo cáo tháng trước ngày 20 hằng tháng về Sở Giáo dục và "
        "Đào tạo (qua Văn phòng Sở).",
        (("M", "20/1 20/2 20/3 20/4 20/5 20/6 20/7 20/8 20/9 20/10 20/11 20/12"),),
        ("Phòng GDĐT các huyện",),
        "Sở Giáo dục và Đào tạo",
        "Văn phòng Sở",
    ),
    "a-rhythm-alone": Case(
        "2. Văn phòng Sở\nTheo dõi, đôn đốc việc thực hiện và định kỳ hằng quý báo cáo UBND tỉnh (qua Sở Nội vụ).",
        (("Q", "31/3 30/6 30/9 31/12"),),
        ("Văn phòng Sở",),
        "UBND tỉnh",
        "Sở Nội vụ",
        "upward",
    ),
    "in-brackets": Case(
        "Đề nghị các đơn vị trực thuộc định kỳ báo cáo kết quả thực hiện về Phòng Kế hoạch - Tài chính (báo cáo 6 "
        "tháng trước ngày 10/6, báo cáo năm trước ngày 10/12) để tổng hợp.",
        (("H1", "10/6"), ("Y", "10/12")),
        ("các đơn vị trực thuộc",),
        "Phòng Kế hoạch - Tài chính",
    ),
    "labels-that-share-a-day": Case(
        "5. Chế độ báo cáo: Các đơn vị gửi báo cáo quý I, 6 tháng, 9 tháng và năm về Sở (qua Phòng Tổ chức cán bộ) "
        "chậm nhất ngày 10 của tháng cuối kỳ báo cáo.",
        (("Q1", "10/3"), ("H1", "10/6"), ("9M", "10/9"), ("Y", "10/12")),
        ("Các đơn vị",),
        "Sở",
        "Phòng Tổ chức cán bộ",
    ),
    "brackets-behind-labels": Case(
        "VI. Chế độ báo cáo\nHiệu trưởng các trường THPT báo cáo định kỳ hằng quý (trước ngày 15 của tháng cuối quý), "
        "6 tháng (trước ngày 15/6), năm (trước ngày 15/12).",
        (("Q", "15/3 15/6 15/9 15/12"), ("H1", "15/6"), ("Y", "15/12")),
        ("Hiệu trưởng các trường THPT",),
    ),
    "reporters-in-a-line-of-their-own": Case(
        "IV. CHẾ ĐỘ BÁO CÁO\n1. Thời gian gửi báo cáo\nQuý I: ngày 08/3; Quý II: ngày 08/6; Quý III: ngày 08/9; Năm: "
        "ngày 08/12.\n2. Đơn vị báo cáo: Các phòng thuộc Sở, các đơn vị trực thuộc.\n"
        "3. Nơi nhận báo cáo: Văn phòng Sở.",
        (("Q1", "8/3"), ("Q2", "8/6"), ("Q3", "8/9"), ("Y", "8/12")),
        ("Các phòng thuộc Sở", "các đơn vị trực thuộc"),
        "Văn phòng Sở",
    ),
    "next-year": Case(
        "7. Chế độ báo cáo\nPhòng Văn hóa - Xã hội các xã gửi báo cáo năm về Sở trước ngày 10/01 năm sau.",
        (("Y", "10/1/2027"),),
        ("Phòng Văn hóa - Xã hội các xã",),
        "Sở",
    ),
    "upward-report": Case(
        "- Sở GDĐT báo cáo UBND thành phố (qua Sở Nội vụ) theo định kỳ: báo cáo quý I trước ngày 15/3, báo cáo 6 tháng "
        "trước ngày 15/6, báo cáo năm trước ngày 30/11.",
        (("Q1", "15/3"), ("H1", "15/6"), ("Y", "30/11")),
        ("Sở GDĐT",),
        "UBND thành phố",
        "Sở Nội vụ",
        "upward",
    ),
    "every-year": Case(
        "Các trường báo cáo 6 tháng đầu năm trước ngày 15/6 và cả năm trước ngày 15/12 hằng năm về Sở.",
        (("H1", "15/6"), ("Y", "15/12")),
        ("Các trường",),
        "Sở",
    ),
    "whole-words-in-capitals": Case(
        "KẾ HOẠCH\nCải cách hành chính năm 2026\nVI. THỜI GIAN BÁO CÁO\n"
        "BÁO CÁO QUÝ I: TRƯỚC NGÀY 15/03/2026\nBÁO CÁO NĂM: TRƯỚC NGÀY 15/12/2026",
        (("Q1", "15/3"), ("Y", "15/12")),
    ),
    "quarter-ends-by-the-following-month": Case(
        "8. Báo cáo định kỳ\nBộ phận Một cửa báo cáo quý trước ngày 05 của tháng đầu quý sau cho Văn phòng.",
        (("Q", "5/4 5/7 5/10 5/1/2027"),),
        ("Bộ phận Một cửa",),
        "Văn phòng",
    ),
    "a-quarter-named-with-its-year": Case(
        "IV. Chế độ báo cáo\nBáo cáo quý IV và năm 2026 gửi trước ngày 10/12/2026 về Phòng Tổ chức cán bộ.",
        (("Q4", "10/12"), ("Y", "10/12")),
        (),
        "Phòng Tổ chức cán bộ",
    ),
    "duties-are-none": Case(
        "II. NHIỆM VỤ\nCác đơn vị xây dựng kế hoạch gửi về Sở trước ngày 25/02/2026.\nTổng hợp và báo cáo kết quả giải "
        "quyết thủ tục hằng tháng theo quy định.\nBáo cáo kết quả kiểm tra trước ngày 15/11/2026.\nCăn cứ Báo cáo số "
        "12/BC-SGDĐT ngày 15/01/2026 về kết quả năm 2025;",
        (),
    ),
    "a-bracket-of-periods": Case(
        "3. Thực hiện nghiêm chế độ báo cáo định kỳ (quý I, 6 tháng, quý III và năm) gửi về Phòng Giáo dục và Đào tạo "
        "trước ngày 05 của tháng cuối kỳ báo cáo.",
        (("Q1", "5/3"), ("H1", "5/6"), ("Q3", "5/9"), ("Y", "5/12")),
        (),
        "Phòng Giáo dục và Đào tạo",
    ),
    "those-who-report-named-last": Case(
        "Định kỳ 6 tháng (trước ngày 20/6), một năm (trước ngày 20/12), Hiệu trưởng các trường báo cáo kết quả về "
        "Phòng GDĐT.",
        (("H1", "20/6"), ("Y", "20/12")),
        ("Hiệu trưởng các trường",),
        "Phòng GDĐT",
    ),
    "periods-far-from-the-word-report": Case(
        "3. Các đơn vị báo cáo kết quả thực hiện Quý 1 trước 12/3/2026; Quý 2 trước 12/6/2026; năm 2026 trước "
        "05/12/2026 (qua Phòng TCCB).",
        (("Q1", "12/3"), ("Q2", "12/6"), ("Y", "5/12")),
        ("Các đơn vị",),
        None,
        "Phòng TCCB",
    ),
    "terms-of-school": Case(
        "I. CHẾ ĐỘ BÁO CÁO\nCác trường thực hiện chế độ báo cáo như sau:\n- Báo cáo đầu năm học: trước ngày 30/9;\n"
        "- Báo cáo sơ kết học kỳ I: trước ngày 12/01;\n- Báo cáo tổng kết năm học: trước ngày 20/5.\n"
        "Báo cáo gửi về Sở GDĐT.",
        ((None, "30/9"), (None, "12/1"), (None, "20/5")),
        ("Các trường",),
        "Sở GDĐT",
    ),
    "days-of-the-data-are-none": Case(
        "V. CHẾ ĐỘ BÁO CÁO\nCác tổ báo cáo tháng về Văn phòng Sở trước ngày 18 hằng tháng, số liệu tính từ ngày 15 "
        "tháng trước đến ngày 14 tháng báo cáo. Thời điểm chốt số liệu: báo cáo năm ngày 30/11.",
        (("M", "18/1 18/2 18/3 18/4 18/5 18/6 18/7 18/8 18/9 18/10 18/11 18/12"),),
        ("Các tổ",),
        "Văn phòng Sở",
    ),
    "a-rhythm-beside-the-year-has-no-day-of-its": Case(
        "V. CHẾ ĐỘ BÁO CÁO\nCác tổ báo cáo Văn phòng Sở theo quý và cả năm trước ngày 31/5.",
        (("Y", "31/5"),),
        ("Các tổ",),
        "Văn phòng Sở",
    ),
    "those-who-have-not-reported": Case("Qua theo dõi, đến ngày 05/12/2026 còn 14 đơn vị chưa gửi báo cáo năm.", ()),
    "the-past-is-none": Case("Năm 2025, các đơn vị đã gửi báo cáo quý I trước ngày 10/3 theo quy định.", ()),
}


def days(text: str) -> list[date]:
    found = []
    for one in text.split():
        day, month, *year = map(int, one.split("/"))
        found.append(date(year[0] if year else 2026, month, day))
    return found


def read(text: SourceDocument | str, years: Years | None = YEAR, issued_on: date | None = None) -> list[RegimeLine]:
    lines, _ = read_regime(document(text) if isinstance(text, str) else text, years, issued_on)
    return list(lines)


class TestPassages:
    @pytest.mark.parametrize("name", PASSAGES)
    def test_give_each_report_with_its_days_and_those_who_send_and_receive_it(self, name: str):
        case = PASSAGES[name]
        found = read(case.text)
        assert [(one.period, [due.due_on for due in one.occurrences]) for one in found] == [
            (period, days(text)) for period, text in case.lines
        ]
        actors = {(one.reporters, one.receiver, one.through, one.level) for one in found}
        assert actors <= {(case.reporters, case.receiver, case.through, case.level)}


def real(shared: Path, number: str, years: Years, issued_on: date | None) -> list[RegimeLine]:
    return read(FileReader().read(next((shared / "seeds").glob(f"{number}_*.txt"))), years, issued_on)


class TestRealPlans:
    def test_give_four_reports_a_year_from_the_day_of_issue_on(self, shared: Path):
        found = real(shared, "000", Years(2021, 2025), date(2021, 6, 30))
        assert [(one.label, one.month, one.day, one.bound, len(one.occurrences)) for one in found] == [
            ("quý I", 3, 5, Bound.BEFORE, 4),
            ("quý II", 6, 5, Bound.BEFORE, 4),
            ("quý III", 9, 5, Bound.BEFORE, 5),
            ("cả năm", 12, 5, Bound.BEFORE, 5),
        ]
        assert {(one.reporters, one.receiver, one.level) for one in found} == {
            (("Các phòng ban của Sở",), "Văn phòng Sở", "unit")
        }
        assert [one.words for one in found][::3] == ["quý I: trước ngày 05/3", "cả năm: trước ngày 05/12"]
        assert (found[0].occurrences[0].due_on, found[0].occurrences[0].period) == (date(2022, 3, 5), "2022-Q1")

    def test_give_a_schools_reports_to_its_superiors(self, shared: Path):
        monthly, *quarterly = real(shared, "001", Years(2024, 2024), date(2024, 2, 19))
        assert (monthly.period, monthly.through, len(monthly.occurrences)) == ("M", "Phòng nội vụ", 11)
        assert [(one.label, [f"{due.due_on:%d/%m/%Y}" for due in one.occurrences]) for one in quarterly] == [
            ("quý I", ["01/03/2024"]),
            ("quý II", ["01/06/2024"]),
            ("quý III", ["01/09/2024"]),
            ("năm", ["01/12/2024"]),
        ]
        assert {one.reporters for one in quarterly} == {("Hiệu trưởng", "bộ phận văn thư nhà trường")}
        assert {one.level for one in (monthly, *quarterly)} == {"upward"}

    def test_give_the_reports_named_in_a_sentence_and_none_elsewhere(self, shared: Path):
        half, year = real(shared, "003", Years(2023, 2023), None)
        assert [(one.period, one.month, one.day, one.bound) for one in (half, year)] == [
            ("H1", 6, 15, Bound.BY),
            ("Y", 12, 15, Bound.BY),
        ]
        assert (half.reporters, half.receiver) == (("Thủ trưởng các đơn vị trực thuộc Sở",), "phòng Tổ chức cán bộ")
        assert real(shared, "002", Years(2023, 2023), None) == real(shared, "004", Years(2023, 2023), None) == []


class TestYears:
    TEXT = "V. Chế độ báo cáo\nBáo cáo quý I trước ngày 10/3; báo cáo năm trước ngày 05/12/2026."

    def test_repeat_a_day_without_year_and_keep_a_printed_one(self):
        quarterly, yearly = read(self.TEXT, Years(2026, 2028))
        assert [due.due_on.year for due in quarterly.occurrences] == [2026, 2027, 2028]
        assert [due.due_on for due in yearly.occurrences] == [date(2026, 12, 5)]

    def test_leave_out_what_was_due_before_the_plan_was_issued(self):
        quarterly, yearly = read(self.TEXT, YEAR, date(2026, 3, 20))
        assert (quarterly.occurrences, quarterly.month, quarterly.day) == ((), 3, 10)
        assert len(yearly.occurrences) == 1


class TestTerms:
    def test_bear_their_names_and_ask_nothing(self):
        text = "V. CHẾ ĐỘ BÁO CÁO\nCác trường báo cáo học kỳ I trước ngày 10/01, cuối năm học trước ngày 25/5."
        lines, questions = read_regime(document(text), YEAR)
        assert [one.label for one in lines] == ["học kỳ I", "cuối năm học"]
        assert questions == ()


class TestLongParagraphs:
    def test_are_read_to_their_end(self):
        text = "Các trường báo cáo quý I trước ngày 05/3; " + "các trường chủ động thực hiện; " * 200
        lines = read(f"V. CHẾ ĐỘ BÁO CÁO\n{text}các trường báo cáo năm trước ngày 05/12.")
        assert [one.period for one in lines] == ["Q1", "Y"]


class TestTables:
    def test_of_report_dates_are_read_by_their_columns(self):
        table = grid("""
            STT | Loại báo cáo | Thời hạn gửi | Đơn vị báo cáo | Nơi nhận
            1 | Báo cáo quý I | Trước ngày 12/3 | Các phòng thuộc Sở | Văn phòng Sở
            2 | Báo cáo 6 tháng | Trước ngày 12/6 | ^ | ^
            3 | Báo cáo hằng tháng | Ngày 20 hằng tháng | Các trường trực thuộc | ^
        """)
        found = read(document(table))
        assert [(one.period, one.month, one.day, one.reporters, one.receiver) for one in found] == [
            ("Q1", 3, 12, ("Các phòng thuộc Sở",), "Văn phòng Sở"),
            ("H1", 6, 12, ("Các phòng thuộc Sở",), "Văn phòng Sở"),
            ("M", None, 20, ("Các trường trực thuộc",), "Văn phòng Sở"),
        ]


class TestQuestions:
    def test_ask_which_report_a_day_is_meant_for(self):
        text = "V. Chế độ báo cáo\nCác trường gửi báo cáo về Sở trước ngày 20/6."
        (line,), (question,) = read_regime(document(text), YEAR)
        assert (line.period, line.month, line.day) == (None, 6, 20)
        assert (question.code, question.words) == ("regime-period-missing", "trước ngày 20/6")

    def test_ask_about_a_day_that_is_not_in_the_calendar(self):
        text = "V. Chế độ báo cáo\nBáo cáo 6 tháng trước ngày 31/6; báo cáo năm trước ngày 10/12."
        (line,), (question,) = read_regime(document(text), YEAR)
        assert line.period == "Y"
        assert (question.code, question.about, question.words) == ("date-impossible", "regime", "ngày 31/6")
