"""A text as tokens for reading targets: numbers with their value, words with the parts they can play."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from cchc_tasks.domain.reading.target_figures.words import CHANGE, COMPARE, NUMERALS, WORDS
from cchc_tasks.domain.reading.text import Normalised, lower, normalise, search_key


class Token(NamedTuple):
    """A number, a phrase of the lexicon or a plain word; `roles` are the parts it can play, each with its value."""

    word: str
    roles: Mapping[str, str]
    number: Fraction | None
    start: int
    end: int


class Tokens:
    """The tokens of a text, the longest phrase of the lexicon first; places outside the text hold nothing."""

    def __init__(self, text: str) -> None:
        self._form: Normalised = normalise(text)
        self._tokens = _tokenised(self._form.text)

    def __len__(self) -> int:
        return len(self._tokens)

    def word(self, place: int) -> str:
        """The word or phrase in small letters."""
        return self._tokens[place].word if 0 <= place < len(self._tokens) else ""

    def number(self, place: int) -> Fraction | None:
        """What the number there is worth; None where there is none."""
        return self._tokens[place].number if 0 <= place < len(self._tokens) else None

    def role(self, name: str, place: int) -> str | None:
        """The value of a part the word can play ("" where it has none); None where it cannot play it."""
        return self._tokens[place].roles.get(name) if 0 <= place < len(self._tokens) else None

    def plays(self, names: frozenset[str] | str, place: int) -> bool:
        """Whether the word can play one of these parts."""
        wanted = names if isinstance(names, frozenset) else {names}
        return 0 <= place < len(self._tokens) and not wanted.isdisjoint(self._tokens[place].roles)

    def printed(self, first: int, last: int) -> str:
        """The words from one place to another, both included, as printed but on one line."""
        return " ".join(self.verbatim(first, last).split())

    def verbatim(self, first: int, last: int) -> str:
        """The same exactly as they stand in the text, line breaks and all."""
        return self._form.printed(self._tokens[first].start, self._tokens[last].end)

    def noun_end(self, place: int, longest: int) -> int:
        """The last place of the noun that begins at one, the place before it when none begins there.

        A comma belongs to the noun within a list of short words: "cán bộ, công chức, viên chức".
        """
        end = place - 1
        for at in range(place, min(len(self._tokens), place + longest)):
            if self.plays("COMMA", at):
                if not self._goes_on(at + 1):
                    break
            elif at == place and self.word(at) in _HEADS_OF_NOUNS:
                end = at
            elif self.plays(_ENDS_NOUN, at) or not self._is_plain(at):
                break
            elif self.word(at) not in _JOINTS:
                end = at
        return end

    def _is_plain(self, place: int) -> bool:
        """Whether a word of a noun stands there; of numbers only the level of a service belongs to one."""
        if self.number(place) is not None:
            return self.plays("LEVELNOUN", place - 1)
        return self.word(place).replace(" ", "").isalpha()

    def _goes_on(self, place: int) -> bool:
        """Whether one or two words stand here and then the list goes on or the noun ends."""
        for after in (place + 1, place + 2):
            plain = all(self._is_plain(at) and not self.plays(_ENDS_NOUN, at) for at in range(place, after))
            if plain and (after >= len(self) or self.plays(_CLOSES_LIST, after) or self.word(after) in _AFTER_LIST):
                return True
        return False

    def phase_after(self, place: int, before: int) -> str | None:
        """The time that stands behind a place and before another: "vào năm 2022", "đến hết quý II"."""
        text, start = self._form.text, self._tokens[place].end
        stop = self._tokens[before].start if before < len(self._tokens) else len(text)
        found = _NEXT_YEAR.match(text, start) or _PHASE.search(text, start, stop)
        return found[0].strip() if found and not _SENTENCE_END.search(text, start, found.start()) else None

    def phase_at_head(self, place: int) -> str | None:
        """The time that opens the sentence of a place: "Đến năm 2025, …"."""
        text = self._form.text
        ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, self._tokens[place].start)]
        found = _HEAD.match(text, max(ends, default=0))
        return found[1] if found else None


_ENDS_NOUN = frozenset(
    ("STOP", "END", "UP", "DOWN", "COMPARE", "REACH", "CHANGE", "FROM", "TO", "RISE", "FALL", "BASE", "SLASH")
)
_CLOSES_LIST = frozenset(("COMMA", "SLASH", "END", "STOP"))
_HEADS_OF_NOUNS = ("số", "tổng", "tỷ lệ", "báo cáo")
_JOINTS = ("và", "hoặc")
_AFTER_LIST = (*_JOINTS, "của", "thuộc")

_TAG = re.compile(r"</?[a-z][^<>]*>")  # left in the text of a web page
_TOKEN = re.compile(rf"{_TAG.pattern}|\d+(?:[.,]\d+)*|>=|<=|[^\W\d_]+|[^\w\s]")
_WORDS = re.compile(r"\w+")
_LONGEST_NUMBER = 30  # letters; a longer one counts nothing an office counts
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_YEAR = r"năm (?:học )?20\d\d(?:\s?-\s?20\d\d)?"
_QUARTER = r"quý (?:I{1,3}|IV|[1-4])(?!\w)(?:(?:\s?/\s?| năm | )20\d\d)?"
_MONTH = r"tháng \d{1,2}(?:\s?/\s?20\d\d| năm 20\d\d)?"
_PHASE = re.compile(
    rf"(?:(?:tính )?đến (?:hết |cuối |trước )?|vào |trong |hết |cuối )(?:{_YEAR}|{_QUARTER}|{_MONTH})"
    r"|giai đoạn 20\d\d\s?-\s?20\d\d",
    re.IGNORECASE,
)
_NEXT_YEAR = re.compile(rf"\s*{_YEAR}", re.IGNORECASE)
_HEAD = re.compile(rf"[-+\s]*({_PHASE.pattern}|{_YEAR})\s*[,:]", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[;(]|\n|\.\s")


def _tokenised(text: str) -> list[Token]:
    small = lower(text)
    matches = [match for match in _TOKEN.finditer(small) if not _TAG.fullmatch(match[0])]
    words = [match[0] for match in matches]
    lexicon = _UNACCENTED if text.isascii() else _LEXICON
    tokens: list[Token] = []
    place = 0
    while place < len(words):
        length, roles = _longest(lexicon, words, place)
        number = _value(words[place]) if length == 1 else None
        start, end = matches[place].start(), matches[place + length - 1].end()
        tokens.append(Token(" ".join(words[place : place + length]), roles, number, start, end))
        place += length
    return tokens


def may_count(text: str) -> bool:
    """Whether a text holds a digit or the word of a number; most cells hold neither and need no closer look."""
    words = _WORDS.findall(lower(unicodedata.normalize("NFC", text)))
    return any(map(str.isnumeric, text)) or not _NUMERALS.keys().isdisjoint(words)


def _value(word: str) -> Fraction | None:
    """ "93,5" and "1.5" are decimals, "1.000" is a thousand."""
    if len(word) > _LONGEST_NUMBER:
        return None
    if _THOUSANDS.fullmatch(word):
        return Fraction(word.replace(".", ""))
    if _DECIMAL.fullmatch(word):
        return Fraction(word.replace(",", "."))
    return Fraction(_NUMERALS[word]) if word in _NUMERALS else None


_Entry = tuple[tuple[str, ...], Mapping[str, str]]


def _longest(
    lexicon: Mapping[str, Sequence[_Entry]], words: Sequence[str], place: int
) -> tuple[int, Mapping[str, str]]:
    for rest, roles in lexicon.get(words[place], ()):
        if tuple(words[place + 1 : place + 1 + len(rest)]) == rest:
            return 1 + len(rest), roles
    return 1, {}


def _entries() -> Iterator[tuple[str, str, str]]:
    for role, groups in (("COMPARE", COMPARE), ("CHANGE", CHANGE)):
        for value, phrases in groups.items():
            yield from ((phrase, role, value) for phrase in phrases.split("|"))
    for role, phrases in WORDS.items():
        yield from ((phrase, role, "") for phrase in phrases.split("|"))


def _index(entries: Iterator[tuple[str, str, str]]) -> Mapping[str, Sequence[_Entry]]:
    """By first word, the longest phrase first."""
    roles: dict[str, dict[str, str]] = {}
    for phrase, role, value in entries:
        roles.setdefault(phrase, {})[role] = value
    index: dict[str, list[_Entry]] = {}
    for phrase, found in roles.items():
        first, *rest = phrase.split(" ")
        index.setdefault(first, []).append((tuple(rest), found))
    return {first: sorted(found, key=lambda entry: -len(entry[0])) for first, found in index.items()}


_NUMERALS = {word: number for number, word in enumerate(NUMERALS.split("|"), 1) if word != "năm"}
_LEXICON = _index(_entries())
_UNACCENTED = _index((search_key(phrase), role, value) for phrase, role, value in _entries())
