"""A lead or cooperating cell read: the units as printed, apart from roles, sections, periods and remarks."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.findings import Question, UnitCell, UnitMention
from cchc_tasks.domain.reading.text import normalise, search_key, tidy


def read_units(cell: str, years: Years | None = None) -> UnitCell:
    """Read who stands in a cell; `years` are the plan's, for leads that change ("Phòng TCCB (quý I)").

    Names that hold a comma or "và" themselves stay whole ("Các phòng CM, NV"). What stands in brackets or behind the
    name becomes its role, section, period or remark.
    """
    units: list[UnitMention] = []
    questions: list[Question] = []
    role: str | None = None
    for piece in _pieces(tidy(cell)):
        heading = _HEADING.match(piece)
        if heading:
            role = _ROLES[search_key(heading[1])]
        name = piece[heading.end() :] if heading else piece
        if name.strip(_EDGES):
            mention, question = _mention(name, role, years)
            units.append(mention)
            questions += [question] if question else []
    unread = tuple(question.words for question in questions if question.words)
    return UnitCell(cell, tuple(units), unread, tuple(questions))


@lru_cache(maxsize=4096)
def unit_key(text: str) -> str:
    """What two spellings of one unit share: the key under which a directory looks names up.

    Diacritics are dropped, because no two units of one office differ by them alone, while plans are typed without
    them or with a wrong one. Marks, "và" and a trailing "(thuộc) Sở (GDĐT)" do not count, hyphens within
    abbreviations neither: "KH-TC" is "KHTC", "Văn phòng Sở" is "Văn phòng".
    """
    joined = _IN_ABBREVIATION.sub("", normalise(text).text)
    words = [word for word in re.split(r"[\W_]+", search_key(joined)) if word and word != "va"]
    key = " ".join(words)
    return _OF_THE_OFFICE.sub("", key) or key


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known name that a mistyped one most likely means; None when nothing is close."""
    by_key = {unit_key(name): name for name in known}
    close = get_close_matches(unit_key(text), by_key, n=1, cutoff=0.8)
    return by_key[close[0]] if close else None


_EDGES = " .,;:-–+*•/\n"
_ROLES = {"chu tri": "lead", "phoi hop": "cooperating"}
_HEADING = re.compile(
    r"^\W*(?:(?:các )?(?:đơn vị|cơ quan|phòng) )?(chủ trì|phối hợp)(?: thực hiện)?"
    r"(?:\s*:\s*|\s+(?:với\s+)|\s+(?=các ))",
    re.IGNORECASE,
)
_IN_ABBREVIATION = re.compile(r"(?<=[A-ZĐ])\s?[-&]\s?(?=[A-ZĐ](?:[A-ZĐ]|\W|$))")
_OF_THE_OFFICE = re.compile(r"(?: (?<!truc )thuoc)? so(?: gd ?dt| giao duc dao tao)?$")

# --- cutting the cell ---

_SEPARATOR = re.compile(r"[;,/()\n]|\+|\s&\s|\s(?:và|cùng)(?:/hoặc)?\s")
_HEADS = (
    "phòng|văn phòng|vp|ban|tổ|bộ phận|sở|thanh tra|trung tâm|tt|trường|ubnd|hđnd|ủy ban|công an|đơn vị|cơ quan|cá nhân"
    "|công chức|viên chức|cán bộ|chuyên viên|lãnh đạo|giám đốc|phó giám đốc|ban giám hiệu|hiệu trưởng|thủ trưởng"
    "|trưởng phòng|chánh văn phòng|thư ký|kế toán|công đoàn|đoàn thanh niên|chi bộ|đảng ủy|hội đồng|nhóm|khoa|cụm"
    "|phối hợp|chủ trì"
)
_BEGINS_UNIT = re.compile(rf"(?:[-+*]\s*)?(?:(?:các|những|toàn thể|tất cả)\s+)?(?:{_HEADS})(?!\w)", re.IGNORECASE)


def _pieces(cell: str) -> list[str]:
    """The cell cut into names: at every separator outside brackets, unless both sides are one name."""
    pieces: list[str] = []
    mark = ";"
    for text, following in _cuts(cell):
        if pieces and not _separates(mark, pieces[-1], text.strip()):
            pieces[-1] += (mark if mark != "\n" else " ") + text
        else:
            pieces.append(text)
        mark = following
    return [_without_plural(piece, several=len(pieces) > 1) for piece in pieces if piece.strip(_EDGES)]


