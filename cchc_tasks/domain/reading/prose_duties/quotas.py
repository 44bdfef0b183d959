"""How many in each period a sentence asks for: "ít nhất 1 tuần/lần", "02 lần/năm", "mỗi quý 01 tin, bài"."""

import re
from dataclasses import dataclass

from cchc_tasks.domain.reading.periodicity import read_quantity


@dataclass(frozen=True, slots=True)
class Quota:
    """`count` of `unit` in every `period` ("tuần", "02 tuần", "năm"), as printed in `words`."""

    count: int
    unit: str
    period: str
    words: str


def read_quota(words: str) -> Quota | None:
    """The quota that words of time, or words beside them, name; None where they count nothing in a period."""
    if found := _PERIOD_A_TIME.search(words):
        return Quota(1, "lần", " ".join(found["period"].split()), found[0])
    if found := _TIMES_A_PERIOD.search(words):
        return Quota(int(found["count"]), "lần", found["period"], found[0])
    for counted in (*_IN_BRACKETS.findall(words), words):
        quantity = read_quantity(counted)
        if quantity and quantity[2]:
            return Quota(quantity[0], quantity[1], quantity[2], counted.strip())
    return _each_period(words)


def _each_period(words: str) -> Quota | None:
    """ "mỗi tháng ít nhất 03 bài viết": the period stands before what is counted."""
    for counted in (*_IN_BRACKETS.findall(words), words):
        each, quantity = _EACH.search(counted), read_quantity(counted)
        if each and quantity:
            return Quota(quantity[0], quantity[1], each["period"].lower(), counted.strip(" ."))
    return None


_ATLEAST = r"(?:(?:ít nhất|tối thiểu)\s+)?"
_UNIT = r"(?:ngày|tuần|tháng|quý|năm)"
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_EACH = re.compile(rf"(?<!\w)(?:mỗi|hàng|hằng|từng)\s+(?P<period>{_UNIT})(?!\w)", re.IGNORECASE)
_PERIOD_A_TIME = re.compile(
    rf"{_ATLEAST}(?P<period>(?!0?1\s)\d+\s*{_UNIT}|{_UNIT}|0?1\s*{_UNIT})\s*/\s*(?:0?1\s*)?lần", re.IGNORECASE
)
_TIMES_A_PERIOD = re.compile(
    rf"{_ATLEAST}(?P<count>\d+)\s*(?:lần|cuộc|kỳ|đợt)\s*(?:/|trong|mỗi|một)\s*(?:một\s+"
    rf"|mỗi\s+)?(?P<period>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
