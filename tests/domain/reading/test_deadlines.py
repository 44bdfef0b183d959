"""Time phrases: the tables of docs/deadlines.md row by row, and a careful person's reading of real plans."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_tasks.domain.occurrences import DeadlineRule, due_dates, rule_from_json
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.findings import DeadlineReading, Part
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind

PAGE = Path(__file__).parents[3] / "docs" / "deadlines.md"
PLAN = Years(2023, 2023)


def rows_of_the_page() -> Iterator[tuple[str, Years | None, str]]:
    """The rows of every table headed "Phrase | Years | Reading"; ⏎ stands for a line break."""
    in_table = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if not line.startswith("|"):
            in_table = False
        elif cells == ["Phrase", "Years", "Reading"]:
            in_table = True
        elif in_table and len(cells) == 3 and cells[0] != "---":
            yield cells[0].replace("⏎", "\n"), None if cells[1] == "none" else Years.parse(cells[1]), cells[2]


ROWS = list(rows_of_the_page())


def in_words(reading: DeadlineReading, years: Years | None) -> str:
    """A reading as the page writes it."""
    parts = [_part(part, years) for part in reading.parts if part.rule.kind is not DeadlineKind.NONE]
    asks = [f"ask {q.code}" + (f" → {q.proposal}" if q.proposal else "") for q in reading.questions]
    return "; ".join([*parts, *asks])


def _part(part: Part, years: Years | None) -> str:
    rule = part.rule
    said = [f"{part.label}:"] if part.label else []
    said += [rule.kind.value, *([rule.frequency.value] if rule.frequency else [])]
    said += [rule.bound.value] if rule.bound and rule.kind.value != rule.bound.value else []
    said += [_dates(rule, years)] if _dates(rule, years) else []
    said += [f"at {rule.at}"] if rule.at else []
    said += [f"starting {rule.starts_on}"] if rule.starts_on else []
    said += [f"{rule.term.amount} {rule.term.unit} after “{rule.term.anchor}”"] if rule.term else []
    said += [f"“{rule.event}”"] if rule.event else []
    said += [f"if “{part.condition}”"] if part.condition else []
    return " ".join(said)


def _dates(rule: DeadlineRule, years: Years | None) -> str:
    dates = [due.due_on.isoformat() for due in due_dates(rule, years)] if years or rule.fixed else []
    return ", ".join(dates if len(dates) < 6 else [dates[0], dates[1], f"… {dates[-1]} ({len(dates)})"])


def due(phrase: str, years: Years = PLAN) -> list[str]:
    """All due dates of a phrase, in order."""
    reading = read_deadline(phrase, years)
    return sorted({one.due_on.isoformat() for part in reading.parts for one in due_dates(part.rule, years)})


class TestPageOfDeadlines:
    @pytest.mark.parametrize(("phrase", "years", "reading"), ROWS, ids=[row[0] for row in ROWS])
    def test_says_what_the_program_reads(self, phrase: str, years: Years | None, reading: str):
        assert in_words(read_deadline(phrase, years), years) == reading

    def test_is_a_reference_worth_the_name(self):
        assert len(ROWS) > 150


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
            "Hàng tháng đến hết tháng 6/2023",
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
            for phrase, years, _ in ROWS
            for question in read_deadline(phrase, years).questions
            if "None" in question.text or "{" in question.text or not question.text.endswith(".")
        ]
        assert texts == []


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
