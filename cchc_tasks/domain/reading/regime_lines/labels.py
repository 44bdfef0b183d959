"""The periods that reports are named for: "quý I", "6 tháng", "cả năm", "hằng tháng", "học kỳ I"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A period where it is printed; `period` is "Q1" to "Q4", "H1", "H2", "9M", "Y", or of a rhythm "W", "M", "Q";
    it is empty of a school year and its terms, whose days the province decides.

    `returns` says that the words themselves are a rhythm: "hằng quý".
    """

    start: int
    end: int
    name: str
    period: str
    returns: bool = False


def labels(text: str) -> list[Label]:
    """The periods that name a report, in their order; those within a date or a time are none."""
    return [one for found in _LABEL.finditer(text) if _names_a_report(found, text) for one in _labels(found)]


ENDS_IN = {"Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "H1": 6, "H2": 12, "9M": 9, "Y": 12}
_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_YEAR = r"(?:\s*/\s*20\d\d|\s+(?:năm\s+)?20\d\d)?"
_SCHOOL_YEAR = r"(?:,?\s+(?:năm học\s+)?20\d\d\s*[-–]\s*20\d\d)?"
_NUMERAL = r"(?:IV|I{1,3}|[1-4])(?![\w/])"
_LABEL = re.compile(
    rf"(?<![\w/])(?:(?P<quarters>quý\s+{_NUMERAL}(?:(?:\s*,\s*|\s*,?\s+và\s+)(?:quý\s+)?{_NUMERAL})*){_YEAR}"
    rf"|(?P<second>(?:6|06|sáu)\s+tháng\s+cuối(?:\s+năm)?){_YEAR}"
    rf"|(?P<half>(?:6|06|sáu)\s+tháng(?:\s+đầu(?:\s+năm)?)?){_YEAR}"
    rf"|(?P<nine>(?:9|09|chín)\s+tháng(?:\s+đầu(?:\s+năm)?)?){_YEAR}"
    rf"|(?P<term>(?:học kỳ|học kì|hk)\s*(?:I{{1,2}}|[12])(?![\w/])){_SCHOOL_YEAR}"
    rf"|(?P<school>(?:(?:tổng kết|cả|đầu|cuối)\s+)?năm học){_SCHOOL_YEAR}"
    rf"|(?P<whole>cả\s+năm|tổng kết\s+năm){_YEAR}"
    r"|(?P<every>(?:hằng|hàng|mỗi)\s+)?(?P<bare>tuần|tháng|quý|năm)(?!\s*học)(?P<year>\s+20\d\d)?)(?!\w)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:^|báo cáo|(?<!\w)bc|định kỳ|kỳ|[:,;(/+–-]|(?<!\w)(?:và|hoặc|theo))\s*$", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:[:(]|trước\s+(?:ngày|\d)|chậm nhất|muộn nhất|gửi)", re.IGNORECASE)
_OF_A_TIME = re.compile(r"(?:\d|cuối|đầu|của|ngày|trong|sau|quá|trước|hơn|dưới|khi kết thúc|hết)\s*$", re.IGNORECASE)
_PERIODS = {"tuần": "W", "tháng": "M", "quý": "Q", "năm": "Y"}


def _names_a_report(found: re.Match[str], text: str) -> bool:
    before, behind = text[: found.start()], text[found.end() :]
    if _OF_A_TIME.search(before):
        return False
    if found["school"]:
        return _BEFORE.search(before) is not None
    if not found["bare"] or found["every"]:
        return True
    if found["bare"].lower() == "tháng" and re.match(r"\s*(?:\d|cuối|đầu)", behind):
        return False
    return _BEFORE.search(before) is not None or _BEHIND.match(behind) is not None


def _labels(found: re.Match[str]) -> Iterator[Label]:
    start, end = found.span()
    if found["quarters"]:
        for numeral in re.findall(_NUMERAL, found["quarters"][3:], re.IGNORECASE):
            roman = _QUARTERS.get(numeral, numeral.upper())
            yield Label(start, end, f"quý {roman}", f"Q{[*_QUARTERS.values()].index(roman) + 1}")
        return
    if found["term"]:
        second = found["term"].upper().endswith(("II", "2"))
        yield Label(start, end, "học kỳ II" if second else "học kỳ I", "")
        return
    if found["school"]:
        words = found["school"].lower()
        yield Label(start, end, words if words.startswith(("đầu", "cuối")) else "năm học", "")
        return
    for group, name, period in (
        ("second", "6 tháng cuối năm", "H2"),
        ("half", "6 tháng", "H1"),
        ("nine", "9 tháng", "9M"),
        ("whole", "cả năm", "Y"),
    ):
        if found[group]:
            yield Label(start, end, name, period)
            return
    bare = found["bare"].lower()
    yield Label(start, end, bare, _PERIODS[bare], returns=bool(found["every"]))