def _cuts(cell: str) -> Iterator[tuple[str, str]]:
    """Every stretch between separators outside brackets, with the separator that follows it."""
    depth = start = 0
    for found in _SEPARATOR.finditer(cell):
        if found[0] in "()":
            depth += 1 if found[0] == "(" else -1
        elif depth <= 0:
            yield cell[start : found.start()], found[0]
            start = found.end()
    yield cell[start:], ""


def _separates(mark: str, left: str, right: str) -> bool:
    """Whether a separator stands between two units, and not inside the name of one."""
    if mark == ";":
        return True
    if any(first.search(left) and second.match(right) for first, second in _ONE_NAME):
        return False
    if mark == "\n" or "và" in mark or "cùng" in mark:
        return bool(_BEGINS_UNIT.match(right))
    return bool(_BEGINS_UNIT.match(right)) or right[:1].isupper()


# What ends the left side and begins the right side of a single name.
_ONE_NAME = tuple(
    (re.compile(rf"(?:{left})\s*$", re.IGNORECASE), re.compile(right, re.IGNORECASE))
    for left, right in (
        (r"(?<!\w)(?:CM|chuyên môn)", r"(?:NV|nghiệp vụ)(?!\w)"),
        (r"^\s*(?:các\s+)?(?:phòng|ban|đơn vị|cá nhân|cơ quan|tổ chức|bộ phận|trường)", r".*liên quan\W*$"),
        (r"(?<!\w)phòng", r"ban(?!\w)"),
    )
)


def _without_plural(piece: str, *, several: bool) -> str:
    """ "Các phòng TCCB, KHTC" names single rooms: the plural belongs to the list, not to the first of them."""
    match = re.match(r"\s*các\s+(?=(?:phòng|tổ)\s+(?!CM(?!\w)|NV(?!\w))[A-ZĐ-]{2,}\s*$)", piece, re.IGNORECASE)
    return piece[match.end() :] if match and several else piece


# --- one unit and what stands beside it ---

_BRACKET = re.compile(r"\(([^()]*)\)?")
_SECTION = re.compile(r"(?:bộ phận|tổ|nhóm|mảng|ban)(?!\w)", re.IGNORECASE)
_DEEDS = (
    "tổng hợp|theo dõi|chủ trì|phối hợp|thực hiện|tham mưu|đôn đốc|hướng dẫn|cung cấp|triển khai|báo cáo"
    "|làm đầu mối|là đầu mối|chịu trách nhiệm|xây dựng|trình|gửi|kiểm tra|giúp|phụ trách"
)
# In small letters only: "Phòng Kế hoạch Tổng hợp" is a name. A bare "Phòng" before a deed is a name as well.
_REMARK = re.compile(
    rf"^(?P<name>(?!(?:Phòng|phòng|Tổ|tổ|Ban|ban|Bộ phận|bộ phận)\s+\w+$).*?\S)\s+(?P<deed>(?:{_DEEDS})(?!\w).*)$"
)


def _mention(piece: str, role: str | None, years: Years | None) -> tuple[UnitMention, Question | None]:
    section = period = remark = question = None
    for inside in (found.strip() for found in _BRACKET.findall(piece)):
        if search_key(inside) in _ROLES:
            role = _ROLES[search_key(inside)]
        elif _SECTION.match(inside):
            section = inside
        else:
            period, question = _period(inside, years)
            remark = remark if period or question else inside
    name = " ".join(_BRACKET.sub(" ", piece).split()).strip(_EDGES)
    behind = _REMARK.match(name)
    if behind and not _BEGINS_WITH_DEED.fullmatch(behind["name"]):
        name, deed = behind["name"], behind["deed"]
        role = _ROLES.get(search_key(deed), role)
        remark = remark if search_key(deed) in _ROLES else deed
    return UnitMention(name, role, section, period, remark), question


_BEGINS_WITH_DEED = re.compile(r"(?:Phòng|Tổ|Ban|Bộ phận|Đoàn|Nhóm)", re.IGNORECASE)


def _period(words: str, years: Years | None) -> tuple[str | None, Question | None]:
    """The one period that bracketed words name, or a question when they name a time that is not one period."""
    reading = read_deadline(words, years)
    dates = [one for part in reading.parts for one in part.rule.fixed]
    if len(dates) == 1 and dates[0].period:
        return dates[0].period, None
    asks = [question for question in reading.questions if question.code in ("year-missing", "deadline-unread")]
    if not dates and not asks and not any(part.rule.recurrence for part in reading.parts):
        return None, None
    text = f"Không rõ “{words}” là kỳ nào của kế hoạch."
    return None, Question("period-unread", "lead", text, None, words)
