"""From the letters of a printed page to its lines and words, and from wrapped lines back to the text as it was typed.

Lengths are points, counted from the page's left and top edges.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from cchc_tasks.adapters.documents.legacy_fonts import is_syllable, to_unicode


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed letter, or a word where its reader knows no letters, with its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str = ""
    turn: int = 0  # 1 where the text runs upwards, -1 where it runs down

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2

    def laid(self, turn: int) -> "Glyph":
        """The glyph where it would stand if text with this turn ran from left to right."""
        if turn > 0:
            box = (-self.bottom, self.x0, -self.top, self.x1)
        elif turn < 0:
            box = (self.top, -self.x1, self.bottom, -self.x0)
        else:
            return self
        return Glyph(self.text, *box, self.size, self.font)


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words that stand on one height. `font` is that of all its letters, empty where they differ."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    size: float
    font: str = ""

    @property
    def text(self) -> str:
        """Its words with single blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Where its first word begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where its last word ends."""
        return self.words[-1].x1

    def parts(self, gap: float) -> list["PrintedLine"]:
        """The line cut wherever two words stand further apart than a gap."""
        cuts = [0, *(at for at, (one, other) in enumerate(pairwise(self.words), 1) if other.x0 - one.x1 > gap)]
        ends = [*cuts[1:], len(self.words)]
        return [
            PrintedLine(self.words[start:end], self.top, self.bottom, self.size, self.font)
            for start, end in zip(cuts, ends, strict=True)
        ]


def lines_of(glyphs: Iterable[Glyph]) -> list[PrintedLine]:
    """The lines from top to bottom; marks of footnotes, small raised figures behind a word, are left out."""
    lines: list[PrintedLine] = []
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.middle):
        if row and glyph.middle - row[-1].middle > _SAME_HEIGHT * max(glyph.size, row[-1].size):
            lines += _line(row)
            row = []
        row.append(glyph)
    return lines + _line(row)


def typed_texts(lines: Sequence[PrintedLine], left: float, right: float) -> Iterator[str]:
    """The paragraphs of lines that were wrapped between two edges.

    A program goes on to the next line when the next word finds no room. Where there was room, a line was ended by hand.
    """
    text = ""
    for line, before in zip(lines, [None, *lines], strict=False):
        if before is not None and begins_anew(before, line, left, right):
            yield text
            text = ""
        text = _wrapped(text, before, line, right) if text and before is not None else line.text
    if text:
        yield text


def begins_anew(before: PrintedLine, line: PrintedLine, left: float, right: float) -> bool:
    """Whether a line was begun by hand, and not because the one before was full."""
    if _is_bullet(line.text) and (before.text[-1] in ".;:,!?" or line.text.split()[1][0].isupper()):
        return True
    if before.text.isupper() != line.text.isupper() and before.font != line.font:
        return True
    if before.font and line.font and before.font != line.font and before.text[-1] not in ",-":
        return True
    before_left, before_right = before.x0 - left, right - before.x1
    centred = before_left > _EDGE and abs(before_left - before_right) < _EDGE
    if abs(before.size - line.size) > _OTHER_SIZE * before.size:
        return True
    room = before_left + before_right if centred else before_right
    return room > line.words[0].x1 - line.x0 + _BLANK * before.size + _EDGE


_SAME_HEIGHT = 0.35  # of the letters' size: raised figures are less apart, lines more
_BLANK = 0.25  # of the letters' size: a blank's usual width
_LEAST_BLANK = 0.17
_SAME_PLACE = 0.12  # letters printed twice, to look bold
_EDGE = 1.5  # points
_NOTHING = "\u200b"  # takes the place of a raised figure and parts no word
_SMALL = 0.9
_OTHER_SIZE = 0.1
_BULLET = re.compile(r"(?:[-–—+*•▪●○◦§❖➢✓]|[a-zđ][.)]|\d{1,2}(?:\.\d{1,2})*[.)])\s+\S")
_LETTER = 0.8  # of the letters' size: a wide letter's width
_GLUED_END, _GLUED_START = re.compile(r"\S[-/]$"), re.compile(r"\w")
_SYMBOL_START = re.compile(r"\d/[\d/]*[A-ZĐ]*$")  # of "12/2026/TT-BGDĐT" or "30/6/2026"
_SYMBOL_REST = re.compile(r"[A-ZĐ]*-[A-ZĐ]|\d")
_PARTS = re.compile("[-/]")


def _is_bullet(text: str) -> bool:
    return _BULLET.match(text) is not None


def _wrapped(text: str, before: PrintedLine, line: PrintedLine, right: float) -> str:
    """Two lines as one; nothing is put in where a program broke a line behind "QĐ-", or a word too long for it."""
    glued = _GLUED_END.search(text) and _GLUED_START.match(line.text)
    full = len(before.words) == 1 and right - before.x1 < _LETTER * before.size
    return text + ("" if glued or (full and _is_torn(before.text, line.words[0].text)) else " ") + line.text


def _is_torn(start: str, rest: str) -> bool:
    """Whether the pieces beside a line's end are one word: a date, a symbol, or no Vietnamese words apart."""
    if _SYMBOL_START.search(start) and _SYMBOL_REST.match(rest):
        return True
    return not (_is_word(_PARTS.split(start)[-1]) and _is_word(_PARTS.split(rest)[0]))


