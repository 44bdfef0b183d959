"""Who is asked to act, and with whom: units as a sentence or a heading names them."""

import re
from typing import NamedTuple

from cchc_tasks.domain.reading.prose_duties.clauses import sentences
from cchc_tasks.domain.reading.prose_duties.deeds import deed_after
from cchc_tasks.domain.reading.unit_cells.words import words_for
from cchc_tasks.domain.reading.units import read_units


class Subject(NamedTuple):
    """Who acts, as printed ("" where the sentence does not say), and where the deed begins in the sentence."""

    lead: str
    deed: int


def read_subject(clause: str, start: int = 0) -> Subject:
    """The unit that a clause begins with or gives an order to: "Đề nghị các trường gửi …", "Phòng TCCB tổng hợp …".

    `start` is where the clause begins behind a time that stands first. A clause that begins with its deed has none.
    """
    ordered = _ORDER.match(clause, start)
    begin = ordered.end() if ordered else start
    named = _units_before_deed(clause, begin)
    if named:
        return Subject(*named)
    inner = _INNER_ORDER.search(clause, start) or _LABEL.match(clause, start)
    named = _units_before_deed(clause, inner.end()) if inner else _behind_introduction(clause, start)
    return Subject(*named) if named else Subject("", begin if ordered else start)


def read_ordered(text: str) -> str:
    """Whom an opening sentence asks: "Sở GDĐT yêu cầu các đơn vị thực hiện như sau" asks "các đơn vị"."""
    sentence = list(sentences(text))[-1:]
    inner = _INNER_ORDER.search(sentence[0]) if sentence else None
    named = _units_before_deed(inner.string, inner.end()) if inner else None
    return named[0] if named else ""


def units_of_heading(heading: str) -> str:
    """The units that a heading assigns its section to, as printed; "" where it names a subject matter."""
    text = heading.strip(" .:;")
    begin = 0
    while found := _OF_SOMEBODY.match(text, begin):
        begin = found.end()
    head, colon, _ = text[begin:].partition(":")
    named = head.strip(" .:,") if colon else text[begin:]
    if not begins_unit(named):
        return ""
    subject = _units_before_deed(named, 0)
    return subject[0] if subject else named.strip(" .,")


def leading_in_brackets(clause: str) -> str:
    """The unit that a bracket names as leading: "ban hành quy chế (Phòng A chủ trì)"; "" where none does."""
    found = _LEADS.search(clause)
    return found["unit"] if found and begins_unit(found["unit"]) else ""


def cooperating_in(clause: str) -> str:
    """The units behind "phối hợp với", as printed."""
    found = _WITH.search(clause)
    return _units_until_deed(clause, found.end()) if found else ""


# "giao ban" is a meeting; "giao Ban Tuyên giáo" and "giao ban giám hiệu" assign.
_ASSIGN = r"giao(?: cho)?(?! (?-i:ban)\s(?!giám|chỉ|chấp|quản|tổ))"
_ORDER = re.compile(
    rf"(?:(?:kính )?đề nghị|yêu cầu|{_ASSIGN}|phân công|ủy quyền(?: cho)?|đối với|riêng|đồng thời,?"
    r"|ngoài việc [^,]{1,120},|ngoài ra,?|trong đó,?|cuối cùng,?)\s+",
    re.IGNORECASE,
)
_INNER_ORDER = re.compile(
    rf"(?<!\w)(?:đề nghị|yêu cầu|{_ASSIGN}|phân công)\s+"
    r"(?=(?:các|ông|bà|đ/c|trưởng|thủ trưởng|hiệu trưởng|phòng"
    r"|sở|văn phòng|ubnd|đồng chí|cán bộ|lãnh đạo|giáo viên|tổ|ban|bộ phận|công chức)(?!\w))",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"(?:đối với|trách nhiệm|nhiệm vụ|phân công|giao|của|cho|đề nghị|yêu cầu|về phía)(?!\w)\s*", re.IGNORECASE
)
_LABEL = re.compile(r"[^:,;()]{3,60}:\s+")  # "Đăng ký thi đua: các trường gửi …"
_LEADS = re.compile(
    r"\(\s*(?:giao\s+|do\s+)?(?P<unit>[^();,]{2,80}?)\s+(?:chủ trì|làm đầu mối|phụ trách)(?!\w)", re.IGNORECASE
)
_LONGEST_LABEL = 120
_LONGEST_SUBJECT = 220
_NO_UNITS = re.compile(
    r"(?:trường hợp|thanh tra,|đoàn kết|bộ tiêu chí|đội ngũ|khoa học|hội thi|hội thảo|hội khỏe|trung thu|trường lớp"
    r"|quỹ|đài|báo)(?!\w)",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:các|những|mọi|từng|mỗi|tất cả(?: các)?|toàn thể|toàn bộ)\s+", re.IGNORECASE)


def begins_unit(text: str) -> bool:
    """Whether a body, a person or a group of them is named here; "các báo cáo" is none."""
    words = words_for(text)
    if _NO_UNITS.match(text) or not words.begins_unit(text):
        return False
    plural = _PLURAL.match(text)
    rest = text[plural.end() :] if plural else text
    of_units = words.begins_unit(rest) or words.kind.match(rest) or words.people.match(rest) or words.post.match(rest)
    return bool(of_units) and not _NO_UNITS.match(rest)


def _units_before_deed(text: str, start: int) -> tuple[str, int] | None:
    """The units named from here up to the deed, and where the deed begins; None where no unit or no deed is."""
    if not begins_unit(text[start:]):
        return None
    head, colon, _ = text[start:].partition(":")
    if colon and len(head) <= _LONGEST_LABEL and deed_after(head, 0) is None and read_units(head).units:
        return head.strip(), start + len(head) + 1
    deed = deed_after(text, start)
    if deed is not None and text.count("(", start, deed) > text.count(")", start, deed):
        deed = deed_after(text, text.find(")", deed)) if ")" in text[deed:] else None
    if deed is None or deed - start > _LONGEST_SUBJECT:
        return None
    named = text[start:deed].strip(" ,:-–")
    return (named, deed) if named and read_units(named).units else None


def _behind_introduction(clause: str, start: int) -> tuple[str, int] | None:
    """The units behind a phrase that only says by what or in which case: "Căn cứ …, các trường rà soát …"."""
    if not _INTRODUCES.match(clause, start):
        return None
    found = (_units_before_deed(clause, comma.end()) for comma in _COMMA.finditer(clause, start))
    return next(filter(None, found), None)


_INTRODUCES = re.compile(
    r"(?:trong quá trình|nếu|khi|căn cứ|trên cơ sở|sau khi|để|nhằm|theo(?! dõi)|ngoài|ngay sau"
    r"|(?:tiếp tục )?(?:thực hiện|triển khai) (?:công văn|kế hoạch|quyết định|thông báo|chỉ thị|nghị quyết|văn bản"
    r"|kết luận))(?!\w)",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s+")


_STOP = re.compile(r"[;:()]|\.\s|\.$|(?<!\w)(?:để|theo|qua|bằng|nhằm|về|trên|tại)(?!\w)")


def _units_until_deed(text: str, start: int) -> str:
    if not begins_unit(text[start:]):
        return ""
    stop = _STOP.search(text, start)
    ends = [place for place in (deed_after(text, start), stop and stop.start()) if place is not None]
    return text[start : min(ends, default=len(text))].strip(" ,:-–.")


_WITH = re.compile(r"(?<!\w)phối\s+(?:kết\s+)?hợp\s+(?:chặt chẽ\s+)?(?:với|cùng)\s+", re.IGNORECASE)
