"""The counts of reports: what is counted, and whether totals, parts and shares hold together."""

from fractions import Fraction
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.domain.reading.document import Paragraph, SourceDocument
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.reported_figures import ReportedFigure, read_figures

HEAD = ("Số: 56/BC-SGDĐT", "Hồng Lam, ngày 19 tháng 02 năm 2024", "BÁO CÁO", "Kết quả cải cách hành chính năm 2023")


def read(sentence: str) -> tuple[tuple[ReportedFigure, ...], tuple[Question, ...]]:
    return read_figures(SourceDocument(tuple(map(Paragraph, (*HEAD, sentence)))))


HOLD = [
    "Sở được giao 53 nhiệm vụ: 36 nhiệm vụ hoàn thành đúng hạn, 17 đang thực hiện, 0 quá hạn.",
    "Tổng số nhiệm vụ tỉnh giao là 20; Số nhiệm vụ đã hoàn thành: 15; Số nhiệm vụ đang thực hiện: 5;"
    " Số nhiệm vụ quá hạn: 0.",
    "Đã tiếp nhận 1.234 hồ sơ, trong đó 1.000 hồ sơ trực tuyến, đạt 81,04%.",
    "Đã tiếp nhận 291 hồ sơ, trong đó có 273 hồ sơ trực tuyến đạt 93.81%; có 65 hồ sơ trả qua bưu chính.",
    "Có 45/50 đơn vị đạt 90%.",
    "Toàn ngành có 7/9 trường nộp báo cáo đúng hạn (77,8%).",
    "Sở có 12 phòng, gồm 5 phòng chuyên môn và 7 phòng nghiệp vụ.",
    "Đã giao 53 nhiệm vụ: 36 hoàn thành, trong đó 30 đúng hạn, 6 trễ hạn; 17 đang thực hiện.",
    "Sở giải quyết 40 hồ sơ (30 trực tuyến, 25 trước hạn).",
    "Có 10 văn bản: 4 văn bản mới, 3 văn bản sửa đổi và một số văn bản thay thế.",
    "Tập huấn 5 lớp: 120 giáo viên mầm non, 80 giáo viên tiểu học.",
    "Tiếp nhận 291 hồ sơ, trong đó 273 hồ sơ trực tuyến, tỷ lệ giải quyết đúng hạn đạt 100%.",
    "Có 30 hồ sơ, trong đó 12 hồ sơ trực tuyến, đạt 120% so với cùng kỳ.",
    "Kiểm tra 20 đơn vị, trong đó 05 trường THPT, 10 trường THCS.",
    "Gần 100 hồ sơ: 60 hồ sơ trực tuyến, 30 hồ sơ trực tiếp.",
    "Công nhận 26 thủ tục, trong đó bao gồm: Xác minh văn bằng: 20; Cấp giấy chứng nhận: 01; Công nhận đạt chuẩn: 05.",
    "Trước ngày 15/6 các trường gửi báo cáo; quý I/2024 đơn vị tổ chức hội nghị; dịch vụ công mức độ 3, 4.",
]
BREAK = [
    (
        "Sở được giao 53 nhiệm vụ: 36 nhiệm vụ hoàn thành đúng hạn, 15 đang thực hiện, 0 quá hạn.",
        "figures-do-not-add-up",
        "Tổng ghi 53 nhưng các phần cộng lại là 36 + 15 + 0 = 51.",
    ),
    (
        "Tổng số nhiệm vụ được giao có 20 nhiệm vụ; Số nhiệm vụ đã hoàn thành 15; Số nhiệm vụ đang thực hiện 6;"
        " Số nhiệm vụ quá hạn 0.",
        "figures-do-not-add-up",
        "Tổng ghi 20 nhưng các phần cộng lại là 15 + 6 + 0 = 21.",
    ),
    (
        "Tiếp nhận 1.500 hồ sơ, gồm 1.000 hồ sơ trực tuyến và 400 hồ sơ trực tiếp.",
        "figures-do-not-add-up",
        "Tổng ghi 1.500 nhưng các phần cộng lại là 1.000 + 400 = 1.400.",
    ),
    (
        "Tiếp nhận 65 hồ sơ, trong đó 73 hồ sơ trực tuyến.",
        "figures-do-not-add-up",
        "“73 hồ sơ trực tuyến” lớn hơn tổng “65 hồ sơ”.",
    ),
    (
        "Đã tiếp nhận 291 hồ sơ, trong đó 273 hồ sơ trực tuyến, đạt 98,31%.",
        "share-does-not-fit",
        "273/291 là 93,81%, văn bản ghi 98,31%.",
    ),
    ("Có 45/50 đơn vị nộp báo cáo, đạt 95%.", "share-does-not-fit", "45/50 là 90,00%, văn bản ghi 95%."),
    (
        "Kế hoạch đề ra 44/12 nhiệm vụ đã thực hiện.",
        "figure-unclear",
        "Chưa rõ “44/12” là tỷ lệ hay là ngày, tháng: số trước lớn hơn số sau.",
    ),
]


class TestArithmetic:
    @pytest.mark.parametrize("sentence", HOLD)
    def test_that_holds_or_claims_nothing_is_not_asked_about(self, sentence: str):
        assert not read(sentence)[1]

    @pytest.mark.parametrize(("sentence", "code", "text"), BREAK)
    def test_that_does_not_hold_is_asked_about_with_what_was_calculated(self, sentence: str, code: str, text: str):
        assert [(question.code, question.text) for question in read(sentence)[1]] == [(code, text)]

    @pytest.mark.parametrize("sentence", [HOLD[0], HOLD[1], HOLD[2], HOLD[4], HOLD[5], HOLD[6], HOLD[15]])
    def test_that_was_done_and_holds_is_said_so(self, sentence: str):
        assert [one.outcome for one in read(sentence)[0]] == ["fits"]


class TestFigure:
    def test_names_what_is_counted_with_its_parts_and_its_share(self):
        (figure,), _ = read("Sở đã tiếp nhận 1.291 hồ sơ, trong đó 273 hồ sơ trực tuyến, đạt 21,15%.")
        (part,) = figure.parts
        assert (figure.value, figure.unit, figure.label) == (1291, "hồ sơ", "hồ sơ")
        assert (part.value, part.label, part.share) == (273, "hồ sơ trực tuyến", Fraction("21.15"))
        assert figure.sentence.startswith("Sở đã tiếp nhận")

    def test_is_no_date_no_article_and_no_money(self):
        assert not read("Ngày 15/6/2023, theo Điều 7, quý 2, kinh phí 120 triệu đồng, mức độ 3 trường đạt 95%.")[0]

    def test_of_a_plan_is_left_to_its_targets(self):
        plan = SourceDocument((Paragraph("KẾ HOẠCH"), Paragraph("Giao 53 nhiệm vụ: 36 hoàn thành, 15 đang thực hiện.")))
        assert read_figures(plan) == ((), ())


class TestRealReport:
    def test_adds_up_and_is_asked_about_44_12_alone(self, shared: Path):
        text = next((shared / "seeds").glob("002_*.txt")).read_text(encoding="utf-8")
        figures, questions = read_figures(read_text(text))
        assert [(question.code, question.words) for question in questions] == [("figure-unclear", "44/12")]
        read_parts = {
            int(one.value): [int(part.value) for part in one.parts] for one in figures if one.outcome == "fits"
        }
        assert read_parts == {9: [9], 44: [44], 53: [36, 17, 0], 291: [273, 65], 26: [20, 1, 5]}
