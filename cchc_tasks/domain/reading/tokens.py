"""From a normalised phrase to typed tokens: the lexicon of time words, each word with its place in the phrase."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cchc_tasks.domain.reading.text import Normalised, lower, search_key

# Every kind is one character, so that a row of tokens is a string and a rule of the grammar a pattern over it.
_NAMES = """
WORD SYMBOL NUM ROMAN YEARNUM BIG
DAY WORKDAY WEEK MONTH QUARTER YEAR HALF HOUR MINUTE WEEKDAY ORDINAL
EACH ALL BEFORE BY IN FROM TO AFTER NOT AROUND START MIDDLE END NEXT THIS WHOLE LATER PAST
TIMES ATLEAST OVER OF IS
WHEN AFTERWHEN BEFOREWHEN ACCORDING SUDDEN STEADY PROMPT KEEP FINISH
PHASE VISION ASOF FIGURES COMPARED INSTEAD BUDGET SCHOOL LUNAR NUMBERED LAW POINTS
SLASH DASH DOT COMMA AND OR SEMI COLON OPEN CLOSE PERCENT QUOTE BREAK
CONTENT TOPIC CLOCK DATE PERIOD BAREYEAR WITHINYEAR YEARSPAN SPAN EVERY YEARLY DAYOF DAYNUM LENGTH BARE DATED ASK
"""
KINDS = {name: chr(0x4E00 + place) for place, name in enumerate(_NAMES.split())}
NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a recognised piece: its kind, what it is worth (a number, a meaning) and where it stands."""

    kind: str
    value: Any
    start: int
    end: int

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the normalised phrase."""
        return self.start, self.end


def kinds(names: str) -> frozenset[str]:
    """The kinds with these names, separated by spaces."""
    return frozenset(KINDS[name] for name in names.split())


def tokenise(form: Normalised) -> list[Token]:
    """The tokens of a phrase, in order; every character but spaces belongs to one."""
    small = lower(form.text)
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(small)]
    unaccented = form.text.isascii()
    lexicon = _UNACCENTED if unaccented else _LEXICON
    tokens: list[Token] = []
    place = 0
    while place < len(words):
        word, start, end = words[place]
        used, kind, value = 1, "", None
        for rest, its_kind, its_value in lexicon.get(word, ()):
            if not rest or tuple(other[0] for other in words[place + 1 : place + 1 + len(rest)]) == rest:
                used, kind, value, end = 1 + len(rest), its_kind, its_value, words[place + len(rest)][2]
                break
        tokens += (Token(kind, value, start, end),) if kind else _plain(form.text, word, start, end)
        place += used
    return _settled(tokens, form.text)


def _plain(text: str, word: str, start: int, end: int) -> Iterator[Token]:
    """A word that the lexicon does not hold: a number, a numeral, a mark, or just a word."""
    if word.isdigit():
        number = int(word) if len(word) < 9 else 0
        kind = "NUM" if len(word) <= 3 else "YEARNUM" if len(word) == 4 and 1990 <= number <= 2100 else "BIG"
        yield Token(KINDS[kind], number, start, end)
    elif word in _ROMAN:
        yield Token(KINDS["ROMAN"], _ROMAN[word], start, end)
    elif word[0] == "q" and word[1:] in _ROMAN:
        yield Token(KINDS["QUARTER"], None, start, start + 1)
        yield Token(KINDS["ROMAN"], _ROMAN[word[1:]], start + 1, end)
    else:
        printed = text[start:end]
        kind = "SYMBOL" if sum(letter.isupper() for letter in printed) > 1 else "WORD"
        yield Token(KINDS[kind], None, start, end)


def _settled(tokens: list[Token], text: str) -> list[Token]:
    """Decide what depends on the neighbours: "T" and "Q" are units before a numeral, line breaks between items only."""
    settled: list[Token] = []
    for place, token in enumerate(tokens):
        following = tokens[place + 1 : place + 3]
        if token.kind == KINDS["WORD"]:
            settled.append(_short_unit(token, following, text))
        elif token.kind != KINDS["BREAK"] or (following and _begins_item(following[0], text)):
            settled.append(token)
    return settled


def _short_unit(token: Token, following: list[Token], text: str) -> Token:
    unit = _SHORT_UNITS.get(text[token.start : token.end].lower())
    numeral = following[1:] if following and following[0].kind == KINDS["DOT"] else following
    if unit and numeral and numeral[0].kind in _NUMERALS:
        return Token(KINDS[unit], None, token.start, token.end)
    return token


def _begins_item(token: Token, text: str) -> bool:
    """A line that begins with a bullet or a capital begins an item; any other continues the line before it."""
    return token.kind == KINDS["DASH"] or text[token.start].isupper()


_WORD = re.compile(r"\d+|[^\W\d_]+|\n|[^\w\s]")
_NUMERALS_IN_ORDER = "i ii iii iv v vi vii viii ix x xi xii"
_ROMAN = {
    word: number
    for number, word in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)
}
_SHORT_UNITS = {"t": "MONTH", "th": "MONTH", "thg": "MONTH", "q": "QUARTER", "quy": "QUARTER"}
_NUMERALS = {KINDS["NUM"], KINDS["ROMAN"]}

_TIME_WORDS = {
    "DAY": "ngày|ngày mùng|ngày mồng",
    "WORKDAY": "ngày làm việc",
    "WEEK": "tuần",
    "MONTH": "tháng",
    "QUARTER": "quý|quí",
    "YEAR": "năm",
    "HALF": "nửa",
    "HOUR": "h|giờ|g",
    "ORDINAL": "thứ",
    "EACH": "hàng|hằng|mỗi|từng|định kỳ|định kì|định kỳ hàng|định kỳ hằng|định kỳ mỗi|định kì hàng|định kì hằng",
    "ALL": "các|những|mọi",
    "BEFORE": "trước",
    "BY": "chậm nhất|muộn nhất|trễ nhất|đến hết|hết|tới hết|hạn cuối|hạn chót|thời hạn|hạn|không quá|không muộn hơn"
    "|không chậm hơn|không trễ hơn|hạn nộp|hạn báo cáo|hạn gửi|hạn hoàn thành|thời hạn hoàn thành",
    "IN": "trong|vào|trong vòng|trong thời hạn|trong thời gian|vào dịp|dịp|trong dịp|nhân dịp|đúng",
    "FROM": "từ|kể từ|bắt đầu từ|tính từ|bắt đầu",
    "TO": "đến|tới|cho đến|cho tới",
    "AFTER": "sau|sớm nhất|không sớm hơn",
    "NOT": "không",
    "AROUND": "khoảng|trong khoảng|vào khoảng",
    "START": "đầu|đầu tiên",
    "MIDDLE": "giữa",
    "END": "cuối|cuối cùng",
    "NEXT": "tiếp theo|kế tiếp|liền kề|tới đây|sau liền kề|tiếp sau",
    "THIS": "nay|này",
    "WHOLE": "cả|suốt",
    "LATER": "các năm tiếp theo|những năm tiếp theo|các năm sau|những năm sau|các năm tiếp sau",
    "TIMES": "lần|đợt|kỳ|kì",
    "ATLEAST": "ít nhất|tối thiểu",
    "OVER": "trên|dưới|hơn|quá",
    "OF": "của|thuộc",
    "IS": "là",
    "WHEN": "khi|ngay khi|mỗi khi|nếu|trường hợp|trong trường hợp|cho đến khi|đến khi|từ khi|kể từ khi|tùy theo|tùy",
    "AFTERWHEN": "sau khi|ngay sau khi",
    "BEFOREWHEN": "trước khi",
    "ACCORDING": "theo|thực hiện theo",
    "SUDDEN": "đột xuất",
    "STEADY": "thường xuyên|liên tục",
    "PROMPT": "kịp thời",
    "KEEP": "duy trì|tiếp tục",
    "FINISH": "kết thúc",
    "PHASE": "giai đoạn|thời kỳ",
    "VISION": "tầm nhìn|định hướng",
    "COMPARED": "so với",
    "INSTEAD": "thay cho|thay vì|thay thế cho|thay thế|hạn cũ|hạn trước đây",
    "ASOF": "tính đến|tính tới|tính đến hết|lũy kế đến|chốt đến|thời điểm",
    "FIGURES": "số liệu",
    "BUDGET": "dự toán|ngân sách|kinh phí",
    "SCHOOL": "năm học|học kỳ|học kì|niên học|khai giảng|bế giảng|nghỉ hè|dịp hè",
    "LUNAR": "chạp|âm lịch|tết|tết nguyên đán|trung thu|rằm",
    "NUMBERED": "số",
    "LAW": "thông tư|thông tư liên tịch|nghị định|nghị quyết|luật|chỉ thị",
    "POINTS": "điểm",
    # Ordinary words that contain or resemble time words.
    "WORD": "căn cứ|đứng đầu|bắt đầu thực hiện|ban đầu|đầu mối|đầu tư|hàng đầu|đầu vào|đầu ra|lần đầu|đầu cấp"
    "|cuối cấp|trước mắt|trước hết|trước đây|trước đó|sau đó|sau đây|từ đó|từ xa|từng bước|trong đó|trong khi|kèm theo"
    "|trực tuyến|mặt hàng|ngân hàng|khách hàng|hàng hóa|bán hàng|hàng loạt|quy định|quy chế|quy trình|việt nam|ngay"
    "|ngày hội|ngày càng|cả nước|một cửa|kỳ họp|kỳ thi|kỳ này|đến nay|hiện nay|liên quan đến|đúng hạn|quá hạn|trễ hạn"
    "|trước hạn|có thời hạn",
}
_WEEKDAYS = "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật"
_NUMBERS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một|mười hai"
_MARKS = {
    "SLASH": "/",
    "DASH": "-",
    "DOT": ".",
    "COMMA": ",",
    "AND": "và|&|+",
    "OR": "hoặc|hay",
    "SEMI": ";",
    "COLON": ":",
    "OPEN": "(|[",
    "CLOSE": ")|]",
    "PERCENT": "%",
    "MINUTE": "’|'|′|phút",
    "QUOTE": '"|“|”|‘',
    "BREAK": "\n",
}

_Entry = tuple[tuple[str, ...], str, int | None]


def _entries() -> Iterator[tuple[str, str, int | None]]:
    for name, phrases in (*_TIME_WORDS.items(), *_MARKS.items()):
        yield from ((phrase, KINDS[name], None) for phrase in phrases.split("|"))
    yield from ((phrase, KINDS["WEEKDAY"], number) for number, phrase in enumerate(_WEEKDAYS.split("|")))
    for number, phrase in enumerate(_NUMBERS.split("|"), 1):
        if phrase != "năm":  # is a unit first; "tháng năm" is a question
            yield phrase, KINDS["NUM"], number
    yield "tư", KINDS["NUM"], 4
    yield "giêng", KINDS["LUNAR"], 1


def _index(entries: Iterable[tuple[str, str, int | None]]) -> dict[str, tuple[_Entry, ...]]:
    """By first word, the longest phrase first."""
    index: dict[str, list[_Entry]] = {}
    for phrase, kind, value in entries:
        first, *rest = phrase.split(" ") if phrase != "\n" else [phrase]
        index.setdefault(first, []).append((tuple(rest), kind, value))
    return {first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in index.items()}


_LEXICON = _index(_entries())
# Without any diacritics number words are too easily something else ("tu" is "từ", "nam" is "năm").
_UNACCENTED = _index(
    (search_key(phrase) if phrase != "\n" else phrase, kind, value)
    for phrase, kind, value in _entries()
    if kind != KINDS["NUM"]
)
