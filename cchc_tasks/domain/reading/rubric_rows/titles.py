"""Where a criterion's title ends: against rules that run on behind it, and against lines that only explain."""

import re
from difflib import SequenceMatcher

from cchc_tasks.domain.reading.rubric_rows.rules import judged_by, proportional_words, read_rule


def scores(line: str) -> bool:
    """Whether a line says how points are given."""
    return read_rule(line) is not None or proportional_words(line) is not None or judged_by(line) is not None


def is_legend(line: str) -> bool:
    """Whether a line explains ("Trong đó: …", "Ghi chú: …") or only announces what follows ("Cách tính:")."""
    return _LEGEND.match(line) is not None or line.endswith(":")


def title_before_rule(line: str, following: str) -> tuple[str, str] | None:
    """A title and the rule that runs on behind it, told by a capital or a share and by likeness to the next rule.

    None where the line is a rule from its beginning.
    """
    rule, after = read_rule(line), read_rule(following)
    case = (rule and rule.condition) or ""
    other = (after and after.condition) or following
    if len(case) > _LONGEST_CASE:
        return None
    best, best_likeness = None, _likeness(case, other)
    for found in _BEGINS.finditer(case):
        tail = case[found.end() :]
        likeness = _likeness(tail, other) + (_OPENS.match(tail) is not None) * _OPENING
        if likeness > best_likeness and likeness >= _OPENING:
            best, best_likeness = tail, likeness
    if best is None:
        return None
    place = line.rindex(best)
    return line[:place].strip(" .:;,-"), line[place:].strip()


_LEGEND = re.compile(r"\(?\*{0,2}(?:trong đó|ghi chú|lưu ý|chú thích|ví dụ)\b", re.IGNORECASE)
_BEGINS = re.compile(r"(?<=[\w)%”\".])\s+(?=[A-ZÀ-ỸĐ]|\d+\s?%|[<>≥≤])")
_OPENS = re.compile(
    r"(?:Có|Không|Chưa|Còn|Từ|Dưới|Trên|Đạt|Đúng|Đầy đủ|Kịp thời|Tất cả|Toàn bộ|Mức|Mỗi|Nếu|Trường hợp|Hoàn thành"
    r"|Thực hiện|Ban hành|Tổ chức|Đã)\b|\d+\s?%|[<>≥≤]"
)
_OPENING = 0.5
_LONGEST_CASE = 600  # letters of a title and a case together


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower().split(), other.lower().split(), autojunk=False).ratio()
