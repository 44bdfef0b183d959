"""One line of a rubric read as a rule: its case, its points, its formula, or who judges."""

import re
from dataclasses import replace
from fractions import Fraction

from cchc_tasks.domain.reading.rubric_rows.criteria import Rule
from cchc_tasks.domain.reading.rubric_rows.formulas import read_formula
from cchc_tasks.domain.reading.rubric_rows.markup import LONGEST_LINE, NUMBER, plain_formula


def read_rule(line: str) -> Rule | None:
    """What a line scores; None where it names neither points nor a formula."""
    if len(line) > LONGEST_LINE:
        return None
    if "công thức" in line.lower():
        return _by_formula(line)  # points at the end of one that is not understood are part of it
    return _by_formula(line) or _deduction(line) or _bare_formula(line) or _with_points(line)


def points_in(text: str) -> Fraction | None:
    """The number of a points cell: "0,5", "1.0 điểm", "1/2"; None where it holds anything else."""
    found = _CELL.fullmatch(text.strip())
    return _number(found[1]) if found else None


def proportional_words(line: str) -> str | None:
    """What is measured where a line only says "tính điểm theo tỷ lệ …"."""
    found = _BY_SHARE.search(line[:LONGEST_LINE])
    return found[1].strip(" .;:,") if found and not _FORMULA.search(line) else None


def judged_by(line: str) -> str | None:
    """The line where it leaves the points to a survey, a council or another body."""
    return line.strip(" .;") if _JUDGED.search(line[:LONGEST_LINE]) and read_rule(line) is None else None


def maximum_in(line: str) -> Fraction | None:
    """The maximum that a line of its own states: "Điểm tối đa: 2"."""
    found = _STATED.fullmatch(line)
    return _number(found[1]) if found else None


def title_and_maximum(title: str) -> tuple[str, Fraction | None]:
    """A title without the maximum printed at its end: "Công khai thủ tục (2 điểm)"."""
    found = _IN_TITLE.search(title, max(0, len(title) - _TAIL))
    return (title[: found.start()].rstrip(" :-–"), _number(found[1] or found[2])) if found else (title, None)


