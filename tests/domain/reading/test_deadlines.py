"""Time phrases: the tables of docs/deadlines.md row by row, and a careful person's reading of real plans."""

import json
from collections import Counter
from pathlib import Path

import pytest

from cchc_tasks.domain.occurrences import due_dates, rule_from_json
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import explain_deadline, read_deadline
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind
from tests.making import deadline_page

PLAN = Years(2023, 2023)
ROWS = list(deadline_page.rows())


def due(phrase: str, years: Years = PLAN) -> list[str]:
    """All due dates of a phrase, in order."""
    reading = read_deadline(phrase, years)
    return sorted({one.due_on.isoformat() for part in reading.parts for one in due_dates(part.rule, years)})


class TestPageOfDeadlines:
    @pytest.mark.parametrize(("phrase", "years", "reading", "why"), ROWS, ids=[row[0] for row in ROWS])
    def test_says_what_the_program_reads_and_why(self, phrase: str, years: str, reading: str, why: str):
        assert deadline_page.computed(phrase, years) == (reading, why)

    def test_is_a_reference_worth_the_name(self):
        assert len(ROWS) > 250


class TestCarefulPersonsReading:
    """`gold/` holds phrases of real plans with the exact set of dates a careful person reads in each."""

    @pytest.mark.parametrize(
        ("name", "exact"), [("deadlines.tsv", 67), ("deadlines_robustness.tsv", 146), ("not_deadlines.tsv", 21)]
    )
    def test_is_met_without_one_wrong_date(self, shared: Path, name: str, exact: int):
        outcomes: dict[tuple[str, str], str] = {}
        for line in (shared / "gold" / name).read_text(encoding="utf-8").splitlines()[1:]:
            phrase, _, plan, gold = line.split("\t")
            outcomes[phrase, plan] = _judged(phrase, Years.parse(plan), json.loads(gold))
        counts = Counter(outcomes.values())
        missed = {phrase: outcome for (phrase, _), outcome in outcomes.items() if outcome != "exact"}
        assert counts["wrong"] == 0, missed
        assert counts["exact"] >= exact, (counts, missed)


def _judged(phrase: str, years: Years, gold: list[dict[str, list[str]]]) -> str:
    wanted = sorted({day for part in gold for day in part["due"]})
    if due(phrase, years) == wanted:
        return "exact"
    return "question" if read_deadline(phrase, years).questions else "wrong"


class TestPrintedDay:
    def test_is_told_from_a_periods_end(self):
        printed, period = read_deadline("15/6; quý II", PLAN).parts
        assert [(f.printed, f.period) for f in printed.rule.fixed] == [(True, None)]
        assert [(f.printed, f.period) for f in period.rule.fixed] == [(False, "2023-Q2")]

    def test_behind_truoc_is_due_the_day_before_only_when_the_office_says_so(self):
        (part,) = read_deadline("trước ngày 05/3", PLAN).parts
        assert part.rule.bound is Bound.BEFORE
        (lenient,), (strict,) = due_dates(part.rule, PLAN), due_dates(part.rule, PLAN, before_is_strict=True)
        assert (lenient.due_on.day, strict.due_on.day, strict.stated_on) == (5, 4, lenient.due_on)

    def test_stays_on_a_sunday(self):
        assert due("trước ngày 31/12/2023") == ["2023-12-31"]


