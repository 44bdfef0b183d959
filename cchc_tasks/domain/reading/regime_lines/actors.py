"""Who reports, to whom and through whom, in a sentence about reports."""

import re

from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.prose_duties.outline import Passage
from cchc_tasks.domain.reading.unit_cells.words import words_for
from cchc_tasks.domain.reading.units import read_units


def subject(sentence: str) -> tuple[str, ...]:
    """The units that a sentence says do something, at its head or behind a comma: "Hằng quý, các trường báo cáo …"."""
    words = sentence.strip(" -+•")
    clauses = (words, *(words[comma.end() :] for comma in _COMMA.finditer(words)))
    return next(filter(None, map(_doing, clauses)), ())


def named(words: str) -> tuple[str, ...]:
    """The units of words that name nothing else; () where they begin otherwise."""
    words = words.strip(" .;:")
    return tuple(one.text for one in read_units(words).units) if words_for(words).begins_unit(words) else ()


def addressee(passage: Passage) -> tuple[str, ...]:
    """The units of the nearest heading that names any: "2.1. Văn phòng Sở", "Trách nhiệm của Hiệu trưởng"."""
    for heading in reversed(passage.headings):
        words = _OF.sub("", heading)
        units = _doing(words) or named(words)
        if units and len(heading) <= _LONGEST_SUBJECT:
            return units
    return ()


def receiver(sentence: str) -> str | None:
    """The unit that a report goes to; what is done there with it afterwards is left away."""
    return _first_unit(_TO, _PURPOSE.split(sentence)[0])


def through(sentence: str) -> str | None:
    """The unit that passes a report on: "(qua Phòng Nội vụ)"."""
    return _first_unit(_THROUGH, sentence)


def level(reporters: tuple[str, ...], to: str | None, via: str | None, *, of_school: bool) -> str:
    """Whether units report to the one that issues the plan ("unit") or this one to its superior ("upward")."""
    if any(_SUPERIOR.match(name) for name in (to, via) if name) or any(map(_OFFICE.fullmatch, reporters)):
        return "upward"
    return "upward" if of_school and not (to and _OWN.match(to)) else "unit"


def is_of_school(document: SourceDocument, number: str | None) -> bool:
    """Whether a school issues the document, by the symbol of its number or the name above it."""
    if number:
        return not re.search(r"GD|UBND|SNV", number.partition("/")[2].upper())
    above = (line.strip("#*_ ") for one in document.paragraphs[:_LETTERHEAD] for line in one.text.splitlines())
    return any(_SCHOOL.match(line) for line in above)


_LONGEST_SUBJECT = 200
_LETTERHEAD = 12
_COMMA = re.compile(r",\s+")
_ASKED = re.compile(r"^(?:(?:kính\s+)?(?:đề nghị|yêu cầu|giao)|các đồng chí)\s+", re.IGNORECASE)
_DEED = re.compile(
    r"(?<=\w)(?<!chưa),?\s+(?:khẩn trương|tổng hợp"
    r"|định kỳ|định kì|thực hiện|báo cáo|gửi|lập|xây dựng|có trách nhiệm|nộp|chịu trách nhiệm"
    r"|tiến hành|căn cứ|theo dõi|chủ trì|phối hợp|nghiêm túc|chủ động|hằng|hàng|gồm|tổ chức)(?!\w)",
    re.IGNORECASE,
)
_OF = re.compile(r"^(?:đối với|trách nhiệm của|nhiệm vụ của|trách nhiệm|giao)\s+", re.IGNORECASE)
_PURPOSE = re.compile(r"[\s,]+(?:để|nhằm)\s", re.IGNORECASE)
_TO = re.compile(
    r"(?<!\w)(?:về|cho|đến|tới|gửi|nộp|trình|báo cáo)\s+(?=[^\W\d])(?=(?P<unit>[^(),;:.]+?)"
    r"(?:$|[(),;:.]|\s+(?:theo|trước|chậm|muộn|định kỳ|vào|qua|thông qua|tổng hợp|gồm|bằng|trong|kết quả|hằng|hàng"
    r"|\d+ tháng|quý|cả năm|học kỳ)"
    r"(?!\w)))",
    re.IGNORECASE,
)
_THROUGH = re.compile(
    r"(?<!\w)qua\s+(?P<unit>[^(),;:.]+?)(?=$|[(),;:.]|\s+(?:theo|trước|chậm|để|định kỳ|vào|tổng hợp)(?!\w))",
    re.IGNORECASE,
)
_SUPERIOR = re.compile(
    r"(?:ubnd|ủy ban|uỷ ban|thành phố|tỉnh|bộ(?! phận)|chính phủ|thủ tướng|thành ủy|tỉnh ủy|hđnd|huyện|sở nội vụ"
    r"|phòng nội vụ|sở thông tin|sở khoa học|cấp trên)(?!\w)",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"sở(?: gd\s?&?\s?đt| giáo dục và đào tạo)?(?: (?:tỉnh|thành phố)\b.*)?", re.IGNORECASE)
_OWN = re.compile(r"(?:nhà trường|trường|hiệu trưởng|ban giám hiệu|văn phòng|văn thư|bộ phận|tổ)(?!\w)", re.IGNORECASE)
_SCHOOL = re.compile(r"TRƯỜNG\s|Trường (?:TH|Tiểu|Mầm|Trung|THCS|THPT|MN)|TRUNG TÂM GI")


def _doing(clause: str) -> tuple[str, ...]:
    words = _ASKED.sub("", clause)
    head = _DEED.split(words, maxsplit=1)[0].rstrip(" ,")
    if head == words or len(head) > _LONGEST_SUBJECT or not words_for(head).begins_unit(head):
        return ()
    return named(head)


def _first_unit(pattern: re.Pattern[str], sentence: str) -> str | None:
    for found in pattern.finditer(sentence):
        if words_for(found["unit"]).begins_unit(found["unit"]) or _SUPERIOR.match(found["unit"]):
            units = read_units(found["unit"]).units
            return units[0].text if units else None
    return None