_CELL = re.compile(rf"\+?({NUMBER})\s*(?:điểm|đ)?\.?", re.IGNORECASE)
_TAIL = 40  # letters in which a maximum behind a title finds room
_STATED = re.compile(rf"(?:số |mức |thang )?điểm (?:tối đa|chuẩn)\s*[:=]?\s*({NUMBER})\s*(?:điểm|đ)?\.?", re.IGNORECASE)
_IN_TITLE = re.compile(
    rf"\(\s*(?:tối đa:?\s*)?({NUMBER})\s*(?:điểm|đ)\s*\)\s*$|[:\-–]\s*({NUMBER})\s*điểm\s*$", re.IGNORECASE
)
_JUDGED = re.compile(
    r"điều tra (?:xã hội học|XHH)|xã hội học|phiếu (?:khảo sát|điều tra)"
    r"|(?:hội đồng|tổ thẩm định|đoàn (?:kiểm tra|thẩm định)|cơ quan thẩm định)\b.*"
    r"\b(?:đánh giá|chấm|thẩm định|xem xét|quyết định)"
    r"|kết quả (?:đánh giá|khảo sát|đo lường)\b.*\b(?:của|về|hài lòng)\b",
    re.IGNORECASE,
)
_BY_SHARE = re.compile(
    r"(?:tính|chấm)(?: điểm)?(?: tương ứng)? theo ((?:tỷ|tỉ) lệ\b.*|phần trăm\b.*|% .*)", re.IGNORECASE
)
_FORMULA = re.compile(
    r"(?:,?\s*(?:thì\s+)?(?:(?:số )?điểm(?: đánh giá)?\s+)?(?:được\s+)?(?:tính\s+)?(?:điểm\s+)?)"
    r"(?:theo\s+)?công thức(?:\s+(?:sau|tính|tính điểm))*\s*[:=]?\s*(.+)$"
    r"|(?:^|\bthì\s+)(?:số\s+|tổng\s+)?điểm[^=:]{0,60}=\s*(.+)$"
    r"|(?:,?\s*(?:thì\s+)?(?:(?:số )?điểm(?: đánh giá)?\s+)?)"
    r"(?:được\s+)?tính\s*(?:điểm\s*)?(?:bằng|như sau|là)?\s*[:=]\s*(.+)$",
    re.IGNORECASE,
)
_MULTIPLIED = re.compile(rf"^[^:=]*[\w)\]]\s*(?:×|\*|\bx)\s*{NUMBER}\s*(?:điểm)?\s*\.?$")
_TRAILING_LEGEND = re.compile(r"[.;,(]?\s*trong đó\b.*$", re.IGNORECASE)
_AT_MOST = re.compile(
    r"\s*[,;(]?\s*(?:nhưng\s+|và\s+)?(?:tổng\s+)?(?:cộng\s+|trừ\s+|đạt\s+)?"
    r"(?:không (?:vượt )?quá|tối đa(?: là| không quá)?)"
    rf"(?:\s+(?:cộng|trừ|đạt|được))?\s+({NUMBER})\s*điểm\)?\s*\.?$",
    re.IGNORECASE,
)
_TO_NOTHING = re.compile(r"\s*[,;]?\s*(?:trừ )?(?:cho )?(?:đến|tới) (?:khi )?hết (?:số )?điểm.*$", re.IGNORECASE)
_DEDUCTION = re.compile(
    rf"^(?P<before>.*?)[\s:,]*\b(?:thì\s+)?(?:bị\s+)?trừ\s+(?:đi\s+)?(?P<points>{NUMBER})\s*(?:điểm|đ)\b\s*(?P<after>.*)$",
    re.IGNORECASE,
)
_EACH = re.compile(r"^(?:cứ\s+)?(?:mỗi|từng|cứ|với mỗi|thêm)\b", re.IGNORECASE)
_EACH_TAIL = re.compile(
    rf"(?:(?P<less>:\s*[-–])|[:\s+]|^)\s*(?P<points>{NUMBER})\s*điểm"
    r"\s*(?:/|cho mỗi|cho từng|mỗi|với mỗi)\s*(?P<per>[^\d.;]+)\.?$",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"^({NUMBER})\s*điểm\s*(?:[:,-]|nếu|khi|cho|đối với)+\s*(?:nếu\s+)?(.+)$", re.IGNORECASE)
# The points at a line's end, strongest sign first; the words before them are the case.
_LAST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\s*(?:=>|->|[→⇒=]|(?!(?<=\d):\d):)\s*(?P<points>[-–+]?\s?{NUMBER})\s*(?:điểm|đ)?\s*[.;,]?$",
        rf"\s*\(\s*(?P<points>{NUMBER})\s*(?:điểm|đ)\s*\)\s*[.;,]?$",
        rf"\s*[,:–-]?\s*\b(?:(?:được|đạt|chấm|tính|cho|cộng|là|bằng|thì)\s*:?\s+)+(?P<points>{NUMBER})\s*(?:điểm|đ)?\s*[.;,]?$",
        rf"\s*[,:–-]?\s+(?P<points>{NUMBER})\s*điểm\s*[.;,]?$",
    )
)
_NOTHING = re.compile(
    r"\s*[:,–-]?\s*(?:thì\s+)?không\s+(?:được\s+)?(?:(?:tính|chấm|cho|có)\s+)?điểm\s*[.;,]?$", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\s*[:,–-]?\s*(?:thì\s+)?(?:được|đạt|tính|chấm|cho)?\s*(?:số\s+)?điểm tối đa\s*[.;,]?$", re.IGNORECASE
)
_SHARE = re.compile(
    r"\s*[:,–-]?\s*(?:thì\s+)?(?:được|đạt|tính|chấm|cho)?\s*"
    rf"(?P<share>{NUMBER}\s*%|1/\d|một nửa)\s*(?:tổng\s+)?(?:của\s+)?"
    r"(?:số điểm|điểm tối đa|mức điểm|điểm chuẩn)(?: tối đa)?\s*[.;,]?$",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"[\s:,–-]*(?:\bthì\b\s*)?(?:(?:(?:được\s+)?(?:tính|chấm|cho|cộng|đạt)\s+)?(?:(?:số|mức)\s+)?điểm(?:\s+đánh giá)?"
    r"(?:\s+(?:là|bằng|đạt|được))*)?[\s:,–-]*$",
    re.IGNORECASE,
)
_THEN = re.compile(r"[\s,]*\bthì(?:\s+(?:được|đạt|chấm|tính|cho|cộng|là|bằng))*\s*$", re.IGNORECASE)
_IF = re.compile(r"^(?:nếu|trường hợp)\s+", re.IGNORECASE)


