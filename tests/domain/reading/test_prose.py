"""Duties in prose: careful readings of invented plans line by line, the real documents, and what a plan contradicts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.document import Paragraph, SourceDocument
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.prose import ProseDuty, read_prose
from cchc_tasks.domain.reading.prose_duties.quotas import Quota

READINGS = Path(__file__).parents[2] / "readings" / "prose.txt"
TITLE = "KẾ HOẠCH\nCải cách hành chính năm 2025\nI. TỔ CHỨC THỰC HIỆN\n"


@dataclass(frozen=True)
class Careful:
    """A document and what a careful person reads in it."""

    name: str
    text: str
    duties: list[tuple[str, str, str, str]]  # time, lead, receiver, words of the title
    questions: list[str]


def careful_readings() -> Iterator[Careful]:
    for case in READINGS.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, rest = case.partition("\n")
        text, _, expected = rest.partition("\n---")
        lines = expected.strip().splitlines()
        cells = [[cell.strip() for cell in line.split("|")] for line in lines if not line.startswith("?")]
        yield Careful(
            name,
            text,
            [(time, lead, receiver, title) for time, lead, receiver, title in cells],
            [line.removeprefix("? ") for line in lines if line.startswith("?")],
        )


CAREFUL = list(careful_readings())


def read(text: str) -> tuple[ProseDuty, ...]:
    return read_prose(read_text(text), None)[0]


def one_of(text: str) -> ProseDuty:
    (duty,) = read(TITLE + text)
    return duty


def questions_of(text: str) -> list[Question]:
    return list(read_prose(read_text(text), None)[1])


class TestProse:
    @pytest.mark.parametrize("careful", CAREFUL, ids=lambda careful: careful.name)
    def test_reads_what_a_careful_person_reads(self, careful: Careful) -> None:
        found = read(careful.text)
        read_off = [(one.cells["time"], one.cells["lead"], one.receiver or "") for one in found]
        assert read_off == [(time, lead, receiver) for time, lead, receiver, _ in careful.duties]
        for duty, (*_, words) in zip(found, careful.duties, strict=True):
            assert words.lower() in duty.title.lower()
        assert [one.code for one in questions_of(careful.text)] == careful.questions

    def test_gives_time_cells_that_the_reader_of_cells_understands_or_asks_about(self) -> None:
        for careful in CAREFUL:
            for time, *_ in careful.duties:
                reading = read_deadline(time, Years(2026, 2026))
                assert reading.parts, time

    def test_keeps_the_sentence_and_the_headings(self) -> None:
        duty = one_of("1. Văn phòng\n- Lập danh mục hồ sơ; gửi Phòng Tổ chức trước ngày 05/3/2025.")
        assert duty.sentence == "Lập danh mục hồ sơ; gửi Phòng Tổ chức trước ngày 05/3/2025."
        assert duty.headings == ("TỔ CHỨC THỰC HIỆN", "Văn phòng")
        assert duty.group == "TỔ CHỨC THỰC HIỆN / Văn phòng"

    def test_takes_the_words_of_time_out_of_the_title_where_it_reads_on_without_them(self) -> None:
        assert one_of("1. Phòng Chính trị tổ chức hội thi (trong tháng 5/2025).").title == "Tổ chức hội thi"
        assert one_of("1. Trước ngày 20/5/2025, Phòng Chính trị họp tổ tư vấn.").title == "Họp tổ tư vấn"
        middle = "1. Thanh tra Sở hằng quý kiểm tra các trường theo chuyên đề."
        assert one_of(middle).title == "Kiểm tra các trường theo chuyên đề"

    def test_says_what_is_handed_in_to_whom_through_whom_and_how(self) -> None:
        duty = one_of(
            "1. Các trường lập kế hoạch kiểm tra, gửi về UBND huyện (qua Phòng Nội vụ) trước ngày 10/02/2025 bằng"
            " bản PDF và bản Word; đồng thời gửi bản mềm qua hộp thư noivu@xa-vi-du.vn."
        )
        assert duty.cells["product"] == "Kế hoạch kiểm tra"
        assert (duty.receiver, duty.through) == ("UBND huyện", "Phòng Nội vụ")
        assert duty.forms == ("bản PDF và bản Word", "bản mềm")
        assert duty.address == "noivu@xa-vi-du.vn"

    def test_names_those_who_help(self) -> None:
        duty = one_of("1. Văn phòng chủ trì, phối hợp với Thanh tra Sở, Phòng Tài vụ kiểm kê trước 30/6/2025.")
        assert (duty.cells["lead"], duty.cells["cooperating"]) == ("Văn phòng", "Thanh tra Sở, Phòng Tài vụ")
        above = one_of("1. Tổ Toán\n- Phối hợp với Đoàn trường:\n+ Tổ chức ngày hội trong tháng 3/2025.")
        assert above.cells["cooperating"] == "Đoàn trường"

    @pytest.mark.parametrize(
        ("words", "quota"),
        [
            ("(ít nhất 1 tuần/lần)", Quota(1, "lần", "1 tuần", "ít nhất 1 tuần/lần")),
            ("02 lần/năm", Quota(2, "lần", "năm", "02 lần/năm")),
            ("(mỗi tháng ít nhất 03 bài viết)", Quota(3, "bài viết", "tháng", "mỗi tháng ít nhất 03 bài viết")),
            ("trước ngày 15/3/2025 với ít nhất 05 hình thức", None),
        ],
    )
    def test_counts_only_what_returns(self, words: str, quota: Quota | None) -> None:
        assert one_of(f"1. Phòng Chính trị tuyên truyền pháp luật {words}.").quota == quota

    def test_joins_a_paragraph_that_a_page_tore(self) -> None:
        torn = (
            "1. Thủ trưởng các đơn vị trực thuộc rà soát toàn bộ hồ sơ thủ tục hành chính đang giải\n\n"
            "quyết tại đơn vị, báo cáo về Văn phòng Sở trước ngày 12/4/2025."
        )
        duty = one_of(torn)
        assert (duty.cells["lead"], duty.receiver) == ("Thủ trưởng các đơn vị trực thuộc", "Văn phòng Sở")

    def test_makes_one_duty_for_each_whom_the_same_is_asked_of(self) -> None:
        same = "- Gửi kế hoạch về Sở trước ngày 10/7/2025.\n"
        found = read(f"{TITLE}1. Đối với các phòng thuộc Sở\n{same}2. Đối với các trường\n{same}")
        assert [one.cells["lead"] for one in found] == ["các phòng thuộc Sở", "các trường"]

    def test_leaves_tables_and_the_regime_to_their_readers(self) -> None:
        regime = "II. CHẾ ĐỘ BÁO CÁO\n1. Các phòng báo cáo quý I trước ngày 08/3; quý II trước ngày 08/6.\n"
        table = "TT\tNhiệm vụ\tThời gian\n1\tHọp tổ trước ngày 15/3/2025\tTháng 3\n"
        assert read(TITLE + table + regime) == ()

    def test_takes_nothing_from_what_a_report_says_was_done(self) -> None:
        done = "I. KẾT QUẢ ĐẠT ĐƯỢC\n1. Thực hiện kế hoạch kiểm tra\n- Gửi báo cáo về Sở trước ngày 10/3/2025.\n"
        planned = "II. PHƯƠNG HƯỚNG QUÝ II\n1. Công tác kiểm tra\n- Gửi báo cáo về Sở trước ngày 10/6/2025.\n"
        (duty,) = read(f"BÁO CÁO\nCải cách hành chính quý I năm 2025\n{done}{planned}")
        assert duty.cells["time"] == "trước ngày 10/6/2025"

    def test_reads_a_sentence_longer_than_a_page_to_its_end(self) -> None:
        text = "- Văn phòng Sở " + "theo dõi việc thực hiện, " * 250 + "lập danh sách trước ngày 05/3/2025."
        assert [one.cells["time"] for one in read(TITLE + text)] == ["trước ngày 05/3/2025"]

    def test_stays_silent_on_text_that_nobody_wrote(self) -> None:
        for text in ("các trường, " * 3000, "(" * 5000, "1. " * 5000, "trước ngày 1/1, " * 3000, ""):
            assert read_prose(SourceDocument((Paragraph("KẾ HOẠCH"), Paragraph(text))), None)[0] == ()


class TestContradictions:
    def test_asks_which_year_is_meant(self) -> None:
        (question,) = questions_of(f"{TITLE}1. Thực hiện nghiêm.\nTrên đây là Kế hoạch CCHC năm 2024 của trường./.")
        assert (question.code, question.about, question.words) == ("year-differs", "years", "năm 2024")
        assert (question.proposal, question.choices) == ("2025", ("2025", "2024"))

    def test_asks_which_subject_is_meant(self) -> None:
        text = "KẾ HOẠCH\nĐào tạo nghề năm 2025\nTrường ban hành Kế hoạch bồi dưỡng giáo viên năm 2025 như sau:\n1. A"
        (question,) = questions_of(text)
        assert (question.code, question.words) == ("title-differs", "Kế hoạch bồi dưỡng giáo viên năm 2025")
        assert question.proposal == "Kế hoạch đào tạo nghề năm 2025"
        assert question.choices == (question.proposal, question.words)

    @pytest.mark.parametrize(
        "announced",
        [
            "Kế hoạch CCHC năm 2025",
            "kế hoạch thực hiện công tác cải cách hành chính nhà nước năm 2025 của Sở",
            "Kế hoạch Cải cách hành chính (CCHC) năm 2025 trên địa bàn huyện",
        ],
    )
    def test_knows_a_name_in_other_words(self, announced: str) -> None:
        assert questions_of(f"KẾ HOẠCH\nCải cách hành chính năm 2025\nSở ban hành {announced} như sau:\n1. A") == []

    def test_does_not_hold_another_plan_against_the_title(self) -> None:
        other = "Thực hiện Kế hoạch chuyển đổi số năm 2024 của tỉnh, Sở báo cáo kết quả như sau:"
        assert questions_of(f"KẾ HOẠCH\nCải cách hành chính năm 2025\n{other}\n1. A") == []


REAL = {
    "000": [
        ("vào tháng 11/2023", ""),
        ("vào tháng 11/2025", ""),
        ("trước ngày 10/7/2021", "Sở GDĐT"),
        ("02 lần/năm", ""),
        ("trước ngày 10/7/2021", "Sở GDĐT"),
        ("trước ngày 10/7/2021", "Sở GDĐT"),
    ],
    "001": [
        ("hàng tháng", ""),
        ("hàng tháng", ""),
        ("trước ngày 25/02/2024", "Phòng GDĐT"),
        ("ít nhất 1 tuần/lần", ""),
        ("định kỳ hằng tháng", ""),
        ("ngày cuối cùng", ""),
        ("hàng tháng", ""),
    ],
    "002": [],
    "003": [
        ("tháng 01/2023", ""),
        ("15/12", "phòng Tổ chức cán bộ - Sở GDĐT"),
    ],
}


class TestRealDocuments:
    @pytest.mark.parametrize(("name", "expected"), REAL.items(), ids=list(REAL))
    def test_hold_the_duties_found_by_careful_reading(
        self, shared: Path, name: str, expected: list[tuple[str, str]]
    ) -> None:
        (file,) = (shared / "seeds").glob(f"{name}_*.txt")
        found = read(file.read_text(encoding="utf-8"))
        assert [one.receiver or "" for one in found] == [receiver for _, receiver in expected]
        for duty, (time, _) in zip(found, expected, strict=True):
            assert time in duty.cells["time"]

    def test_ask_for_the_report_of_the_fourth_plan_once(self, shared: Path) -> None:
        (file,) = (shared / "seeds").glob("004_*.txt")
        meeting, report = read(file.read_text(encoding="utf-8"))
        assert meeting.cells["time"] == "Hàng tháng, quý"
        assert (report.cells["time"], report.through) == ("trước ngày 15/12/2023", "Văn phòng Sở")

    def test_contradict_themselves_only_where_the_first_school_does(self, shared: Path) -> None:
        asked = {
            file.name[:3]: [one.code for one in questions_of(file.read_text(encoding="utf-8"))]
            for file in (shared / "seeds").glob("*.txt")
        }
        assert asked.pop("001") == ["year-differs", "title-differs"]
        assert not any(asked.values())
