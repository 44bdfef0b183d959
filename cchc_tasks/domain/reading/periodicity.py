"""How many of a product are owed and how often, where it says so itself: "Mỗi quý có 01 tin", "02 tin, bài/tháng"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.findings import Part
from cchc_tasks.domain.reading.target_figures.figures import Figure, read_figures
from cchc_tasks.domain.reading.target_figures.tokens import Tokens, may_count
from cchc_tasks.domain.reading.text import tidy
from cchc_tasks.domain.vocabulary import DeadlineKind, Frequency


def read_quantity(title: str) -> tuple[int, str, str | None] | None:
    """How many of what, and the period of a rate: "ít nhất 02 tin, bài/tháng" is (2, "tin, bài", "tháng").

    A number counts at the head ("02 báo cáo", "Mỗi tháng có 01 tin"), behind "ít nhất", or as a rate that is owed;
    thresholds ("số lần đăng nhập trên 30 lần/tháng") and numbers that name something ("Biểu số 7") do not.
    """
    if not may_count(title):
        return None
    tokens = Tokens(title)
    return next((found for figure in read_figures(tokens) if (found := _quantity(figure, tokens))), None)


def read_periodicity(product: str, years: Years | None) -> tuple[Part, ...]:
    """The rhythms of a product, () where it returns at most once a year or says nothing of it.

    A quota, "báo cáo hàng quý" or a rhythm in brackets counts: "(định kỳ 6 tháng, năm)" gives two parts. Thresholds,
    rates and "hàng năm" as an adjective do not. "02 báo cáo/năm" counts a year's products and names no date in it.
    """
    for sentence in re.split(r"[;\n]|\.\s", tidy(product)):
        for phrase in _rhythms(sentence):
            reading = read_deadline(phrase, years)
            if _is_finer_than_a_year(reading.parts) and not reading.questions:
                return tuple(replace(part, label=_COUNTED.sub("", part.label or "") or None) for part in reading.parts)
    return ()


# --- quantities ---

_PERIODS = ("ngày", "tuần", "tháng", "quý", "năm")
_BEFORE_HEAD = re.compile(
    r"\W*(?:(?:mỗi|hàng|hằng|từng|định kỳ(?:\s+(?:mỗi|hàng|hằng))?)\s+\w+(?:[\s,]+|$))?(?:có|gồm|đăng|viết)?\s*",
    re.IGNORECASE,
)
_THRESHOLDS = (">", "<", "<=")


def _quantity(figure: Figure, tokens: Tokens) -> tuple[int, str, str | None] | None:
    unit, _, period = figure.unit.partition("/")
    if figure.kind != "count" or figure.upper or figure.value.denominator != 1 or not unit or figure.value >= 1000:
        return None
    compared = tokens.role("COMPARE", figure.first - 1)
    head = figure.first == 0 or _BEFORE_HEAD.fullmatch(tokens.printed(0, figure.first - 1))
    owed = compared == ">=" or head or (period in _PERIODS and compared not in _THRESHOLDS)
    counted = owed and not tokens.plays("FROM", figure.first - 1)
    return (int(figure.value), unit, period if period in _PERIODS else None) if counted else None


# --- rhythms ---

_COUNTED = re.compile(r"^\d+\s+")
_EVERY = r"(?:mỗi|hàng|hằng|từng|định kỳ|định kì)"
_PERIOD = r"(?:ngày|tuần|tháng|quý|quí|năm|nửa năm|\d+\s+tháng|\d+\s+tuần)"
_OWED_EACH = re.compile(rf"^\W*{_EVERY}\s", re.IGNORECASE)
_EACH_AT_HEAD = re.compile(rf"^\W*({_EVERY}\s+{_PERIOD})(?!\w)", re.IGNORECASE)
_REPORT_EACH = re.compile(rf"(?<!\w)(?:báo cáo|bc)\s+(?:{_EVERY}\s+)+(?={_PERIOD}(?!\w))", re.IGNORECASE)
_PAPERS = (
    r"(?:báo cáo|bc|biên bản|thông báo|thống kê|số liệu|bảng|biểu|bản tin|tin|bài|kết luận|lịch|hội nghị|cuộc họp|họp"
    r"|giao ban)"
)
_EACH_AT_END = re.compile(rf"^\W*{_PAPERS}\s.*?({_EVERY}\s+[^()]*)$", re.IGNORECASE)
_PERIODS_AT_END = re.compile(rf"^\W*(?:báo cáo|bc)\s.*?({_PERIOD}(?:\s*(?:,|/|và)\s*{_PERIOD})+)\W*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\(\s*((?:(?:{_EVERY}\s+)+|\d+\s+lần\s*/\s*)?{_PERIOD}(?!\w)[^()]*)\)", re.IGNORECASE)


def _rhythms(sentence: str) -> Iterator[str]:
    """The words of a sentence that may say how often, the surest first."""
    quantity = read_quantity(sentence)
    if quantity and quantity[2]:
        yield f"hàng {quantity[2]}"
    if _OWED_EACH.search(sentence) or _REPORT_EACH.search(sentence):
        yield sentence
    if quantity and (found := _EACH_AT_HEAD.search(sentence)):
        yield found[1]
    if found := _IN_BRACKETS.search(sentence):
        yield found[1]
    if found := _EACH_AT_END.search(sentence) or _PERIODS_AT_END.search(sentence):
        yield found[1].replace("/", ", ")


def _is_finer_than_a_year(parts: tuple[Part, ...]) -> bool:
    every = all(part.rule.kind is DeadlineKind.EVERY for part in parts)
    return every and any(part.rule.frequency is not Frequency.YEARLY for part in parts)