class TestQuestion:
    PHRASES = (
        "Kế hoạch trong quý I; báo cáo 31/6",
        "Kế hoạch quý I/2023; báo cáo đầu quý II",
        "Trước tháng 6/2023",
        "12/15/2023",
        "Tháng giêng 2023",
        "Kế hoạch năm 2023",
        "Thứ Hai, ngày 15/12/2023",
        "khoảng tháng 6/2023",
        "Báo cáo quý I, báo cáo năm",
    )

    @pytest.mark.parametrize("phrase", PHRASES)
    def test_is_settled_by_its_own_proposal_in_place_of_its_words(self, phrase: str):
        (question,) = read_deadline(phrase, PLAN).questions
        assert question.words
        assert question.proposal
        settled = read_deadline(phrase.replace(question.words, question.proposal), PLAN)
        assert settled.questions == ()
        assert all(part.rule.kind is not DeadlineKind.NONE for part in settled.parts)

    def test_names_the_unread_words_as_printed(self):
        (question,) = read_deadline("Kế hoạch Quý I; báo cáo đầu quý II", PLAN).questions
        assert question.text == "Không rõ “đầu quý II” là ngày nào, đề xuất 30/4/2023."
        assert (question.about, question.words) == ("time", "đầu quý II")

    @pytest.mark.parametrize(
        ("phrase", "lost"),
        [
            ("Kế hoạch trong quý I; BC", "BC"),
            ("Quý I; 100%", "100%"),
            ("Định kỳ 6 tháng trước ngày 15/6, hội nghị trước 15/12", "Định kỳ 6 tháng trước ngày 15/6"),
        ],
    )
    def test_names_what_would_else_be_lost_beside_a_date(self, phrase: str, lost: str):
        assert [question.words for question in read_deadline(phrase, PLAN).questions] == [lost]

    @pytest.mark.parametrize(
        "phrase",
        [
            "Quý I đề xuất nội dung",
            "Tháng 3 đề xuất danh mục, tháng 6 trình phê duyệt",
            "Bãi bỏ văn bản hết hiệu lực trong quý I",
            "Quý II rà soát, bãi bỏ văn bản hết hiệu lực",
            "UBND tỉnh Đắk Lắk trước 15/6",
            "đ/c Hường 15/6",
            "QĐ 25/2024/QĐ-UBND; hạn quý II",
        ],
    )
    def test_is_not_raised_by_ordinary_deeds_and_names(self, phrase: str):
        assert read_deadline(phrase, PLAN).questions == ()
        assert due(phrase)

    @pytest.mark.parametrize(
        ("phrase", "dates"),
        [
            ("Họp 15/5; nộp biên bản trước 20/5", ["2023-05-15", "2023-05-20"]),
            ("Chốt danh sách 15/3; nộp 20/3", ["2023-03-15", "2023-03-20"]),
            ("Thời điểm 30/6 và 31/12", ["2023-06-30", "2023-12-31"]),
            ("Tháng 3 điều chỉnh kế hoạch, tháng 6 sơ kết", ["2023-03-31", "2023-06-30"]),
        ],
    )
    def test_does_not_swallow_one_dated_part_before_another(self, phrase: str, dates: list[str]):
        assert due(phrase) == dates

    def test_takes_the_place_of_all_dates_where_one_is_excepted(self):
        assert due("Trừ tháng 7, hàng tháng trước ngày 25") == []
        assert read_deadline("Trừ tháng 7, hàng tháng trước ngày 25", PLAN).questions

    def test_leaves_the_other_parts_dated(self):
        reading = read_deadline("Kế hoạch trong quý I; báo cáo 31/6", PLAN)
        assert [part.rule.kind.value for part in reading.parts] == ["within", "none"]
        assert reading.unread == ("31/6",)

    @pytest.mark.parametrize(
        "phrase",
        [
            "sau ngày 15/12/2023",  # a beginning, not an end
            "Quý II hoặc quý III",
            "Quý I/II",
            "Tháng 3-6-9-12",
            "tuần thứ 2 tháng 6/2023",
            "Trong 10 ngày đầu tháng",
            "Mỗi quý một lần, chậm nhất ngày 10/12",
            "15/6 30/6",
            "30/6 (PCT: xong trước 25/6)",
            "Cuối tháng 6, đầu tháng 7",
            "hai tuần một lần",
            "20/12 âm lịch",
            "trước ngày 15 của tháng cuối kỳ báo cáo",
            "31/12 năm trước",
            "không trước ngày 01/7/2023",
            "Quý IV, quý I/2023",
        ],
    )
    def test_takes_the_place_of_a_date_when_words_around_it_are_not_understood(self, phrase: str):
        assert read_deadline(phrase, PLAN).questions
        assert due(phrase) == []

    def test_covers_every_code_with_a_plain_sentence(self):
        texts = [
            question.text
            for phrase, *_ in ROWS
            for question in read_deadline(phrase, PLAN).questions
            if "None" in question.text or "{" in question.text or not question.text.endswith(".")
        ]
        assert texts == []


class TestExplanation:
    def test_names_the_words_and_what_they_are_held_for(self):
        reasons = {one.words: one.why for one in explain_deadline("Kế hoạch số 12/KH-UBND; báo cáo trước 15/6")}
        assert reasons["số 12/KH-UBND"] == "số, ký hiệu và ngày của một văn bản, không phải thời hạn"
        assert reasons["15/6"] == "ngày ghi rõ trong văn bản"

    def test_says_what_was_mended(self):
        first, *_ = explain_deadline("Trước 30//6/2023")
        assert (first.words, first.why) == ("Trước 30//6/2023", "có lỗi gõ, được hiểu là “Trước 30/6/2023”")

    def test_leaves_no_reading_of_the_page_without_a_word(self):
        silent = {"không có từ ngữ nào chỉ thời gian"}
        assert [row[0] for row in ROWS if row[3] in silent] == ["Kịp thời"]

    def test_ties_each_part_to_its_printed_words(self):
        plan, report = read_deadline("Kế hoạch trong quý I; báo cáo  trước 15/12", PLAN).parts
        assert (plan.words, report.words) == ("trong quý I", "trước 15/12")


class TestPart:
    def test_keeps_a_condition_apart_from_its_date(self):
        (part,) = read_deadline("Tháng 12/2023 (sau khi UBND tỉnh phê duyệt)", PLAN).parts
        assert part.condition == "sau khi UBND tỉnh phê duyệt"

    def test_is_an_event_beside_the_dates_when_the_words_add_one(self):
        every, event = read_deadline("Hằng quý và đột xuất khi có yêu cầu", PLAN).parts
        assert every.rule.kind is DeadlineKind.EVERY
        assert event.rule.event == "đột xuất khi có yêu cầu"

    @pytest.mark.parametrize("phrase", [row[0] for row in ROWS])
    def test_survives_being_stored(self, phrase: str):
        for part in read_deadline(phrase, PLAN).parts:
            assert rule_from_json(json.loads(json.dumps(part.rule.to_json()))) == part.rule


class TestAnyText:
    @pytest.mark.parametrize("text", ["", " \n", "-", "()", ";;;", "\x00", "ngày" * 500, "1/" * 500, "quý I, " * 300])
    def test_is_read_without_failing(self, text: str):
        reading = read_deadline(text, PLAN)
        assert reading.parts or reading.questions
