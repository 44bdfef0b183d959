"""A cell cut into words, marks and roles, with its brackets lifted out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cchc_tasks.domain.reading.text import tidy
from cchc_tasks.domain.reading.unit_cells.words import DEEDS, PAIRS, POSTS, Words, words_for

# A bracket leaves one character of this range in the text, so that what stands around it reads on.
_FIRST_BRACKET, _LAST_BRACKET = 0xE000, 0xEFFF
BRACKET = re.compile(f"[{chr(_FIRST_BRACKET)}-{chr(_LAST_BRACKET)}]")


class Token(NamedTuple):
    """A stretch of words (kind "words"), a mark, or a role ("lead", "cooperating") and where it stands.

    The kinds of marks: "hard" always separates, "comma" (also a slash), "and" and "line" may stand within a name,
    "colon" follows a label, "dash" and "stop" stand before what begins anew. `leading` says that a role is spoken
    to what follows it ("phối hợp với …", "Chủ trì: …").
    """

    kind: str
    start: int
    end: int
    leading: bool = False
    joint: bool = False


class Cut(NamedTuple):
    """A cell's text without brackets, the insides of these in order, and the tokens of the text."""

    text: str
    brackets: tuple[str, ...]
    tokens: tuple[Token, ...]
    words: Words

    def printed(self, start: int, end: int) -> str:
        """The words between two places, on one line, without brackets and outer marks."""
        return " ".join(BRACKET.sub(" ", self.text[start:end]).split()).strip(EDGES)

    def inside(self, start: int, end: int) -> Iterator[str]:
        """What the brackets between two places hold."""
        for found in BRACKET.findall(self.text[start:end]):
            yield self.brackets[ord(found) - _FIRST_BRACKET]


EDGES = " .,;:-–—+*•/\\&…()[]\"“”'\n"


def cut(cell: str) -> Cut:
    """Cut a cell; nothing of its words is lost."""
    spelt = _PRIVATE_BULLETS.sub("-", tidy(cell)).translate(_MARKS)
    spaced = _SPACES.sub(" ", spelt)
    text, brackets = _lifted(_BULLETS.sub("\n- ", spaced) if spaced.startswith("-") else spaced)
    words = words_for(BRACKET.sub("", text))
    return Cut(text, brackets, tuple(_tokens(text, words)), words)


_MARKS = str.maketrans("；，／（）＆［］[]：＋﹣−", ";,/()&()():+--")
# Bullets printed on one line: "- Các phòng thuộc Sở. - Các đơn vị trực thuộc".
_BODIES = "Các|Phòng|Văn phòng|Sở|Ban|Tổ|Trường|Thanh tra|UBND|Công đoàn"
_BULLETS = re.compile(rf"(?<!^)[.;,]? ?(?<=[ .;,])- ?(?=(?:{_BODIES})\b)")
_STOP = re.compile(r"[;\n]")
_SPACES = re.compile(r"[^\S\n]+")
_PRIVATE_BULLETS = re.compile("[\ue000-\uf8ff]")


def _lifted(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with every outer bracket as one character; one that is never closed ends at a semicolon or line."""
    kept: list[str] = []
    brackets: list[str] = []
    place = 0
    closings = _closings(text)
    while place < len(text):
        if text[place] != "(" or len(brackets) > _LAST_BRACKET - _FIRST_BRACKET:
            kept.append(text[place])
            place += 1
            continue
        stop = _STOP.search(text, place)
        end = closings.get(place, stop.start() if stop else len(text))
        kept.append(chr(_FIRST_BRACKET + len(brackets)))
        brackets.append(text[place + 1 : end].strip())
        place = end + 1 if place in closings else end
    return "".join(kept), tuple(brackets)


def _closings(text: str) -> dict[int, int]:
    """Where each bracket that is closed is closed."""
    opened: list[int] = []
    closings: dict[int, int] = {}
    for place, letter in enumerate(text):
        if letter == "(":
            opened.append(place)
        elif letter == ")" and opened:
            closings[opened.pop()] = place
    return closings


# --- marks and roles ---

_MARK = r"""
 (?P<bullet>(?:\n|^)\s*(?:[-+*•▪◦●–—>]+(?!\w*\d)|\d{1,2}\s?[.)](?!\d)|[a-zđ]\))\s*)
|(?P<line>\n)
|(?P<hard>;|\+)
|(?P<comma>,)
|(?P<slash>/)
|(?P<colon>:)
|(?P<arrow>\s?(?:[-–—=]*>|→)\s?)
|(?P<dash>\s[-–—]+\s?)
|(?P<number>\s(?:\d{1,2}[.)]|[a-zđ]\))\s+(?=[^\W\d]))
|(?P<stop>\.(?=\s|$))
|(?P<and>(?<=\s)(?:và/hoặc|và|cùng\s+với|cùng(?!\s+cấp)|(?<!đối\s)với|hoặc)(?=\s)|&)
"""
_ROLE = r"""
 (?:là\s+(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)\s+(?=chủ|phối))?
 (?P<who>(?:(?:các|những)\s+)?(?:đơn\s+vị|cơ\s+quan|cq|đv|phòng|bộ\s+phận|sở|người)\s+)?
 (?P<joint>đồng\s+|cùng\s+)?(?<!được\sgiao\s)(?<!phân\scông\s)
 (?:(?P<lead>chủ\s+trì|(?:thường\s+trực|đầu\s+mối|CT)(?=[\w\s]{0,20}:))
   |(?P<cooperating>(?<!hội\sđồng\s)(?<!công\stác\s)(?:phối\s+(?:kết\s+)?hợp|p\s?/\s?h|PH(?=\s*:))))(?!\w)
 (?P<fillers>(?:,?\s+(?:chính|thực\s+hiện|tham\s+mưu|triển\s+khai|giải\s+quyết))*(?=\s*:)|\s+thực\s+hiện(?=\W*$|[,;.\n]))?
 (?P<to>\s*:|\s+(?:chặt\s+chẽ\s+)?(?:cùng\s+với|với|cùng|của)(?!\w))?
