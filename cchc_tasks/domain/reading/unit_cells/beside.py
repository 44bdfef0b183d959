"""One name and what stands beside it: its brackets, its period, its share and its remarks."""

import re
from dataclasses import dataclass

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import Question, UnitMention
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.reading.unit_cells.cutting import EDGES, Cut
from cchc_tasks.domain.reading.unit_cells.led_periods import read_led_period
from cchc_tasks.domain.reading.unit_cells.phrases import Phrase
from cchc_tasks.domain.reading.unit_cells.words import is_abbreviation


def mention(cut: Cut, phrase: Phrase, years: Years | None) -> tuple[UnitMention, list[Question]]:
    """The unit that a phrase names, with what its brackets and the words around it say; and what stayed unclear."""
    beside = _Beside(phrase.role, phrase.section, remarks=list(phrase.remarks))
    name = _without_share(cut.printed(phrase.start, phrase.end), beside)
    questions: list[Question] = []
    for words in [phrase.period] if phrase.period else []:
        beside.period, question = read_led_period(words, years)
        questions += [question] if question else []
    for inside in cut.inside(phrase.start, phrase.deed[1] if phrase.deed else phrase.end):
        questions += _bracket(cut, name, inside, beside, years)
    tail = _PERIOD_BEHIND.search(name)
    if tail and beside.period is None:
        beside.period, question = read_led_period(tail["period"], years)
        questions += [question] if question else []
        name = name[: tail.start()].strip(EDGES)
    if phrase.deed:
        beside.remarks.append(cut.printed(*phrase.deed))
    remark = "; ".join(beside.remarks) or None
    return UnitMention(name, beside.role, beside.section, beside.period, remark, beside.share), questions


def names_units(cut: Cut, inside: str) -> bool:
    """Whether a bracket names units in a role: "(phối hợp: Phòng TCCB, Thanh tra)"."""
    named = cut.words.pattern(
        r"(?:đơn vị |cơ quan )?(?:đồng )?(?:chủ trì|phối hợp)(?: với| cùng)?\s*:?\s+(?=\w)"
    ).match(inside)
    return bool(named) and cut.words.beginning.match(inside[named.end() :]) is not None if named else False


@dataclass(slots=True)
class _Beside:
    role: str | None
    section: str | None
    remarks: list[str]
    period: str | None = None
    share: int | None = None


def _without_share(name: str, beside: _Beside) -> str:
    """ "Ít nhất 20% số đơn vị trực thuộc" means the group "đơn vị trực thuộc"."""
    share = _SHARE.match(name)
    if not share:
        return name
    beside.share = int(share["percent"])
    return name[share.end() :]


def _bracket(cut: Cut, name: str, inside: str, beside: _Beside, years: Years | None) -> list[Question]:
    """Take a bracket as a role, a share, a section or a period; what is none of these is a remark."""
    if not inside or names_units(cut, inside):
        return []
    role = _ROLE.match(search_key(inside))
    if role:
        beside.role = _ROLES[role[1]]
        return _bracket(cut, name, inside[role.end() :].strip(EDGES), beside, years)
    share = _BRACKETED_SHARE.fullmatch(inside)
    if share:
        beside.share = int(share["percent"])
        return []
    if _is_section(cut, name, inside):
        beside.section = inside
        return []
    if not re.search(r"\w", inside):
        beside.remarks.append(inside)
        return []
    period, question = read_led_period(inside, years)
    beside.period = period or beside.period
    if not period and not question:
        beside.remarks.append(inside)
    return [question] if question else []


def _is_section(cut: Cut, name: str, inside: str) -> bool:
    """A sub-unit, the code of one ("PC06"), or the unit of a person in short ("Đ/c Hoa (TCKT)")."""
    if cut.words.pattern(rf"(?:{_SECTIONS})(?!\w)|p\.").match(inside):
        return not _SAYS_WHAT_IT_DOES.match(inside)
    of_person = is_abbreviation(inside) and cut.words.named_person.match(name) and not cut.words.post.fullmatch(inside)
    return _CODE.fullmatch(inside) is not None or bool(of_person)


_ROLES = {
    **dict.fromkeys(("chu tri", "ct", "dong chu tri", "co quan chu tri", "don vi chu tri"), "lead"),
    **dict.fromkeys(("phoi hop", "ph", "co quan phoi hop", "don vi phoi hop"), "cooperating"),
}
_ROLE = re.compile(
    # "CT" and "PH" stand for other words too: "(CT MTQG)".
    rf"({'|'.join(sorted(_ROLES, key=len, reverse=True))})(?!\w)(?:(?<!ct)(?<!ph)|(?=\s*(?:$|[,;:])))"
)
_CODE = re.compile(r"(?!HK)[A-ZĐ]{1,4}\s?\d{1,3}")  # "PC06"
_SHARE = re.compile(
    r"(?:(?:ít nhất|tối thiểu|khoảng|trên)\s+)?(?P<percent>\d{1,3})\s?%\s+"
    r"(?:(?:trong\s+)?tổng\s+)?(?:số\s+(?:lượng\s+)?)?",
    re.IGNORECASE,
)
_BRACKETED_SHARE = re.compile(r"(?:(?:ít nhất|tối thiểu|khoảng)\s+)?(?P<percent>\d{1,3})\s?%(?:\s+(?:số\s+)?đơn vị)?")
_SECTIONS = (
    r"bộ phận|bp|tổ|nhóm|mảng|ban|phòng|p\.|vụ|cục|chi cục|trung tâm|tt|văn phòng|vp|khoa|đội|thanh tra|viện|trường"
)
_SAYS_WHAT_IT_DOES = re.compile(
    r"\S+\s.*[A-ZĐ].*\s(?:tham mưu|thực hiện|tổng hợp|theo dõi|chủ trì|phối hợp|phụ trách|chọn|lập|soạn)(?!\w)"
)
_PERIOD_BEHIND = re.compile(
    r"[\s,:–-]+(?P<period>(?:trong )?(?:quý (?:[IV]+|\d)|(?:6|sáu|9|chín) tháng (?:đầu|cuối)(?: năm)?)"
    r"(?:[ /]*(?:năm )?\d{4})?)$",
    re.IGNORECASE,
)
