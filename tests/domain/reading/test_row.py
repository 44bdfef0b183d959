"""The page docs/row.md row by row: products, conditions and targets as an office reads them there."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.conditions import read_condition
from cchc_tasks.domain.reading.deliverables import read_deliverables
from cchc_tasks.domain.reading.findings import Deliverable, Target
from cchc_tasks.domain.reading.periodicity import read_periodicity
from cchc_tasks.domain.reading.targets import read_targets, target_questions
from cchc_tasks.domain.vocabulary import Frequency

PAGE = Path(__file__).parents[3] / "docs" / "row.md"
YEAR = Years(2026, 2026)
FREQUENCIES = {
    Frequency.WEEKLY: "hàng tuần",
    Frequency.MONTHLY: "hàng tháng",
    Frequency.QUARTERLY: "hàng quý",
    Frequency.HALF_YEARLY: "6 tháng",
    Frequency.YEARLY: "hàng năm",
}
CHANGES = {"increase": "tăng ", "decrease": "giảm ", "multiple": "gấp "}
COMPARATORS = {"=": "=", ">=": "≥", ">": ">", "<=": "≤", "<": "<"}


def rows(phrases: str) -> list[tuple[str, str]]:
    """The rows of the table whose first column has this heading."""
    return [(phrase, reading) for heading, phrase, reading in _rows_of_the_page() if heading == phrases]


def _rows_of_the_page() -> Iterator[tuple[str, str, str]]:
    heading = None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if not line.startswith("|"):
            heading = None
        elif heading is None:
            heading = cells[0]
        elif len(cells) == 3 and cells[0] != "---":
            yield heading, cells[0], cells[1]


def product_in_words(one: Deliverable) -> str:
    said = [f"{one.at_least} {one.unit}"] if one.at_least else []
    rhythms = [FREQUENCIES[part.rule.frequency] for part in read_periodicity(one.title, YEAR) if part.rule.frequency]
    said += [", ".join(rhythms)] if rhythms else []
    said += [f"nếu “{one.condition}”"] if one.condition else []
    return "; ".join(said) or "–"


def targets_in_words(text: str) -> str:
    asks = [f"hỏi → {one.proposal}" if one.proposal else "hỏi" for one in target_questions(text, "title")]
    return "; ".join([*map(_target, read_targets(text)), *asks]) or "–"


def _target(one: Target) -> str:
    compared = COMPARATORS.get(one.comparator)
    figure = f"{compared} {_number(one.value)}" if compared else f"từ {_number(one.value)} đến {_number(one.upper)}"
    words = [CHANGES.get(one.change or "", "") + figure, one.unit, one.of and f"của {one.of}", one.phase]
    return " ".join(word for word in words if word)


def _number(value: Fraction | None) -> str:
    assert value is not None
    plain = value.denominator in (1, 2, 4, 5, 10, 100)
    return f"{float(value):g}".replace(".", ",") if plain else str(value)


@pytest.mark.parametrize(("cell", "reading"), rows("Sản phẩm"))
def test_product_is_read_as_the_page_says(cell: str, reading: str) -> None:
    assert " + ".join(map(product_in_words, read_deliverables(cell))) == reading


@pytest.mark.parametrize(("title", "reading"), rows("Nhiệm vụ"))
def test_condition_is_read_as_the_page_says(title: str, reading: str) -> None:
    assert (read_condition(title) or "–") == reading


@pytest.mark.parametrize(("phrase", "reading"), rows("Cụm từ"))
def test_target_is_read_as_the_page_says(phrase: str, reading: str) -> None:
    assert targets_in_words(phrase) == reading


def test_page_is_a_reference_worth_the_name() -> None:
    assert [len(rows(heading)) > least for heading, least in (("Sản phẩm", 25), ("Nhiệm vụ", 20), ("Cụm từ", 50))] == [
        True
    ] * 3
