"""From a normalised phrase to typed tokens, each with its place in the phrase."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from cchc_tasks.domain.reading.text import Normalised, is_syllable, lower, normalise, search_key, spellings
from cchc_tasks.domain.reading.time_phrases.lexicon import (
    ENGLISH_MONTHS,
    MARKS,
    NUMBERS,
    OFTEN_MISTYPED,
    TIME_WORDS,
    WEEKDAYS,
    WORDS_OF_THEIR_OWN,
)

# Every kind is one character, so that a row of tokens is a string and a rule of the grammar a pattern over it.
_NAMES = """
WORD SYMBOL NUM ROMAN YEARNUM BIG
DAY WORKDAY WEEK MONTH QUARTER YEAR HALF HOUR MINUTE WEEKDAY ORDINAL
EACH ALL BEFORE BY IN FROM TO AFTER NOT AROUND START MIDDLE END NEXT THIS WHOLE LATER PAST
TIMES ATLEAST OVER OF IS
WHEN AFTERWHEN BEFOREWHEN ACCORDING SUDDEN STEADY PROMPT KEEP FINISH
OCCASION MOVED WISH DONE DOUBT ONWARD DAYPART EXCEPT GIVEN PLACE REPORTMONTH SHORT GARBLED DUBIOUS LATE
ENGLISHMONTH EXPECTED FOR CITED ANNUALREPORT QUERY GIVENDAY
PHASE VISION ASOF FIGURES COMPARED INSTEAD BUDGET SCHOOL LUNAR NUMBERED LAW POINTS
SLASH DASH DOT COMMA AND OR SEMI COLON OPEN CLOSE PERCENT QUOTE BREAK
CONTENT TOPIC CLOCK DATE PERIOD BAREYEAR WITHINYEAR YEARSPAN SPAN EVERY YEARLY DAYOF DAYNUM DAYNAME CYCLEDAY LENGTH BARE
DATED ASK
"""
KINDS = {name: chr(0x4E00 + place) for place, name in enumerate(_NAMES.split())}
NAMES = {kind: name for name, kind in KINDS.items()}


class Token(NamedTuple):
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
    accented = not form.text.isascii()
    lexicon = _LEXICON if accented else _UNACCENTED
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _WORD.finditer(small):
        word = match[0]
        if accented and word not in lexicon:
            pieces = _mended(word)
            start = match.start()
            for piece, width in pieces:
                words.append(piece)
                places.append((start, start + width))
                start += width
        else:
            words.append(word)
            places.append(match.span())
    tokens: list[Token] = []
    place = 0
    while place < len(words):
        for rest, kind, value in lexicon.get(words[place], ()):
            after = place + 1 + len(rest)
            if not rest or tuple(words[place + 1 : after]) == rest:
                tokens.append(Token(kind, value, places[place][0], places[after - 1][1]))
                place = after
                break
        else:
            tokens += _plain(form.text, words[place], *places[place])
            place += 1
    return _settled(tokens, form.text)


@lru_cache(maxsize=8192)
def _mended(word: str) -> tuple[tuple[str, int], ...]:
    """A word that the lexicon does not hold as the words it most likely is, each with its printed width."""
    if word in _MISTYPED:
        return ((_MISTYPED[word], len(word)),)
    if len(word) > 5 and not word.isdigit() and not is_syllable(word):
        stuck = _STUCK.fullmatch(word)
        if stuck:
            return tuple((piece, len(piece)) for piece in _TIME_WORD.findall(word))
    return ((word, len(word)),)


def _plain(text: str, word: str, start: int, end: int) -> tuple[Token, ...]:
    """A word that the lexicon does not hold: a large number, a quarter stuck to its numeral, or just a word."""
    if word.isdigit():
        return (Token(_BIG, int(word) if len(word) < 9 else 0, start, end),)
    quarter = _GLUED_QUARTER.fullmatch(word)
    if quarter:
        between = start + quarter.end(1)
        return Token(_QUARTER, None, start, between), Token(_ROMAN, _ROMAN_NUMERALS[quarter[2]], between, end)
    printed = text[start:end]
    if not printed.islower() and sum(letter.isupper() for letter in printed) > 1:
        return (Token(_SYMBOL, None, start, end),)
    named = printed[0].isupper() and start > 0  # "Đắk Lắk", "đ/c Hường"
    if word in DOUBTFUL and not named:
        return (Token(_DUBIOUS, None, start, end),)
    garbled = not named and len(word) > 1 and not word.isascii() and word[0].isalpha() and not is_syllable(word)
    return (Token(_GARBLED if garbled else _WORDKIND, None, start, end),)


def _settled(tokens: list[Token], text: str) -> list[Token]:
    """Decide what depends on the neighbours.

    "T" and "Q" are units beside a numeral, "thứ 6" is a weekday, and a line break separates items only.
    """
    if not any(token.kind in _UNSETTLED for token in tokens):
        return tokens
    settled: list[Token] = []
    for place, token in enumerate(tokens):
        before = settled[-1] if settled else None
        if token.kind == _SHORT:
            settled.append(_unit_or_word(tokens, place))
        elif token.kind == _BREAK:
            if before and place + 1 < len(tokens) and _separates(before, tokens[place + 1 :], text):
                settled.append(token)
        elif before and before.kind == _ORDINAL and token.kind == _NUM and 2 <= token.value <= 7:
            settled[-1] = Token(_WEEKDAY, token.value - 2, before.start, token.end)
        elif before and before.kind == _EACH and token.kind in (_WORDKIND, _DUBIOUS):
            word = text[token.start : token.end].lower()
            unit = _UNITS.get(search_key(word)) if word in _TONED_WRONGLY else None  # "hàng tuân", "hàng thàng"
            settled.append(token._replace(kind=unit) if unit else token)
        else:
            settled.append(token)
    return settled


def _unit_or_word(tokens: list[Token], place: int) -> Token:
    """A short or misspelt unit is one only beside a numeral: "T6", "6T", "nam 2025"."""
    token = tokens[place]
    behind = tokens[place + 1 : place + 3]
    if behind and behind[0].kind == _DOT:
        behind = behind[1:]
    numeral = behind[0].kind if behind else ""
    suits = numeral == _YEARNUM if token.value == _YEAR else numeral in (_NUM, _ROMAN)
    suits = suits and not (token.value == _QUARTER and behind[0].value > 4)
    before = tokens[place - 1] if place else None
    counted = token.value == _MONTH and token.end - token.start == 1 and before and before.kind == _NUM
    if suits or (counted and before and before.end == token.start):
        return Token(token.value, None, token.start, token.end)
    return Token(_WORDKIND, None, token.start, token.end)


def _separates(before: Token, line: list[Token], text: str) -> bool:
    """Whether a line begins an item: with a bullet, a number or a capital, or as a date below a date."""
    first, kinds_of_line = line[0], [token.kind for token in line[:2]]
    if before.kind in _UNITS.values() and first.kind in (_NUM, _YEARNUM, _ROMAN):
        return False
    rest = takewhile(lambda token: token.kind != _BREAK, line)
    labelled = first.kind == _WORDKIND and any(token.kind == _NUM for token in rest)
    listed = before.kind in (_NUM, _YEARNUM) and (first.kind in (_NUM, KINDS["DAY"]) or labelled)
    numbered = kinds_of_line in ([_NUM, _DOT], [_NUM, KINDS["CLOSE"]], [_WORDKIND, KINDS["CLOSE"]])
    return first.kind in (_DASH, KINDS["AND"]) or text[first.start].isupper() or listed or numbered


_WORD = re.compile(r"\d+|[^\W\d_]+|\n|[^\w\s]")
_ROMAN_NUMERALS = {
    word: number
    for number, word in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)
}
_GLUED_QUARTER = re.compile(r"(q|qu[ýíy])(i{1,3}|iv)")
_NUM, _YEARNUM, _BIG, _ROMAN, _SYMBOL, _WORDKIND = (
    KINDS[name] for name in ("NUM", "YEARNUM", "BIG", "ROMAN", "SYMBOL", "WORD")
)
_MONTH, _QUARTER, _YEAR, _ORDINAL, _WEEKDAY, _DOT, _DASH, _BREAK = (
    KINDS[name] for name in ("MONTH", "QUARTER", "YEAR", "ORDINAL", "WEEKDAY", "DOT", "DASH", "BREAK")
)
_SHORT, _GARBLED, _DUBIOUS = KINDS["SHORT"], KINDS["GARBLED"], KINDS["DUBIOUS"]
_EACH = KINDS["EACH"]
_TONED_WRONGLY = frozenset(("tuân", "tuàn", "tuan", "thàng", "thang", "thăng", "ngay", "quy", "qúi"))
_UNSETTLED = frozenset((_SHORT, _BREAK, _ORDINAL, _EACH))
_UNITS = {"tuan": KINDS["WEEK"], "thang": KINDS["MONTH"], "quy": _QUARTER, "nam": _YEAR, "ngay": KINDS["DAY"]}

_SHORT_UNITS = {
    **dict.fromkeys(("t", "th", "thg", "thang"), _MONTH),
    **dict.fromkeys(("q", "quy", "quỹ", "quỳ", "quỷ"), _QUARTER),
    "ngay": KINDS["DAY"],
    "nam": _YEAR,
}
_Entry = tuple[tuple[str, ...], str, Any]


def _entries() -> Iterator[tuple[str, str, Any]]:
    for name, phrases in (*TIME_WORDS.items(), *MARKS.items()):
        yield from ((phrase, KINDS[name], None) for phrase in phrases.split("|"))
    yield from ((phrase, KINDS["WEEKDAY"], number) for number, phrase in enumerate(WEEKDAYS.split("|")))
    yield from ((name, KINDS["ENGLISHMONTH"], number) for number, name in enumerate(ENGLISH_MONTHS.split("|"), 1))
    for number, phrase in enumerate(NUMBERS.split("|"), 1):
        if phrase != "năm":  # is a unit first; "tháng năm" is a question
            yield phrase, KINDS["NUM"], number
    yield "tư", KINDS["NUM"], 4
    yield from ((f"{number}", _NUM, number) for number in range(1000))
    yield from ((f"{number:02d}", _NUM, number) for number in range(10))
    yield from ((f"{number}", _YEARNUM, number) for number in range(1990, 2101))
    yield from ((numeral, _ROMAN, number) for numeral, number in _ROMAN_NUMERALS.items())
    yield from ((short, _SHORT, unit) for short, unit in _SHORT_UNITS.items())
    yield "giêng", KINDS["LUNAR"], 1


def _index(entries: Iterable[tuple[str, str, Any]]) -> dict[str, tuple[_Entry, ...]]:
    """By first word, the longest phrase first."""
    index: dict[str, list[_Entry]] = {}
    for phrase, kind, value in entries:
        first, *rest = phrase.split(" ") if phrase != "\n" else [phrase]
        index.setdefault(first, []).append((tuple(rest), kind, value))
    return {first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in index.items()}


_ACCENTED_ONLY = {KINDS[name] for name in ("NUM", "DOUBT", "GIVEN", "PLACE", "WISH", "EXCEPT", "DAYPART")}
_LEXICON = _index(_entries())
# Without any diacritics number words are too easily something else ("tu" is "từ", "nam" is "năm").
_UNACCENTED = _index(
    (search_key(phrase) if phrase != "\n" else phrase, kind, value)
    for phrase, kind, value in _entries()
    if kind not in _ACCENTED_ONLY or not phrase.isalpha()
)


def _slips(word: str) -> Iterator[str]:
    """How a word comes out when a letter is left out, doubled, or swapped with the next."""
    for head, tail in ((word[:place], word[place:]) for place in range(len(word))):
        yield from (head + tail[1:], head + tail[0] + tail, head + tail[1:2] + tail[0] + tail[2:])


def _mistyped() -> Iterator[tuple[str, str]]:
    """Every slip that can mean nothing else, with the word it means."""
    own = WORDS_OF_THEIR_OWN.split()
    for word in OFTEN_MISTYPED.split():
        toneless = (normalise(one).text for one in spellings(word))
        garbled = (slip for slip in _slips(word) if len(word) > 3 and _VOWEL.search(slip) and not is_syllable(slip))
        yield from ((slip, word) for slip in (*toneless, *garbled) if slip not in own and slip not in _LEXICON)


_VOWEL = re.compile("[^bcdđghklmnpqrstvx]")
_MISTYPED = dict(_mistyped())
# Real words that a slip may have made of a word of time; beside a time they are in doubt.
DOUBTFUL = frozenset(
    slip
    for word in OFTEN_MISTYPED.split()
    for slip in (*spellings(word), *_slips(word))
    if len(slip) > 1 and slip not in _LEXICON and slip not in _MISTYPED
)
_VOCABULARY = {word for phrase, _, _ in _entries() for word in phrase.split() if word.isalpha() and len(word) > 1}
_TIME_WORD = re.compile("|".join(sorted(_VOCABULARY, key=len, reverse=True)))
_STUCK = re.compile(f"(?:{_TIME_WORD.pattern}){{2,}}")