"""


def _tokens(text: str, words: Words) -> Iterator[Token]:
    """Words, marks and roles in order."""
    done, spoken = 0, False
    for found in words.pattern(rf"(?<!\w){_ROLE}|{_MARK}", verbose=True).finditer(text):
        if found.start() < done:
            continue
        role = "lead" if found["lead"] else "cooperating" if found["cooperating"] else None
        start = found.start()
        if role:
            anew = not text[done:start].strip(EDGES)
            if found["who"] and (not anew or (spoken and not found["to"])):
                start = found.end("who")
            elif found["who"] and not found["to"] and not _names_follow(text, found.end(), words):
                continue  # "Các đơn vị phối hợp": the group itself
        elif not _is_mark(found, done, words):
            continue
        if text[done:start].strip():
            yield Token("words", done, start)
        if role:
            spoken = True
            yield Token(role, start, found.end(), leading=bool(found["to"]), joint=bool(found["joint"]))
        else:
            yield Token(_MARKS_BY_GROUP[found.lastgroup or ""], start, found.end())
        done = found.end()
    if text[done:].strip():
        yield Token("words", done, len(text))


_MARKS_BY_GROUP = {
    "bullet": "hard",
    "hard": "hard",
    "number": "hard",
    "arrow": "hard",
    "line": "line",
    "comma": "comma",
    "slash": "comma",
    "and": "and",
    "colon": "colon",
    "dash": "dash",
    "stop": "stop",
}


def _names_follow(text: str, place: int, words: Words) -> bool:
    return bool(words.beginning.match(text[place:].lstrip()))


def _is_mark(found: re.Match[str], done: int, words: Words) -> bool:
    """Whether a mark is one here, and not part of a word, a number or a name."""
    text, kind = found.string, found.lastgroup
    before, after = text[done : found.start()], text[found.end() :].lstrip()
    if kind in ("comma", "slash", "colon") and before[-1:].isdigit() and text[found.end() :][:1].isdigit():
        return False
    if kind == "slash":
        in_comrade = re.search(r"(?<!\w)[đd]\s?$", before, re.IGNORECASE) and after[:1] in "cC"  # "đ/c"
        return not (in_comrade or _NUMBER_OF_DOCUMENT.search(before + text[found.start() :].partition(" ")[0]))
    if kind == "comma":
        return not words.pattern(rf"(?:\S+\s)?(?:{PAIRS})").match(f"{' '.join(before.split()[-2:])} , {after}")
    if found[0] == "&":
        return not (before[-1:].isalnum() and text[found.end() :][:1].isalnum())
    if kind == "stop":
        return _ends_sentence(before) and (bool(words.beginning.match(after)) or not after)
    return kind != "dash" or _begins_anew(before, after, words)


# "15/QĐ-UBND", "số 1671/NQ": its slash separates nothing.
_NUMBER_OF_DOCUMENT = re.compile(r"(?<!\w)(?:\d+(?:/\d+)?/[A-ZĐ][A-ZĐ\d]*-[A-ZĐ]\S*|số\s+\d+(?:/\d+)?/[A-ZĐ]\S*)$")


def _ends_sentence(before: str) -> bool:
    """ "P. TCHC" and "TT. GDTX" are shortened words, "Vụ Tổ chức cán bộ. Đơn vị …" ends."""
    last = re.split(r"\W+", before.strip())[-1]
    return len(last) > 3 or (len(last) == 3 and not last.isupper()) or (len(last) == 2 and last[1:].islower())


_ALWAYS_BODIES = (
    "phòng|sở|vụ|cục|khoa|ubnd|hđnd|công an|hội|ubmttq|trường|viện|trung tâm|bộ|công ty|đ/c|đồng chí|ông|bà"
)


def _begins_anew(before: str, after: str, words: Words) -> bool:
    """Whether behind a dash stands a post, a deed, a role or another body, and not the second half of a name."""
    if words.pattern(rf"(?:{DEEDS}|chủ trì|phối hợp|đồng chủ trì)(?!\w)").match(after):
        return after[0].islower()
    if words.pattern(rf"(?!kế toán|văn thư|thủ quỹ|thư ký)(?:{POSTS})(?!\w)").match(after):
        return True
    if words.pattern(r"\W*(?:văn phòng|vp)(?!\w)").match(before):
        return not words.pattern("ubnd|hđnd").match(after) and _is_body(after, words)
    return _is_body(after, words)


def _is_body(after: str, words: Words) -> bool:
    return (
        after[:1].isupper()
        and words.pattern(rf"(?:{_ALWAYS_BODIES})\s").match(after) is not None
        and words.beginning.match(after) is not None
    )
