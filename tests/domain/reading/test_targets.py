"""Targets beside the table of docs/row.md: real indicators, questions and their answers, slips of typing."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_tasks.domain.reading.findings import Target
from cchc_tasks.domain.reading.targets import read_targets, target_questions
from cchc_tasks.domain.reading.text import search_key

PHRASES = (
    "hoàn thành từ 80% trở lên",
    "Giảm tối thiểu 10% biên chế sự nghiệp",
    "đạt từ 85% đến 90%",
    "thời gian chờ không quá 30 phút",
    "đạt 80 điểm trở lên",
    "ít nhất 1/3 số đơn vị",
    "dưới 5%",
)


def measured(text: str) -> list[tuple[str, Fraction, Fraction | None, str | None]]:
    return [(one.comparator, one.value, one.upper, one.change) for one in read_targets(text)]


class TestIndicators:
    def test_are_a_careful_persons_on_a_real_programme(self, shared: Path) -> None:
        table = json.loads((shared / "gold" / "000_rows.json").read_text(encoding="utf-8"))
        pairs = [pair for row in table for pair in zip(row["indicators"], row["indicator_targets"], strict=True)]
        assert len(pairs) == 35
        for text, figures in pairs:
            assert [f"{one.value}" for one in read_targets(text)] == figures, text
            assert all((one.comparator, one.unit) == ("=", "%") for one in read_targets(text)), text
            assert target_questions(text, "title") == ()


class TestTarget:
    def test_says_everything_of_its_figure(self) -> None:
        assert read_targets("Giảm tối thiểu 10% biên chế sự nghiệp vào năm 2025 so với năm 2021.") == (
            Target(
                text="Giảm tối thiểu 10% biên chế sự nghiệp",
                comparator=">=",
                value=Fraction(10),
                unit="%",
                of="biên chế sự nghiệp",
                change="decrease",
                phase="vào năm 2025",
            ),
        )

    def test_holds_its_value_exactly(self) -> None:
        (third,) = read_targets("ít nhất 1/3 số đơn vị")
        assert third.value * 3 == 1

    def test_is_printed_on_one_line(self) -> None:
        (found,) = read_targets("đạt từ\n80%  trở lên")
        assert found.text == "đạt từ 80% trở lên"

    @pytest.mark.parametrize("phrase", PHRASES)
    @pytest.mark.parametrize(
        "slip",
        [search_key, str.upper, lambda text: text.replace(" ", "  "), lambda text: re.sub(r"(?<=\d)%", " %", text)],
        ids=["no diacritics", "capitals", "spaces", "space before the sign"],
    )
    def test_is_the_same_however_it_is_typed(self, phrase: str, slip: object) -> None:
        assert callable(slip)
        assert measured(slip(phrase)) == measured(phrase) != []

    @pytest.mark.parametrize("phrase", PHRASES)
    def test_of_a_text_that_breaks_off_raises_nothing(self, phrase: str) -> None:
        for length in range(len(phrase)):
            read_targets(phrase[:length])


class TestQuestion:
    @pytest.mark.parametrize("phrase", ["đạt khoảng 80% hồ sơ", "đạt trên 80% trở lên", "đạt gần\n80%"])
    def test_is_settled_by_its_proposal_in_place_of_its_words(self, phrase: str) -> None:
        (question,) = target_questions(phrase, "title")
        assert (question.code, question.about) == ("target-unclear", "title")
        assert question.words is not None
        assert question.proposal is not None
        assert read_targets(phrase) == ()

        settled = phrase.replace(question.words, question.proposal)

        assert target_questions(settled, "title") == ()
        assert [one.value for one in read_targets(settled)] == [80]

    def test_of_two_figures_for_one_thing_lets_the_office_choose(self) -> None:
        (question,) = target_questions("Hồ sơ trực tuyến đạt 80% (90%)", "product")
        assert (question.words, question.proposal, question.choices) == ("80% (90%)", None, ("80%", "90%"))
        assert question.text == "Chưa rõ chỉ tiêu trong “80% (90%)”."
