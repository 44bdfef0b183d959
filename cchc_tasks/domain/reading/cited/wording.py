"""The words around a citation's number: who issued the document and what it is about."""

import re

from cchc_tasks.domain.reading.cited.types import NAMES

Place = tuple[int, int]


def find_issuer(text: str, start: int) -> Place | None:
    """Where the name of the body stands that follows right after a place: "Chính phủ" of "của Chính phủ về …"."""
    found = _OF.match(text, start)
    if not found:
        return None
    stop = _NOT_ISSUER.search(text, found.end())
    words = list(_WORD.finditer(text, found.end(), stop.start() if stop else len(text)))[:_LONGEST_ISSUER]
    return (found.end(), words[-1].end()) if words else None


def find_subject(text: str, start: int, following: Place | None) -> Place | None:
    """Where it is said what the document is about: up to the end of the clause or the next citation.

    `following` is where the next citation begins and where its number ends. Words that need it ("về triển khai Nghị
    quyết số …") go on to its number.
    """
    opened = _SUBJECT.match(text, start)
    limit = len(text)
    if following:
        apart = _SEPARATED.search(text, start, following[0])
        limit = following[0] if apart else following[1]
    if not opened or opened.end() >= min(limit, following[0] if following else limit):
        return None
    begins = opened.end()
    limit = min(limit, begins + _LONGEST_SUBJECT)
    ends = [found.start() for found in _CLAUSE_END.finditer(text, begins, limit)]
    ended = next((end for end in ends if not _in_quotes(text[begins:end], text[end:limit])), limit)
    subject = _LOOSE_END.sub("", _balanced(text[begins:ended]))
    return None if _ONLY_ACT.fullmatch(subject) else (begins, begins + len(subject))


_NAME = "|".join(name.replace(" ", r"\s+") for name in NAMES)
_OF = re.compile(r"\s*[,)]*\s*của\s+(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE)
_LONGEST_ISSUER = 16  # words
_LONGEST_SUBJECT = 600
_WORD = re.compile(r"\w+")
_ACTS = (
    r"[Bb]an hành|[Qq]u[yi] định|[Pp]hê duyệt|[Hh]ướng dẫn|[Ss]ửa đổi|[Bb]ổ sung|[Bb]ãi bỏ|[Tt]hay thế|[Đđ]ính chính"
    r"|[Tt]riển khai|thực hiện|tổ chức|[Cc]ông bố|[Cc]ông nhận|[Tt]hành lập|[Kk]iện toàn|[Gg]iao|[Đđ]ẩy mạnh"
    r"|[Tt]ăng cường|[Tt]iếp tục|thông báo|báo cáo|[Kk]ết quả|[Rr]à soát|[Nn]âng cao|[Đđ]iều chỉnh|tập trung|chỉ đạo"
    r"|[Yy]êu cầu|[Cc]ho phép|[Cc]ử|[Pp]hân công|[Bb]ổ nhiệm|[Cc]hấn chỉnh|[Đđ]ôn đốc|phân cấp"
)
_ABOUT = r"(?:[Vv]ề(?:\s+việc)?|[Vv]/[Vv]|VỀ(?:\s+VIỆC)?)"
_NOT_ISSUER = re.compile(
    rf"\s*(?:[;:,.()“”\"/]|(?<!\w)(?:{_ACTS}|{_ABOUT}|và\s+(?:[a-zà-ỹđ]|(?i:{_NAME}))|(?i:ngày|tháng|năm)(?=\s*\d)"
    r"|số\s*\d|đã|là|được|để|nhằm|trong|trên|tại|theo|từ|với|do|như|cho|đến|đối|có|thì|nêu|kèm|khi|sau|trước|gồm|cũng"
    r"|phải|sẽ|còn|gửi|này|nói|hiện|liên quan)(?!\w)|$)"
)
_SUBJECT = re.compile(
    rf"(?:\s*\([^)\d]{{1,30}}\))?[\s,:)]*(?:gửi\s[^;.\d]{{1,150}}?\s(?=về việc))?(?:{_ABOUT}\s+(?=\S)|(?={_ACTS}))"
)
_SEPARATED = re.compile(r"(?:[,;:.(]|\bvà(?: các)?|\bhoặc)\s*$")
_CLAUSE_END = re.compile(
    r";|…|\.{2,}|(?<!TP)(?<!Tp)\.(?=\s|$)"
    r"|,\s*(?:trong đó|đồng thời|qua đó|cụ thể|theo đó|đảm bảo|từ năm)\b|,?\s+như sau\b"
    r"|,\s*(?=(?:Sở|Phòng|Trường|Ủy ban|UBND)\s[^,;.]{0,60}?"
    r"\b(?:đã|được|ban hành|xây dựng|báo cáo|triển khai|đề nghị)\b)"
)
_ONLY_ACT = re.compile(rf"(?:(?:{_ACTS})\s*)*")
_LOOSE_END = re.compile(r"(?:[\s,;:.(-]|\b(?:và(?: các)?|hoặc|tại|theo))+$")


def _in_quotes(before: str, after: str) -> bool:
    """Whether quotation marks are open at a place and closed after it."""
    curly = before.count("“") > before.count("”") and "”" in after
    return curly or (before.count('"') % 2 == 1 and '"' in after)


def _balanced(subject: str) -> str:
    """The words up to a closing bracket that was opened before them."""
    depth = 0
    for place, letter in enumerate(subject):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            return subject[:place]
    return subject