def _number(text: str) -> Fraction:
    over, _, under = text.replace(" ", "").replace(",", ".").replace("–", "-").partition("/")
    return Fraction(over) / Fraction(under) if under and Fraction(under) else Fraction(over)


def _case(words: str) -> str | None:
    """The words of a case without "nếu", "thì" and what links them to the points."""
    case = _IF.sub("", _THEN.sub("", _LINKS.sub("", words))).strip(" :,;.–+-")
    return case or None


def _by_formula(line: str) -> Rule | None:
    """ "Từ 40% đến dưới 80% … thì tính theo công thức: Tỷ lệ % x 2,5 điểm"."""
    plain = plain_formula(line)
    found = _FORMULA.search(plain)
    if not found:
        return None
    spelled = _TRAILING_LEGEND.sub("", next(group for group in found.groups() if group))
    formula = read_formula(spelled)
    return Rule(line, _case(plain[: found.start()]), formula=formula) if formula else None


def _bare_formula(line: str) -> Rule | None:
    """ "Số lớp tập huấn x 0,25 điểm (tối đa 1 điểm)"."""
    at_most = _AT_MOST.search(line)
    words = line[: at_most.start()] if at_most else line
    formula = read_formula(words) if _MULTIPLIED.search(words) else None
    return Rule(line, formula=formula, at_most=_number(at_most[1]) if at_most else None) if formula else None


def _deduction(line: str) -> Rule | None:
    """ "Mỗi lần chậm trừ 0,1 điểm", "trừ 0,1 điểm cho mỗi hồ sơ, tối đa trừ 1 điểm"."""
    at_most = _AT_MOST.search(line)
    words = _TO_NOTHING.sub("", line[: at_most.start()] if at_most else line)
    found = _DEDUCTION.match(words)
    if not found or found["before"].count("(") > found["before"].count(")"):
        return None
    before, after = _case(found["before"]), found["after"].strip(" .;,")
    per = re.sub(r"^(?:cho|với|đối với)\s+", "", after.lstrip("/ ").strip(), flags=re.IGNORECASE)
    each = after.startswith("/") or _EACH.match(per) is not None or bool(before and _EACH.match(before))
    case = before if before and (after.startswith("/") or not per) else per or before
    return Rule(line, case, -_number(found["points"]), each=each, at_most=_number(at_most[1]) if at_most else None)


def _with_points(line: str) -> Rule | None:
    at_most = _AT_MOST.search(line)
    words = line[: at_most.start()] if at_most and _points_of(line[: at_most.start()]) else line
    rule = _points_of(words)
    if rule is None:
        return None
    each = rule.each or _EACH.match(rule.condition or "") is not None
    limit = _number(at_most[1]) if at_most and words != line else None
    return replace(rule, text=line, each=each, at_most=limit)


def _share(found: re.Match[str]) -> Fraction:
    """The part of the maximum that is meant: all of it, "1/2", "50%" or "một nửa"."""
    part = found.groupdict().get("share", "100%").replace(" ", "")
    if part.lower() == "một nửa":
        return Fraction(1, 2)
    return _number(part.rstrip("%")) / (100 if part.endswith("%") else 1)


def _points_of(words: str) -> Rule | None:
    """The points of a case, wherever they stand in its line."""
    if found := _NOTHING.search(words):
        return Rule(words, _case(words[: found.start()]), Fraction(0))
    if found := _SHARE.search(words) or _WHOLE.search(words):
        return Rule(words, _case(words[: found.start()]), share=_share(found))
    if found := _EACH_TAIL.search(words):
        points = _number(found["points"]) * (-1 if found["less"] else 1)
        return Rule(words, _case(words[: found.start()]) or found["per"].strip(), points, each=True)
    if found := next((one for pattern in _LAST if (one := pattern.search(words))), None):
        return Rule(words, _case(words[: found.start()]), _number(found["points"]))
    if found := _FIRST.match(words):
        return Rule(words, found[2].strip(" .;"), _number(found[1]))
    return None