def _is_word(piece: str) -> bool:
    letters = piece.strip("()[].,;:%“”\"'")
    figures = not any(letter.isalpha() for letter in letters)
    return bool(letters) and (figures or letters.isupper() or is_syllable(letters))


def _line(row: Sequence[Glyph]) -> list[PrintedLine]:
    """The line of glyphs that stand on one height; none where they are blanks."""
    size = max((glyph.size for glyph in row), default=0)
    shown = [replace(one, text=_NOTHING) if _is_raised_figure(one, row, size) else one for one in _in_order(row)]
    words = [word for word in _words(shown) if word.text]
    if not words:
        return []
    letters = [glyph for glyph in shown if glyph.text.strip() and glyph.text != _NOTHING]
    fonts = {glyph.font for glyph in letters}
    return [
        PrintedLine(
            tuple(words),
            min(glyph.top for glyph in letters),
            max(glyph.bottom for glyph in letters),
            size,
            fonts.pop() if len(fonts) == 1 else "",
        )
    ]


def _in_order(row: Sequence[Glyph]) -> list[Glyph]:
    """From left to right; a mark of its own stays behind its letter."""
    places: list[tuple[float, Glyph]] = []
    for glyph in row:
        mark = places and glyph.text and unicodedata.combining(glyph.text[0])
        places.append((places[-1][0] if mark else glyph.x0, glyph))
    return [glyph for _, glyph in sorted(places, key=lambda place: place[0])]


def _is_raised_figure(glyph: Glyph, row: Sequence[Glyph], size: float) -> bool:
    if not glyph.text.isdigit() or glyph.size > _SMALL * size:
        return False
    tall = [one for one in row if one.size == size and one.text.strip()]
    return bool(tall) and tall[0].middle - glyph.middle > 0.1 * size and glyph.x0 > tall[0].x0


def _words(row: Sequence[Glyph]) -> Iterator[Word]:
    letters: list[Glyph] = []
    for glyph in row:
        last = letters[-1] if letters else None
        if last and glyph.text == last.text and abs(glyph.x0 - last.x0) < _SAME_PLACE * last.size:
            continue
        apart = last is not None and glyph.x0 - last.x1 > _LEAST_BLANK * last.size
        if letters and (apart or not glyph.text.strip()):
            yield _word(letters)
            letters = []
        if glyph.text.strip():
            letters.append(glyph)
    if letters:
        yield _word(letters)


def _word(letters: Sequence[Glyph]) -> Word:
    runs = groupby(letters, key=lambda glyph: glyph.font)
    text = "".join(to_unicode("".join(glyph.text for glyph in run), font) for font, run in runs)
    return Word(
        unicodedata.normalize("NFC", text.strip().replace(_NOTHING, "")),
        letters[0].x0,
        max(glyph.x1 for glyph in letters),
    )
